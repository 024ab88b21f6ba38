// What an import has to tell: oddities gathered by kind, refused rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/import/import.hpp"

namespace debrief::core::intake {

/// Threads: one owner.
class Findings {
public:
    /// Counts one case of `kind` in `file`; line 0 where there is none to name. The sentence is set by `explain`, once
    /// the whole count is known.
    void note(std::string_view kind, std::string_view file, std::size_t line);
    [[nodiscard]] std::size_t count(std::string_view kind) const;
    /// The sentence for a kind; without a case it is not reported. Kinds are reported in the order in which they are
    /// explained.
    void explain(std::string_view kind, const std::string& done);
    void reject(std::string_view file, std::size_t line, std::string reason);

    /// Moves everything into the report. Every noted kind must have been explained.
    void report_to(ImportReport& report);

private:
    std::vector<ImportAnomaly> noted_;
    std::vector<std::string> order_;
    std::vector<RejectedRow> rejected_;
};

}  // namespace debrief::core::intake
