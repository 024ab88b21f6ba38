// What a call that can fail returns: a value or an Error, never an exception, across room borders.
// Reads like std::expected, which C++20 lacks.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace debrief::core {

/// What a caller can decide on. The words for people are in Error::detail and Error::hint.
enum class Errc {
    invalid,      ///< The input is wrong; `field` names the place.
    not_found,    ///< Not there, or not visible to this user: the two are never told apart.
    denied,       ///< Not signed in, or a right that is missing and may be named.
    ambiguous,    ///< A name that fits several things.
    busy,         ///< Another process holds the file.
    corrupt,      ///< Bytes that cannot be what they claim to be.
    full,         ///< The disk is full.
    too_new,      ///< Written by a newer version of the program.
    too_large,    ///< Over a documented limit.
    offline,      ///< No network, or the server does not answer.
    unavailable,  ///< Known, but not in this version.
    cancelled,    ///< The user broke it off.
    io,           ///< A file or device failed otherwise.
    internal,     ///< Our own fault.
};

struct Error {
    Errc code = Errc::internal;
    std::string detail;  ///< What happened, one sentence, for people and logs. No secrets.
    std::string field;   ///< Which parameter, field or place, where there is one.
    std::string hint;    ///< What to do next, where we know it.
};

struct Ok {};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

using Status = Result<Ok>;

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "debrief: broken invariant at %s:%d: %s\n", file, line, condition);
    std::abort();
}

}  // namespace debrief::core

/// A broken invariant is our own bug: stop, in release too, before it is written anywhere.
#define DEBRIEF_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::debrief::core::check_failed(#condition, __FILE__, __LINE__))

// Each use has a name of its own: one may stand inside another, in a lambda that the outer one calls.
#define DEBRIEF_TRY_AS(name, expression)       \
    do {                                       \
        if (auto name = (expression); !name) { \
            return name.error();               \
        }                                      \
    } while (false)
#define DEBRIEF_TRY_JOIN(name, number) name##number
#define DEBRIEF_TRY_NAME(number) DEBRIEF_TRY_JOIN(debrief_status_, number)

/// Returns the error of `expression` (a Status or Result) from the current function, if it has one.
#define DEBRIEF_TRY(expression) DEBRIEF_TRY_AS(DEBRIEF_TRY_NAME(__COUNTER__), expression)
