// Text as people type it: validity, one normal form for comparing, folding for names, columns on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace debrief::core {

/// The offset of the first byte that is not valid UTF-8 (surrogates and overlong forms included); npos if there is
/// none.
std::size_t utf8_error(std::string_view text);
inline bool is_utf8(std::string_view text) {
    return utf8_error(text) == std::string_view::npos;
}

/// Unicode normal form C. Invalid text is given back as it is.
std::string nfc(std::string_view text);
/// Unicode normal form KC: as C, and compatibility forms ("ﬁ", "①", a no-break space) become what they stand for.
/// Invalid text is given back as it is.
std::string nfkc(std::string_view text);
/// For matching names: compatibility forms, case and invisible characters are folded away, runs of blanks become one.
/// Accents stay, so "Müller" and "Muller" are two names. Invalid text is given back as it is.
std::string fold(std::string_view text);
/// Columns on a terminal: wide East Asian characters and emoji take two, combining marks none.
std::size_t display_width(std::string_view text);
/// True if the text holds a letter or a number of any script.
bool has_word(std::string_view text);

}  // namespace debrief::core
