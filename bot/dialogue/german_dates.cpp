#include "bot/dialogue/german_dates.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

constexpr std::pair<sv, sv> german_weekdays[]{
    {"montag", "Monday"},  {"dienstag", "Tuesday"}, {"mittwoch", "Wednesday"}, {"donnerstag", "Thursday"},
    {"freitag", "Friday"}, {"samstag", "Saturday"}, {"sonnabend", "Saturday"}, {"sonntag", "Sunday"}};
constexpr std::pair<sv, sv> german_months[]{
    {"januar", "January"},      {"jänner", "January"},  {"februar", "February"},
    {"märz", "March"},          {"april", "April"},     {"mai", "May"},
    {"juni", "June"},           {"juli", "July"},       {"august", "August"},
    {"september", "September"}, {"oktober", "October"}, {"november", "November"},
    {"dezember", "December"}};
constexpr std::pair<sv, sv> german_which[]{
    {"nächsten", "next"},  {"nächste", "next"},  {"nächster", "next"},    {"nächstes", "next"},
    {"kommenden", "next"}, {"kommende", "next"}, {"diesen", "this"},      {"diese", "this"},
    {"dieser", "this"},    {"dieses", "this"},   {"letzten", "last"},     {"letzte", "last"},
    {"letzter", "last"},   {"letztes", "last"},  {"vergangenen", "last"}, {"vergangene", "last"}};
constexpr std::pair<sv, sv> german_periods[]{
    {"woche", "week"}, {"monat", "month"}, {"quartal", "quarter"}, {"jahr", "year"}};
constexpr std::pair<sv, sv> german_near_days[]{
    {"gestern", "yesterday"}, {"vorgestern", "two days ago"}, {"morgen", "tomorrow"}, {"übermorgen", "in two days"}};
constexpr std::pair<sv, sv> german_lengths[]{{"tagen", "days"},   {"tage", "days"},      {"woche", "week"},
                                             {"wochen", "weeks"}, {"monaten", "months"}, {"monat", "month"}};
constexpr std::pair<sv, sv> german_numbers[]{{"einer", "one"}, {"einem", "one"},   {"zwei", "two"},  {"drei", "three"},
                                             {"vier", "four"}, {"fünf", "five"},   {"sechs", "six"}, {"acht", "eight"},
                                             {"zehn", "ten"},  {"zwölf", "twelve"}};
constexpr std::pair<sv, sv> german_edges[]{{"ende", "the end of"}, {"anfang", "early"}, {"mitte", "mid"}};

template <typename List>
sv in_english(const List& list, sv word) {
    const auto* const found =
        std::find_if(std::begin(list), std::end(list), [&](const auto& pair) { return pair.first == word; });
    return found == std::end(list) ? sv{} : found->second;
}

struct GermanWord {
    std::size_t begin = 0, end = 0;
    std::string small;  ///< Lower case; a full stop only behind figures: "3."
};

std::vector<GermanWord> german_words_in(sv text) {
    const std::string small = lower_case(text);
    std::vector<GermanWord> out;
    const auto inside = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    for (std::size_t at = 0; at < small.size();) {
        if (!inside(small[at])) {
            ++at;
            continue;
        }
        GermanWord word;
        word.begin = at;
        while (at < small.size() && inside(small[at])) ++at;
        const bool figure = small[word.begin] >= '0' && small[word.begin] <= '9';
        if (figure && at < small.size() && small[at] == '.') ++at;
        word.end = at;
        word.small = small.substr(word.begin, at - word.begin);
        out.push_back(std::move(word));
    }
    return out;
}

struct DayPhrase {
    std::size_t words = 0;
    std::string english;  ///< Without the little word before it.
};

bool is_plain_figure(const std::string& word) {
    return !word.empty() && word.size() <= 4 && word.find_first_not_of("0123456789") == std::string::npos;
}

/// A phrase that begins at word `i`.
std::optional<DayPhrase> day_phrase_at(const std::vector<GermanWord>& words, std::size_t i) {
    const auto word = [&](std::size_t k) { return k < words.size() ? sv(words[k].small) : sv{}; };
    const sv before = i > 0 ? sv(words[i - 1].small) : sv{};
    if (const sv day = in_english(german_near_days, word(i)); !day.empty()) {
        // "Am Morgen", "heute Morgen", "jeden Morgen" are a time of the day.
        const bool time_of_day = word(i) == "morgen" && (before == "am" || before == "heute" || before == "jeden" ||
                                                         before == "guten" || before == "gestern");
        return time_of_day ? std::nullopt : std::optional{DayPhrase{1, std::string(day)}};
    }
    if (const sv day = in_english(german_weekdays, word(i)); !day.empty())
        return DayPhrase{1, "on " + std::string(day)};
    if (const sv one = in_english(german_which, word(i)); !one.empty()) {
        if (const sv day = in_english(german_weekdays, word(i + 1)); !day.empty())
            return DayPhrase{2, one == "this" ? "on " + std::string(day) : std::string(one) + " " + std::string(day)};
        if (const sv period = in_english(german_periods, word(i + 1)); !period.empty())
            return DayPhrase{2, std::string(one) + " " + std::string(period)};
        return std::nullopt;
    }
    if (word(i).ends_with('.') && is_plain_figure(std::string(word(i).substr(0, word(i).size() - 1)))) {
        const sv month = in_english(german_months, word(i + 1));
        if (month.empty()) return std::nullopt;
        std::string english = "on " + std::string(word(i).substr(0, word(i).size() - 1)) + " " + std::string(month);
        // "31. Dezember 2026." ends a sentence with it.
        std::string last{word(i + 2)};
        if (last.ends_with('.')) last.pop_back();
        const bool year = last.size() == 4 && is_plain_figure(last);
        if (year) english += " " + last;
        return DayPhrase{year ? 3U : 2U, std::move(english)};
    }
    if (const sv edge = in_english(german_edges, word(i)); !edge.empty()) {
        const sv month = in_english(german_months, word(i + 1));
        return month.empty() ? std::nullopt : std::optional{DayPhrase{2, std::string(edge) + " " + std::string(month)}};
    }
    if (word(i) == "in" || word(i) == "vor") {
        const sv count =
            is_plain_figure(std::string(word(i + 1))) ? word(i + 1) : in_english(german_numbers, word(i + 1));
        const sv length = in_english(german_lengths, word(i + 2));
        if (count.empty() || length.empty()) return std::nullopt;
        const std::string span = std::string(count) + " " + std::string(length);
        return DayPhrase{3, word(i) == "in" ? "in " + span : span + " ago"};
    }
    if (const sv month = in_english(german_months, word(i)); !month.empty()) {
        const bool led = before == "im" || before == "bis" || before == "ab" || before == "seit" || before == "vor";
        return led ? std::optional{DayPhrase{1, "in " + std::string(month)}} : std::nullopt;
    }
    return std::nullopt;
}

/// "Hat am Montag angerufen": what is over, unless a word looks ahead.
bool tells_the_past(const std::vector<GermanWord>& words) {
    constexpr std::array past{sv("hat"),   sv("haben"),  sv("habe"),  sv("war"),    sv("waren"),
                              sv("hatte"), sv("hatten"), sv("wurde"), sv("wurden"), sv("ist")};
    constexpr std::array ahead{sv("wird"),    sv("werde"),   sv("werden"), sv("will"),       sv("wollen"),
                               sv("soll"),    sv("sollen"),  sv("muss"),   sv("müssen"),     sv("bis"),
                               sv("schickt"), sv("schicke"), sv("zu"),     sv("verschoben"), sv("auf")};
    const auto any = [&](const auto& list) {
        return std::any_of(words.begin(), words.end(), [&](const GermanWord& word) {
            return std::find(list.begin(), list.end(), word.small) != list.end();
        });
    };
    // Only a participle behind it makes a past of it: "hat am Montag angerufen".
    const bool participle = std::any_of(words.begin(), words.end(), [](const GermanWord& word) {
        return word.small.size() > 4 && (word.small.starts_with("ge") || word.small.find("ge") != std::string::npos) &&
               (word.small.ends_with("t") || word.small.ends_with("en"));
    });
    return any(past) && participle && !any(ahead);
}

}  // namespace

std::vector<DateMention> german_dates_in(sv text, const NoteContext& context) {
    std::vector<DateMention> out;
    const auto words = german_words_in(text);
    const bool past = tells_the_past(words);
    for (std::size_t i = 0; i < words.size();) {
        const auto phrase = day_phrase_at(words, i);
        if (!phrase) {
            ++i;
            continue;
        }
        const bool by = i > 0 && words[i - 1].small == "bis";
        std::string english =
            by && phrase->english.starts_with("on ") ? "by " + phrase->english.substr(3) : phrase->english;
        english = (past ? "It was " : "It will be ") + english + ".";
        const auto found = dates_in(english, context);
        if (!found.empty()) {
            const std::size_t begin = words[i].begin;
            std::size_t end = words[i + phrase->words - 1].end;
            if (text[end - 1] == '.') --end;
            out.push_back({std::string(text.substr(begin, end - begin)), found.front().value, {begin, end - begin}});
        }
        i += phrase->words;
    }
    return out;
}

std::vector<DateMention> dates_said(sv text, const NoteContext& context) {
    auto all = dates_in(text, context);
    for (DateMention& date : german_dates_in(text, context)) {
        const bool told = std::any_of(all.begin(), all.end(), [&](const DateMention& other) {
            return other.span.offset < date.span.offset + date.span.length &&
                   date.span.offset < other.span.offset + other.span.length;
        });
        // "3. Juli" says more than the month that English shares with it.
        if (told && date.text.find(' ') == std::string::npos) continue;
        std::erase_if(all, [&](const DateMention& other) {
            return other.span.offset < date.span.offset + date.span.length &&
                   date.span.offset < other.span.offset + other.span.length;
        });
        all.push_back(std::move(date));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const DateMention& a, const DateMention& b) { return a.span.offset < b.span.offset; });
    return all;
}

}  // namespace debrief::bot
