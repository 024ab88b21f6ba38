// Where everything that the program says goes: data to standard output, talk and errors to standard error. All of it
// passes the sanitiser here, so that no command can forget to.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "platform/cli/failure.hpp"

namespace debrief::platform::cli {

/// Colour is an extra: whatever it says, the words say too.
enum class Style { plain, strong, dim, good, warn, bad, accent };

struct Piece {
    Style style = Style::plain;
    std::string text;
};

class Output {
public:
    using Sink = std::function<void(std::string_view)>;
    struct Look {
        bool colour = false;
        bool colour_err = false;
        bool json = false;          ///< The user wants JSON; errors then are JSON too.
        std::size_t width = 0;      ///< Columns of standard output; 0: not a terminal, lines are never broken.
        std::size_t width_err = 0;  ///< The same of standard error.
    };
    Output(Sink out, Sink err, Look look);
    /// Standard output and error of the process. A closed pipe ends the program quietly.
    static Output of_process(Look look);

    [[nodiscard]] const Look& look() const { return look_; }
    [[nodiscard]] std::size_t width() const { return look_.width; }
    /// A terminal that was resized.
    void set_width(std::size_t width) {
        look_.width = width;
        if (look_.width_err > 0) look_.width_err = width;
    }
    void want_json();

    /// One line made of pieces, not broken.
    void line(std::initializer_list<Piece> pieces);
    void line(std::string_view text = {});
    /// Text of any length, broken to the width; its first line begins with `label`, the others are indented as far.
    void paragraph(const Piece& label, const Piece& text);
    void paragraph(std::string_view text) { paragraph({}, {Style::plain, std::string{text}}); }
    /// One JSON document: indented for a terminal, on one line otherwise.
    void json(const nlohmann::json& document);
    /// One JSON object on one line, at once.
    void json_line(const nlohmann::json& document);
    /// Bytes as they are: an export, a script for a shell. Sanitised only if a terminal would obey them.
    void raw(std::string_view bytes);

    /// A line on standard error that the next one takes the place of, and any other output; empty: takes it away.
    /// Cut to the screen. Nothing where standard error is no terminal.
    void passing(std::string_view text);
    /// Talk, to standard error.
    void talk(std::string_view text);
    void fail(const Failure& failure);

private:
    /// A paragraph as text, for a screen of `width` columns.
    [[nodiscard]] std::string laid_out(const Piece& label, const Piece& text, std::size_t width, bool colour) const;
    void put(const Sink& sink, std::string_view text) {
        passing({});
        sink(text);
    }
    [[nodiscard]] std::string paint(const Piece& piece, bool colour) const;

    Sink out_;
    Sink err_;
    Look look_;
    std::size_t passing_ = 0;  // Columns of the line that stands there.
};

}  // namespace debrief::platform::cli
