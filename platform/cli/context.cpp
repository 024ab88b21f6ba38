#include "platform/cli/context.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/app.hpp"
#include "platform/cli/words.hpp"
#include "platform/files/encoder_file.hpp"
#include "platform/net/sync_driver.hpp"

namespace debrief::platform::cli {
namespace {

std::atomic<bool> interruption{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

extern "C" void on_signal(int) {
    interruption.store(true);
}

constexpr std::string_view last_words_text =
    "\ndebrief: Broken off.\n"
    "  why   Ctrl-C was pressed, or somebody asked the program to end.\n"
    "  next  Run the command again when you like; what was saved is kept.\n"
    "  code  3 cancelled (debrief help exit-codes)\n";
constexpr std::string_view last_words_json =
    R"({"error":{"code":3,"name":"cancelled","next":"Run the command again when you like; what was saved is kept.",)"
    R"("reason":"cancelled","what":"Broken off.","why":"Ctrl-C was pressed, or somebody asked the program to end."}})"
    "\n";
std::string_view last_words = last_words_text;

/// Each write to a store is a transaction, so that there is nothing to put in order.
extern "C" void end_at_once(int) {
    if (::write(STDERR_FILENO, last_words.data(), last_words.size()) < 0) _exit(3);
    _exit(3);
}

void take_signals(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;  // Not SA_RESTART: a waiting poll or read must return.
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

bool interrupted() {
    return interruption.load();
}
void clear_interruption() {
    interruption.store(false);
}

void watch_for_interruption() {
    take_signals(on_signal);
}

void end_on_interruption(bool as_json) {
    last_words = as_json ? last_words_json : last_words_text;
    // A shell's job in the background is not to hear the Ctrl-C that is meant for another.
    struct sigaction before {};
    if (sigaction(SIGINT, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
    take_signals(end_at_once);
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
    config.encoder = encoder_path(context.environment.variable("DEBRIEF_ENCODER").value_or(""));
    config.seed = context.globals.seed;
    config.link = websocket_link;
    config.stop = interrupted;
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
        return core::Error{
            core::Errc::denied,
            "This device has no store yet: there is nothing in " + context.folder + ". Looking does not make one.",
            "store", "Begin with 'debrief demo', 'debrief init' or 'debrief join URL'."};
    }
    const auto config = app_config(context);
    if (!config) return config.error();
    auto app = App::open(*config);
    if (!app) return app.error();
    return door_of(*std::move(app));
}

}  // namespace debrief::platform::cli
