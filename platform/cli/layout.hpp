// How wide text is on a terminal, and how it is broken into lines: by what a reader sees, not by bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace debrief::platform::cli {

/// Columns that `text` takes: wide characters two, combining ones none, an emoji of several code points two.
/// `text` is one line and has been through the sanitiser.
std::size_t display_width(std::string_view text);

/// Breaks at spaces, and within a word only if it is wider than a line. `width` 0: only at new lines. Never empty.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// Columns of the widest word: below them `wrap` would have to break it.
std::size_t longest_word(std::string_view text);

/// Adds spaces up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

}  // namespace debrief::platform::cli
