// Labels as JSON: for the understanding set, a line a record, and for the `understand` method of the JSON-RPC door.
#pragma once

#include <string>
#include <string_view>

#include "bot/understanding/understanding.hpp"
#include "core/result.hpp"

namespace debrief::bot {

/// One record of the set in (`id`, `text`, `sentences`?, `context`?), one line `{"id":…,"labels":…}` out, without
/// newline. Labels that the record may carry are not read. `default_date` stands for a meeting date that is not given.
/// Errors: `invalid`, with the field that is wrong; `too_large` over 1 MiB.
core::Result<std::string> label_line(std::string_view json_line, std::chrono::year_month_day default_date,
                                     const encoder::Encoder* encoder = nullptr);

/// The parameters of the `understand` method in (`text`, `sentences`?, `context`?), the labels object out. An unknown
/// parameter is an error that names it. `default_date` stands for a meeting date that is not given.
/// Errors: as `label_line`.
core::Result<std::string> labels_for_request(std::string_view params_json, std::chrono::year_month_day default_date,
                                             const encoder::Encoder* encoder = nullptr);

/// The labels object of what was understood. Beyond the set's fields: `why`, `margin`, `offset`, `length`, `evidence`,
/// `sentences`, `private`, `other_language`.
std::string labels_json(const Understanding& understood);

}  // namespace debrief::bot
