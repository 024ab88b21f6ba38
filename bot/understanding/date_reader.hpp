// One pass over the tokens of a note that reads dates; the rules stand in four files: periods, their edges, days, and
// days near the meeting.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/understanding/dates.hpp"

namespace debrief::bot::understanding {

enum class Unit { week, weekend, month, quarter, half, season, year };

/// A stretch of calendar time: "next week", "Q2", "May 2026".
struct Period {
    std::size_t end = 0;  ///< Token after it.
    Unit unit = Unit::year;
    int year = 0;
    int part = 0;  ///< Month, quarter, half or season; week of the year.
    Day monday{};  ///< Weeks and weekends.
};

std::string value_of(const Period& period);
Day last_day_of(const Period& period);  ///< Of a week its Friday: people mean the working week.

class DateReader {
public:
    DateReader(std::vector<Token>& tokens, Day meeting, const std::vector<std::string>& names)
        : tokens_(tokens), meeting_(meeting), names_(names) {}
    std::vector<FoundDate> run();

private:
    struct Match {
        std::size_t end = 0;
        std::vector<std::string> values;
        std::size_t begin = no_begin;  ///< If it starts before the token that was tried.
    };
    static constexpr std::size_t no_begin = static_cast<std::size_t>(-1);
    using Found = std::optional<Match>;

    // Periods (date_periods.cpp).
    [[nodiscard]] std::optional<Period> period_at(std::size_t i, bool bare) const;
    [[nodiscard]] std::optional<Period> relative_period(std::size_t i, int shift, std::size_t from) const;
    [[nodiscard]] std::optional<Period> named_period(std::size_t i, bool bare) const;
    [[nodiscard]] std::optional<Period> month_period(std::size_t i, bool trusted) const;
    [[nodiscard]] std::optional<Period> season_period(std::size_t i, bool trusted) const;
    [[nodiscard]] std::optional<Period> year_number(std::size_t i, bool trusted) const;
    struct YearSuffix {
        std::size_t end;
        int year;
    };
    [[nodiscard]] std::optional<YearSuffix> year_suffix(std::size_t i) const;
    [[nodiscard]] bool is_month(std::size_t i, bool trusted) const;
    [[nodiscard]] bool is_weekday(std::size_t i) const;

    // Figures and edges (date_edges.cpp).
    [[nodiscard]] Found figures(std::size_t i) const;
    [[nodiscard]] Found edge_of_period(std::size_t i) const;
    [[nodiscard]] Found counted_in_period(std::size_t i) const;

    // Days (date_days.cpp).
    [[nodiscard]] Found try_all(std::size_t i) const;
    [[nodiscard]] Found day_of_month(std::size_t i) const;
    [[nodiscard]] Found month_day(std::size_t i) const;
    [[nodiscard]] Found weekday(std::size_t i) const;
    [[nodiscard]] Found bare_ordinal(std::size_t i) const;
    [[nodiscard]] Found period(std::size_t i) const;

    // Near days and feasts (date_near.cpp).
    [[nodiscard]] Found near_day(std::size_t i) const;
    [[nodiscard]] Found distance(std::size_t i) const;
    [[nodiscard]] Found feast_day(std::size_t i) const;

    [[nodiscard]] std::string_view norm(std::size_t i) const {
        return i < tokens_.size() ? std::string_view{tokens_[i].norm} : std::string_view{};
    }
    [[nodiscard]] bool one_of(std::size_t i, std::initializer_list<std::string_view> words) const;
    [[nodiscard]] std::string_view before(std::size_t i) const { return i > 0 ? norm(i - 1) : std::string_view{}; }
    /// A whole day number 1..31 without unit ("15", "15th", "fifteenth" where `words`).
    [[nodiscard]] std::optional<int> day_number(std::size_t i, bool words) const;
    [[nodiscard]] std::optional<int> shift_word(std::size_t i) const;  ///< this 0, next 1, last -1.
    [[nodiscard]] Day dated(int month, int day, std::optional<int> year, std::size_t begin, std::size_t end,
                            bool& ok) const;
    [[nodiscard]] bool repeats(std::size_t i) const;  ///< "every Monday".

    std::vector<Token>& tokens_;
    Day meeting_;
    const std::vector<std::string>& names_;
};

}  // namespace debrief::bot::understanding
