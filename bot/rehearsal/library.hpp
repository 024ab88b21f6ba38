// Hard questions as data: contingencies.json, compiled in. Spoken as that person would say them to the rep's face; none
// of them stands in the debrief's playbook.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bot/playbook/playbook.hpp"
#include "core/journey/words.hpp"

namespace debrief::bot::rehearsal {

/// What somebody's work makes them ask.
enum class RoleGroup { executive, finance, technical, operations, purchasing };
inline constexpr std::array<std::string_view, 5> role_group_names{"executive", "finance", "technical", "operations",
                                                                  "purchasing"};
/// From a role as people write it, English or German; `operations` where nothing fits: those who have to live with it.
RoleGroup role_group_of(std::string_view role);

inline constexpr std::array<std::string_view, 7> contingency_names{
    "budget_cut", "new_boss", "rival_offer", "wait_a_year", "bad_reference", "security_incident", "personal_risk"};
/// The contingency of a question that puts a stored concern into the person's own mouth.
inline constexpr std::string_view own_concern = "own_concern";

inline constexpr int level_max = 3;

struct HardQuestion {
    std::string id;  ///< Stable for ever.
    std::string contingency;
    int level = 1;                      ///< 1 to level_max.
    std::vector<RoleGroup> roles;       ///< Empty: all.
    std::vector<core::Stance> stances;  ///< Empty: all.
    Wording text;                       ///< May hold {account} {person} {fact}; {person} is somebody else there.

    [[nodiscard]] bool fits(RoleGroup role, core::Stance stance) const;
    /// Needs somebody else, or a stored fact, to be asked at all.
    [[nodiscard]] bool names(std::string_view placeholder) const;
};

/// In the order of the file.
const std::vector<HardQuestion>& library();
/// Null if there is none of that id.
const HardQuestion* question_called(std::string_view id);

/// "budget_cut / skeptic / finance": cells for which nothing can be asked of an account of which nothing is stored.
std::vector<std::string> empty_cells();

}  // namespace debrief::bot::rehearsal
