// What an answer is worth: customer focus, concreteness, honesty, each by simple rules over what the understanding
// read.
//
//   focus     Each sentence is turned into the third person ("your line" -> "their line"), as notes are written, and
//             read by the understanding. A sentence is theirs if it speaks of them (you, your people, a stored fact,
//             one of their names) and not of what is ours; a step that we take for them ("I ask Miriam") is nobody's.
//             Good: at least one sentence is theirs, and ours are not more.
//   concrete  A name, a figure, a day or a stored fact to hold on to, and no vague word ("flexible", "soon"); with one,
//             it takes three of them. A step ("I ask", "shall we", an open question) counts beside one of the others,
//             not alone.
//   honest    No absolutes ("always", "guarantee"), no result promised in figures or days that nothing stored bears
//             out, no money off. "I do not know, I find out by Friday" is honest, and is credited.
//
// German has no trained reading yet: there the words alone decide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/understanding/understanding.hpp"

namespace debrief::bot::rehearsal {

struct Judging {
    std::string_view language = "en";
    std::string account;
    std::string rep;
    std::vector<KnownPerson> people;  ///< Of the account.
    std::vector<std::string> facts;   ///< Texts of what is stored and current.
    std::chrono::year_month_day today{};
    const encoder::Encoder* encoder = nullptr;
};
Judging judging_of(const Conversation& conversation, const World& world);

struct Assessment {
    Judged judged;           ///< Without `better`, which is the caller's to make.
    bool about_us = false;   ///< Something in it was.
    bool dont_know = false;  ///< It said so.
};
Assessment assess(std::string_view answer, const Judging& with);
inline Judged judge(std::string_view answer, const Judging& with) {
    return assess(answer, with).judged;
}

/// The three that are missing, or that hold, in words: "concrete and honest".
std::string axes(const Judged& judged, bool holding, std::string_view language);

}  // namespace debrief::bot::rehearsal
