// What a command is given to work with.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "platform/cli/arguments.hpp"
#include "platform/cli/door.hpp"
#include "platform/cli/environment.hpp"
#include "platform/cli/output.hpp"

namespace debrief::platform {
struct AppConfig;
}

namespace debrief::platform::cli {

/// Set by Ctrl-C (SIGINT) and SIGTERM; whoever waits looks at it.
bool interrupted();
/// Forgets an interruption that has been dealt with.
void clear_interruption();
/// From now on Ctrl-C sets the flag instead of ending the program.
void watch_for_interruption();
/// From now on Ctrl-C ends the program at once with exit code 3 and says so, as JSON if that is wanted.
void end_on_interruption(bool json);

/// Threads: one.
class Context {
public:
    using Opener = std::function<core::Result<std::unique_ptr<Door>>(const Context&)>;
    /// `opener` opens the façade over `folder`; tests give their own.
    Context(const Environment& surroundings, Globals options, Output& output, std::string store, Opener opener)
        : environment(surroundings),
          globals(std::move(options)),
          out(output),
          folder(std::move(store)),
          open_(std::move(opener)) {}

    const Environment& environment;
    Globals globals;
    Output& out;
    std::string folder;           ///< Of the store.
    bool may_make_store = false;  ///< Set by the commands that begin a store. Looking never makes one.

    /// The façade over the store, opened at first use. Errors: those of App::open.
    core::Result<Door*> door();
    /// True if the folder holds a store already: looking must not make one.
    [[nodiscard]] bool store_exists() const;

private:
    Opener open_;
    std::unique_ptr<Door> door_;
};

/// How a next command begins: `debrief`, with --store where the store is not the one that it would find by itself.
std::string program_words(const Context& context);
/// What the real façade over `context.folder` is opened with. Errors: `invalid` for a test clock that is no instant.
core::Result<AppConfig> app_config(const Context& context);
/// Opens the real façade over `context.folder`.
core::Result<std::unique_ptr<Door>> open_app(const Context& context);

}  // namespace debrief::platform::cli
