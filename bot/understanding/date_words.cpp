#include "bot/understanding/date_words.hpp"

#include <array>

namespace debrief::bot::understanding {
namespace {

struct Entry {
    std::string_view word;
    int value;
};
constexpr std::array months{
    Entry{"january", 1},  Entry{"jan", 1},       Entry{"february", 2},  Entry{"feb", 2},  Entry{"febuary", 2},
    Entry{"march", 3},    Entry{"mar", 3},       Entry{"april", 4},     Entry{"apr", 4},  Entry{"may", 5},
    Entry{"june", 6},     Entry{"jun", 6},       Entry{"july", 7},      Entry{"jul", 7},  Entry{"august", 8},
    Entry{"aug", 8},      Entry{"september", 9}, Entry{"sep", 9},       Entry{"sept", 9}, Entry{"septembre", 9},
    Entry{"october", 10}, Entry{"oct", 10},      Entry{"november", 11}, Entry{"nov", 11}, Entry{"december", 12},
    Entry{"dec", 12},
};
constexpr std::array weekdays{
    Entry{"monday", 1},    Entry{"mon", 1},    Entry{"tuesday", 2}, Entry{"tue", 2},      Entry{"tues", 2},
    Entry{"wednesday", 3}, Entry{"wed", 3},    Entry{"weds", 3},    Entry{"wednesay", 3}, Entry{"wensday", 3},
    Entry{"thursday", 4},  Entry{"thu", 4},    Entry{"thur", 4},    Entry{"thurs", 4},    Entry{"thrusday", 4},
    Entry{"thursay", 4},   Entry{"friday", 5}, Entry{"fri", 5},     Entry{"firday", 5},   Entry{"saturday", 6},
    Entry{"sat", 6},       Entry{"sunday", 7}, Entry{"sun", 7},     Entry{"tuseday", 2},  Entry{"teusday", 2},
};
constexpr std::array seasons{Entry{"spring", 0}, Entry{"springtime", 0}, Entry{"summer", 1}, Entry{"summertime", 1},
                             Entry{"autumn", 2}, Entry{"fall", 2},       Entry{"winter", 3}, Entry{"wintertime", 3}};

template <std::size_t N>
std::optional<int> look_up(const std::array<Entry, N>& table, std::string_view word) {
    for (const Entry& e : table) {
        if (e.word == word) return e.value;
    }
    return std::nullopt;
}

}  // namespace

std::optional<int> month_word(std::string_view norm) {
    return look_up(months, norm);
}
std::optional<int> weekday_word(std::string_view norm) {
    return look_up(weekdays, norm);
}
std::optional<int> season_word(std::string_view norm) {
    return look_up(seasons, norm);
}

int full_year(int two_digits) {
    return two_digits + (two_digits <= 60 ? 2000 : 1900);
}

bool is_doubtful_month(std::string_view norm) {
    return norm == "may" || norm == "march" || norm == "mar" || norm == "jan" || norm == "april" || norm == "june" ||
           norm == "august" || norm == "jun" || norm == "sep" || norm == "dec";
}
bool is_doubtful_weekday(std::string_view norm) {
    return norm == "sat" || norm == "sun" || norm == "mon" || norm == "wed";
}

}  // namespace debrief::bot::understanding
