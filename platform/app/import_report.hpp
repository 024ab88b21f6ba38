// Importing as the doors see it: files from a path, and a report as JSON.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/import/import.hpp"
#include "core/result.hpp"

namespace debrief::platform {

/// One file, or those of a folder whose names end as this format's do; 256 MB together at most.
/// Errors: `not_found`, `too_large`, `io`.
core::Result<core::ImportFiles> read_import_files(const std::string& path, const std::string& format);

/// `{created, changed, unchanged, tables, anomalies: [{kind, count, done, lines, file?}], rejected: [{file, line,
/// reason}]}`
nlohmann::json import_json(const core::ImportReport& report);

}  // namespace debrief::platform
