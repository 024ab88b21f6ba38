// The customer's buying journey: a pure fold over evidence, never stored as truth.
// For each dimension: what is current, since when, on whose words, how stale, what it replaced.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
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
};
enum class ItemState { proposed, confirmed, superseded, withdrawn };
inline constexpr std::array<std::string_view, 4> item_state_names{"proposed", "confirmed", "superseded", "withdrawn"};

/// One observation: a piece of evidence about the customer.
struct Item {
    Uuid id;
    Dimension dimension = Dimension::unknown;
    std::string text;
    std::optional<NamedId> person;
    std::string said_on;           ///< Civil day of the meeting.
    NamedId by;                    ///< The rep whose words these are.
    std::vector<DateSaid> dates;   ///< What the content says, granularity as said.
    ItemState state = ItemState::proposed;
    Source source;
    std::optional<Uuid> superseded_by;
    std::optional<Uuid> opportunity;
    Instant recorded{};            ///< When it was stored.
    std::string detail;            ///< Of a concern: wish, money, process, fear. Else empty.
};
struct StanceSaid {
    Uuid id;
    NamedId contact;
    Stance stance = Stance::unknown;
    std::string since;             ///< Civil day.
    Instant recorded{};
    std::vector<Uuid> evidence;    ///< Observations.
};
struct ContactSeen {
    NamedId contact;
    std::string role;
    bool confirmed = true;         ///< False for a hint ("somebody in engineering has a say").
    std::string since;             ///< Civil day first named.
    std::vector<std::pair<std::string, std::string>> relations;  ///< kind, to (name).
    bool gone = false;
};
struct CommitmentMade {
    Uuid id;
    std::string text;
    NamedId owner;                 ///< The customer's person.
    std::string due;               ///< Civil date, or empty.
    std::string state;             ///< open, kept, dropped as stored; overdue is computed.
    std::string since;             ///< Civil day.
    Source source;
    Instant recorded{};
};

/// All the evidence about one account (or one opportunity of it) that this user may read.
struct Evidence {
    std::vector<Item> items;
    std::vector<StanceSaid> stances;
    std::vector<ContactSeen> contacts;
    std::vector<CommitmentMade> commitments;
};

enum class DimensionStatus { empty, unknown, known, stale, conflict };
inline constexpr std::array<std::string_view, 5> dimension_status_names{"empty", "unknown", "known", "stale", "conflict"};

struct DimensionView {
    DimensionStatus status = DimensionStatus::empty;
    std::string since, last_confirmed;  ///< Civil days, empty if none.
    std::vector<Item> items;            ///< Newest first; superseded and withdrawn ones included.
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

/// How long evidence of a dimension stays fresh, in days.
std::chrono::days fresh_for(Dimension dimension);

/// The journey as it stood at the end of civil day `today`. Evidence recorded or said later is left out.
/// Proposed items are in no status. Pure.
Journey fold(const Evidence& evidence, std::chrono::sys_days today);

struct JourneyChange {
    std::string on;  ///< Civil day.
    Dimension dimension = Dimension::unknown;
    std::string kind;  ///< changed withdrawn person_new person_gone stance commitment learned
    std::string before, after, why;
    std::vector<Uuid> evidence;
};
/// The shifting sands between two civil days, oldest first.
std::vector<JourneyChange> changes(const Evidence& evidence, std::chrono::sys_days from, std::chrono::sys_days to);

}  // namespace debrief::core
