#include <array>

#include "bot/understanding/reading.hpp"
#include "bot/understanding/utf8.hpp"

namespace debrief::bot::understanding {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_abbreviation(std::string_view text, std::size_t dot) {
    std::size_t start = dot;
    while (start > 0 && !is_blank(text[start - 1]) && text[start - 1] != '(' && dot - start < 8) --start;
    const std::string word = fold(text.substr(start, dot - start));
    static constexpr std::array<std::string_view, 26> known{
        "mr",  "mrs", "ms", "dr",   "prof", "st",  "vs",  "e.g",  "i.e", "approx", "ca",  "no", "nr",
        "inc", "ltd", "co", "dept", "est",  "jan", "feb", "sept", "oct", "nov",    "dec", "cf", "capt"};
    if (word == "no" || word == "co") return dot + 2 < text.size() && is_digit(text[dot + 2]);
    for (const std::string_view k : known) {
        if (word == k) return true;
    }
    return word.size() == 1 && word[0] >= 'a' && word[0] <= 'z' && word != "i";  // An initial.
}

}  // namespace

std::vector<Span> sentence_spans(std::string_view text) {
    std::vector<Span> spans;
    std::size_t start = 0;
    const auto close = [&](std::size_t end) {
        std::size_t b = start, e = end;
        while (b < e && is_blank(text[b])) ++b;
        while (e > b && is_blank(text[e - 1])) --e;
        if (b < e) spans.push_back({b, e - b});
        start = end;
    };
    for (std::size_t i = 0; i < text.size();) {
        const Glyph g = glyph_at(text, i);
        const std::size_t next = i + g.length;
        if (g.kind == GlyphKind::newline) {
            close(i);
            start = next;
        } else if (g.plain == "." || g.plain == "!" || g.plain == "?" || g.plain == "...") {
            std::size_t end = next;
            while (end < text.size()) {  // Marks and closing quotes that belong to it.
                const Glyph more = glyph_at(text, end);
                if (more.plain != "." && more.plain != "!" && more.plain != "?" && more.plain != "\"" &&
                    more.plain != "'" && more.plain != ")" && more.plain != "...")
                    break;
                end += more.length;
            }
            const bool before_space = end >= text.size() || is_blank(text[end]);
            if (before_space && !(g.plain == "." && end == next &&
                                  (is_abbreviation(text, i) || (i > 0 && is_digit(text[i - 1]) && start + 3 > i))))
                close(end);
            i = end;
            continue;
        }
        i = next;
    }
    close(text.size());
    return spans;
}

std::vector<Span> place_sentences(std::string_view text, const std::vector<std::string>& given) {
    if (given.empty()) return sentence_spans(text);
    std::vector<Span> spans;
    std::size_t from = 0;
    for (const std::string& sentence : given) {
        const std::size_t at = text.find(sentence, from);
        if (at == std::string_view::npos) {
            spans.push_back({from, 0});  // Not a piece of the text: it is followed, but says nothing.
            continue;
        }
        spans.push_back({at, sentence.size()});
        from = at + sentence.size();
    }
    return spans;
}

}  // namespace debrief::bot::understanding
