#include "bot/risk/praise.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace debrief::bot {
namespace {

constexpr std::size_t words_max = 14;

/// Liking. A word counts if it begins with one of these.
constexpr std::string_view praise_stems[]{
    "amaz",    "awesome", "begeistert", "brilliant", "delight",   "excellent", "excit",   "fantasti", "gefall",
    "gefiel",  "glad",    "good",       "great",     "gut",       "happy",     "impress", "interess", "interest",
    "keen",    "liebt",   "lieben",     "like",      "love",      "loving",    "mag",     "mögen",    "nice",
    "perfekt", "perfect", "pleased",    "positiv",   "prima",     "promising", "smooth",  "super",    "thrill",
    "toll",    "warm",    "well",       "wonderful", "wunderbar", "zufrieden"};

/// What makes a remark concrete: a cause, a condition, a time, an act of theirs, something that goes against.
constexpr std::string_view concrete_words[]{
    "because", "since",    "unless",   "until",       "before",        "after",  "if",       "when",
    "but",     "not",      "no",       "never",       "without",       "need",   "needs",    "must",
    "wants",   "want",     "decide",   "decides",     "decided",       "sign",   "signs",    "cost",
    "costs",   "lose",     "loses",    "losing",      "fail",          "failed", "fails",    "asked",
    "asks",    "promised", "agreed",   "send",        "sends",         "board",  "audit",    "budget",
    "risk",    "reduce",   "reach",    "weil",        "damit",         "wenn",   "bis",      "bevor",
    "nachdem", "aber",     "nicht",    "kein",        "keine",         "ohne",   "muss",     "müssen",
    "wollen",  "braucht",  "brauchen", "entscheidet", "unterschreibt", "kostet", "verliert", "verlieren",
    "fragte",  "zugesagt", "schickt",  "senken"};

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0) {
            word += c;
        } else if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_vague_praise(std::string_view text) {
    const auto words = words_in(text);
    if (words.size() > words_max || has_digit(text)) return false;
    bool praises = false;
    for (const std::string& word : words) {
        if (std::find(std::begin(concrete_words), std::end(concrete_words), word) != std::end(concrete_words))
            return false;
        praises = praises || std::any_of(std::begin(praise_stems), std::end(praise_stems),
                                         [&](auto stem) { return word.starts_with(stem); });
    }
    return praises;
}

}  // namespace debrief::bot
