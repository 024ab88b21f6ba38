// A call plan as text, read sentence by sentence: whose world it is about, what it leaves out.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot::review {

/// Words by which somebody speaks for leaving things as they are.
inline constexpr std::array<std::string_view, 14> staying_words{
    "leave it",   "leave things", "stay as",    "as they are", "as it is",     "do nothing", "doing nothing",
    "keep going", "carry on",     "status quo", "wait",        "alles lassen", "nichts tun", "bleiben"};

/// Is a line rather a plan, a mail or an agenda that was pasted, than something said?
bool is_pasted(std::string_view line);

/// Its focus, each seller-centred sentence with why and the customer's view of it, and the headings it does not touch.
/// Never refuses, never blames. Of a long text every sentence is counted and the first marks are shown.
std::string plan_reading(const Exchange& exchange, const std::string& text);

}  // namespace debrief::bot::review
