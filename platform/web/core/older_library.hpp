// What the library that Debian's emscripten brings (libc++ 13) does not have yet: its types compared with <=>, as ours
// that hold them are, and std::bit_cast. Included in front of every file of the build for browsers; a newer library has
// these itself.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <string>
#include <string_view>
#include <vector>

#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 14000

namespace std {

template <typename To, typename From>
constexpr To bit_cast(const From& from) noexcept {
    return __builtin_bit_cast(To, from);
}

template <typename Range>
constexpr strong_ordering debrief_compare_elements(const Range& a, const Range& b) {
    auto left = a.begin();
    auto right = b.begin();
    for (; left != a.end() && right != b.end(); ++left, ++right) {
        if (const strong_ordering order = *left <=> *right; order != 0) return order;
    }
    return (left != a.end()) <=> (right != b.end());
}

template <typename T, size_t N>
constexpr strong_ordering operator<=>(const array<T, N>& a, const array<T, N>& b) {
    return debrief_compare_elements(a, b);
}
template <typename T>
constexpr strong_ordering operator<=>(const vector<T>& a, const vector<T>& b) {
    return debrief_compare_elements(a, b);
}
inline strong_ordering operator<=>(const string& a, const string& b) {
    return a.compare(b) <=> 0;
}
inline strong_ordering operator<=>(string_view a, string_view b) {
    return a.compare(b) <=> 0;
}
namespace chrono {
template <typename Rep, typename Period>
constexpr strong_ordering operator<=>(const duration<Rep, Period>& a, const duration<Rep, Period>& b) {
    return a.count() <=> b.count();
}
template <typename Clock, typename Duration>
constexpr strong_ordering operator<=>(const time_point<Clock, Duration>& a, const time_point<Clock, Duration>& b) {
    return a.time_since_epoch() <=> b.time_since_epoch();
}
}  // namespace chrono
}  // namespace std

#endif
