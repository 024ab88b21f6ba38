// Reads comma-separated files as people really have them: any line end, a byte order mark, quotes, semicolons from a
// German Excel. A row that cannot be read is passed over with its line and the reason; the rows around it stand.
// Source: RFC 4180.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace debrief::core::intake {

/// Walks over the rows of a text. Time is linear in the text, whatever stands in it.
/// The text must outlive the reader. Threads: one owner.
class CsvReader {
public:
    static constexpr std::size_t columns_max = 1000;
    static constexpr std::size_t cell_bytes_max = 64U << 10U;

    enum class Step {
        row,      ///< `cells()` holds a row.
        refused,  ///< The row beginning in `line()` cannot be read: see `reason()`. The next one may.
        end,
    };

    explicit CsvReader(std::string_view text);

    /// Goes to the next row that is not blank.
    Step next();

    [[nodiscard]] const std::vector<std::string>& cells() const { return cells_; }
    /// Where the row begins; the first line is 1. A quoted cell may run over several lines.
    [[nodiscard]] std::size_t line() const { return line_; }
    [[nodiscard]] const std::string& reason() const { return reason_; }
    [[nodiscard]] char separator() const { return separator_; }

private:
    enum class Cell { more, last, broken };
    Cell read_cell();
    Cell read_quoted();
    bool take_line_end();
    void pass_line();
    void keep_cell(std::string cell);
    Cell refuse(std::string reason);

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t here_ = 1;  // The line that `at_` is in.
    std::size_t line_ = 1;
    char separator_ = ',';
    std::vector<std::string> cells_;
    std::string reason_;
};

/// Which column is which, whatever their order, case and spacing.
class CsvHeader {
public:
    CsvHeader() = default;
    explicit CsvHeader(const std::vector<std::string>& cells);

    [[nodiscard]] std::size_t size() const { return names_.size(); }
    /// The first column with one of these names.
    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] bool has_all(std::initializer_list<std::string_view> names) const;

private:
    std::vector<std::string> names_;  // Squashed.
};

/// Reads the header row. Errors: `invalid` if the text is empty, is no UTF-8 text, or its first row cannot be read;
/// names the line.
Result<CsvHeader> read_header(CsvReader& reader, std::string_view file, std::string_view text);

}  // namespace debrief::core::intake
