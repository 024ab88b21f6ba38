// Numbers that are days or years: in figures, in words, and cut short.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/spoken_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {
namespace {

// "twenty" 20, "fifteen" 15, "oh" or "zero" 0; else -1.
int small_number(std::string_view word) {
    if (word == "oh" || word == "zero") return 0;
    const int n = number_word(word).value_or(-1);
    return n < 100 ? n : -1;
}

}  // namespace

// "15", "15th", "fifteenth", "twenty-second", "thirty first". Without an ending words count from "twenty one" on.
std::optional<DateReader::DayNumber> DateReader::day_number(std::size_t i) const {
    if (i >= tokens_.size()) return std::nullopt;
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::number) {
        if (t.ordinal && *t.ordinal <= 31) return DayNumber{*t.ordinal, i + 1, true, true};
        if (t.number && t.norm.size() <= 2 && *t.number >= 1 && *t.number <= 31)
            return DayNumber{static_cast<int>(*t.number), i + 1, false, true};
        return std::nullopt;
    }
    for (const auto& [word, tens] : {std::pair{std::string_view{"twenty"}, 20}, {std::string_view{"thirty"}, 30}}) {
        if (norm(i).substr(0, word.size()) != word) continue;
        const bool hyphen = norm(i).size() > word.size() && norm(i)[word.size()] == '-';
        const std::string_view ones = hyphen ? norm(i).substr(word.size() + 1) : norm(i + 1);
        if (!hyphen && norm(i).size() > word.size()) continue;
        const auto ordinal = ordinal_word(ones);
        const int n = ordinal ? *ordinal : number_word(ones).value_or(0);
        if (n >= 1 && n <= 9 && tens + n <= 31)
            return DayNumber{tens + n, hyphen ? i + 1 : i + 2, ordinal.has_value(), false};
    }
    if (t.ordinal && *t.ordinal <= 31) return DayNumber{*t.ordinal, i + 1, true, false};
    return std::nullopt;
}

// One day number, or two with what joins them: "3 to 5", "the 21st and the 23rd", "3-5".
std::vector<DateReader::DayNumber> DateReader::day_numbers(std::size_t i) const {
    if (i >= tokens_.size()) return {};
    const std::string_view w = norm(i);
    if (const std::size_t dash = w.find('-');
        tokens_[i].kind == TokenKind::number && dash != std::string_view::npos && w.size() <= 5) {
        std::vector<DayNumber> both;
        for (const std::string_view part : {w.substr(0, dash), w.substr(dash + 1)}) {
            int n = 0;
            for (const char c : part) n = is_digit(c) ? n * 10 + (c - '0') : 1000;
            if (n < 1 || n > 31) return {};
            both.push_back({n, i + 1, false, true});
        }
        return both;
    }
    const auto first = day_number(i);
    if (!first) return {};
    std::size_t k = first->end;
    if (joins_range(k) || one_of(k, {"and", "or", "/"})) {
        ++k;
        if (norm(k) == "the") ++k;
        if (const auto second = day_number(k)) return {*first, *second};
    }
    return {*first};
}

bool DateReader::joins_range(std::size_t i) const {
    return one_of(i, {"to", "until", "through", "thru", "-", "--"});
}

// The token after a mark without white space around it, as in "05-Aug-2016" and "Oct/2"; else the same token.
std::size_t DateReader::past_join(std::size_t i) const {
    return one_of(i, {"-", "/", "."}) && i + 1 < tokens_.size() && !tokens_[i].spaced && !tokens_[i + 1].spaced ? i + 1
                                                                                                                : i;
}

// False if the number that ends before `end` counts what follows: "May 45 people", "the second line".
bool DateReader::stands_alone(std::size_t end) const {
    if (end >= tokens_.size()) return true;
    const Token& next = tokens_[end];
    if (next.kind == TokenKind::mark) return norm(end) != "%" && !is(next, WordClass::money);
    if (next.after_newline) return true;
    for (const WordClass c : {WordClass::conjunction, WordClass::preposition, WordClass::be, WordClass::modal,
                              WordClass::rep, WordClass::third, WordClass::negation, WordClass::question,
                              WordClass::adverb, WordClass::determiner, WordClass::it}) {
        if (is(next, c)) return norm(end) != "of";
    }
    return false;
}

// True where a phrase is over: "on Monday 24.", "on 9 Aug 96 with the board".
bool DateReader::ends_phrase(std::size_t i) const {
    if (i >= tokens_.size() || tokens_[i].after_newline) return true;
    return one_of(i, {".", ",", ";", ":", "!", "?", ")", "with", "at"});
}

// The year that ends a date: "2025", "of 2025", "in 2025", "'25", "next year". In a full date, which has its day and
// its month already, two digits are enough.
std::optional<DateReader::Year> DateReader::year_suffix(std::size_t i, bool full) const {
    std::size_t k = past_join(i);
    if (k == i && one_of(k, {"of", ",", "in"})) ++k;
    if (k < tokens_.size() && tokens_[k].kind == TokenKind::number && norm(k).size() == 4 && tokens_[k].number &&
        *tokens_[k].number >= 1900 && *tokens_[k].number <= 2060 &&
        norm(k).find_first_not_of("0123456789") == std::string_view::npos) {
        return Year{static_cast<int>(*tokens_[k].number), k + 1};
    }
    if (const auto spoken = spoken_year(k); spoken && stands_alone(spoken->end)) return spoken;
    if (const auto cut = short_year(i, full)) return cut;
    if (k != i && norm(k - 1) != "of") return std::nullopt;
    const auto shift = shift_word(k);
    if (shift && norm(k + 1) == "year") return Year{year_of(meeting_) + *shift, k + 2};
    if (norm(i) == "of" && norm(i + 1) == "the" && norm(i + 2) == "year") return Year{year_of(meeting_), i + 3};
    return std::nullopt;
}

// "May '25"; in a full date also "21-APR-16" and "9 Aug 96".
std::optional<DateReader::Year> DateReader::short_year(std::size_t i, bool full) const {
    const bool apostrophe = norm(i) == "'";
    const std::size_t joined = past_join(i);
    std::size_t k = apostrophe ? i + 1 : joined;
    if (k == i && one_of(k, {"of", ","})) ++k;
    if (k >= tokens_.size() || tokens_[k].kind != TokenKind::number || norm(k).size() != 2 || !tokens_[k].number ||
        norm(k).find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const int n = static_cast<int>(*tokens_[k].number);
    const Year year{full_year(n), k + 1};
    if (apostrophe) return tokens_[k].spaced ? std::nullopt : std::optional{year};
    return full && (joined != i || (ends_phrase(k + 1) && norm(k + 1) != ",")) ? std::optional{year} : std::nullopt;
}

// "nineteen ninety six", "twenty twenty-six", "two thousand and five".
std::optional<DateReader::Year> DateReader::spoken_year(std::size_t i) const {
    const auto below_hundred = [&](std::size_t k) -> std::optional<Year> {
        const std::size_t hyphen = norm(k).find('-');
        const int tens = small_number(norm(k).substr(0, hyphen));
        if (tens < 0) return std::nullopt;
        const bool round = tens >= 20 || tens == 0;
        const int ones = small_number(hyphen == std::string_view::npos ? norm(k + 1) : norm(k).substr(hyphen + 1));
        if (round && ones >= 1 && ones <= 9) return Year{tens + ones, hyphen == std::string_view::npos ? k + 2 : k + 1};
        if (hyphen != std::string_view::npos) return std::nullopt;
        return Year{tens, k + 1};
    };
    if (norm(i) == "two" && norm(i + 1) == "thousand") {
        const auto rest = below_hundred(norm(i + 2) == "and" ? i + 3 : i + 2);
        return rest && rest->value <= 60 ? Year{2000 + rest->value, rest->end} : Year{2000, i + 2};
    }
    if (!one_of(i, {"nineteen", "twenty"})) return std::nullopt;
    const int century = norm(i) == "twenty" ? 2000 : 1900;
    if (century == 1900 && norm(i + 1) == "hundred") {
        const auto rest = below_hundred(norm(i + 2) == "and" ? i + 3 : i + 2);
        return rest ? Year{century + rest->value, rest->end} : Year{century, i + 2};
    }
    const auto rest = below_hundred(i + 1);
    if (!rest || (rest->value < 10 && rest->end == i + 2) || century + rest->value > 2060) return std::nullopt;
    return Year{century + rest->value, rest->end};
}

}  // namespace debrief::bot::understanding
