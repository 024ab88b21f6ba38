#include "bot/dialogue/corrected_dates.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/german_dates.hpp"
#include "bot/dialogue/words.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<sv, 24> months{"january", "february", "march",     "april",   "may",      "june",
                                    "july",    "august",   "september", "october", "november", "december",
                                    "januar",  "februar",  "märz",      "april",   "mai",      "juni",
                                    "juli",    "august",   "september", "oktober", "november", "dezember"};
constexpr std::array<sv, 14> weekdays{"monday",     "tuesday", "wednesday", "thursday", "friday",
                                      "saturday",   "sunday",  "montag",    "dienstag", "mittwoch",
                                      "donnerstag", "freitag", "samstag",   "sonntag"};
/// With these a date counts from the meeting, whatever it corrects.
constexpr std::array counting{sv("next"),     sv("last"),   sv("this"),  sv("tomorrow"), sv("today"),  sv("yesterday"),
                              sv("week"),     sv("weeks"),  sv("days"),  sv("months"),   sv("ago"),    sv("nächste"),
                              sv("nächsten"), sv("morgen"), sv("heute"), sv("woche"),    sv("wochen"), sv("gestern")};
constexpr std::array beside_dates{
    sv("on"),     sv("by"),    sv("at"),  sv("in"),     sv("since"), sv("until"), sv("till"),    sv("from"),
    sv("before"), sv("after"), sv("the"), sv("around"), sv("about"), sv("only"),  sv("already"), sv("now"),
    sv("am"),     sv("bis"),   sv("im"),  sv("seit"),   sv("ab"),    sv("vor"),   sv("nach"),    sv("erst"),
    sv("schon"),  sv("der"),   sv("den"), sv("dem"),    sv("zum"),   sv("um"),    sv("rather"),  sv("eher")};

template <typename List>
bool any_word(const std::vector<std::string>& words, const List& of) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& w) { return std::find(of.begin(), of.end(), w) != of.end(); });
}

/// The month in `text` as it stands there; empty where none is named.
std::string month_named(const std::string& text) {
    const std::string small = lower_case(text);
    for (const sv month : months) {
        if (contains_phrase(small, month)) return text.substr(small.find(month), month.size());
    }
    return {};
}

std::optional<std::chrono::weekday> weekday_named(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        const auto found = std::find(weekdays.begin(), weekdays.end(), word);
        // Monday is 1, and both languages begin with it.
        if (found != weekdays.end())
            return std::chrono::weekday{static_cast<unsigned>((found - weekdays.begin()) % 7 + 1)};
    }
    return std::nullopt;
}

sys_days first_day(const std::string& civil) {
    const auto range = core::days_of(civil);
    return range ? range->first : sys_days{};
}

/// Of the same day in neighbouring months or years, the one nearest to `to`.
sys_days nearest(const std::vector<sys_days>& days, sys_days to) {
    return *std::min_element(days.begin(), days.end(), [to](sys_days a, sys_days b) {
        const auto far = [to](sys_days day) { return day < to ? to - day : day - to; };
        return far(a) < far(b);
    });
}

std::vector<sys_days> in_neighbouring(const year_month_day& day, std::chrono::months step) {
    std::vector<sys_days> out;
    for (const auto moved : {day - step, day, day + step}) {
        if (moved.ok()) out.emplace_back(moved);
    }
    return out;
}

}  // namespace

std::optional<DateInWords> date_in_words(const std::string& words, const NoteContext& context) {
    auto found = dates_said(words, context);
    // "March" alone may be a name: here it cannot be.
    if (found.empty() && !month_named(words).empty()) found = dates_said("in " + words, context);
    if (found.empty()) return std::nullopt;
    DateInWords out{{found.front().text, found.front().value}, 0};
    if (out.date.text.starts_with("in ") && !lower_case(words).starts_with("in ")) out.date.text.erase(0, 3);
    std::string others = words;
    if (const std::size_t at = others.find(out.date.text); at != std::string::npos)
        others.erase(at, out.date.text.size());
    for (const std::string& word : plain_words(others)) {
        const bool beside = std::find(beside_dates.begin(), beside_dates.end(), word) != beside_dates.end();
        // "Thursday the 26th of March" is one date, whatever part of it was found.
        const bool part = std::find(months.begin(), months.end(), word) != months.end() || word == "of" ||
                          std::find(weekdays.begin(), weekdays.end(), word) != weekdays.end();
        if (!beside && !part) ++out.other_words;
    }
    return out;
}

core::DateSaid in_place_of(const core::DateSaid& old, core::DateSaid fresh, sys_days meeting) {
    const auto words = plain_words(fresh.text);
    const auto figures = figures_in(fresh.text);
    const bool year_said = std::any_of(figures.begin(), figures.end(), [](const Figure& f) {
        return f.value.size() == 4 && f.value.find_first_not_of("0123456789") == std::string::npos;
    });
    if (year_said || any_word(words, counting) || !core::days_of(fresh.value) || !core::days_of(old.value))
        return fresh;
    const sys_days to = first_day(old.value);
    const year_month_day day{first_day(fresh.value)};
    const bool is_day = core::parse_day(fresh.value).has_value();
    const bool is_month = !is_day && fresh.value.size() == 7 && fresh.value[5] != 'Q' && fresh.value[5] != 'H' &&
                          fresh.value[5] != 'S' && fresh.value[5] != 'F' && fresh.value[5] != 'W';
    if (any_word(words, months)) {
        if (!is_day && !is_month) return fresh;
        const sys_days meant = nearest(in_neighbouring(day, std::chrono::months{12}), to);
        fresh.value = core::civil_text(meant).substr(0, fresh.value.size());
        return fresh;
    }
    if (!is_day) return fresh;
    if (!figures.empty()) {
        const std::string month = month_named(old.text);
        const year_month_day corrected{to};
        const year_month_day same_month{corrected.year(), corrected.month(), day.day()};
        std::vector<sys_days> fit = in_neighbouring(same_month, std::chrono::months{month.empty() ? 1 : 0});
        if (const auto weekday = weekday_named(words)) {
            // "Thursday the 26th" is a Thursday: the year may have been taken wrongly.
            std::vector<sys_days> years = in_neighbouring(same_month, std::chrono::months{12});
            std::erase_if(years, [&](sys_days one) { return std::chrono::weekday{one} != *weekday; });
            if (!years.empty()) fit = std::move(years);
        }
        if (fit.empty()) return fresh;
        fresh.value = core::civil_text(nearest(fit, to));
        // So that the words say it too.
        if (!month.empty() && fresh.text.ends_with('.'))
            fresh.text += " " + month;
        else if (!month.empty())
            fresh.text += " of " + month;
        return fresh;
    }
    if (!weekday_named(words)) return fresh;
    const std::chrono::days week{7};
    const auto weeks_apart = std::chrono::floor<std::chrono::weeks>(to - sys_days{day} + std::chrono::days{3});
    sys_days meant = sys_days{day} + weeks_apart;
    if (meant < meeting && to >= meeting) meant += week;
    fresh.value = core::civil_text(meant);
    return fresh;
}

}  // namespace debrief::bot
