// One character at a time, classed the way the tokeniser needs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace debrief::bot::understanding {

enum class GlyphKind : std::uint8_t { letter, space, newline, mark };

struct Glyph {
    std::size_t length = 1;
    GlyphKind kind = GlyphKind::mark;
    bool upper = false;
    std::string_view
        plain;  ///< The ASCII that stands for it: "'" for a curly apostrophe, "e" for é. Empty if none does.
};

/// The character at `i`; a broken sequence counts as one mark of one byte.
Glyph glyph_at(std::string_view text, std::size_t i);

}  // namespace debrief::bot::understanding
