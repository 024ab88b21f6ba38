#include "core/import/crm_spelling.hpp"

#include <algorithm>
#include <array>

#include "core/import/text.hpp"

namespace debrief::core::intake {
namespace {

struct Respelling {
    std::string_view wrong, right;
};
constexpr std::array sector_respellings{Respelling{"technolgy", "technology"}};
constexpr std::array country_respellings{Respelling{"Philipines", "Philippines"}};
constexpr std::array product_respellings{Respelling{"GTXPro", "GTX Pro"}};

template <std::size_t N>
std::optional<std::string_view> look_up(const std::array<Respelling, N>& list, std::string_view text) {
    for (const Respelling& entry : list) {
        if (entry.wrong == text) return entry.right;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> respelt_sector(std::string_view text) {
    return look_up(sector_respellings, text);
}
std::optional<std::string_view> respelt_country(std::string_view text) {
    return look_up(country_respellings, text);
}

std::optional<std::string> respelt_product(std::string_view text, const std::vector<std::string>& products) {
    if (std::find(products.begin(), products.end(), text) != products.end()) return std::nullopt;
    const std::string wanted = squashed(text);
    for (const std::string& product : products) {
        if (squashed(product) == wanted) return product;
    }
    // Without a product list, the one that we know of.
    if (const auto known = look_up(product_respellings, text)) return std::string{*known};
    return std::nullopt;
}

}  // namespace debrief::core::intake
