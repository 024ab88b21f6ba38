#include "platform/cli/safe_text.hpp"

#include <array>
#include <cstdio>

namespace debrief::platform::cli {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// Characters that would turn the reading direction of what follows, or that are there but cannot be seen at all.
bool is_hidden_power(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F) ||
           (c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFEFF;
}

bool is_c1(char32_t c) {
    return c >= 0x80 && c <= 0x9F;
}
bool is_new_line(char32_t c) {
    return c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85;
}

std::string angle_code(char32_t c) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "<%02X>", static_cast<unsigned>(c));
    return text.data();
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    std::size_t more = 0;
    char32_t point = lead;
    if (lead < 0x80) {
        ++at;
        return point;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        more = 1;
        point = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more = 2;
        point = lead & 0x0FU;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3;
        point = lead & 0x07U;
    }
    if (more == 0 || at + more >= text.size()) {
        ++at;
        return replacement;
    }
    for (std::size_t i = 1; i <= more; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            ++at;
            return replacement;
        }
        point = (point << 6U) | (byte(at + i) & 0x3FU);
    }
    const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        ++at;
        return replacement;
    }
    at += more + 1;
    return point;
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6U));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12U));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U));
        put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

std::string safe_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_new_line(c)) {
            out += '\n';
        } else if (c == '\t') {
            out += ' ';
        } else if (c == '\r') {
            // Part of a new line, or an attempt to write over what stands there.
            if (at < text.size() && text[at] != '\n') out += ' ';
        } else if (c < 0x20) {
            append_utf8(out, 0x2400 + c);
        } else if (c == 0x7F) {
            append_utf8(out, 0x2421);
        } else if (is_c1(c) || is_hidden_power(c)) {
            out += angle_code(c);
        } else {
            append_utf8(out, c);
        }
    }
    return out;
}

std::string safe_line(std::string_view text) {
    const std::string safe = safe_text(text);
    std::string out;
    out.reserve(safe.size());
    for (const char c : safe) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string safe_line_keeping_edges(std::string_view text) {
    std::string safe = safe_text(text);
    for (char& c : safe) {
        if (c == '\n') c = ' ';
    }
    return safe;
}

std::string safe_json(std::string_view document) {
    std::string out;
    out.reserve(document.size());
    for (std::size_t at = 0; at < document.size();) {
        const char32_t c = next_code_point(document, at);
        if (!is_c1(c) && c != 0x7F && !is_hidden_power(c) && c != 0x2028 && c != 0x2029) {
            append_utf8(out, c);
            continue;
        }
        std::array<char, 16> text{};
        if (c > 0xFFFF) {
            const auto rest = static_cast<unsigned>(c - 0x10000);
            std::snprintf(text.data(), text.size(), "\\u%04x\\u%04x", 0xD800U + (rest >> 10U),
                          0xDC00U + (rest & 0x3FFU));
        } else {
            std::snprintf(text.data(), text.size(), "\\u%04x", static_cast<unsigned>(c));
        }
        out += text.data();
    }
    return out;
}

}  // namespace debrief::platform::cli
