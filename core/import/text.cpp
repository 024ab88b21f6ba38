#include "core/import/text.hpp"

#include <array>

#include "core/utf8.hpp"

namespace debrief::core::intake {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}
char lower_letter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::chrono::sys_days> day_of(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    for (;;) {
        if (!text.empty() && is_blank(text.front())) {
            text.remove_prefix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else if (!text.empty() && is_blank(text.back())) {
            text.remove_suffix(1);
        } else if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        } else {
            return text;
        }
    }
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) c = lower_letter(c);
    return result;
}

std::string squashed(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const char letter = lower_letter(c);
        const bool keeps =
            is_digit(letter) || (letter >= 'a' && letter <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (keeps) result.push_back(letter);
    }
    return result;
}

bool is_clean_text(std::string_view text) {
    return text.find('\0') == std::string_view::npos && is_utf8(text);
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
    if (text.empty() || text.size() > 15) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
        if (!is_digit(c)) return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int places) {
    const std::size_t dot = text.find('.');
    std::string digits{text.substr(0, dot)};
    std::string_view decimals = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
    if (digits.empty() || (dot != std::string_view::npos && decimals.empty())) return std::nullopt;
    if (decimals.size() > static_cast<std::size_t>(places)) return std::nullopt;
    digits += decimals;
    digits.append(static_cast<std::size_t>(places) - decimals.size(), '0');
    return parse_whole(digits);
}

std::optional<std::chrono::sys_days> parse_sheet_day(std::string_view text) {
    const char mark = text.find('/') != std::string_view::npos ? '/' : '-';
    std::array<std::int64_t, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t end = i + 1 < parts.size() ? text.find(mark) : text.size();
        if (end == std::string_view::npos) return std::nullopt;
        const auto number = parse_whole(text.substr(0, end));
        if (!number) return std::nullopt;
        parts.at(i) = *number;
        text.remove_prefix(i + 1 < parts.size() ? end + 1 : end);
    }
    return mark == '/' ? day_of(parts[2], parts[0], parts[1]) : day_of(parts[0], parts[1], parts[2]);
}

std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

}  // namespace debrief::core::intake
