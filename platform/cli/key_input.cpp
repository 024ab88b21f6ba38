#include "platform/cli/key_input.hpp"

#include "platform/cli/safe_text.hpp"

namespace debrief::platform::cli {
namespace {

constexpr std::string_view sign = "⏎";
constexpr char32_t escape = 0x1B;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace

std::string with_line_breaks(const std::string& typed) {
    return replaced(typed, sign, "\n");
}
std::string with_line_break_signs(const std::string& text) {
    return replaced(text, "\n", sign);
}

std::optional<unsigned char> KeyInput::byte(int wait_ms) {
    if (!ahead_.empty()) {
        const unsigned char first = ahead_.front();
        ahead_.pop_front();
        return first;
    }
    return source_(wait_ms);
}

std::optional<char32_t> KeyInput::code_point(unsigned char lead) {
    std::string bytes(1, static_cast<char>(lead));
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    for (std::size_t i = 0; i < more; ++i) {
        const auto next = byte(-1);
        if (!next) return std::nullopt;
        if ((*next & 0xC0U) != 0x80U) {
            ahead_.push_front(*next);
            break;
        }
        bytes += static_cast<char>(*next);
    }
    std::size_t at = 0;
    return next_code_point(bytes, at);
}

bool KeyInput::paste_mark() {
    const std::string_view mark = pasting_ ? "[201~" : "[200~";
    std::string seen;
    for (const char expected : mark) {
        // A lone Escape key is followed by nothing: do not wait for what the hand does next.
        const auto next = byte(pasting_ ? -1 : 20);
        if (!next) break;
        seen += static_cast<char>(*next);
        if (static_cast<char>(*next) != expected) break;
    }
    if (seen == mark) return true;
    for (auto c = seen.rbegin(); c != seen.rend(); ++c) ahead_.push_front(static_cast<unsigned char>(*c));
    return false;
}

std::optional<char32_t> KeyInput::next() {
    for (;;) {
        const auto lead = byte(-1);
        if (!lead) return std::nullopt;
        if (*lead == escape) {
            if (paste_mark()) {
                pasting_ = !pasting_;
                after_return_ = false;
                continue;
            }
            if (!pasting_) return escape;
            continue;  // Within a paste nothing may act as a key.
        }
        if (!pasting_) return *lead < 0x80 ? std::optional<char32_t>{*lead} : code_point(*lead);
        const bool line_feed_after_return = after_return_ && *lead == '\n';
        after_return_ = *lead == '\r';
        if (line_feed_after_return) continue;
        if (*lead == '\r' || *lead == '\n') return line_break_sign;
        if (*lead == '\t') return U' ';
        if (*lead < 0x20 || *lead == 0x7F) continue;
        return *lead < 0x80 ? std::optional<char32_t>{*lead} : code_point(*lead);
    }
}

}  // namespace debrief::platform::cli
