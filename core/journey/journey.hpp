// The customer's buying journey: a pure fold over evidence, never stored as truth.
// For each dimension: what is current, since when, on whose words, how stale, what it replaced.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/journey/words.hpp"
#include "core/sources.hpp"
#include "core/uuid.hpp"

namespace debrief::core {

struct NamedId {
    Uuid id;
    std::string name;
};
struct DateSaid {
    std::string text;   ///< As said.
    std::string value;  ///< Civil date.
};
/// Where evidence comes from: the rep's words in a conversation.
struct Source {
    std::optional<Uuid> conversation, message;
    std::string quote, question, playbook, version;
    std::string because;                  ///< Of a fact that took another's place: the rep's words for why it changed.
    std::optional<Uuid> because_message;  ///< The line that said so, where it is another one.
};
enum class ItemState { proposed, confirmed, superseded, withdrawn };
inline constexpr std::array<std::string_view, 4> item_state_names{"proposed", "confirmed", "superseded", "withdrawn"};

/// One observation: a piece of evidence about the customer.
struct Item {
    Uuid id;
    Dimension dimension = Dimension::unknown;
    std::string text;
    std::optional<NamedId> person;
    std::string said_on;          ///< Civil day of the meeting.
    NamedId by;                   ///< The rep whose words these are.
    std::vector<DateSaid> dates;  ///< What the content says, granularity as said.
    ItemState state = ItemState::proposed;
    Source source;
    std::optional<Uuid> superseded_by;
    std::optional<Uuid> opportunity;
    Instant recorded{};               ///< When it was stored.
    std::string detail;               ///< Of a concern: wish, money, process, fear. Else empty.
    std::optional<Dimension> about;   ///< Of an unknown: what is not known.
    std::optional<Uuid> supersedes;   ///< Named by this item's own record; a correction may name only one.
    std::optional<Uuid> contradicts;  ///< The rep said that this and that one cannot both be true.
    std::string withdrawn_on;         ///< Civil day; empty while not withdrawn, or if it is not known when.
    Instant withdrawn_at{};
};
struct StanceSaid {
    Uuid id;
    NamedId contact;
    Stance stance = Stance::unknown;
    std::string since;  ///< Civil day.
    Instant recorded{};
    std::vector<Uuid> evidence;  ///< Observations.
};
struct ContactSeen {
    NamedId contact;
    std::string role;
    bool confirmed = true;  ///< False for a hint ("somebody in engineering has a say").
    std::string since;      ///< Civil day first named.
    std::vector<std::pair<std::string, std::string>> relations;  ///< kind, to (name).
    bool gone = false;
    std::string gone_on;  ///< Civil day, empty if not known.
    Instant recorded{};
};
struct CommitmentMade {
    Uuid id;
    std::string text;
    NamedId owner;      ///< The customer's person.
    std::string due;    ///< Civil date, or empty.
    std::string state;  ///< open, kept, dropped as stored; overdue is computed.
    std::string since;  ///< Civil day.
    Source source;
    Instant recorded{};
    std::optional<Uuid> observation;  ///< The item in which it was said.
    std::string settled_on;           ///< Civil day on which it was kept or dropped.
    Instant settled_at{};
};

/// All the evidence about one account (or one opportunity of it) that this user may read.
struct Evidence {
    std::vector<Item> items;
    std::vector<StanceSaid> stances;
    std::vector<ContactSeen> contacts;
    std::vector<CommitmentMade> commitments;
};

enum class DimensionStatus { empty, unknown, known, stale, conflict };
inline constexpr std::array<std::string_view, 5> dimension_status_names{"empty", "unknown", "known", "stale",
                                                                        "conflict"};

struct DimensionView {
    DimensionStatus status = DimensionStatus::empty;
    std::string since, last_confirmed;             ///< Civil days, empty if none.
    std::vector<Item> items;                       ///< Newest first; superseded and withdrawn ones included.
    std::vector<std::pair<Uuid, Uuid>> diverging;  ///< Current items that cannot both be true; the older one first.
};
struct PersonView {
    NamedId contact;
    std::string role;
    Stance stance = Stance::unknown;
    std::string since;
    bool confirmed = true;
    std::vector<std::pair<std::string, std::string>> relations;
    std::vector<Uuid> evidence;
};
struct CommitmentView {
    CommitmentMade made;
    std::string state;  ///< open, overdue, kept, dropped.
};
struct UnknownView {
    Uuid id;
    std::string text;
    Dimension dimension = Dimension::unknown;  ///< What is not known; `unknown` if not said.
    std::string since;
    Source source;
};
struct Journey {
    std::array<DimensionView, dimension_names.size()> dimensions;
    std::vector<PersonView> people;
    std::vector<CommitmentView> commitments;
    std::vector<UnknownView> unknowns;

    [[nodiscard]] const DimensionView& of(Dimension d) const { return dimensions[static_cast<std::size_t>(d)]; }
};

/// A point in time as evidence knows it: the end of a civil day, or an instant on it.
struct Moment {
    std::chrono::sys_days day;
    Instant until = Instant::max();  ///< What was said on `day` but recorded later is left out.
};
/// The end of the day before: where a time that is given as a civil date begins.
inline Moment start_of(std::chrono::sys_days day) {
    return {day - std::chrono::days{1}};
}
inline Moment end_of(std::chrono::sys_days day) {
    return {day};
}

/// How long evidence of a dimension stays fresh, in days.
std::chrono::days fresh_for(Dimension dimension);

/// The journey as it stood then. What was said, corrected, withdrawn or kept later is left out; what was said in time
/// but written down late is in. Proposed items are listed and change no status. Pure.
///
/// `empty`: nothing was ever said. `unknown`: something was, but nothing holds. `known`, `stale`: by the newest day on
/// which a current item was said. `conflict`: see DimensionView::diverging. Commitments and stances without an item
/// count for `commitment` and `stakeholder`. `since`: the first day of what is current, said again since or not.
Journey fold(const Evidence& evidence, Moment at);
/// As it stood at the end of civil day `today`.
inline Journey fold(const Evidence& evidence, std::chrono::sys_days today) {
    return fold(evidence, end_of(today));
}

struct JourneyChange {
    std::string on;  ///< Civil day.
    Dimension dimension = Dimension::unknown;
    std::string kind;  ///< changed withdrawn person_new person_gone stance commitment learned
    std::string before, after, why;
    std::vector<Uuid> evidence;
    std::optional<NamedId> person;  ///< Whom it is about: of person_new, person_gone, stance; a commitment's owner.
};
/// The shifting sands, oldest first: what was not so at `after`, and had become so by `until`.
///
/// `changed`: an item superseded another; `why` is the utterance that caused it. `learned`: the first fact of a
/// dimension of which nothing was known. `stance`: before and after are stances. `commitment`: made (after: its text),
/// kept or dropped (before: its text; after: the word). `person_new`, `person_gone`: the name is after, or before.
std::vector<JourneyChange> changes(const Evidence& evidence, Moment after, Moment until);
/// From the start of civil day `first` to the end of `last`.
inline std::vector<JourneyChange> changes(const Evidence& evidence, std::chrono::sys_days first,
                                          std::chrono::sys_days last) {
    return changes(evidence, start_of(first), end_of(last));
}

}  // namespace debrief::core
