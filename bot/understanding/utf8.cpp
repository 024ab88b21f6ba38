#include "bot/understanding/utf8.hpp"

#include <array>

namespace debrief::bot::understanding {
namespace {

// The lower-case ASCII of U+00C0..U+017F, "" where a letter has none of its own.
constexpr std::array<std::string_view, 64> latin1{
    "a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e",  "e", "e", "i", "i", "i", "i", "d",  "n", "o",  "o", "o", "o",
    "o", "",  "o", "u", "u", "u", "u",  "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e", "e", "e",
    "i", "i", "i", "i", "d", "n", "o",  "o", "o",  "o",  "o", "",  "o", "u", "u", "u", "u",  "y", "th", "y"};
constexpr std::string_view extended_a =  // One letter for each of U+0100..U+017F.
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

char32_t code_point(std::string_view text, std::size_t i, std::size_t& length) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const unsigned char lead = byte(i);
    length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || i + length > text.size()) {
        length = 1;
        return 0xFFFD;
    }
    if (length == 1) return lead;
    char32_t point = lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xC0U) != 0x80U) {
            length = 1;
            return 0xFFFD;
        }
        point = (point << 6U) | (byte(i + k) & 0x3FU);
    }
    return point;
}

constexpr std::string_view lower_ascii = "abcdefghijklmnopqrstuvwxyz";

}  // namespace

Glyph glyph_at(std::string_view text, std::size_t i) {
    Glyph glyph;
    const char32_t c = code_point(text, i, glyph.length);
    if (c < 0x80) {
        if (c == '\n' || c == '\r') {
            glyph.kind = GlyphKind::newline;
        } else if (c == ' ' || c == '\t' || c < 0x20) {
            glyph.kind = GlyphKind::space;
        } else if (c >= 'a' && c <= 'z') {
            glyph.kind = GlyphKind::letter;
            glyph.plain = lower_ascii.substr(c - 'a', 1);
        } else if (c >= 'A' && c <= 'Z') {
            glyph.kind = GlyphKind::letter;
            glyph.upper = true;
            glyph.plain = lower_ascii.substr(c - 'A', 1);
        } else {
            glyph.plain = text.substr(i, 1);
        }
        return glyph;
    }
    if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) {
        glyph.kind = GlyphKind::letter;
        glyph.upper = c < 0xDF;
        glyph.plain = latin1[c - 0xC0];
        return glyph;
    }
    if (c >= 0x100 && c <= 0x17F) {
        glyph.kind = GlyphKind::letter;
        glyph.upper = (c & 1U) == 0;
        if (c - 0x100 < extended_a.size()) glyph.plain = extended_a.substr(c - 0x100, 1);
        return glyph;
    }
    switch (c) {
        case 0xA0:
        case 0x2007:
        case 0x2009:
        case 0x202F:
        case 0x200B:
        case 0x200E:
        case 0x200F:
        case 0xFEFF:
        case 0x3000:
            glyph.kind = GlyphKind::space;
            return glyph;
        case 0x85:
        case 0x2028:
        case 0x2029:
            glyph.kind = GlyphKind::newline;
            return glyph;
        case 0x2018:
        case 0x2019:
        case 0x2BC:
        case 0xB4:
            glyph.plain = "'";
            return glyph;
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0xAB:
        case 0xBB:
            glyph.plain = "\"";
            return glyph;
        case 0x2010:
        case 0x2011:
            glyph.plain = "-";
            return glyph;
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015:
            glyph.plain = "--";
            return glyph;
        case 0x2022:
        case 0xB7:
        case 0x2023:
        case 0x25AA:
        case 0x25CF:
        case 0x25E6:
            glyph.plain = "*";
            return glyph;
        case 0x2026:
            glyph.plain = "...";
            return glyph;
        case 0xFFFD:
            return glyph;
        default:
            break;
    }
    const bool symbol = (c >= 0x80 && c < 0xC0) || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) ||
                        (c >= 0xFE00 && c < 0xFE10) || c >= 0x1F000;
    if (!symbol) glyph.kind = GlyphKind::letter;
    return glyph;
}

}  // namespace debrief::bot::understanding
