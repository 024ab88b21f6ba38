// CSV rows and calendars from anywhere: read to the end, nothing out of bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/import/csv.hpp"
#include "core/import/findings.hpp"
#include "core/import/ics.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace debrief::core;
    if (size == 0) return 0;
    const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
    if ((data[0] & 1U) != 0) {
        intake::CsvReader reader{text};
        std::size_t before = 0;
        for (auto step = reader.next(); step != intake::CsvReader::Step::end; step = reader.next()) {
            DEBRIEF_CHECK(reader.line() >= before);
            before = reader.line();
        }
    } else {
        intake::Findings findings;
        [[maybe_unused]] const auto components = intake::read_ics("fuzz.ics", text, findings);
    }
    return 0;
}
