#include "platform/cli/table.hpp"

#include <algorithm>

#include "platform/cli/layout.hpp"
#include "platform/cli/safe_text.hpp"

namespace debrief::platform::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 12;  // A column of text below this reads like a ladder.

std::size_t sum(const std::vector<std::size_t>& widths) {
    std::size_t total = 0;
    for (const auto width : widths) total += width + gap;
    return total - gap;
}

/// Takes columns from the widest that has any to spare until all fit. False if that would squeeze one below its least
/// width, so that words would have to be broken.
bool squeeze(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least, std::size_t room) {
    while (sum(widths) > room) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (widths[i] > least[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
        }
        if (widest == widths.size()) return false;
        --widths[widest];
    }
    return true;
}

}  // namespace

void Table::row(std::vector<std::string> cells) {
    cells.resize(headers_.size());
    for (auto& cell : cells) cell = safe_line(cell);
    rows_.push_back(std::move(cells));
}

void Table::print(Output& out) const {
    std::vector<std::size_t> widths, least;
    for (const auto& header : headers_) {
        widths.push_back(display_width(header));
        least.push_back(std::max(narrowest, widths.back()));
    }
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
            least[i] = std::max(least[i], longest_word(row[i]));
        }
    }
    if (out.width() > 0 && !squeeze(widths, least, out.width())) {
        for (const auto& row : rows_) {
            out.paragraph({}, {Style::strong, row.front()});
            for (std::size_t i = 1; i < row.size(); ++i) {
                if (!row[i].empty()) out.paragraph({Style::dim, "  " + headers_[i] + ": "}, {Style::plain, row[i]});
            }
        }
        return;
    }
    std::string head;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        head += i + 1 == headers_.size() ? headers_[i] : padded(headers_[i], widths[i] + gap);
    }
    out.line({{Style::dim, head}});
    for (const auto& row : rows_) {
        std::vector<std::vector<std::string>> cells;
        std::size_t height = 1;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(wrap(row[i], widths[i]));
            height = std::max(height, cells.back().size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            std::string text;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const std::string part = line < cells[i].size() ? cells[i][line] : std::string{};
                text += padded(part, i + 1 == cells.size() ? 0 : widths[i] + gap);
            }
            while (!text.empty() && text.back() == ' ') text.pop_back();
            out.line(text);
        }
    }
}

}  // namespace debrief::platform::cli
