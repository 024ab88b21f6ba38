#include "bot/playbook/wording_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace debrief::bot {
namespace {

// What we never ask for, and the words of blame that we never use.
constexpr std::array<std::string_view, 15> seller_words{
    "close date", "probability",        "discount",      "forecast", "deal stage", "sales stage",
    "deal size",  "commit or upside",   "upsell",        "quota",    "pipeline",   "abschluss",
    "rabatt",     "wahrscheinlichkeit", "umsatzprognose"};
constexpr std::array<std::string_view, 5> blame_words{"you should have", "your fault", "you failed", "deine schuld",
                                                      "du hättest"};
constexpr std::array<std::string_view, 5> placeholders{"{account}", "{person}", "{fact}", "{date}", "{industry}"};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
    return out;
}

bool is_word(std::string_view piece) {
    return std::any_of(piece.begin(), piece.end(), [](unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0; });
}

}  // namespace

std::size_t count_words(std::string_view text) {
    std::size_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\n", at), text.size());
        if (is_word(text.substr(at, end - at))) ++words;
        at = end + 1;
    }
    return words;
}

std::vector<std::string> faults_of_wording(std::string_view text, bool asks) {
    std::vector<std::string> faults;
    const std::string small = lower(text);
    if (text.find('!') != std::string_view::npos) faults.emplace_back("no exclamation marks");
    for (const std::string_view word : seller_words) {
        if (small.find(word) != std::string::npos) {
            faults.push_back("'" + std::string(word) + "' asks about us, not about the customer");
        }
    }
    for (const std::string_view word : blame_words) {
        if (small.find(word) != std::string::npos) faults.push_back("'" + std::string(word) + "' blames");
    }
    if (asks && count_words(text) > question_words_max) faults.emplace_back("more than 25 words");
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const bool known = std::any_of(placeholders.begin(), placeholders.end(),
                                       [&](std::string_view p) { return text.substr(at, p.size()) == p; });
        if (!known) {
            faults.emplace_back("unknown placeholder; known are {account} {person} {fact} {date} {industry}");
            break;
        }
    }
    return faults;
}

}  // namespace debrief::bot
