// Known misspellings of the CRM export, and what they mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace debrief::core::intake {

/// The right spelling of a sector or a country, if `text` is one of the known wrong ones.
std::optional<std::string_view> respelt_sector(std::string_view text);
std::optional<std::string_view> respelt_country(std::string_view text);
/// The product of the list that `text` means but for blanks, hyphens and case. Nothing if it is spelt as listed, or in
/// no list.
std::optional<std::string> respelt_product(std::string_view text, const std::vector<std::string>& products);

}  // namespace debrief::core::intake
