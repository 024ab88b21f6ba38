// What a review begins with, and what is put before each of its questions: what is known, since when, on whose words.
#pragma once

#include <string>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot::review {

/// The opening: what is known under each heading, the two largest gaps, what is new since the last review. Its first
/// line after the title says so where there is no evidence at all.
std::string opening_pack(const Exchange& exchange);

/// What is known of what `question` asks, in a line or two; empty where it asks about no dimension.
std::string known_of(const Exchange& exchange, const Question& question);

/// “The plant stops twice a month” (20 February 2025, Sarah Chen, told by Jonas)
std::string item_line(const Exchange& exchange, const core::Item& item);

}  // namespace debrief::bot::review
