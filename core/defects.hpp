// Faults that a test build can be given, one at a time, to show that the simulator finds what it is there to find.
// Source of the idea: DeMillo, Lipton, Sayward, "Hints on Test Data Selection", 1978 (mutants). Builds with NDEBUG hold
// none of it: every question is answered at compile time.
#pragma once

#include <array>
#include <string_view>

namespace debrief::core {

enum class Defect {
    none,
    replaces_dropped,    ///< A write does not say which versions it replaces.
    loser_dropped,       ///< Merging keeps the last version only.
    cursor_early,        ///< A cursor goes past an entry that was not applied.
    journal_kept,        ///< A lost scope leaves its words in the journal.
    parked_dropped,      ///< What the server refuses is forgotten.
    stray_kept,          ///< An account that was never opened here stays.
    commit_unsynced,     ///< A commit does not wait for the disk.
    log_unsettled,       ///< What another program left after a failed sync is trusted.
    push_unchecked,      ///< Whoever pushes may write.
    delivery_unchecked,  ///< Who lost an account gets what comes next of it.
    handover_dropped,    ///< Work for a lost account is answered and not kept.
    push_twice,          ///< What is sent again is merged again.
    log_forgotten,       ///< A change is acknowledged and stands in no log.
    late_words,          ///< What is written onto something erased keeps its words.
    clock_unclamped,     ///< A stamp from the future is believed.
    unsealed,            ///< What waits in a scope that was lost is kept as it is.
};

inline constexpr std::array<std::string_view, 17> defect_names{
    "none",          "replaces_dropped", "loser_dropped",      "cursor_early",
    "journal_kept",  "parked_dropped",   "stray_kept",         "commit_unsynced",
    "log_unsettled", "push_unchecked",   "delivery_unchecked", "handover_dropped",
    "push_twice",    "log_forgotten",    "late_words",         "clock_unclamped",
    "unsealed"};

#ifdef NDEBUG
constexpr bool defective(Defect) {
    return false;
}
#else
/// Threads: set before anything runs.
inline Defect planted_defect = Defect::none;
inline bool defective(Defect which) {
    return planted_defect == which;
}
#endif

}  // namespace debrief::core
