// Small phrases that several commands say, and safe ways to read what the façade returned.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "platform/cli/context.hpp"

namespace debrief::platform::cli {

/// Fields of an object that may be absent, null or of another type (a newer writer): then empty, 0, false.
std::string text_of(const nlohmann::json& object, std::string_view key);
std::int64_t number_of(const nlohmann::json& object, std::string_view key);
bool flag_of(const nlohmann::json& object, std::string_view key);
/// The `name` within a `{id, name}` that may be null.
std::string name_in(const nlohmann::json& object, std::string_view key);

/// "1 meeting waits", "3 meetings wait".
std::string counted(std::size_t number, std::string_view one, std::string_view many);
/// `why_change` → "why they must change": a dimension in words.
std::string dimension_words(std::string_view dimension);
/// The name of a record, or its id where it has none here.
std::string name_of_record(Context& context, const std::string& table, const std::string& id);
/// "offline, 3 changes waiting, last sync 14:02"
std::string sync_line(const nlohmann::json& status, const Environment& environment);
/// As sync_line, for a program that only looks and is never connected itself: that this one is not is no trouble.
std::string standing_line(const nlohmann::json& status, const Environment& environment);
/// In quotes if a shell would split it.
std::string quoted_for_shell(std::string_view text);
/// “…” around what somebody said.
std::string in_quotes(std::string_view text);

/// What `sync.status` with a field `wiped` means for whoever wanted to do something.
core::Error cut_off_error(const nlohmann::json& status);

}  // namespace debrief::platform::cli
