#include "platform/cli/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <nlohmann/json.hpp>

#include "platform/cli/layout.hpp"
#include "platform/cli/safe_text.hpp"

namespace debrief::platform::cli {
namespace {

const char* escape_of(Style style) {
    switch (style) {
        case Style::plain:
            return "";
        case Style::strong:
            return "\033[1m";
        case Style::dim:
            return "\033[2m";
        case Style::good:
            return "\033[32m";
        case Style::warn:
            return "\033[33m";
        case Style::bad:
            return "\033[31m";
        case Style::accent:
            return "\033[36m";
    }
    return "";
}

/// For the one failure that no caller can be told of.
bool json_wanted = false;

/// Writes all of it. Whoever reads us may stop when they have seen enough (`debrief … | head`): then we end without a
/// word.
void write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            if (errno == EPIPE) std::_Exit(0);
            if (file == STDERR_FILENO) return;
            Output::of_process({.json = json_wanted})
                .fail({"Standard output cannot be written.", std::string{std::strerror(errno)} + ".",
                       "Make room, or write somewhere else; then run the command again.", ExitCode::failed, "io", ""});
            std::_Exit(static_cast<int>(ExitCode::failed));
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string dumped(const nlohmann::json& document, int indent) {
    return safe_json(document.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

Output::Output(Sink out, Sink err, Look look) : out_(std::move(out)), err_(std::move(err)), look_(look) {}

void Output::want_json() {
    look_.json = json_wanted = true;
}

Output Output::of_process(Look look) {
    return {[](std::string_view text) { write_all(STDOUT_FILENO, text); },
            [](std::string_view text) { write_all(STDERR_FILENO, text); }, look};
}

std::string Output::paint(const Piece& piece, bool colour) const {
    if (!colour || piece.style == Style::plain || piece.text.empty()) return piece.text;
    return escape_of(piece.style) + piece.text + "\033[0m";
}

void Output::line(std::initializer_list<Piece> pieces) {
    std::string text;
    for (const auto& piece : pieces) text += paint({piece.style, safe_line_keeping_edges(piece.text)}, look_.colour);
    text += '\n';
    put(out_, text);
}

void Output::line(std::string_view text) {
    line({{Style::plain, std::string{text}}});
}

void Output::paragraph(const Piece& label, const Piece& text) {
    put(out_, laid_out(label, text, look_.width, look_.colour));
}

std::string Output::laid_out(const Piece& label, const Piece& text, std::size_t columns, bool colour) const {
    const Piece safe_label{label.style, safe_line_keeping_edges(label.text)};
    std::size_t indent = display_width(safe_label.text);
    std::size_t width = 0;
    if (columns > 0) {
        // A label must leave room for words, even on a very narrow screen.
        const bool breaks_a_word = indent + longest_word(safe_text(text.text)) > columns;
        if (indent + 16 > columns || breaks_a_word) indent = std::min<std::size_t>(indent, columns > 20 ? 4 : 0);
        width = columns - indent;
    }
    std::string out;
    bool first = true;
    const bool own_line = display_width(safe_label.text) > indent;
    if (own_line) {
        for (const auto& part : wrap(safe_label.text, columns)) out += paint({label.style, part}, colour) + '\n';
    }
    for (const auto& part : wrap(safe_text(text.text), width)) {
        if (first && !own_line) {
            out += paint(safe_label, colour);
        } else if (!part.empty()) {
            out.append(indent, ' ');
        }
        out += paint({text.style, part}, colour) + '\n';
        first = false;
    }
    return out;
}

void Output::json(const nlohmann::json& document) {
    put(out_, dumped(document, look_.width > 0 ? 2 : -1) + '\n');
}

void Output::json_line(const nlohmann::json& document) {
    put(out_, dumped(document, -1) + '\n');
}

void Output::raw(std::string_view bytes) {
    put(out_, look_.width > 0 ? safe_text(bytes) : std::string{bytes});
}

void Output::passing(std::string_view text) {
    if (look_.width_err == 0 || (text.empty() && passing_ == 0)) return;
    const auto lines = wrap(safe_line(std::string{text}), look_.width_err - 1);
    const std::string& shown = lines.front();
    const std::size_t columns = display_width(shown);
    std::string out = "\r" + padded(shown, passing_) + (columns == 0 ? "\r" : "");
    passing_ = columns;
    err_(out);
}

void Output::talk(std::string_view text) {
    put(err_, laid_out({}, {Style::plain, std::string{text}}, look_.width_err, false));
}

void Output::fail(const Failure& failure) {
    if (look_.json) {
        nlohmann::json error{{"what", failure.what},
                             {"why", failure.why},
                             {"next", failure.next},
                             {"code", static_cast<int>(failure.code)},
                             {"name", name_of(failure.code)},
                             {"reason", failure.reason.empty() ? std::string{name_of(failure.code)} : failure.reason}};
        if (!failure.field.empty()) error["field"] = failure.field;
        put(err_, dumped({{"error", error}}, -1) + '\n');
        return;
    }
    const auto part = [this](Style style, const char* label, const std::string& words) {
        return laid_out({style, label}, {Style::plain, safe_line(words)}, look_.width_err, look_.colour_err);
    };
    std::string out = part(Style::bad, "debrief: ", failure.what);
    if (!failure.why.empty()) out += part(Style::dim, "  why   ", failure.why);
    // Not broken: it is often a command to be copied.
    if (!failure.next.empty())
        out += paint({Style::dim, "  next  "}, look_.colour_err) + safe_line(failure.next) + '\n';
    out += paint({Style::dim, "  code  "}, look_.colour_err) + std::to_string(static_cast<int>(failure.code)) + " " +
           std::string{name_of(failure.code)} + " (debrief help exit-codes)\n";
    put(err_, out);
}

}  // namespace debrief::platform::cli
