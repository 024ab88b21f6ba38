// The one façade: every door (JSON-RPC on stdio, the command line, the chat, the C ABI, the browser) calls this and
// nothing beneath it. Methods, parameters and results are those of docs/rpc.md.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "core/sources.hpp"
#include "platform/app/sync_link.hpp"

namespace debrief::platform {

struct AppConfig {
    std::string folder;                       ///< The store's folder; made with mode 0700 if missing.
    std::optional<core::Instant> test_clock;  ///< `--test-clock`: record and civil time stand still.
    std::optional<std::uint64_t> seed;        ///< `--seed`: randomness repeats; identifiers still never do.
    std::chrono::minutes utc_offset{0};       ///< Of the user's civil day.
    std::string encoder;                      ///< Path of the sentence encoder's weights; empty: without.
    LinkFactory link;                         ///< Makes the network; empty: a link that is always offline.
    /// Asked again and again during what may take long (an import, waiting for a server); true ends it with
    /// `cancelled`. What was written by then stays. Empty: nothing is broken off.
    std::function<bool()> stop = {};
};

/// Threads: one owner thread for `call` and `poll`; it is where notifications are delivered.
class App {
public:
    using Notify = std::function<void(const std::string& method, const nlohmann::json& params)>;

    /// Errors: as core::Store::open; `invalid` for a folder that others can read, with the chmod to run.
    static core::Result<std::unique_ptr<App>> open(const AppConfig& config);
    ~App();

    /// Carries out one method. Nothing is changed when it fails.
    core::Result<nlohmann::json> call(const std::string& method, const nlohmann::json& params);
    /// One JSON-RPC 2.0 request, notification or batch as text; the response as text, empty if there is none to give.
    std::string handle(const std::string& request);

    /// The same without waiting for a server: `done` is called once, from within this call or a later `poll`. Other
    /// calls may come between.
    void begin(const std::string& method, const nlohmann::json& params,
               std::function<void(core::Result<nlohmann::json>)> done);
    void begin_handling(const std::string& request, std::function<void(const std::string& response)> done);

    void on_notification(Notify notify);
    /// Runs what is ready (network, timers, changes by other processes), waiting at most `wait` for something to do.
    void poll(std::chrono::milliseconds wait);
    /// Makes a waiting `poll` return. The only member that any thread may call.
    void wake();

private:
    struct Impl;
    explicit App(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::platform
