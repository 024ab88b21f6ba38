// The words that dates are made of.
#pragma once

#include <optional>
#include <string_view>

namespace debrief::bot::understanding {

std::optional<int> month_word(std::string_view norm);    ///< 1..12
std::optional<int> weekday_word(std::string_view norm);  ///< Monday 1 to Sunday 7.
std::optional<int> season_word(std::string_view norm);   ///< 0 spring, 1 summer, 2 autumn, 3 winter.
int full_year(int two_digits);                           ///< 87 is 1987, 35 is 2035.

/// True for month words that are ordinary English or a first name as well: may, march, jan, april.
bool is_doubtful_month(std::string_view norm);
/// True for short weekday words that are ordinary English as well: sat, sun, mon, wed.
bool is_doubtful_weekday(std::string_view norm);

}  // namespace debrief::bot::understanding
