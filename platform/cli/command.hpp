// Every command as data: the parser, --help, the man page and the completions are all made from this one table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "platform/cli/arguments.hpp"
#include "platform/cli/context.hpp"
#include "platform/cli/failure.hpp"

namespace debrief::platform::cli {

/// What the shell offers after TAB.
enum class Complete { nothing, accounts, contacts, users, files, folders, words };

struct Param {
    std::string_view name;        ///< `account` for a positional, `--minutes` for an option.
    std::string_view value = {};  ///< What stands for the value in help: `N`. Empty: an option without value.
    std::string_view help = {};
    bool required = false;
    bool many = false;    ///< A positional that takes all further words.
    bool number = false;  ///< A whole number.
    std::int64_t least = 0;
    std::int64_t most = 0;  ///< 0: no limit.
    Complete complete = Complete::nothing;
    std::string_view words = {};  ///< Allowed words, separated by blanks; empty: anything.

    [[nodiscard]] bool is_option() const { return name.substr(0, 2) == "--"; }
    /// Without the dashes: as Arguments knows it.
    [[nodiscard]] std::string key() const { return std::string{is_option() ? name.substr(2) : name}; }
};

struct Command {
    std::string_view name;     ///< `chat`, or `conflicts resolve`.
    std::string_view group;    ///< The heading that it stands under.
    std::string_view summary;  ///< One line.
    std::string_view details = {};
    std::span<const Param> params = {};
    std::string_view examples = {};  ///< One a line.
    std::string_view json = {};      ///< The fields of its JSON output; empty if it has none.
    Outcome (*run)(Context& context,
                   const Arguments& arguments) = nullptr;  ///< Null: only a heading for those below it.
    bool raw_words = false;                                ///< Everything after it is its own, options too.
};

/// All of them, in the order in which help lists them.
std::span<const Command> commands();
const Command* find_command(std::string_view name);
/// The options that hold everywhere.
std::span<const Param> global_params();
/// Named pages of `debrief help`.
struct Topic {
    std::string_view name;
    std::string_view summary;
};
std::span<const Topic> topics();

}  // namespace debrief::platform::cli
