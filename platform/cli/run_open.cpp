// `debrief open`.
#include <fcntl.h>
#include <spawn.h>

#include <array>
#include <csignal>

#include <nlohmann/json.hpp>

#include "platform/app/app.hpp"
#include "platform/app/sources.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"
#include "platform/files/web_folder.hpp"
#include "platform/net/peer_owner.hpp"
#include "platform/net/web_files.hpp"
#include "platform/rpc/page_door.hpp"

extern char** environ;

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

bool has_display(const Environment& environment) {
    for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY"}) {
        if (const auto value = environment.variable(name); value && !value->empty()) return true;
    }
    return false;
}

/// Leaves it to the desktop which browser that is. In a process group of its own, so that our Ctrl-C does not end it.
void show_in_browser(const std::string& url) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    if (::posix_spawn_file_actions_init(&files) != 0) return;
    if (::posix_spawnattr_init(&how) == 0) {
        for (const int number : {0, 1, 2}) ::posix_spawn_file_actions_addopen(&files, number, "/dev/null", O_RDWR, 0);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
        // A browser that lives on must hold neither our port nor our connection.
        ::posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
        sigset_t usual;
        sigemptyset(&usual);
        sigaddset(&usual, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&how, &usual);
        ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
        std::string program = "xdg-open", address = url;
        std::array<char*, 3> words{program.data(), address.data(), nullptr};
        pid_t child = 0;
        // Where there is none, the address that was printed has to do.
        static_cast<void>(::posix_spawnp(&child, program.c_str(), &files, &how, words.data(), environ));
        ::posix_spawnattr_destroy(&how);
    }
    ::posix_spawn_file_actions_destroy(&files);
}

/// The link to the team's server lives as long as the door. One that cannot be had is no reason not to open: the page
/// says so.
void keep_link(Context& context, App& app) {
    auto status = app.call("sync.status", json::object());
    if (!status || !flag_of(*status, "enrolled")) return;
    if (auto connected = app.call("sync.connect", json::object()); !connected)
        context.out.talk(connected.error().detail);
}

}  // namespace

Outcome run_open(Context& context, const Arguments& arguments) {
    auto config = app_config(context);
    if (!config) return config.error();
    auto app = App::open(*config);
    if (!app) return app.error();
    // A secret that can be foretold protects nobody, so no seed reaches it.
    AppRandom random;
    const std::string web = web_folder(arguments.value("web").value_or(""));
    auto door = PageDoor::open({static_cast<std::uint16_t>(arguments.number("port").value_or(0)), web}, random,
                               [&app] { (*app)->wake(); });
    if (!door) {
        Failure failure = failure_of(door.error());
        failure.next = "debrief open, without --port, takes any free one.";
        failure.code = ExitCode::network;
        return failure;
    }
    watch_for_interruption();
    keep_link(context, **app);
    const bool as_json = context.out.look().json;
    const std::string url = (*door)->url();
    if (!WebFiles{web}.complete())
        context.out.talk("The web app is not in " + web + " yet. Run ./dev web, then load the page again.");
    if (as_json) {
        context.out.json_line({{"event", "listening"}, {"url", url}, {"store", context.folder}});
    } else {
        context.out.line("Debrief is open at this address, for you alone, until you press Ctrl-C here:");
        context.out.line("  " + url);
    }
    // Others on this machine see the words of a program. Where nobody tells us who connects, the secret is all that
    // keeps them out, and must not stand there.
    const bool shows = !arguments.flag("no-browser") && !as_json && has_display(context.environment);
    if (shows && owners_are_known()) show_in_browser(url);
    serve_pages(**app, **door, interrupted);
    if (as_json) context.out.json_line({{"event", "stopped"}});
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
