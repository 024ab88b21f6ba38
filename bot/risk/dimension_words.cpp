#include "bot/risk/dimension_words.hpp"

#include <array>

namespace debrief::bot {
namespace {

struct Words {
    std::string_view en, de;
};
constexpr std::array<Words, core::dimension_names.size()> table{{
    {"why they must change", "warum sie etwas ändern müssen"},
    {"what it costs them to stay as they are", "was es sie kostet, so zu bleiben"},
    {"what they want to reach", "was sie erreichen wollen"},
    {"how they decide", "wie sie entscheiden"},
    {"who has a say and what each of them wants", "wer mitredet und was jeder will"},
    {"what worries them", "was ihnen Sorgen macht"},
    {"what else they could do, nothing included", "was sie sonst tun könnten, auch nichts"},
    {"what they will do next, and by when", "was sie als Nächstes tun, und bis wann"},
    {"when they need it, and why then", "wann sie es brauchen, und warum dann"},
    {"what is still open", "was noch offen ist"},
}};

}  // namespace

std::string_view dimension_words(core::Dimension dimension, std::string_view language) {
    const Words& words = table[static_cast<std::size_t>(dimension)];
    return language == "de" ? words.de : words.en;
}

}  // namespace debrief::bot
