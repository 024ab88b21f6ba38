// A plan, a mail or an agenda as it is pasted: its sentences without the signs of Markdown, so that a bullet reads like
// the sentence it is, and a heading, which is about nobody, weighs nothing.
#pragma once

#include <string>
#include <string_view>

namespace debrief::bot {

/// The same text line by line, without headings and without the marks of lists and quotations. Text without any comes
/// back as it is, but for white space at the ends of its lines.
std::string without_markdown(std::string_view text);

}  // namespace debrief::bot
