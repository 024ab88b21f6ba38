// What the user typed, after parsing: the command, its words and options, and the options that hold everywhere.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/cli/environment.hpp"

namespace debrief::platform::cli {

struct Globals {
    std::optional<std::string> store;
    bool json = false;
    ColourWish colour = ColourWish::automatic;
    bool yes = false;                       ///< Answers every "are you sure" with yes.
    std::optional<std::string> test_clock;  ///< Empty: now.
    std::optional<std::uint64_t> seed;
};

class Arguments {
public:
    std::map<std::string, std::vector<std::string>> values;  ///< Positionals and options that take a value.
    std::map<std::string, bool> flags;

    [[nodiscard]] bool flag(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const;  ///< Empty if not given.
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    /// The words of a list with spaces between.
    [[nodiscard]] std::string joined(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
};

}  // namespace debrief::platform::cli
