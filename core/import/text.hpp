// Small questions about text that every importer asks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace debrief::core::intake {

/// Without blanks at either end (ASCII blanks and the no-break space that spreadsheets leave behind).
std::string_view trimmed(std::string_view text);
/// ASCII letters in lower case; everything else as it is.
std::string lower(std::string_view text);
/// What is left of a name when spelling habits are taken away: letters and digits in lower case. "GTX Pro" and "GTXPro"
/// are equal so.
std::string squashed(std::string_view text);
/// Valid UTF-8 without NUL.
bool is_clean_text(std::string_view text);
/// Digits only, at most 15 of them.
std::optional<std::int64_t> parse_whole(std::string_view text);
/// A decimal number of zero or more with at most `places` decimals, as a count of 10^-places: 1100.04 with 2 is 110004.
std::optional<std::int64_t> parse_decimal(std::string_view text, int places);
/// A day as spreadsheets write it: M/D/YYYY, or YYYY-MM-DD. Never D/M: a file that means that fails on the 13th.
std::optional<std::chrono::sys_days> parse_sheet_day(std::string_view text);
/// `1`, `85`, `8,800`: for sentences.
std::string with_commas(std::size_t number);

}  // namespace debrief::core::intake
