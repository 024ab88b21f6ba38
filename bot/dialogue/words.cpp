#include "bot/dialogue/words.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace debrief::bot {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_word_char(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || std::isalnum(u) != 0;
}

const std::set<std::string_view>& stop_words() {
    static const std::set<std::string_view> words{
        "a",       "about", "after",    "again",   "all",       "also",     "am",    "an",     "and",     "any",
        "are",     "as",    "at",       "be",      "been",      "but",      "by",    "can",    "could",   "day",
        "did",     "do",    "does",     "for",     "from",      "get",      "had",   "has",    "have",    "he",
        "her",     "him",   "his",      "how",     "i",         "if",       "in",    "is",     "it",      "its",
        "just",    "last",  "me",       "mention", "mentioned", "mentions", "more",  "my",     "no",      "not",
        "now",     "of",    "on",       "or",      "our",       "out",      "said",  "say",    "says",    "she",
        "show",    "so",    "some",     "tell",    "talk",      "talked",   "than",  "that",   "the",     "their",
        "them",    "then",  "there",    "they",    "this",      "time",     "to",    "told",   "up",      "us",
        "was",     "we",    "were",     "what",    "whats",     "when",     "where", "which",  "who",     "whom",
        "whose",   "why",   "will",     "with",    "would",     "you",      "your",  "der",    "die",     "das",
        "den",     "dem",   "ein",      "eine",    "einen",     "und",      "oder",  "wer",    "was",     "wann",
        "wie",     "wo",    "ist",      "sind",    "hat",       "haben",    "hatte", "ich",    "sie",     "er",
        "es",      "wir",   "zu",       "zum",     "zur",       "von",      "mit",   "bei",    "auf",     "zuletzt",
        "über",    "nicht", "im",       "in",      "am",        "an",       "für",   "gesagt", "erwähnt", "mal",
        "letzten", "ever",  "anything", "know",    "remember",  "first",    "since", "please", "else",    "still"};
    return words;
}

std::string stem(std::string word) {
    if (word.size() > 4 && word.ends_with("'s")) word.resize(word.size() - 2);
    for (const std::string_view ending : {"ing", "ies", "ed", "es", "en", "er", "s", "e", "y"}) {
        if (word.size() >= ending.size() + 3 && word.ends_with(ending)) {
            word.resize(word.size() - ending.size());
            break;
        }
    }
    return word;
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto c = static_cast<unsigned char>(out[i]);
        if (c < 0x80) {
            out[i] = static_cast<char>(std::tolower(c));
        } else if (c == 0xC3 && i + 1 < out.size()) {
            // Ä Ö Ü are C3 84, 96, 9C; their small forms lie 0x20 higher.
            const auto next = static_cast<unsigned char>(out[i + 1]);
            if (next == 0x84 || next == 0x96 || next == 0x9C) out[i + 1] = static_cast<char>(next + 0x20);
        }
    }
    replace_all(out, "\xE2\x80\x99", "'");
    return out;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return std::string(text);
}

std::vector<std::string> plain_words(std::string_view text) {
    const std::string small = lower_case(text);
    std::vector<std::string> words;
    for (std::size_t at = 0; at < small.size();) {
        if (!is_word_char(small[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        // An apostrophe inside a word belongs to it: don't, they're.
        while (end < small.size() && (is_word_char(small[end]) ||
                                      (small[end] == '\'' && end + 1 < small.size() && is_word_char(small[end + 1])))) {
            ++end;
        }
        words.push_back(small.substr(at, end - at));
        at = end;
    }
    return words;
}

std::string plain_line(std::string_view text) {
    std::string line;
    for (const std::string& word : plain_words(text)) {
        if (!line.empty()) line += ' ';
        line += word;
    }
    return line;
}

std::vector<std::string> content_stems(std::string_view text) {
    std::vector<std::string> stems;
    for (const std::string& word : plain_words(text)) {
        if (word.size() < 2 || stop_words().count(word) != 0) continue;
        std::string root = stem(word);
        if (std::find(stems.begin(), stems.end(), root) == stems.end()) stems.push_back(std::move(root));
    }
    return stems;
}

std::size_t shared_stems(const std::vector<std::string>& wanted, const std::vector<std::string>& in) {
    return static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), [&](const std::string& stem_wanted) {
        return std::find(in.begin(), in.end(), stem_wanted) != in.end();
    }));
}

bool has(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool contains_phrase(std::string_view plain, std::string_view phrase) {
    for (std::size_t at = plain.find(phrase); at != std::string_view::npos; at = plain.find(phrase, at + 1)) {
        const bool starts = at == 0 || !is_word_char(plain[at - 1]);
        const std::size_t end = at + phrase.size();
        if (starts && (end == plain.size() || !is_word_char(plain[end]))) return true;
    }
    return false;
}

std::string clipped(std::string_view text, std::size_t bytes_max, std::string_view mark) {
    if (text.size() <= bytes_max) return std::string(text);
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)).append(mark);
}

std::string shortened(std::string_view whole, std::size_t words_max) {
    const std::string text = clipped(whole, 60 * words_max, "…");  // Words that never end are cut too.
    std::string out;
    std::size_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        while (at < text.size() && is_space(text[at])) ++at;
        if (at == text.size()) break;
        std::size_t end = at;
        while (end < text.size() && !is_space(text[end])) ++end;
        if (words == words_max) {
            while (!out.empty() && (out.back() == ',' || out.back() == '.' || out.back() == ';')) out.pop_back();
            return out + "…";
        }
        if (!out.empty()) out += ' ';
        out.append(text, at, end - at);
        ++words;
        at = end;
    }
    return out;
}

namespace {

/// As they stand, marks included.
std::vector<std::string> words_as_typed(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !is_space(text[end])) ++end;
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace

std::pair<std::string, std::string> where_they_differ(std::string_view one, std::string_view two, std::size_t words_max,
                                                      std::size_t lead_max) {
    const auto a = words_as_typed(clipped(one, 2000)), b = words_as_typed(clipped(two, 2000));
    std::size_t same = 0;
    while (same < a.size() && same < b.size() && lower_case(a[same]) == lower_case(b[same])) ++same;
    const auto part = [same, words_max](const std::vector<std::string>& words, std::size_t lead) {
        const std::size_t first = same - std::min(same, lead);
        const std::size_t end = std::min(words.size(), same + words_max);
        std::string out = first > 0 ? "…" : "";
        for (std::size_t i = first; i < end; ++i) out.append(i > first ? " " : "").append(clipped(words[i], 60, "…"));
        return end < words.size() ? out + "…" : out;
    };
    return {part(a, lead_max), part(b, 1)};
}

std::string shortened_inside(std::string_view whole_text, std::size_t words_max) {
    const auto words = words_as_typed(clipped(whole_text, 60 * words_max, "…"));
    const std::size_t tail = words_max / 2;
    const bool whole = words.size() <= words_max;
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!whole && i >= words_max - tail && i + tail < words.size()) continue;
        if (!out.empty()) out += !whole && i + tail == words.size() ? " … " : " ";
        out += words[i];
    }
    return out;
}

namespace {

std::string listed(const std::vector<std::string>& parts, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += i + 1 == parts.size() ? std::string(last) : std::string(", ");
        out += parts[i];
    }
    return out;
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view language) {
    return listed(parts, language == "de" ? " und " : " and ");
}
std::string either(const std::vector<std::string>& parts, std::string_view language) {
    return listed(parts, language == "de" ? " oder " : " or ");
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

}  // namespace debrief::bot
