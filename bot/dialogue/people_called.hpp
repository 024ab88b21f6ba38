// Whom a name means in a conversation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// The person that a name means: a contact, somebody named before, or somebody new.
PersonNamed person_called(const Exchange& exchange, const std::string& name);
/// Several people whom the same first or last name fits.
std::vector<core::NamedId> people_who_fit(const Exchange& exchange, std::string_view name);

}  // namespace debrief::bot
