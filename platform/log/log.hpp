// Structured logs: one JSON object a line on standard error. No names of customers, no words of theirs, no secrets.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace debrief::platform {

enum class LogLevel { debug, info, warning, error };

using LogValue = std::variant<std::int64_t, bool, std::string>;
using LogField = std::pair<std::string_view, LogValue>;

/// Writes `{"at":…,"level":…,"event":…,…}` with one system call. `event` is a fixed word of ours, such as
/// `session_opened`. Threads: any.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
/// What is below is left out. `info` at first.
void set_log_level(LogLevel level);

}  // namespace debrief::platform
