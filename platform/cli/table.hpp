// Rows in columns where the terminal is wide enough, else one block a row: nothing is ever cut.
#pragma once

#include <string>
#include <vector>

#include "platform/cli/output.hpp"

namespace debrief::platform::cli {

class Table {
public:
    explicit Table(std::vector<std::string> headers) : headers_(std::move(headers)) {}

    /// As many cells as there are headers; a cell may be empty.
    void row(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    void print(Output& out) const;

private:
    std::vector<std::string> headers_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace debrief::platform::cli
