#include "bot/dialogue/figures.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <utility>

#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

bool is_digit(sv text, std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}
/// Of the letters with several bytes those of our languages; "€" and "£" are none.
bool is_letter(sv text, std::size_t at) {
    if (at >= text.size()) return false;
    const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto is_lead_byte = [](unsigned char c) { return c >= 0xC3 && c <= 0xDF; };
    if (byte(at) < 0x80) return std::isalpha(byte(at)) != 0;
    return is_lead_byte(byte(at)) || (at > 0 && (byte(at) & 0xC0U) == 0x80U && is_lead_byte(byte(at - 1)));
}

constexpr std::pair<sv, std::uint64_t> spelled_numbers[]{
    {"two", 2},       {"three", 3},     {"four", 4},      {"five", 5},       {"six", 6},       {"seven", 7},
    {"eight", 8},     {"nine", 9},      {"ten", 10},      {"eleven", 11},    {"twelve", 12},   {"thirteen", 13},
    {"fourteen", 14}, {"fifteen", 15},  {"sixteen", 16},  {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},   {"thirty", 30},   {"forty", 40},    {"fifty", 50},     {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},   {"ninety", 90},   {"zwei", 2},      {"drei", 3},       {"vier", 4},      {"fünf", 5},
    {"sechs", 6},     {"sieben", 7},    {"acht", 8},      {"neun", 9},       {"zehn", 10},     {"elf", 11},
    {"zwölf", 12},    {"dreizehn", 13}, {"vierzehn", 14}, {"fünfzehn", 15},  {"zwanzig", 20},  {"dreißig", 30},
    {"vierzig", 40},  {"fünfzig", 50},  {"sechzig", 60},  {"siebzig", 70},   {"achtzig", 80},  {"neunzig", 90}};
constexpr std::pair<sv, std::uint64_t> multipliers[]{{"hundred", 100},      {"hundert", 100},     {"thousand", 1000},
                                                     {"tausend", 1000},     {"million", 1000000}, {"mio", 1000000},
                                                     {"millionen", 1000000}};

template <std::size_t N>
std::optional<std::uint64_t> value_of(const std::pair<sv, std::uint64_t> (&table)[N], sv word) {
    for (const auto& [name, value] : table) {
        if (word == name) return value;
    }
    return std::nullopt;
}

/// "45,000" and "45.000" are thousands in groups of three; else a single mark parts the decimals. What is neither, as a
/// date with dots, stays as it is.
std::string plain_number(sv raw) {
    std::vector<std::string> groups(1);
    for (const char c : raw) {
        if (c >= '0' && c <= '9') {
            groups.back() += c;
        } else {
            groups.emplace_back();
        }
    }
    if (groups.size() == 1) return groups.front();
    const bool thousands = groups.front().size() <= 3 && groups.front() != "0" &&
                           std::all_of(groups.begin() + 1, groups.end(), [](const auto& g) { return g.size() == 3; });
    if (thousands) {
        std::string joined;
        for (const auto& group : groups) joined += group;
        return joined;
    }
    if (groups.size() != 2) return std::string(raw);
    while (!groups[1].empty() && groups[1].back() == '0') groups[1].pop_back();
    return groups[1].empty() ? groups[0] : groups[0] + "." + groups[1];
}

/// "2.5" by a thousand is "2500".
std::string times_ten_to(std::string number, std::size_t zeros) {
    const std::size_t point = number.find('.');
    std::size_t decimals = 0;
    if (point != std::string::npos) {
        decimals = number.size() - point - 1;
        number.erase(point, 1);
    }
    if (decimals > zeros) return number.insert(number.size() - (decimals - zeros), 1, '.');
    number.append(zeros - decimals, '0');
    const std::size_t first = std::min(number.find_first_not_of('0'), number.size() - 1);
    return number.substr(first);
}

/// The word from `at`, folded; empty where none begins there.
std::string word_at(sv text, std::size_t at) {
    std::size_t end = at;
    while (is_letter(text, end)) ++end;
    return lower_case(text.substr(at, end - at));
}

Figure in_digits(sv text, std::size_t at) {
    std::size_t end = at;
    while (is_digit(text, end) ||
           (end < text.size() && (text[end] == ',' || text[end] == '.') && is_digit(text, end + 1)))
        ++end;
    Figure figure{at, 0, plain_number(text.substr(at, end - at)), false};
    const std::string unit = word_at(text, end);
    if (unit == "k" || unit == "m") {
        figure.value = times_ten_to(figure.value, unit == "k" ? 3 : 6);
        end += 1;
    } else if (!unit.empty()) {
        figure.value += unit;
        end += unit.size();
    } else if (end < text.size() && text[end] == '%') {
        figure.value += '%';
        ++end;
    } else if (end < text.size() && text[end] == ' ') {
        const std::string next = word_at(text, end + 1);
        const auto factor = value_of(multipliers, next);
        if (factor) {
            figure.value = times_ten_to(figure.value, *factor == 100 ? 2 : *factor == 1000 ? 3 : 6);
            end += 1 + next.size();
        }
    }
    figure.length = end - at;
    return figure;
}

/// "twenty-five", "two hundred": words that follow each other make one number.
std::optional<Figure> in_words(sv text, std::size_t at) {
    std::uint64_t total = 0, part = 0;
    std::size_t end = at;
    for (std::size_t next = at;;) {
        const std::string word = word_at(text, next);
        const auto number = value_of(spelled_numbers, word);
        const auto factor = value_of(multipliers, word);
        if (number && part % 10 == 0) {
            part += *number;
        } else if (factor && part > 0) {
            total += part * *factor;
            part = 0;
        } else {
            break;
        }
        end = next + word.size();
        if (end >= text.size() || (text[end] != ' ' && text[end] != '-')) break;
        next = end + 1;
    }
    if (end == at) return std::nullopt;
    return Figure{at, end - at, std::to_string(total + part), true};
}

}  // namespace

std::vector<Figure> figures_in(std::string_view text) {
    std::vector<Figure> found;
    for (std::size_t at = 0; at < text.size();) {
        if (is_digit(text, at)) {
            found.push_back(in_digits(text, at));
            at += found.back().length;
        } else if (is_letter(text, at)) {
            if (const auto figure = in_words(text, at)) {
                found.push_back(*figure);
                at += figure->length;
                continue;
            }
            while (is_letter(text, at) || is_digit(text, at)) ++at;
        } else {
            ++at;
        }
    }
    return found;
}

}  // namespace debrief::bot
