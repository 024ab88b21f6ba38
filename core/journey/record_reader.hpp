// One record of evidence at a time, as the journey sees it. The JSON inside fields is read here and nowhere else.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/journey/journey.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

/// Names of people and users are still missing: only their ids are set. An unknown dimension reads as `unknown`.
Item item_from(const Record& observation);
StanceSaid stance_from(const Record& stance);
CommitmentMade commitment_from(const Record& commitment);
ContactSeen contact_from(const Record& contact);

/// A state from a newer version is taken for one that counts for nothing: proposed.
ItemState item_state_from(std::string_view word);
/// When a record was made, as its id says; the beginning of time for an id that was derived.
Instant instant_of(const Uuid& id);

/// `{conversation, message, quote, question, playbook, version}`; what is missing or malformed stays empty.
Source source_from(std::string_view json);
/// `[{text, value}]`; entries without a value are left out.
std::vector<DateSaid> dates_from(std::string_view json);
/// `[{kind, to}]`, `to` a name or an id.
std::vector<std::pair<std::string, std::string>> relations_from(std::string_view json);

}  // namespace debrief::core
