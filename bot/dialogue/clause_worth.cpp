#include "bot/dialogue/clause_worth.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

constexpr std::array first_person{sv("we"),  sv("we're"), sv("we've"), sv("we'd"), sv("we'll"), sv("i"),
                                  sv("i'm"), sv("i've"),  sv("i'd"),   sv("i'll"), sv("us"),    sv("our"),
                                  sv("my"),  sv("wir"),   sv("ich"),   sv("uns"),  sv("unser"), sv("unsere")};
constexpr std::array third_person{sv("they"),  sv("they're"), sv("they've"), sv("they'd"), sv("they'll"),
                                  sv("them"),  sv("their"),   sv("he"),      sv("he's"),   sv("she"),
                                  sv("she's"), sv("her"),     sv("his"),     sv("him"),    sv("customer"),
                                  sv("sie"),   sv("ihr"),     sv("ihre"),    sv("ihnen"),  sv("er")};
/// What somebody there is quoted with may begin with "we".
constexpr std::array reporting{sv("said"),    sv("says"),   sv("say"),    sv("told me"),  sv("told us"),
                               sv("asked"),   sv("words"),  sv("quote"),  sv("thinks"),   sv("answer"),
                               sv("puts it"), sv("put it"), sv("feels"),  sv("wrote"),    sv("sagt"),
                               sv("sagte"),   sv("meint"),  sv("gesagt"), sv("called it")};
constexpr std::array our_things{sv("our tool"),      sv("our system"),    sv("our product"), sv("our release"),
                                sv("our module"),    sv("our software"),  sv("our price"),   sv("our offer"),
                                sv("our demo"),      sv("our proposal"),  sv("what ours"),   sv("than ours"),
                                sv("our version"),   sv("our discount"),  sv("push us out"), sv("my target"),
                                sv("my quarter"),    sv("my forecast"),   sv("my boss"),     sv("our quarter"),
                                sv("unser produkt"), sv("unser angebot"), sv("unser preis")};
constexpr std::array i_tell{sv("i told"),       sv("i showed"),       sv("i explained"), sv("i sent"),
                            sv("i gave"),       sv("we told"),        sv("we showed"),   sv("we gave"),
                            sv("i offered"),    sv("we offered"),     sv("i pitched"),   sv("i promised"),
                            sv("ich habe ihr"), sv("ich habe ihnen"), sv("ich habe ihm")};
constexpr std::array lead_words{sv("honestly"), sv("and"),    sv("so"),       sv("then"),   sv("but"),
                                sv("well"),     sv("simple"), sv("actually"), sv("ideally")};
constexpr std::array together{sv("we agreed"), sv("we settled"),           sv("we decided"), sv("we arranged"),
                              sv("we meet"),   sv("we will meet"),         sv("we'll meet"), sv("we are meeting"),
                              sv("we talk"),   sv("wir haben vereinbart"), sv("wir treffen")};
constexpr std::array says_so{sv("said"),      sv("says"),  sv("told me"),   sv("told us"), sv("thinks"), sv("reckons"),
                             sv("explained"), sv("added"), sv("mentioned"), sv("sagt"),    sv("sagte"),  sv("meint")};
constexpr std::array hollow_words{
    sv("next level"),    sv("more modern"),     sv("up to date"),     sv("state of the art"), sv("future proof"),
    sv("future-proof"),  sv("things better"),   sv("be better"),      sv("smoother"),         sv("more efficient"),
    sv("more digital"),  sv("move forward"),    sv("things forward"), sv("win-win"),          sv("best in class"),
    sv("nächste stufe"), sv("moderner werden"), sv("zukunftssicher")};
constexpr std::size_t words_of_who_spoke = 3, words_of_a_hollow_clause = 9, words_of_a_denial = 6;

template <typename List>
bool holds_phrase(const std::string& plain, const List& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](sv words) { return contains_phrase(plain, words); });
}
template <typename List>
bool holds_word(const std::vector<std::string>& words, const List& list) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    });
}

/// "Lucia says": somebody is named before the verb that tells.
bool is_quoted(sv sentence) {
    for (const sv mark : {sv("\""), sv("“"), sv("„"), sv("«")}) {
        if (sentence.find(mark) != sv::npos) return true;
    }
    return holds_phrase(plain_line(sentence), reporting);
}

}  // namespace

bool speaks_of_us_alone(sv clause, sv sentence) {
    const std::string plain = plain_line(clause);
    for (const sv tell : i_tell) {
        if (plain.starts_with(tell)) return true;
    }
    if (is_quoted(sentence)) return false;
    if (holds_phrase(plain, our_things)) return true;
    auto words = plain_words(clause);
    while (!words.empty() && std::find(lead_words.begin(), lead_words.end(), words.front()) != lead_words.end())
        words.erase(words.begin());
    // "Jodie will send us the list" is a step of theirs; "we agreed on a test" is of both.
    const bool begins = !words.empty() && holds_word({words.front()}, first_person);
    return begins && !holds_word(words, third_person) && !holds_phrase(plain, together);
}

bool says_nothing_itself(sv clause) {
    const auto words = plain_words(clause);
    if (words.empty() || only_yes_or_no(clause)) return true;
    const std::string plain = plain_line(clause);
    return words.size() <= words_of_who_spoke &&
           std::any_of(says_so.begin(), says_so.end(), [&](sv verb) { return plain.ends_with(verb); });
}

bool is_hollow(sv clause) {
    return plain_words(clause).size() <= words_of_a_hollow_clause && holds_phrase(plain_line(clause), hollow_words) &&
           figures_in(clause).empty();
}

std::string without_lead(sv clause) {
    std::string text = trimmed(clause);
    for (const sv lead : {sv("is that "), sv("was that "), sv("it like this: ")}) {
        if (lower_case(text).starts_with(lead) && plain_words(text).size() > 4)
            return trimmed(sv(text).substr(lead.size()));
    }
    return text;
}

std::string denial_of_asked(sv line) {
    const std::string small = lower_case(line);
    const std::size_t end = small.find_first_of(",.;:");
    if (end == std::string::npos) return {};
    const std::string first = trimmed(sv(small).substr(0, end));
    const std::string rest = trimmed(sv(small).substr(end + 1));
    const auto words = plain_words(first);
    if (words.size() < 2 || words.size() > words_of_a_denial || plain_words(rest).size() < 4) return {};
    constexpr std::array openers{sv("no "),      sv("not a word "),   sv("nothing about "), sv("nothing on "),
                                 sv("none of "), sv("nothing like "), sv("didn't notice "), sv("did not notice "),
                                 sv("keine "),   sv("kein "),         sv("kein wort "),     sv("nichts zu ")};
    constexpr std::array others{sv("no longer"), sv("no idea"),  sv("no clue"), sv("no wait"),     sv("no problem"),
                                sv("no need"),   sv("no doubt"), sv("no one"),  sv("keine ahnung")};
    const bool opens = std::any_of(openers.begin(), openers.end(), [&](sv one) { return first.starts_with(one); });
    const bool other = std::any_of(others.begin(), others.end(), [&](sv one) { return first.starts_with(one); });
    // A verb in it makes it a statement of its own: "no customer pays on time, …".
    const bool turns = rest.starts_with("but ") || rest.starts_with("what ") || rest.starts_with("aber ") ||
                       rest.starts_with("dafür ") || line[end] == '.';
    return opens && !other && turns ? trimmed(line.substr(0, end)) : std::string{};
}

}  // namespace debrief::bot
