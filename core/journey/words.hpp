// The closed lists that the whole product shares, with their names on the wire. Source: design, section 3.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace debrief::core {

/// What a piece of evidence about the customer is about.
enum class Dimension {
    why_change,
    cost_of_inaction,
    desired_outcome,
    decision_process,
    stakeholder,
    concern,
    competing_option,
    commitment,
    timing,
    unknown,
};
inline constexpr std::array<std::string_view, 10> dimension_names{
    "why_change", "cost_of_inaction", "desired_outcome", "decision_process", "stakeholder",
    "concern",    "competing_option", "commitment",      "timing",           "unknown"};

/// Where a person stands towards the change.
enum class Stance { champion, supporter, neutral, skeptic, blocker, unknown };
inline constexpr std::array<std::string_view, 6> stance_names{"champion", "supporter", "neutral",
                                                              "skeptic",  "blocker",   "unknown"};

/// Whose world a sentence is about.
enum class Focus { customer, seller, neutral };
inline constexpr std::array<std::string_view, 3> focus_names{"customer", "seller", "neutral"};

constexpr std::string_view name_of(Dimension d) {
    return dimension_names[static_cast<std::size_t>(d)];
}
constexpr std::string_view name_of(Stance s) {
    return stance_names[static_cast<std::size_t>(s)];
}
constexpr std::string_view name_of(Focus f) {
    return focus_names[static_cast<std::size_t>(f)];
}

namespace detail {
template <typename E, std::size_t N>
constexpr std::optional<E> parse_word(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name) return static_cast<E>(i);
    }
    return std::nullopt;
}
}  // namespace detail

constexpr std::optional<Dimension> parse_dimension(std::string_view n) {
    return detail::parse_word<Dimension>(dimension_names, n);
}
constexpr std::optional<Stance> parse_stance(std::string_view n) {
    return detail::parse_word<Stance>(stance_names, n);
}
constexpr std::optional<Focus> parse_focus(std::string_view n) {
    return detail::parse_word<Focus>(focus_names, n);
}

}  // namespace debrief::core
