// The confirm screen, and what a confirmation writes. Nothing counts before it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Shows everything understood, numbered, each with its quote; the phase becomes confirming.
void show_screen(Exchange& exchange);
/// After a change on that screen: what changed in full, the rest by its first words, with the numbers that hold now.
void show_screen_again(Exchange& exchange);
/// Accepts all that is proposed and ends, or accepts one item.
void confirm(Exchange& exchange, const std::optional<core::Uuid>& item);
/// Writes what it means that all, or these, are accepted; they are live no more. How many there were.
std::size_t confirm_proposals(Exchange& exchange, const std::optional<std::vector<core::Uuid>>& items);
void drop(Exchange& exchange, const core::Uuid& item);
void correct(Exchange& exchange, const core::Uuid& item, const std::string& text);
/// The id of the observation that a confirmed proposal becomes in the account's scope.
core::Uuid confirmed_id(const core::Uuid& proposal, const core::Uuid& account);
/// Ends a conversation that has nothing to confirm.
void close_empty(Exchange& exchange);

}  // namespace debrief::bot
