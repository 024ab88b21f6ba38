#include "core/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace debrief::core {
namespace {

const auto* units(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string mapped(std::string_view text, int options) {
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map(units(text), static_cast<utf8proc_ssize_t>(text.size()), &made,
                                   static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{made, &std::free};
    if (size < 0) return std::string{text};
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

/// Calls `see(code point)` for each one; stops at the first that is invalid and gives its offset, else npos.
template <typename See>
std::size_t each_point(std::string_view text, See see) {
    std::size_t at = 0;
    while (at < text.size()) {
        utf8proc_int32_t point = -1;
        const auto size = utf8proc_iterate(units(text) + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
        if (size <= 0 || point < 0) return at;
        see(point);
        at += static_cast<std::size_t>(size);
    }
    return std::string_view::npos;
}

}  // namespace

std::size_t utf8_error(std::string_view text) {
    if (is_ascii(text)) return std::string_view::npos;
    return each_point(text, [](utf8proc_int32_t) {});
}

std::string nfc(std::string_view text) {
    if (is_ascii(text)) return std::string{text};
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string nfkc(std::string_view text) {
    if (is_ascii(text)) return std::string{text};
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

std::string fold(std::string_view text) {
    const auto folded =
        mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    std::string out;
    for (const char c : folded) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0, cluster = 0;
    utf8proc_int32_t before = 0, state = 0;
    bool first = true;
    each_point(text, [&](utf8proc_int32_t point) {
        if (first || utf8proc_grapheme_break_stateful(before, point, &state) != 0) {
            width += cluster;
            cluster = 0;
        }
        constexpr utf8proc_int32_t emoji_selector = 0xFE0F;
        const auto own = static_cast<std::size_t>(std::max(utf8proc_charwidth(point), 0));
        cluster = std::max(cluster, point == emoji_selector ? std::size_t{2} : own);
        before = point;
        first = false;
    });
    return width + cluster;
}

bool has_word(std::string_view text) {
    bool found = false;
    each_point(text, [&](utf8proc_int32_t point) {
        const auto category = utf8proc_category(point);
        found = found || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
                (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
    });
    return found;
}

}  // namespace debrief::core
