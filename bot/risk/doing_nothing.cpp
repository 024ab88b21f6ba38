#include "bot/risk/doing_nothing.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace debrief::bot {
namespace {

constexpr std::string_view phrases[]{
    "do nothing",        "doing nothing",     "leave it",      "leave things",     "leaving it",
    "leaving things",    "leave everything",  "stay as",       "staying as",       "stay with what",
    "staying with what", "status quo",        "as it is",      "as they are",      "carry on",
    "carrying on",       "keep going as",     "wait",          "postpone",         "put it off",
    "putting it off",    "next year instead", "live with it",  "living with it",   "make do",
    "nichts tun",        "nichts zu tun",     "nichts ändern", "nichts zu ändern", "so lassen",
    "so bleiben",        "bleibt alles",      "abwarten",      "warten",           "verschieben",
    "weiter wie bisher", "beim alten"};

}  // namespace

bool is_doing_nothing(std::string_view option) {
    std::string lower{option};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::any_of(std::begin(phrases), std::end(phrases),
                       [&](auto phrase) { return lower.find(phrase) != std::string::npos; });
}

}  // namespace debrief::bot
