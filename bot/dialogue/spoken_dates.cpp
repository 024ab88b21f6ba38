// Civil dates as people say them.
#include <array>

#include "bot/dialogue/phrases.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;
constexpr std::array<sv, 12> months_en{"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<sv, 12> months_de{"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                       "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
constexpr std::array<sv, 7> days_en{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<sv, 7> days_de{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"};

std::string month_name(unsigned month, bool german) {
    return std::string(german ? months_de[(month - 1) % 12] : months_en[(month - 1) % 12]);
}

}  // namespace

std::string spoken_day(std::chrono::sys_days day, std::string_view language) {
    const bool german = language == "de";
    const std::chrono::year_month_day date{day};
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    std::string out(german ? days_de[weekday] : days_en[weekday]);
    out += " " + std::to_string(static_cast<unsigned>(date.day()));
    out += german ? ". " : " ";
    return out + month_name(static_cast<unsigned>(date.month()), german) + " " +
           std::to_string(static_cast<int>(date.year()));
}

std::string plain_date(std::string_view civil, std::string_view language) {
    const std::string spoken = spoken_date(civil, language);
    return core::parse_day(civil) ? spoken.substr(spoken.find(' ') + 1) : spoken;
}

std::string spoken_date(std::string_view civil, std::string_view language) {
    const bool german = language == "de";
    if (const auto day = core::parse_day(civil)) return spoken_day(*day, language);
    if (!core::is_civil(civil) || civil.size() < 6) return std::string(civil);
    const std::string year(civil.substr(0, 4));
    const sv rest = civil.substr(5);
    if (rest[0] == 'W' && rest[1] != 'I')
        return (german ? "Woche " : "week ") + std::string(rest.substr(1)) + (german ? " " : " of ") + year;
    if (rest[0] == 'Q')
        return (german ? "Quartal " : "quarter ") + std::string(rest.substr(1)) + (german ? " " : " of ") + year;
    if (rest[0] == 'H')
        return std::string(german ? "Halbjahr " : "half ") + std::string(rest.substr(1)) + (german ? " " : " of ") +
               year;
    if (rest == "SP") return (german ? "Frühling " : "spring ") + year;
    if (rest == "SU") return (german ? "Sommer " : "summer ") + year;
    if (rest == "FA") return (german ? "Herbst " : "autumn ") + year;
    if (rest == "WI") return (german ? "Winter " : "winter ") + year;
    if (rest.size() == 2 && rest[0] >= '0' && rest[0] <= '1') {
        return month_name(static_cast<unsigned>((rest[0] - '0') * 10 + (rest[1] - '0')), german) + " " + year;
    }
    return std::string(civil);
}

}  // namespace debrief::bot
