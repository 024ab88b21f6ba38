// The one sanitiser for everything that a terminal is shown. Text comes from customers, colleagues and files: none of
// it may move the cursor, change colours, ring, rename the window or turn letters round.
#pragma once

#include <string>
#include <string_view>

namespace debrief::platform::cli {

/// Any bytes → valid UTF-8 that is inert on a terminal: control characters become visible signs (ESC is shown as ␛),
/// direction overrides and tags their code in <angle brackets>, broken bytes U+FFFD. New lines stay; tabs become a
/// space.
std::string safe_text(std::string_view text);
/// The same on one line: runs of white space and new lines become one space.
std::string safe_line(std::string_view text);
/// One line, but the blanks stay as they are: for labels and columns.
std::string safe_line_keeping_edges(std::string_view text);
/// A JSON document as dumped: what a terminal could obey is written as \uXXXX, so that it is the same JSON.
std::string safe_json(std::string_view document);

/// Decodes one code point at `at` and moves past it. Broken bytes give U+FFFD and move by one.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

}  // namespace debrief::platform::cli
