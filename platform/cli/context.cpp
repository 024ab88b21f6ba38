#include "platform/cli/context.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/app.hpp"
#include "platform/cli/words.hpp"
#include "platform/net/sync_driver.hpp"

namespace debrief::platform::cli {
namespace {

std::atomic<bool> interruption{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

extern "C" void on_signal(int) {
    interruption.store(true);
}

}  // namespace

bool interrupted() {
    return interruption.load();
}
void clear_interruption() {
    interruption.store(false);
}

void watch_for_interruption() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;  // Not SA_RESTART: a waiting poll or read must return.
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

core::Result<Door*> Context::door() {
    if (!door_) {
        auto opened = open_(*this);
        if (!opened) return opened.error();
        door_ = *std::move(opened);
    }
    return door_.get();
}

bool Context::store_exists() const {
    std::error_code ignored;
    const std::filesystem::directory_iterator entries{folder, ignored};
    return !ignored && entries != std::filesystem::directory_iterator{};
}

std::string program_words(const Context& context) {
    const auto usual = store_folder({}, context.environment);
    const bool finds_it = usual && *usual == context.folder;
    return finds_it ? "debrief" : "debrief --store " + quoted_for_shell(context.folder);
}

core::Result<AppConfig> app_config(const Context& context) {
    AppConfig config;
    config.folder = context.folder;
    config.utc_offset = context.environment.utc_offset;
    config.seed = context.globals.seed;
    config.link = websocket_link;
    if (const auto& clock = context.globals.test_clock) {
        config.test_clock = clock->empty() ? context.environment.now : core::parse_instant(*clock);
        if (!config.test_clock) {
            return core::Error{core::Errc::invalid,
                               "--test-clock needs an instant with its offset, not '" + *clock + "'.", "test-clock",
                               "debrief --test-clock 2025-03-18T09:30:00Z …"};
        }
    }
    return config;
}

core::Result<std::unique_ptr<Door>> open_app(const Context& context) {
    if (!context.may_make_store && !context.store_exists()) {
        return core::Error{core::Errc::denied,
                           "This device has no store yet: there is nothing in " + context.folder + ".", "store",
                           "Begin with 'debrief demo', 'debrief init' or 'debrief join URL'."};
    }
    const auto config = app_config(context);
    if (!config) return config.error();
    auto app = App::open(*config);
    if (!app) return app.error();
    return door_of(*std::move(app));
}

}  // namespace debrief::platform::cli
