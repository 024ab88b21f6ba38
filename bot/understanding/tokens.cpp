#include "bot/understanding/tokens.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "bot/understanding/date_words.hpp"
#include "bot/understanding/spoken_words.hpp"
#include "bot/understanding/stems.hpp"
#include "bot/understanding/utf8.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t run_max = 64;

void read_number(Token& token) {
    std::string digits;
    std::size_t i = 0;
    const std::string& n = token.norm;
    int parts = 1;
    for (; i < n.size() && (is_digit(n[i]) || n[i] == ',' || n[i] == '.'); ++i) {
        if (n[i] == ',') continue;  // 1,200
        if (n[i] == '.') {
            // A full stop before three digits groups thousands, as on the Continent; else it starts the fraction.
            if (i + 3 < n.size() + 0 && is_digit(n[i + 1]) && is_digit(n[i + 2]) && is_digit(n[i + 3]) &&
                (i + 4 >= n.size() || !is_digit(n[i + 4])))
                continue;
            if (++parts > 2) return;
        }
        if (digits.size() < 15) digits += n[i];
    }
    if (digits.empty()) return;
    const std::string_view rest = std::string_view{n}.substr(i);
    double value = 0, scale = 1;
    bool fraction = false;
    for (const char c : digits) {
        if (c == '.') {
            fraction = true;
        } else if (fraction) {
            scale /= 10;
            value += scale * (c - '0');
        } else {
            value = value * 10 + (c - '0');
        }
    }
    if (rest == "st" || rest == "nd" || rest == "rd" || rest == "th") {
        if (value >= 1 && value < 1000) token.ordinal = static_cast<int>(value);
        return;
    }
    if (rest == "k") value *= 1000;
    if (rest == "m" || rest == "mio" || rest == "mn") value *= 1000000;
    if (rest.find_first_of("/:-") == std::string_view::npos) token.number = value;
}

class Tokeniser {
public:
    explicit Tokeniser(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        std::size_t i = 0;
        while (i < text_.size()) {
            const Glyph glyph = glyph_at(text_, i);
            if (glyph.kind == GlyphKind::newline || glyph.kind == GlyphKind::space) {
                newline_ = newline_ || glyph.kind == GlyphKind::newline;
                spaced_ = true;
                i += glyph.length;
            } else if (is_digit(text_[i])) {
                i = number(i);
            } else if (glyph.kind == GlyphKind::letter) {
                i = word(i);
            } else {
                push(i, glyph.length, std::string{glyph.plain.empty() ? text_.substr(i, glyph.length) : glyph.plain},
                     TokenKind::mark);
                i += glyph.length;
            }
        }
        return std::move(tokens_);
    }

private:
    Token& push(std::size_t offset, std::size_t length, std::string norm, TokenKind kind) {
        Token token;
        token.span = {offset, length};
        token.kind = kind;
        token.stem = kind == TokenKind::word ? stem_of(norm) : norm;
        token.norm = std::move(norm);
        token.after_newline = newline_;
        token.spaced = spaced_;
        newline_ = spaced_ = false;
        if (kind == TokenKind::word) {
            const Glyph first = glyph_at(text_, offset);
            token.capital = first.upper;
            if (const auto n = number_word(token.norm)) token.number = *n;
            token.ordinal = ordinal_word(token.norm);
        } else if (kind == TokenKind::number) {
            read_number(token);
        }
        tokens_.push_back(std::move(token));
        return tokens_.back();
    }

    // Digits with what belongs to them: 1,200 / 2025-03-18 / 8k / 31st / 9:30.
    std::size_t number(std::size_t i) {
        std::size_t end = i;
        const auto joins = [this](std::size_t at) {
            return at + 1 < text_.size() && is_digit(text_[at + 1]) &&
                   std::string_view{".,/:-"}.find(text_[at]) != std::string_view::npos;
        };
        while (end < text_.size() && end - i < run_max && (is_digit(text_[end]) || joins(end))) ++end;
        const bool week = end + 2 < text_.size() && text_[end] == '-' &&
                          std::string_view{"WwQqHh"}.find(text_[end + 1]) != std::string_view::npos &&
                          is_digit(text_[end + 2]);
        if (week) {
            end += 2;
            while (end < text_.size() && is_digit(text_[end])) ++end;
        }
        const std::size_t letters = end;
        while (end < text_.size() && end - i < run_max && std::isalpha(static_cast<unsigned char>(text_[end])) != 0)
            ++end;
        if (letters - i <= 2 && month_word(fold(text_.substr(letters, end - letters)))) end = letters;  // 15Sep
        push(i, end - i, fold(text_.substr(i, end - i)), TokenKind::number);
        return end;
    }

    std::size_t word(std::size_t i) {
        std::size_t end = i;
        std::size_t apostrophe = std::string_view::npos, apostrophe_length = 0;
        while (end < text_.size() && end - i < run_max) {
            const Glyph glyph = glyph_at(text_, end);
            if (glyph.kind == GlyphKind::letter || is_digit(text_[end])) {
                end += glyph.length;
                continue;
            }
            if (end + glyph.length >= text_.size() || glyph_at(text_, end + glyph.length).kind != GlyphKind::letter)
                break;
            if (glyph.plain == "'") {
                apostrophe = end;
                apostrophe_length = glyph.length;
            } else if (glyph.plain != "-" || splits_at_hyphen(fold(text_.substr(i, end - i)), end + glyph.length)) {
                break;
            }
            end += glyph.length;
        }
        if (apostrophe == std::string_view::npos) {
            end = without_day(i, end);
            plain_word(i, end);
        } else {
            contraction(i, end, apostrophe, apostrophe_length);
        }
        return end;
    }

    // "Oct2" is a month and its day; "MAR3" is a machine.
    std::size_t without_day(std::size_t i, std::size_t end) const {
        std::size_t letters = end;
        while (letters > i && is_digit(text_[letters - 1])) --letters;
        const bool day = letters < end && end - letters <= 2 && letters - i > 1 && !glyph_at(text_, i + 1).upper;
        return day && month_word(fold(text_.substr(i, letters - i))) ? letters : end;
    }

    // "mid-May" and "May-June" are two words for whoever looks for dates; "in-house" is one.
    bool splits_at_hyphen(const std::string& before, std::size_t after) const {
        static constexpr std::array<std::string_view, 7> openers{"mid", "end", "early", "late", "pre", "post", "until"};
        if (std::find(openers.begin(), openers.end(), before) != openers.end()) return true;
        if (before.size() == 2 && (before[0] == 'q' || before[0] == 'h') && is_digit(before[1])) return true;
        return before.size() >= 3 && glyph_at(text_, after).upper && is_month_or_day(before);
    }
    static bool is_month_or_day(std::string_view w) {
        static constexpr std::array<std::string_view, 19> starts{"jan", "feb", "mar", "apr", "may", "jun", "jul",
                                                                 "aug", "sep", "oct", "nov", "dec", "mon", "tue",
                                                                 "wed", "thu", "fri", "sat", "sun"};
        return std::find(starts.begin(), starts.end(), w.substr(0, 3)) != starts.end();
    }

    void plain_word(std::size_t i, std::size_t end) {
        std::string norm = fold(text_.substr(i, end - i));
        const auto meant = meant_by(norm);
        if (!meant) {
            push(i, end - i, std::move(norm), TokenKind::word);
            return;
        }
        // One written word may stand for several; the later ones cover its last letter, so that spans stay in order.
        std::string_view rest = *meant;
        bool first = true;
        while (!rest.empty()) {
            const std::size_t space = std::min(rest.find(' '), rest.size());
            const bool last = space == rest.size();
            push(first ? i : end - 1, first ? (last ? end - i : end - i - 1) : 1, std::string{rest.substr(0, space)},
                 TokenKind::word);
            if (!first) tokens_.back().capital = false;
            first = false;
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
    }

    void contraction(std::size_t i, std::size_t end, std::size_t apostrophe, std::size_t apostrophe_length) {
        const std::string tail =
            fold(text_.substr(apostrophe + apostrophe_length, end - apostrophe - apostrophe_length));
        const std::string head = fold(text_.substr(i, apostrophe - i));
        if (tail == "t" && head.size() >= 2 && head.back() == 'n') {
            std::string verb = head.substr(0, head.size() - 1);
            if (verb == "wo") verb = "will";
            if (verb == "ca") verb = "can";
            if (verb == "sha") verb = "shall";
            push(i, apostrophe - 1 - i, std::move(verb), TokenKind::word);
            push(apostrophe - 1, end - apostrophe + 1, "not", TokenKind::word);
            tokens_.back().capital = false;
            return;
        }
        static const std::unordered_map<std::string_view, std::string_view> tails{
            {"s", "'s"}, {"re", "are"}, {"ve", "have"}, {"ll", "will"}, {"d", "would"}, {"m", "am"}};
        const auto found = tails.find(tail);
        if (found == tails.end()) {
            plain_word(i, end);  // O'Brien
            std::string& norm = tokens_.back().norm;
            norm = head + tail;
            tokens_.back().stem = norm;
            return;
        }
        push(i, apostrophe - i, head, TokenKind::word);
        push(apostrophe, end - apostrophe, std::string{found->second}, TokenKind::word);
        tokens_.back().capital = false;
        // After a pronoun the 's is "is"; after a name it is a possessive more often.
        static constexpr std::array<std::string_view, 10> pronouns{"he",   "she", "it",    "that", "there",
                                                                   "what", "who", "where", "how",  "here"};
        if (tail == "s" && std::find(pronouns.begin(), pronouns.end(), head) != pronouns.end()) {
            tokens_.back().norm = tokens_.back().stem = "is";
        }
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    bool newline_ = false;
    bool spaced_ = false;
};

}  // namespace

std::vector<Token> tokenise(std::string_view text) {
    auto tokens = Tokeniser{text}.run();
    if (is_all_capitals(text)) {
        for (Token& t : tokens) t.capital = false;
    }
    return tokens;
}

bool is_all_capitals(std::string_view text) {
    std::size_t upper = 0, lower = 0;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') ++upper;
        if (c >= 'a' && c <= 'z') ++lower;
    }
    return upper >= 8 && upper > 4 * lower;
}

bool is_lower_case(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::size_t slips_between(std::string_view a, std::string_view b, std::size_t limit) {
    const std::size_t longer = std::max(a.size(), b.size());
    if (longer > 40 || longer - std::min(a.size(), b.size()) > limit) return limit + 1;
    std::array<std::array<std::size_t, 42>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], two_above[j - 2] + 1);
        }
    }
    return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

}  // namespace debrief::bot::understanding
