#include "bot/dialogue/correction_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>
#include <utility>
#include <vector>

#include "bot/dialogue/words.hpp"
#include "bot/understanding/understanding.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

// Of these, the ones that say by themselves that something was not right.
constexpr std::array refusals{sv("no"),       sv("nope"),           sv("sorry"),           sv("wait"),
                              sv("actually"), sv("nein"),           sv("moment"),          sv("halt"),
                              sv("pardon"),   sv("entschuldigung"), sv("sorry about that")};
constexpr std::array softeners{sv("oh"), sv("hm"), sv("well"), sv("ach"), sv("doch")};
constexpr std::array takebacks{sv("correction"),
                               sv("that's wrong"),
                               sv("thats wrong"),
                               sv("that is wrong"),
                               sv("that was wrong"),
                               sv("that's not right"),
                               sv("that is not right"),
                               sv("that isn't right"),
                               sv("that's not correct"),
                               sv("that is not correct"),
                               sv("that's incorrect"),
                               sv("that is incorrect"),
                               sv("that's not true"),
                               sv("that is not true"),
                               sv("that isn't true"),
                               sv("that's a mistake"),
                               sv("that was a mistake"),
                               sv("my mistake"),
                               sv("i was wrong"),
                               sv("i got that wrong"),
                               sv("i misspoke"),
                               sv("i have to correct myself"),
                               sv("i have to correct that"),
                               sv("let me correct that"),
                               sv("scratch that"),
                               sv("not true"),
                               sv("wrong"),
                               sv("korrektur"),
                               sv("berichtigung"),
                               sv("das ist falsch"),
                               sv("das war falsch"),
                               sv("das stimmt nicht"),
                               sv("stimmt nicht"),
                               sv("falsch")};

bool is_mark(char c) {
    return c == ',' || c == ':' || c == ';' || c == '.' || c == '-' || c == '!' || c == ' ';
}

/// Takes `words` off the front of `rest` if they stand there as words.
bool take_off(sv& rest, sv words) {
    if (rest.size() < words.size() || lower_case(rest.substr(0, words.size())) != words) return false;
    if (rest.size() > words.size() && (std::isalnum(static_cast<unsigned char>(rest[words.size()])) != 0)) return false;
    rest.remove_prefix(words.size());
    return true;
}

void skip_marks(sv& rest) {
    while (!rest.empty() && is_mark(rest.front())) rest.remove_prefix(1);
    for (const sv dash : {sv("–"), sv("—")}) {
        if (rest.starts_with(dash)) {
            rest.remove_prefix(dash.size());
            return skip_marks(rest);
        }
    }
}

struct Opening {
    sv rest;               ///< Behind the words that take something back.
    bool refused = false;  ///< "No", "sorry", "wait".
    bool unsaid = false;   ///< "That's wrong", "correction", and a mark or "it is" after it.
};

Opening opening_of(sv text) {
    Opening found{text};
    for (bool more = true; more;) {
        const auto take = [&found](sv word) { return take_off(found.rest, word); };
        const bool refusal = std::any_of(refusals.begin(), refusals.end(), take);
        more = refusal || std::any_of(softeners.begin(), softeners.end(), take);
        found.refused = found.refused || refusal;
        skip_marks(found.rest);
    }
    sv rest = found.rest;
    const auto taken =
        std::find_if(takebacks.begin(), takebacks.end(), [&rest](sv words) { return take_off(rest, words); });
    if (taken == takebacks.end()) return found;
    // "Wrong prices worry them" takes nothing back.
    const std::string small = lower_case(rest);
    const bool parted =
        !rest.empty() &&
        (rest.front() != ' ' || small.starts_with(" it ") || small.starts_with(" it's ") || small.starts_with(" es ") ||
         small.starts_with(" – ") || small.starts_with(" — ") || small.starts_with(" - "));
    skip_marks(rest);
    if (!parted || plain_words(rest).empty()) return found;
    return {rest, true, true};
}

constexpr std::array leads_always{sv("i meant to say "), sv("i meant "),     sv("i mean "),
                                  sv("make it "),        sv("make that "),   sv("it should be "),
                                  sv("that should be "), sv("should be "),   sv("ich meinte "),
                                  sv("ich meine "),      sv("mach daraus "), sv("es muss heißen ")};
/// These count after "no" or with "not …": by themselves they say something new.
constexpr std::array leads{sv("that was "), sv("it was "),    sv("it's "),     sv("that's "),    sv("it is "),
                           sv("that is "),  sv("this was "),  sv("they are "), sv("these are "), sv("rather "),
                           sv("i said "),   sv("ich sagte "), sv("das war "),  sv("es war "),    sv("das ist "),
                           sv("es ist "),   sv("es sind "),   sv("eher ")};
constexpr std::size_t sentence_words_max = 14;

std::string without_end_marks(std::string text) {
    text = trimmed(text);
    while (!text.empty() && sv(".,!; ").find(text.back()) != sv::npos) text.pop_back();
    return text;
}

template <std::size_t N>
std::optional<std::string> behind(const std::array<sv, N>& words, const std::string& text) {
    const std::string small = lower_case(text);
    for (const sv lead : words) {
        if (small.starts_with(lead)) return trimmed(sv(text).substr(lead.size()));
    }
    return std::nullopt;
}

/// "Pavel, Lenka only nodded" -> "Pavel" and "Lenka only nodded".
std::pair<std::string, std::string> parted_at_comma(const std::string& text) {
    const std::size_t comma = text.find(", ");
    if (comma == std::string::npos) return {without_end_marks(text), {}};
    return {without_end_marks(text.substr(0, comma)), without_end_marks(text.substr(comma + 2))};
}

/// "Amy who tried it" -> "Amy".
std::string without_who(const std::string& text) {
    const std::string small = lower_case(text);
    for (const sv who : {sv(" who "), sv(", who "), sv(", die "), sv(", der ")}) {
        if (const std::size_t at = small.find(who); at != std::string::npos)
            return without_end_marks(text.substr(0, at));
    }
    return text;
}

/// Splits "Tim, not Mo", "not Mo but Tim" and "not Mo, it was Tim" into new and old.
Correction parts_of(const std::string& body) {
    const std::string small = lower_case(body);
    Correction parts;
    for (const auto& [lead, middle] : {std::pair{sv("not "), sv(" but ")},
                                       {sv("nicht "), sv(", sondern ")},
                                       {sv("nicht "), sv(" sondern ")},
                                       {sv("not "), sv(", ")}}) {
        const std::size_t at = small.find(middle);
        if (!small.starts_with(lead) || at == std::string::npos || at <= lead.size()) continue;
        parts.old_words = without_end_marks(body.substr(lead.size(), at - lead.size()));
        const std::string fresh = trimmed(sv(body).substr(at + middle.size()));
        const auto led = behind(leads, fresh);
        parts.put_so = led.has_value();
        std::tie(parts.new_words, parts.rest) = parted_at_comma(led.value_or(fresh));
        return parts;
    }
    for (const sv middle : {sv(", not "), sv(" not "), sv(", nicht "), sv(" nicht "), sv(" instead of "),
                            sv(" rather than "), sv(" statt ")}) {
        const std::size_t at = small.find(middle);
        if (at == std::string::npos || at == 0) continue;
        parts.new_words = without_who(without_end_marks(body.substr(0, at)));
        std::tie(parts.old_words, parts.rest) = parted_at_comma(body.substr(at + middle.size()));
        return parts;
    }
    const std::string subject = without_who(body);
    if (subject != body) {
        parts.new_words = subject;
    } else {
        std::tie(parts.new_words, parts.rest) = parted_at_comma(body);
    }
    return parts;
}

/// "It was Hamza who said that" can only be about what was noted before.
bool tells_who_said_it(const std::string& sentence) {
    const std::string plain = plain_line(sentence);
    return contains_phrase(plain, "who said that") || contains_phrase(plain, "who said it") ||
           contains_phrase(plain, "der das gesagt hat") || contains_phrase(plain, "die das gesagt hat");
}

}  // namespace

std::optional<Correction> parse_correction(std::string_view line) {
    const std::string text = clipped(trimmed(line), 1000);
    const Opening opening = opening_of(text);
    const auto sentences = split_sentences(opening.rest);
    if (sentences.empty() || plain_words(sentences.front()).size() > sentence_words_max) return std::nullopt;
    const std::string first = without_end_marks(sentences.front());
    const auto always = behind(leads_always, first);
    const auto led = always ? always : behind(leads, first);
    Correction parts = parts_of(led.value_or(first));
    parts.taken_back = opening.refused;
    parts.put_so = parts.put_so || led.has_value();
    parts.unmistakable = always.has_value() || (opening.refused && !parts.old_words.empty());
    if (parts.new_words.empty()) return std::nullopt;
    const bool meant = opening.refused || always || !parts.old_words.empty() || (led && tells_who_said_it(first));
    if (!meant) return std::nullopt;
    for (std::size_t i = 1; i < sentences.size(); ++i) {
        if (!parts.rest.empty()) parts.rest += i == 1 ? ". " : " ";
        parts.rest += trimmed(sentences[i]);
    }
    return parts;
}

std::optional<std::string> corrected_words(std::string_view line) {
    const std::string text = trimmed(line);
    const Opening opening = opening_of(text);
    if (!opening.unsaid) return std::nullopt;
    return std::string(opening.rest);
}

}  // namespace debrief::bot
