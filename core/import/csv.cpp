#include "core/import/csv.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/import/text.hpp"

namespace debrief::core::intake {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The separator that the first line uses most; a comma if it uses none.
char separator_of(std::string_view text) {
    constexpr std::array<char, 3> candidates{',', ';', '\t'};
    std::array<std::size_t, 3> seen{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (c == candidates.at(i)) ++seen.at(i);
        }
    }
    const auto most = std::max_element(seen.begin(), seen.end());  // The first of equals: the comma.
    return candidates.at(static_cast<std::size_t>(most - seen.begin()));
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_{text} {
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
    separator_ = separator_of(text_);
}

CsvReader::Step CsvReader::next() {
    for (;;) {
        if (at_ >= text_.size()) return Step::end;
        line_ = here_;
        cells_.clear();
        reason_.clear();
        const std::size_t row_begin = at_;
        Cell cell = Cell::more;
        while (cell == Cell::more) cell = read_cell();
        if (cell == Cell::broken) return Step::refused;

        const bool blank = cells_.size() == 1 && trimmed(cells_.front()).empty();
        if (blank) continue;
        // Separators are ASCII, so a row is clean exactly if its cells are.
        if (!is_clean_text(text_.substr(row_begin, at_ - row_begin))) {
            reason_ = "not valid UTF-8 text; save the file as UTF-8";
            return Step::refused;
        }
        if (cells_.size() > columns_max) {
            reason_ = "more than " + std::to_string(columns_max) + " columns";
            return Step::refused;
        }
        const bool too_long =
            std::any_of(cells_.begin(), cells_.end(), [](const std::string& c) { return c.size() > cell_bytes_max; });
        if (too_long) {
            reason_ = "a cell of more than 64 KiB";
            return Step::refused;
        }
        return Step::row;
    }
}

/// Reads one cell and the separator or line end behind it.
CsvReader::Cell CsvReader::read_cell() {
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    keep_cell(std::string{text_.substr(begin, at_ - begin)});
    if (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        return Cell::more;
    }
    take_line_end();
    return Cell::last;
}

CsvReader::Cell CsvReader::read_quoted() {
    const std::size_t opened_at = at_;
    const std::size_t opened_line = here_;
    std::string cell;
    ++at_;
    for (;;) {
        if (at_ >= text_.size()) {
            // Go on behind the line with the open quote. All later quotes come in pairs, or one of them would have
            // closed this cell; so no second cell can run to the end, and the time stays linear.
            at_ = opened_at;
            here_ = opened_line;
            return refuse("a quote is opened and never closed");
        }
        const char c = text_[at_];
        if (c == '"') {
            if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell.push_back('"');
                at_ += 2;
                continue;
            }
            ++at_;
            break;
        }
        if (c == '\n' || c == '\r') {
            const std::size_t begin = at_;
            take_line_end();
            cell.append(text_.substr(begin, at_ - begin));
            continue;
        }
        cell.push_back(c);
        ++at_;
    }
    keep_cell(std::move(cell));
    if (at_ >= text_.size() || take_line_end()) return Cell::last;
    if (text_[at_] == separator_) {
        ++at_;
        return Cell::more;
    }
    return refuse("text behind a closing quote");
}

void CsvReader::keep_cell(std::string cell) {
    // One more than allowed is enough to know; the rest of a monstrous row is walked over, not kept.
    if (cells_.size() <= columns_max) cells_.push_back(std::move(cell));
}

bool CsvReader::take_line_end() {
    if (at_ >= text_.size() || (text_[at_] != '\n' && text_[at_] != '\r')) return false;
    at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
    ++here_;
    return true;
}

void CsvReader::pass_line() {
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    take_line_end();
}

CsvReader::Cell CsvReader::refuse(std::string reason) {
    pass_line();
    reason_ = std::move(reason);
    return Cell::broken;
}

CsvHeader::CsvHeader(const std::vector<std::string>& cells) {
    names_.reserve(cells.size());
    for (const std::string& cell : cells) names_.push_back(squashed(cell));
}

std::optional<std::size_t> CsvHeader::find(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
        const auto found = std::find(names_.begin(), names_.end(), squashed(name));
        if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
    }
    return std::nullopt;
}

bool CsvHeader::has_all(std::initializer_list<std::string_view> names) const {
    return std::all_of(names.begin(), names.end(), [this](std::string_view name) { return find({name}).has_value(); });
}

Result<CsvHeader> read_header(CsvReader& reader, std::string_view file, std::string_view text) {
    const std::string field{file};
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return Error{Errc::invalid, field + " is UTF-16 text.", field,
                     "Save it as UTF-8 (in a spreadsheet: CSV UTF-8)."};
    }
    switch (reader.next()) {
        case CsvReader::Step::row:
            return CsvHeader{reader.cells()};
        case CsvReader::Step::refused:
            return Error{Errc::invalid,
                         field + ", line " + std::to_string(reader.line()) + ": " + reader.reason() + ".", field,
                         "The first line must name the columns."};
        case CsvReader::Step::end:
            break;
    }
    return Error{Errc::invalid, field + " is empty.", field, "The first line must name the columns."};
}

}  // namespace debrief::core::intake
