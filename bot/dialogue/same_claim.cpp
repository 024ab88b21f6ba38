#include "bot/dialogue/same_claim.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

constexpr std::size_t words_alike_min = 2;

/// The words that a claim is made of: without its figures, days and "not any more", which may differ.
std::vector<std::string> words_of_claim(std::string_view text) {
    constexpr std::array<std::string_view, 26> apart{
        "now",     "not",     "more",  "januar", "februar", "march", "april",   "june",  "jul",
        "august",  "septemb", "octob", "novemb", "decemb",  "don't", "doesn't", "never", "longer",
        "anymore", "onl",     "still", "jetzt",  "nicht",   "mehr",  "isn't",   "aren't"};
    auto words = content_stems(text);
    std::erase_if(words, [&](const std::string& word) {
        return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
               std::any_of(apart.begin(), apart.end(), [&](std::string_view one) { return word.starts_with(one); });
    });
    return words;
}

bool made_of_same(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    const auto& few = one.size() < other.size() ? one : other;
    const auto& many = one.size() < other.size() ? other : one;
    return few.size() >= words_alike_min && many.size() <= 2 * few.size() &&
           std::all_of(few.begin(), few.end(), [&](const std::string& word) {
               return std::find(many.begin(), many.end(), word) != many.end();
           });
}

}  // namespace

const core::Item* told_before(const Exchange& exchange, std::string_view text) {
    const auto words = words_of_claim(text);
    for (const core::DimensionView& view : exchange.world.journey.dimensions) {
        for (const core::Item& old : view.items) {
            const bool current = old.state == core::ItemState::confirmed && !old.superseded_by;
            if (!current || old.dimension == core::Dimension::unknown || exchange.replaced(old.id)) continue;
            if (made_of_same(words, words_of_claim(old.text))) return &old;
        }
    }
    return nullptr;
}

bool has_other_figures(std::string_view fresh, std::string_view old) {
    const auto now = figures_in(fresh), before = figures_in(old);
    return !now.empty() && !before.empty() && now.front().value != before.front().value;
}

}  // namespace debrief::bot
