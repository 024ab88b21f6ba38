// One pass over the tokens of a note that reads dates. Each rule stands in a file of its kind: numbers, periods, their
// edges, days, weekdays, near days, distances; what stands side by side is put together at the end.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/understanding/dates.hpp"
#include "bot/understanding/period.hpp"

namespace debrief::bot::understanding {

class DateReader {
public:
    DateReader(std::vector<Token>& tokens, Day meeting, const std::vector<std::string>& names)
        : tokens_(tokens), meeting_(meeting), names_(names) {}
    std::vector<FoundDate> run();

private:
    struct Match {
        std::size_t end = 0;
        std::vector<Period> values;
        std::size_t begin = no_begin;  ///< If it starts before the token that was tried.
    };
    static constexpr std::size_t no_begin = static_cast<std::size_t>(-1);
    using Found = std::optional<Match>;
    using Rule = Found (DateReader::*)(std::size_t) const;

    // Numbers (date_numbers.cpp).
    struct DayNumber {
        int value = 0;  ///< 1..31
        std::size_t end = 0;
        bool ordinal = false;  ///< "15th", "fifteenth".
        bool figure = false;   ///< "15", "15th".
    };
    struct Year {
        int value = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] std::optional<DayNumber> day_number(std::size_t i) const;
    [[nodiscard]] std::vector<DayNumber> day_numbers(std::size_t i) const;
    [[nodiscard]] std::optional<Year> year_suffix(std::size_t i, bool full) const;
    [[nodiscard]] std::optional<Year> short_year(std::size_t i, bool full) const;
    [[nodiscard]] std::optional<Year> spoken_year(std::size_t i) const;
    [[nodiscard]] bool stands_alone(std::size_t end) const;
    [[nodiscard]] bool ends_phrase(std::size_t i) const;
    [[nodiscard]] std::size_t past_join(std::size_t i) const;

    // Periods (date_periods.cpp).
    [[nodiscard]] std::optional<Period> period_at(std::size_t i, bool bare) const;
    [[nodiscard]] std::optional<Period> relative_period(std::size_t i, int shift, std::size_t from) const;
    [[nodiscard]] std::optional<Period> named_period(std::size_t i, bool bare) const;
    [[nodiscard]] std::optional<Period> month_period(std::size_t i, bool trusted) const;
    [[nodiscard]] std::optional<Period> season_period(std::size_t i, bool trusted) const;
    [[nodiscard]] std::optional<Period> year_number(std::size_t i, bool trusted) const;
    [[nodiscard]] std::optional<Period> named_part(std::size_t i) const;
    [[nodiscard]] bool is_year_figure(std::size_t i) const;
    [[nodiscard]] bool is_month(std::size_t i, bool trusted) const;
    [[nodiscard]] bool is_weekday(std::size_t i) const;

    // Edges (date_edges.cpp) and figures (date_figures.cpp).
    [[nodiscard]] Found figures(std::size_t i) const { return figures_on(i, 0); }
    [[nodiscard]] Found figures_on(std::size_t i, int weekday) const;
    [[nodiscard]] Found edge_of_period(std::size_t i) const;
    [[nodiscard]] Found counted_in_period(std::size_t i) const;

    // All rules (date_reader.cpp), days (date_days.cpp) and weekdays (date_weekdays.cpp).
    [[nodiscard]] Found try_all(std::size_t i) const;
    [[nodiscard]] Found try_day(std::size_t i) const;
    template <std::size_t N>
    [[nodiscard]] Found first_of(const Rule (&rules)[N], std::size_t i) const;
    [[nodiscard]] Found day_of_month(std::size_t i) const;
    [[nodiscard]] Found month_day(std::size_t i) const;
    [[nodiscard]] Found bare_ordinal(std::size_t i) const;
    [[nodiscard]] std::optional<Period> month_after(const DayNumber& number, bool range) const;
    [[nodiscard]] std::vector<Period> days_in(const Period& month, const std::vector<DayNumber>& numbers,
                                              std::size_t begin, bool month_first) const;
    [[nodiscard]] bool names_day(std::size_t month, const DayNumber& number, bool between) const;
    [[nodiscard]] std::optional<Day> day_near(int number, Day from, Tense tense) const;
    [[nodiscard]] Found period(std::size_t i) const;
    [[nodiscard]] Found weekday(std::size_t i) const;
    [[nodiscard]] Found beside_weekday(std::size_t i, int weekday) const;

    // Near days, feasts (date_near.cpp) and distances (date_distances.cpp).
    [[nodiscard]] Found near_day(std::size_t i) const;
    [[nodiscard]] Found plain_near_day(std::size_t i) const;
    [[nodiscard]] Found week_of_day(std::size_t i) const;
    [[nodiscard]] Found feast_day(std::size_t i) const;
    struct Length {
        std::size_t end = 0;
        int days = 0, working_days = 0, months = 0;
        bool years_only = false;  ///< Whole years: `months` counts them twelvefold.
    };
    [[nodiscard]] std::optional<Length> length_at(std::size_t i) const;
    [[nodiscard]] Day later(Day from, const Length& length, int sign) const;
    [[nodiscard]] Period counted(const Length& length, int sign) const;
    [[nodiscard]] bool is_stretch(std::size_t in, const Length& length) const;
    [[nodiscard]] Found distance(std::size_t i) const;

    // What stands side by side (date_neighbours.cpp).
    [[nodiscard]] bool joined(Match& before, const Match& after) const;
    void settle_range(Match& first, Match& second) const;
    [[nodiscard]] bool is_moved(std::size_t from) const;

    [[nodiscard]] std::string_view norm(std::size_t i) const {
        return i < tokens_.size() ? std::string_view{tokens_[i].norm} : std::string_view{};
    }
    [[nodiscard]] bool one_of(std::size_t i, std::initializer_list<std::string_view> words) const;
    [[nodiscard]] std::string_view before(std::size_t i) const { return i > 0 ? norm(i - 1) : std::string_view{}; }
    [[nodiscard]] std::optional<int> shift_word(std::size_t i) const;  ///< this 0, next 1, last -1.
    [[nodiscard]] bool joins_range(std::size_t i) const;               ///< "to", "until", a dash.
    [[nodiscard]] std::optional<Period> dated(int month, int day, std::optional<int> year, std::size_t begin,
                                              std::size_t end) const;
    [[nodiscard]] bool repeats(std::size_t i) const;  ///< "every Monday".

    std::vector<Token>& tokens_;
    Day meeting_;
    const std::vector<std::string>& names_;
};

}  // namespace debrief::bot::understanding
