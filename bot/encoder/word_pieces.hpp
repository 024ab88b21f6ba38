// Text cut into the pieces that a sentence encoder knows: whole words where they are frequent, parts of words and
// single characters where not. Of all ways to cut a text the one with the greatest sum of weights is taken. Source:
// Kudo, "Subword Regularization", 2018 (the unigram model); its search is Viterbi's.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace debrief::bot::encoder {

using PieceId = std::uint16_t;  ///< Its place in the vocabulary.

/// Threads: const use from any number at once.
class WordPieces {
public:
    /// Stands for a run of characters that the vocabulary does not have.
    static constexpr PieceId unknown = 0;
    /// So many pieces at the start of a vocabulary are marks of the model; no text is cut into them.
    static constexpr std::size_t marks = 6;

    struct Piece {
        std::string text;     ///< UTF-8; a blank is written U+2581.
        double weight = 0.0;  ///< The logarithm of how likely it is.
    };

    /// Of two pieces with the same text the later one counts.
    /// Errors: `corrupt` if there are fewer than `marks` + 1 pieces or more than 65'535, or if one is empty, is not
    /// UTF-8, or weighs nothing that is a number.
    static core::Result<WordPieces> make(const std::vector<Piece>& vocabulary);

    /// The pieces of a UTF-8 text in its order; none for an empty text. The text is brought into normal form KC first
    /// and begins with a blank; case, blanks and line breaks stay as they are. Bytes that are not UTF-8 are unknown.
    [[nodiscard]] std::vector<PieceId> split(std::string_view text) const;

private:
    struct Entry {
        std::string text;
        double weight = 0.0;
        PieceId id = 0;
    };

    WordPieces() = default;

    /// Calls `see(entry)` for each entry that `text` begins with, the shortest first.
    template <typename See>
    void each_prefix(std::string_view text, See see) const;

    std::vector<Entry> sorted_;                // By text, byte by byte.
    std::array<std::uint32_t, 257> starts_{};  // Where in sorted_ the texts with that first byte start.
};

}  // namespace debrief::bot::encoder
