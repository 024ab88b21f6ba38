#include "bot/encoder/word_pieces.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/utf8.hpp"

namespace debrief::bot::encoder {
namespace {

constexpr std::string_view blank_mark = "\xE2\x96\x81";        // U+2581
constexpr std::string_view replacement_mark = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::size_t pieces_max = 65'535;

std::uint8_t byte_at(std::string_view text, std::size_t i) {
    return static_cast<std::uint8_t>(text[i]);
}

bool continues_character(char c) {
    return (static_cast<std::uint8_t>(c) & 0xC0U) == 0x80U;
}

std::string made_valid(std::string_view text) {
    std::string valid;
    for (std::size_t bad = 0; (bad = core::utf8_error(text)) != std::string_view::npos;) {
        valid.append(text.substr(0, bad)).append(replacement_mark);
        text.remove_prefix(bad + 1);
    }
    return valid.append(text);
}

/// A text as the vocabulary writes it.
std::string marked(std::string_view text) {
    const std::string normal = core::nfkc(made_valid(text));
    if (normal.empty()) return {};
    std::string out{blank_mark};
    for (const char c : normal) {
        if (c == ' ') {
            out += blank_mark;
        } else {
            out += c;
        }
    }
    return out;
}

/// The best way to cut a text up to some place: what its pieces weigh together, and its last piece.
struct Cut {
    double weight = 0.0;
    PieceId last = WordPieces::unknown;
    std::size_t length = 0;  // Of the last piece, in bytes; 0: nothing ends here.
};

}  // namespace

core::Result<WordPieces> WordPieces::make(const std::vector<Piece>& vocabulary) {
    const auto wrong = [](std::string detail) { return core::Error{core::Errc::corrupt, std::move(detail), {}, {}}; };
    if (vocabulary.size() <= marks || vocabulary.size() > pieces_max) {
        return wrong("A vocabulary of " + std::to_string(vocabulary.size()) + " word pieces cannot be right.");
    }
    WordPieces made;
    for (std::size_t id = 0; id < vocabulary.size(); ++id) {
        const Piece& piece = vocabulary[id];
        if (piece.text.empty() || !core::is_utf8(piece.text) || !std::isfinite(piece.weight)) {
            return wrong("The word piece " + std::to_string(id) + " is damaged.");
        }
        if (id >= marks) made.sorted_.push_back({piece.text, piece.weight, static_cast<PieceId>(id)});
    }
    auto& sorted = made.sorted_;
    // The later of two with the same text comes first, and std::unique keeps that one.
    std::sort(sorted.begin(), sorted.end(),
              [](const Entry& a, const Entry& b) { return a.text != b.text ? a.text < b.text : a.id > b.id; });
    const auto same = [](const Entry& a, const Entry& b) { return a.text == b.text; };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
    for (const Entry& entry : sorted) ++made.starts_[byte_at(entry.text, 0) + 1U];
    for (std::size_t i = 1; i < made.starts_.size(); ++i) made.starts_[i] += made.starts_[i - 1];
    return made;
}

template <typename See>
void WordPieces::each_prefix(std::string_view text, See see) const {
    // All entries in [from, to) share the first `depth` bytes with the text.
    auto from = sorted_.begin() + static_cast<std::ptrdiff_t>(starts_[byte_at(text, 0)]);
    auto to = sorted_.begin() + static_cast<std::ptrdiff_t>(starts_[byte_at(text, 0) + 1U]);
    for (std::size_t depth = 1; from != to; ++depth) {
        if (from->text.size() == depth) see(*from++);
        if (depth == text.size()) return;
        const auto next = byte_at(text, depth);
        from = std::lower_bound(from, to, next, [&](const Entry& e, auto b) { return byte_at(e.text, depth) < b; });
        to = std::upper_bound(from, to, next, [&](auto b, const Entry& e) { return b < byte_at(e.text, depth); });
    }
}

std::vector<PieceId> WordPieces::split(std::string_view text) const {
    const std::string symbols = marked(text);
    const std::size_t size = symbols.size();
    std::vector<Cut> best(size + 1);
    const auto offer = [&](std::size_t start, std::size_t length, double own, PieceId id) {
        const double weight = own + best[start].weight;
        Cut& end = best[start + length];
        // A weight of exactly 0 counts as none yet: the model's own splitter does so.
        if (end.weight == 0.0 || weight >= end.weight) end = {weight, id, length};
    };
    for (std::size_t start = 0; start < size;) {
        std::size_t next = start + 1;
        while (next < size && continues_character(symbols[next])) ++next;
        bool known = false;
        each_prefix(std::string_view{symbols}.substr(start), [&](const Entry& entry) {
            offer(start, entry.text.size(), entry.weight, entry.id);
            known = true;
        });
        if (!known) offer(start, next - start, 0.0, unknown);
        start = next;
    }
    std::vector<PieceId> ids;
    for (std::size_t end = size; end > 0;) {
        const Cut& cut = best[end];
        if (cut.last != unknown || ids.empty() || ids.back() != unknown) ids.push_back(cut.last);
        std::size_t length = cut.length;
        // Where no piece ends, the character before counts as unknown.
        if (length == 0) {
            for (length = 1; continues_character(symbols[end - length]); ++length) {
            }
        }
        end -= length;
    }
    std::reverse(ids.begin(), ids.end());
    return ids;
}

}  // namespace debrief::bot::encoder
