// One CSV file on its way in: refuses rows that do not fit its header, hands out trimmed cells by column.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/import/csv.hpp"
#include "core/import/findings.hpp"
#include "core/import/pulse.hpp"

namespace debrief::core::intake {

/// `text`, `findings` and `pulse` must outlive it. Threads: one owner.
class Sheet {
public:
    using Column = std::optional<std::size_t>;

    Sheet(std::string name, std::string_view text, Findings& findings, Pulse* pulse = nullptr);

    /// Reads the header. Errors: as read_header.
    Status open();
    /// Goes to the next good row; the bad ones on the way are in the findings. False at the end, or where
    /// the import is to stop: `pulse` says so.
    bool next();

    /// The first column with one of these names.
    [[nodiscard]] Column column(std::initializer_list<std::string_view> names) const { return header_.find(names); }
    [[nodiscard]] bool has_all(std::initializer_list<std::string_view> names) const { return header_.has_all(names); }
    /// Empty if the file has no such column.
    [[nodiscard]] std::string cell(Column column) const;
    [[nodiscard]] std::size_t line() const { return reader_.line(); }
    [[nodiscard]] const std::string& name() const { return name_; }

    void reject(std::string reason);
    void note(std::string_view kind);

private:
    std::string name_;
    std::string_view text_;
    CsvReader reader_;
    CsvHeader header_;
    Findings& findings_;
    Pulse* pulse_;
};

}  // namespace debrief::core::intake
