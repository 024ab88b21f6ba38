// Keys as they come from a terminal, decoded: UTF-8 to code points, a paste to plain characters.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace debrief::platform::cli {

/// Stands for a new line within a line: shown while editing, a new line again when it is sent.
inline constexpr char32_t line_break_sign = 0x23CE;  // ⏎
std::string with_line_breaks(const std::string& typed);
std::string with_line_break_signs(const std::string& text);

/// Threads: one.
class KeyInput {
public:
    /// `byte(wait_ms)` gives the next byte, nothing if none came in that time (negative: waits for ever) or at the end.
    using Source = std::function<std::optional<unsigned char>(int wait_ms)>;
    explicit KeyInput(Source source) : source_(std::move(source)) {}

    /// The next character, nothing at the end of the input or when interrupted.
    /// Between the marks of a bracketed paste control characters lose their power: new lines become signs.
    std::optional<char32_t> next();
    [[nodiscard]] bool pasting() const { return pasting_; }

private:
    std::optional<unsigned char> byte(int wait_ms);
    std::optional<char32_t> code_point(unsigned char lead);
    /// Reads what follows ESC as far as it agrees with a paste mark. True if it was one.
    bool paste_mark();

    Source source_;
    std::deque<unsigned char> ahead_;
    bool pasting_ = false;
    bool after_return_ = false;
};

}  // namespace debrief::platform::cli
