// What a line on the confirm screen says about items by their numbers: "drop 6 and 12", "yes but without 4", "11 is
// wrong", "4 and 5 are Petra's", "the 5 should say by Easter". Such a line is about the list and never evidence.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

struct ItemTalk {
    enum class What {
        confirm,          ///< These, and the others wait.
        confirm_without,  ///< All but these, which are left out.
        drop,
        correct,    ///< `text` is what the one item should say.
        person,     ///< `text` is who said or did it.
        not_there,  ///< To be kept or left out by a number that the list does not have.
        unclear,  ///< Speaks of these numbers, and not of what is to be done with them; or of none: "no, that's wrong".
    };
    What what = What::unclear;
    std::vector<std::size_t> numbers;  ///< From 1, each once, in the order said; none above `items`.
    std::string text;
};

/// `items`: how many stand on the screen. English and German alike, whatever the conversation's language. Nothing where
/// a number is none of the list's and the line could be evidence: "12 is the number of machines that wait".
std::optional<ItemTalk> item_talk(std::string_view line, std::size_t items);

/// Does what the line says, and makes the reply.
void take_item_talk(Exchange& exchange, const ItemTalk& talk);

}  // namespace debrief::bot
