// `debrief serve`: one process for one workspace, on one port.
#pragma once

#include <optional>
#include <string>

#include "core/result.hpp"
#include "core/sources.hpp"

namespace debrief::platform {

struct ServeOptions {
    std::string data;                       ///< The server's folder; made with mode 0700 if missing.
    std::string listen = "127.0.0.1:7777";  ///< HOST:PORT; port 0 takes any free one.
    std::string tls_cert, tls_key;          ///< PEM files, both or none; needed off loopback. Read again on SIGHUP.
    std::string url;  ///< http(s)://HOST[:PORT] of invitations and of the web app; empty: where it listens.
    std::string web;  ///< The web app's files; empty: beside the program.
    std::string admin = "Administrator";      ///< The first user of a new workspace.
    std::string store;                        ///< Empty: SQLite in `data`. `postgresql://…` is not available yet.
    std::optional<core::Instant> test_clock;  ///< Record time stands still here; network timers stay real.
    bool json = false;                        ///< The lines on standard output as JSON objects.
};

/// Why it does not serve, and the exit code of the contract: 2 wrong usage, 4 a folder that others may read, 5 port,
/// 6 store.
struct ServeFailure {
    core::Error error;
    int exit_code = 1;
};

/// Serves until SIGINT or SIGTERM, then lets everybody go in order. Says on standard output where it listens, and the
/// invitation of the first administrator if the workspace has no user yet; logs to standard error. Nothing after an
/// orderly end; what kept it from serving otherwise, which the caller shows as it shows every other refusal.
std::optional<ServeFailure> serve(const ServeOptions& options);

}  // namespace debrief::platform
