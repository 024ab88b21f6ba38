#include "core/import/sheet.hpp"

#include <utility>

#include "core/import/text.hpp"

namespace debrief::core::intake {

Sheet::Sheet(std::string name, std::string_view text, Findings& findings, Pulse* pulse)
    : name_{std::move(name)}, text_{text}, reader_{text}, findings_{findings}, pulse_{pulse} {}

Status Sheet::open() {
    auto header = read_header(reader_, name_, text_);
    if (!header) return header.error();
    header_ = std::move(*header);
    return Ok{};
}

bool Sheet::next() {
    while (pulse_ == nullptr || pulse_->row()) {
        const CsvReader::Step step = reader_.next();
        if (step == CsvReader::Step::end) return false;
        if (step == CsvReader::Step::refused) {
            reject(reader_.reason());
        } else if (reader_.cells().size() != header_.size()) {
            reject(std::to_string(reader_.cells().size()) + " cells where the header has " +
                   std::to_string(header_.size()));
        } else {
            return true;
        }
    }
    return false;
}

std::string Sheet::cell(Column column) const {
    return column ? std::string{trimmed(reader_.cells()[*column])} : std::string{};
}

void Sheet::reject(std::string reason) {
    findings_.reject(name_, reader_.line(), std::move(reason));
}

void Sheet::note(std::string_view kind) {
    findings_.note(kind, name_, reader_.line());
}

}  // namespace debrief::core::intake
