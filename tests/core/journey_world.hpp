// A small account to tell stories about: people, and evidence as a rep would give it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/civil_date.hpp"
#include "core/journey/journey.hpp"

namespace debrief::core::testing {

inline Uuid id(std::uint8_t number) {
    Uuid made;
    made.bytes[15] = number;
    return made;
}
inline std::chrono::sys_days day(std::string_view text) {
    return *parse_day(text);
}
inline Instant at(std::string_view text) {
    return *parse_instant(text);
}

inline const NamedId sarah{id(201), "Sarah Lind"}, tom{id(202), "Tom Becker"};
inline const NamedId rep{id(211), "Ada"}, colleague{id(212), "Ben"};

/// Said and recorded at noon of the day; change what the story needs.
inline Item said(std::uint8_t number, Dimension dimension, std::string on, std::string text) {
    Item item;
    item.id = id(number);
    item.dimension = dimension;
    item.text = std::move(text);
    item.recorded = at(on + "T12:00Z");
    item.said_on = std::move(on);
    item.by = rep;
    item.state = ItemState::confirmed;
    return item;
}

inline StanceSaid stance(std::uint8_t number, const NamedId& who, Stance stance, std::string since) {
    StanceSaid made{id(number), who, stance, since, at(since + "T12:00Z"), {}};
    return made;
}

inline CommitmentMade promised(std::uint8_t number, std::string since, std::string text, std::string due) {
    CommitmentMade made;
    made.id = id(number);
    made.text = std::move(text);
    made.owner = sarah;
    made.due = std::move(due);
    made.state = "open";
    made.recorded = at(since + "T12:00Z");
    made.since = std::move(since);
    return made;
}

inline ContactSeen met(const NamedId& who, std::string role, std::string since) {
    ContactSeen contact;
    contact.contact = who;
    contact.role = std::move(role);
    contact.recorded = at(since + "T12:00Z");
    contact.since = std::move(since);
    return contact;
}

}  // namespace debrief::core::testing
