#include "platform/log/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"

namespace debrief::platform {
namespace {

std::atomic<LogLevel> lowest{LogLevel::info};

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warning", "error"};

}  // namespace

void set_log_level(LogLevel level) {
    lowest = level;
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (level < lowest.load()) return;
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    nlohmann::ordered_json line;
    line["at"] = core::instant_text(now);
    line["level"] = level_names[static_cast<std::size_t>(level)];
    line["event"] = event;
    for (const auto& [name, value] : fields) {
        std::visit([&line, key = std::string(name)](const auto& held) { line[key] = held; }, value);
    }
    const std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    // A full or closed standard error must not stop the server.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace debrief::platform
