// What the host calls. Texts go in and out as UTF-8; answers and notifications come through host_tell.
#include <emscripten.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/app.hpp"
#include "platform/app/rpc_errors.hpp"
#include "platform/rpc/json_rpc.hpp"
#include "platform/web/core/chance.hpp"
#include "platform/web/core/data.hpp"
#include "platform/web/core/host.h"
#include "platform/web/core/link.hpp"
#include "platform/web/core/vfs.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

// Reminders and meetings that end are looked for this often.
constexpr std::chrono::milliseconds poll_every{1000};

std::unique_ptr<App>& open_app() {
    static std::unique_ptr<App> app;
    return app;
}

void tell(const std::string& text) {
    if (!text.empty()) host_tell(text.data(), static_cast<int>(text.size()));
}

core::Status open_with(const std::string& text) {
    use_host_chance();
    DEBRIEF_TRY(use_host_files());
    const auto wishes = json::parse(text, nullptr, false);
    if (!wishes.is_object()) return core::Error{core::Errc::invalid, "The configuration is no JSON object.", {}, {}};
    AppConfig config;
    config.folder = "store";
    config.utc_offset = std::chrono::minutes{wishes.value("utc_offset_minutes", 0)};
    if (wishes.contains("seed")) config.seed = wishes["seed"].get<std::uint64_t>();
    if (wishes.contains("test_clock")) {
        config.test_clock = core::parse_instant(wishes["test_clock"].get<std::string>());
        if (!config.test_clock) return core::Error{core::Errc::invalid, "'test_clock' is no instant.", {}, {}};
    }
    set_device_name(wishes.value("device_name", ""));
    config.encoder = wishes.value("encoder", "encoder.bin");
    auto app = App::open(config);
    if (!app) return app.error();
    (*app)->on_notification(
        [](const std::string& method, const json& params) { tell(rpc_notification(method, params)); });
    open_app() = std::move(*app);
    return core::Ok{};
}

}  // namespace
}  // namespace debrief::platform

using namespace debrief;
using namespace debrief::platform;

extern "C" {

/// Opens the store. `config`: {utc_offset_minutes?, device_name?, test_clock?, seed?, encoder?}. 1 if it is open; else
/// 0, and the reason was told as a notification `host.failed` with what JSON-RPC calls `data`.
EMSCRIPTEN_KEEPALIVE int debrief_open(const char* config) {
    core::Status opened = core::Ok{};
    try {
        opened = open_with(config);
    } catch (const std::exception& failure) {
        opened = core::Error{core::Errc::internal, std::string{"Opening the store failed: "} + failure.what(), {}, {}};
    }
    if (opened) return 1;
    tell(rpc_notification("host.failed", rpc_error(opened.error())));
    return 0;
}

/// One JSON-RPC request, notification or batch. Its answer is told, now or when it is done.
EMSCRIPTEN_KEEPALIVE void debrief_request(const char* text) {
    if (auto& app = open_app()) app->begin_handling(text, tell);
}

/// Runs what is ready. How many milliseconds until it wants to be called again, at the latest.
EMSCRIPTEN_KEEPALIVE double debrief_poll() {
    auto& app = open_app();
    if (!app) return 1000;
    app->poll(std::chrono::milliseconds{0});
    return static_cast<double>(std::min(links_due().value_or(poll_every), poll_every).count());
}

// Of the WebSocket that host_link_open asked for. 'debrief_poll' is due after each.
EMSCRIPTEN_KEEPALIVE void debrief_link_opened(int link) {
    link_opened(link);
}
EMSCRIPTEN_KEEPALIVE void debrief_link_message(int link, const std::uint8_t* bytes, int size, int more) {
    link_message(link, {bytes, static_cast<std::size_t>(size)}, more != 0);
}
EMSCRIPTEN_KEEPALIVE void debrief_link_closed(int link, int opened, const char* reason) {
    link_closed(link, opened != 0, reason);
}
/// There is a network again: nobody waits any longer before trying.
EMSCRIPTEN_KEEPALIVE void debrief_network_changed() {
    links_try_again();
}

/// Language data has come: `models.bin` or `encoder.bin`. 1 if it can be used.
EMSCRIPTEN_KEEPALIVE int debrief_data(const char* name, const std::uint8_t* bytes, int size) {
    return take_language_data(name, core::Bytes(bytes, bytes + size)).has_value() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void debrief_close() {
    open_app().reset();
}
}
