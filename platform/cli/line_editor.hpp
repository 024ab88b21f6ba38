// One line from a terminal, with editing, history and completion. While the user thinks or types, the program goes on
// living: `idle` runs every few hundredths of a second, and what has been typed is handed to `keep` before a second is
// over.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace debrief::platform::cli {

class LineEditor {
public:
    struct Hooks {
        std::function<void()> idle;                          ///< May call `above`.
        std::function<void(const std::string& typed)> keep;  ///< The line as it stands, when it has changed.
        /// All words that could stand where the last word of `before` stands.
        std::function<std::vector<std::string>(std::string_view before)> complete;
        std::function<void()> resized;
        std::function<void()> pressed;  ///< A key that writes something; not called for what is pasted.
    };
    enum class End { line, interrupted, closed };
    struct Got {
        End end = End::closed;
        std::string text;  ///< Also what stood there when Ctrl-C was pressed.
    };

    /// Bytes of one line; what is typed beyond is not taken.
    static constexpr std::size_t bytes_max = 60'000;

    explicit LineEditor(Hooks hooks);
    ~LineEditor();
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;

    /// True where the terminal can do what editing needs; else read lines plainly.
    static bool possible();

    /// `prefill` stands there already, to be edited. Pasted new lines are part of the line.
    Got read(const std::string& prompt, const std::string& prefill);
    /// For arrow up.
    void remember(const std::string& line);
    /// Shows text above the line being typed, which is drawn again below it.
    void above(const std::function<void()>& print);
    /// A line above the one being typed that stands until the next call or the end of the line; empty: none.
    void passing(const std::string& words);

    struct Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::platform::cli
