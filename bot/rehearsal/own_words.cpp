#include "bot/rehearsal/own_words.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "bot/dialogue/words.hpp"

namespace debrief::bot::rehearsal {
namespace {

/// What stands behind the name, and how its owner says it.
constexpr std::pair<std::string_view, std::string_view> turned[]{
    {"is worried", "I am worried"},
    {"is afraid", "I am afraid"},
    {"is concerned", "I am concerned"},
    {"is not sure", "I am not sure"},
    {"is sceptical", "I am sceptical"},
    {"is skeptical", "I am skeptical"},
    {"is nervous", "I am nervous"},
    {"was worried", "I was worried"},
    {"worries", "I worry"},
    {"fears", "I fear"},
    {"doubts", "I doubt"},
    {"thinks", "I think"},
    {"believes", "I believe"},
    {"expects", "I expect"},
    {"wants", "I want"},
    {"needs", "I need"},
    {"does not", "I do not"},
    {"doesn't", "I don't"},
    {"would", "I would"},
    {"cannot", "I cannot"},
    {"can't", "I can't"},
    {"asked", "I asked"},
    {"wonders", "I wonder"},
    {"hat angst", "Ich habe Angst"},
    {"fürchtet", "Ich fürchte"},
    {"befürchtet", "Ich befürchte"},
    {"sorgt sich", "Ich sorge mich"},
    {"bezweifelt", "Ich bezweifle"},
};
constexpr std::string_view tellers[]{"said that",      "says that",    "told us that", "said",      "says",
                                     "mentioned that", "told me that", "sagte, dass",  "sagt, dass"};

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// The part of `text` behind `start`, if a word ends there.
std::optional<std::string_view> behind(std::string_view text, std::string_view start) {
    if (lower_case(text.substr(0, start.size())) != lower_case(start)) return std::nullopt;
    if (text.size() > start.size() && letter(text[start.size()])) return std::nullopt;
    text.remove_prefix(start.size());
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return text;
}

/// "They" in a note are the customer: for one of them it is "we".
const std::string* of_us(std::string_view word) {
    static const std::pair<std::string_view, std::string> words[]{
        {"they", "we"},   {"They", "We"},     {"them", "us"},      {"their", "our"},
        {"Their", "Our"}, {"theirs", "ours"}, {"they're", "we're"}};
    for (const auto& [theirs, ours] : words) {
        if (word == theirs) return &ours;
    }
    return nullptr;
}

/// "her line" is mine where nobody else is named; who "she" is in "she loses" takes a verb with it, so that is left.
std::optional<std::string> with_my(std::string_view rest) {
    std::string out;
    bool mine = true;
    for (std::size_t at = 0; at < rest.size();) {
        if (!letter(rest[at])) {
            out += rest[at++];
            continue;
        }
        std::size_t end = at;
        while (end < rest.size() && letter(rest[end])) ++end;
        const std::string word(rest.substr(at, end - at));
        const bool another_follows = end + 1 < rest.size() && rest[end] == ' ' && letter(rest[end + 1]);
        if (word == "she" || word == "he") return std::nullopt;
        // Somebody else is named: whose "her" it is cannot be told any more.
        if (at > 0 && word[0] >= 'A' && word[0] <= 'Z' && word != "I" && word.size() > 2) mine = false;
        if (!mine && (word == "his" || word == "her" || word == "him")) return std::nullopt;
        if ((word == "her" || word == "his") && another_follows) {
            out += "my";
        } else if (word == "her" || word == "him") {
            out += "me";
        } else if (const auto* ours = of_us(word)) {
            out += *ours;
        } else {
            out += word;
        }
        at = end;
    }
    return out;
}

}  // namespace

std::optional<std::string> in_own_mouth(std::string_view noted, std::string_view name) {
    std::string text = trimmed(noted);
    while (!text.empty() && (text.back() == '.' || text.back() == ',' || text.back() == ';')) text.pop_back();
    std::vector<std::string> starts{std::string(name), "she", "he", "sie", "er"};
    const std::size_t first = name.find(' ');
    if (first != std::string_view::npos) {
        starts.emplace_back(name.substr(0, first));
        starts.emplace_back(name.substr(name.rfind(' ') + 1));
        const std::string last(name.substr(name.rfind(' ') + 1));
        for (const char* title : {"Mr ", "Ms ", "Mrs ", "Dr ", "Herr ", "Frau "}) starts.push_back(title + last);
    }
    for (const std::string& start : starts) {
        if (start.empty()) continue;
        const auto rest = behind(text, start);
        if (!rest) continue;
        for (const auto& [verb, mine] : turned) {
            const auto worry = behind(*rest, verb);
            if (!worry) continue;
            const auto said = with_my(*worry);
            if (!said) return std::nullopt;
            return std::string(mine) + (said->empty() || said->front() == ',' ? "" : " ") + *said;
        }
        for (const std::string_view teller : tellers) {
            const auto told = behind(*rest, teller);
            if (!told || told->empty()) continue;
            return with_my(*told);
        }
        return std::nullopt;
    }
    // A note in short: "Afraid that the line stops", "Wants a way out".
    for (const auto& [verb, mine] : turned) {
        const std::string_view after_is = verb.starts_with("is ") ? verb.substr(3) : verb;
        const auto worry = behind(text, after_is);
        if (!worry || worry->empty()) continue;
        const auto said = with_my(*worry);
        if (!said) return std::nullopt;
        return std::string(mine) + (said->front() == ',' ? "" : " ") + *said;
    }
    // No name in front: a clause of its own, as it was said.
    if (text.empty()) return std::nullopt;
    return with_my(text);
}

}  // namespace debrief::bot::rehearsal
