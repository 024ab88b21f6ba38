// Any valid text gets labels, and every span lies within it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bot/understanding/understanding.hpp"
#include "core/result.hpp"
#include "core/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (!debrief::core::is_utf8(text)) return 0;
    debrief::bot::NoteContext context;
    context.contacts = {{"Sarah Chen", "COO"}, {"Mo Idris", "IT lead"}};
    context.meeting_date =
        std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::March, std::chrono::day{12}};
    const auto labels = debrief::bot::understand(text, {}, context);
    for (const auto& fact : labels.facts) DEBRIEF_CHECK(fact.span.offset + fact.span.length <= size);
    for (const auto& span : labels.private_remarks) DEBRIEF_CHECK(span.offset + span.length <= size);
    DEBRIEF_CHECK(!(labels.vague && labels.dont_know));
    return 0;
}
