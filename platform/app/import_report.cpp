#include "platform/app/import_report.hpp"

#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "platform/files/store_folder.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

constexpr std::size_t import_bytes_max = 256U << 20U;

json counts_json(const core::ImportCounts& counts) {
    return {{"created", counts.created}, {"changed", counts.changed}, {"unchanged", counts.unchanged}};
}

}  // namespace

core::Result<core::ImportFiles> read_import_files(const std::string& path, const std::string& format) {
    const auto paths = files_at(path, format == "ics" ? ".ics" : ".csv");
    if (!paths) return paths.error();
    core::ImportFiles files;
    std::size_t bytes = 0;
    for (const auto& one : *paths) {
        auto text = read_file(one, import_bytes_max);
        if (!text) return text.error();
        bytes += text->size();
        if (bytes > import_bytes_max)
            return Error{Errc::too_large, "These files have more than 256 MB together.", "path",
                         "Import them one by one."};
        files[one.substr(one.rfind('/') + 1)] = std::move(*text);
    }
    return files;
}

json import_json(const core::ImportReport& report) {
    json result = counts_json(report.records);
    json& tables = result["tables"] = json::object();
    for (const auto& [table, counts] : report.tables) tables[table] = counts_json(counts);
    json& anomalies = result["anomalies"] = json::array();
    for (const auto& anomaly : report.anomalies) {
        json shown{{"kind", anomaly.kind}, {"count", anomaly.count}, {"done", anomaly.done}, {"lines", anomaly.lines}};
        if (!anomaly.file.empty()) shown["file"] = anomaly.file;
        anomalies.push_back(std::move(shown));
    }
    json& rejected = result["rejected"] = json::array();
    for (const auto& row : report.rejected)
        rejected.push_back({{"file", row.file}, {"line", row.line}, {"reason", row.reason}});
    return result;
}

}  // namespace debrief::platform
