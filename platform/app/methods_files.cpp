// import, export.
#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <nlohmann/json.hpp>

#include "core/import/import.hpp"
#include "platform/app/export.hpp"
#include "platform/app/import_report.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/store_folder.hpp"
#include "platform/sample/sample.hpp"

namespace debrief::platform {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::Error;
using nlohmann::json;

constexpr std::size_t import_bytes_max = 256U << 20U;

/// One file, or those of a folder whose names end as this format's do.
core::Result<core::ImportFiles> read_files(const std::string& path, const std::string& format) {
    std::error_code failed;
    std::vector<std::string> paths;
    if (fs::is_directory(path, failed)) {
        const std::string ending = format == "ics" ? ".ics" : ".csv";
        for (fs::directory_iterator entry{path, failed}, end; !failed && entry != end; entry.increment(failed)) {
            if (entry->path().extension() == ending) paths.push_back(entry->path().string());
        }
        if (paths.empty())
            return Error{Errc::not_found, "There is no file *" + ending + " in " + path + ".", "path",
                         "Name the file, or the folder that holds it."};
        std::sort(paths.begin(), paths.end());
    } else {
        paths.push_back(path);
    }
    core::ImportFiles files;
    std::size_t bytes = 0;
    for (const auto& one : paths) {
        auto text = read_file(one, import_bytes_max);
        if (!text) return text.error();
        bytes += text->size();
        if (bytes > import_bytes_max)
            return Error{Errc::too_large, "These files have more than 256 MB together.", "path",
                         "Import them one by one."};
        files[fs::path{one}.filename().string()] = std::move(*text);
    }
    return files;
}

/// The sample that comes with the program, for a device without a server: it makes users and teams.
core::Result<json> import_sample(Context& context) {
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    if (enrolment->has_value()) {
        return Error{Errc::denied, "The sample does not go into a team's workspace.", "format",
                     "Make a store of its own for it: debrief demo"};
    }
    const auto loaded = load_sample(context.store(), context.today(), {});
    if (!loaded) return loaded.error();
    json result = import_json(loaded->report);
    result.update(sample_json(*loaded));
    return result;
}

core::Result<json> import_records(Context& context, const json& params) {
    if (params["format"] == "sample") return import_sample(context);
    if (params.contains("text") == params.contains("path")) {
        return Error{Errc::invalid, "Give either 'text' or 'path'.", "text",
                     "'path' names a file, or for crm-csv a folder."};
    }
    const auto format = params["format"].get<std::string>();
    core::ImportFiles files;
    if (params.contains("text")) {
        files["text"] = params["text"].get<std::string>();
    } else {
        auto read = read_files(params["path"].get<std::string>(), format);
        if (!read) return read.error();
        files = std::move(*read);
    }
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    core::ImportOptions options;
    options.dry_run = params.value("dry_run", false);
    options.today = context.today();
    options.utc_offset = context.config.utc_offset;
    options.directory = !enrolment->has_value();
    const auto report = core::import_files(context.store(), format, files, options);
    if (!report) return report.error();
    json anomalies = json::array();
    for (const auto& anomaly : report->anomalies) {
        json shown{{"kind", anomaly.kind}, {"count", anomaly.count}, {"done", anomaly.done}, {"lines", anomaly.lines}};
        if (!anomaly.file.empty()) shown["file"] = anomaly.file;
        anomalies.push_back(std::move(shown));
    }
    json rejected = json::array();
    for (const auto& row : report->rejected)
        rejected.push_back({{"file", row.file}, {"line", row.line}, {"reason", row.reason}});
    json tables = json::object();
    for (const auto& [table, counts] : report->tables) {
        tables[table] = {{"created", counts.created}, {"changed", counts.changed}, {"unchanged", counts.unchanged}};
    }
    return json{{"created", report->records.created},     {"changed", report->records.changed},
                {"unchanged", report->records.unchanged}, {"tables", std::move(tables)},
                {"anomalies", std::move(anomalies)},      {"rejected", std::move(rejected)}};
}

core::Result<json> export_records(Context& context, const json& params) {
    const auto account = resolve_param(context.store(), "account", params, "account");
    if (!account) return account.error();
    const auto format = params["format"].get<std::string>();
    auto text = format == "json"  ? export_json(context, *account)
                : format == "csv" ? export_csv(context, *account)
                                  : export_markdown(context, *account);
    if (!text) return text.error();
    return json{{"text", std::move(*text)}};
}

constexpr std::array methods{Method{"import", import_records}, Method{"export", export_records}};

}  // namespace

std::span<const Method> file_methods() {
    return methods;
}

}  // namespace debrief::platform
