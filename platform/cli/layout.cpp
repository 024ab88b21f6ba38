#include "platform/cli/layout.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "platform/cli/safe_text.hpp"

namespace debrief::platform::cli {
namespace {

struct Cluster {
    std::size_t bytes = 0;
    std::size_t width = 0;
};

/// The user-perceived character at `at`.
Cluster cluster_at(std::string_view text, std::size_t at) {
    std::size_t next = at;
    utf8proc_int32_t state = 0;
    auto last = static_cast<utf8proc_int32_t>(next_code_point(text, next));
    std::size_t width = static_cast<std::size_t>(std::max(0, utf8proc_charwidth(last)));
    std::size_t end = next;
    while (end < text.size()) {
        const auto current = static_cast<utf8proc_int32_t>(next_code_point(text, next));
        if (utf8proc_grapheme_break_stateful(last, current, &state) != 0) break;
        if (current == 0xFE0F) {
            width = 2;  // Asks for the picture form of what precedes.
        } else {
            width = std::max(width, static_cast<std::size_t>(std::max(0, utf8proc_charwidth(current))));
        }
        last = current;
        end = next;
    }
    return {end - at, width};
}

/// Cuts pieces of at most `width` columns off a word that no line can hold.
void break_word(std::string_view word, std::size_t width, std::vector<std::string>& lines, std::string& line) {
    std::size_t used = display_width(line);
    for (std::size_t at = 0; at < word.size();) {
        const Cluster cluster = cluster_at(word, at);
        if (used + cluster.width > width && used > 0) {
            lines.push_back(std::move(line));
            line.clear();
            used = 0;
        }
        line += word.substr(at, cluster.bytes);
        used += cluster.width;
        at += cluster.bytes;
    }
}

void wrap_paragraph(std::string_view text, std::size_t width, std::vector<std::string>& lines) {
    std::string line;
    std::size_t used = 0;
    std::size_t at = text.find_first_not_of(' ');
    // What a writer has indented (a list) keeps its first blanks.
    if (at != std::string_view::npos && at > 0 && at < width / 2) {
        line.assign(at, ' ');
        used = at;
    }
    bool first = true;
    while (at != std::string_view::npos && at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        const std::size_t wide = display_width(word);
        const std::size_t gap = first ? 0 : 1;
        if (used + gap + wide <= width) {
            line.append(gap, ' ').append(word);
            used += gap + wide;
        } else if (wide <= width && !first) {
            lines.push_back(std::move(line));
            line.assign(word);
            used = wide;
        } else {
            if (!first) {
                lines.push_back(std::move(line));
                line.clear();
            }
            break_word(word, width, lines, line);
            used = display_width(line);
        }
        first = false;
        at = text.find_first_not_of(' ', end);
    }
    lines.push_back(std::move(line));
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool plain = byte < 0x80 && (at + 1 == text.size() || static_cast<unsigned char>(text[at + 1]) < 0x80);
        if (plain) {
            width += byte >= 0x20 && byte != 0x7F ? 1 : 0;
            ++at;
            continue;
        }
        const Cluster cluster = cluster_at(text, at);
        width += cluster.width;
        at += cluster.bytes;
    }
    return width;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    for (std::size_t at = 0;;) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view paragraph = text.substr(at, end - at);
        if (width == 0) {
            lines.emplace_back(paragraph);
        } else {
            wrap_paragraph(paragraph, width, lines);
        }
        if (end == text.size()) return lines;
        at = end + 1;
    }
}

std::size_t longest_word(std::string_view text) {
    std::size_t widest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        widest = std::max(widest, display_width(text.substr(at, end - at)));
        at = end + 1;
    }
    return widest;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string out{text};
    const std::size_t has = display_width(text);
    if (has < width) out.append(width - has, ' ');
    return out;
}

}  // namespace debrief::platform::cli
