// import, export.
#include <array>
#include <functional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/import/import.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/export.hpp"
#include "platform/app/import_report.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"
#include "platform/sample/sample.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

/// Tells how far `what` is: at once, before the first record, then every few hundred.
std::function<void(std::size_t, std::size_t)> progress_of(Context& context, std::string what) {
    context.announcer->tell("progress", {{"what", what}, {"done", 0}, {"of", nullptr}});
    return [&context, what = std::move(what)](std::size_t done, std::size_t of) {
        context.announcer->tell("progress", {{"what", what}, {"done", done}, {"of", of}});
    };
}

/// The sample that comes with the program, for a device without a server: it makes users and teams.
core::Result<json> import_sample(Context& context) {
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    if (enrolment->has_value()) {
        return Error{Errc::denied, "The sample does not go into a team's workspace.", "format",
                     "Make a store of its own for it: debrief demo"};
    }
    const auto loaded =
        load_sample(context.store(), context.today(), progress_of(context, "sample"), true, context.config.stop);
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
        auto read = read_import_files(params["path"].get<std::string>(), format);
        if (!read) return read.error();
        files = std::move(*read);
    }
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    core::ImportOptions options;
    options.dry_run = params.value("dry_run", false);
    options.remove_missing = params.value("remove_missing", false);
    options.today = context.today();
    options.utc_offset = context.config.utc_offset;
    options.directory = !enrolment->has_value();
    options.progress = progress_of(context, "import");
    options.stop = context.config.stop;
    const auto report = core::import_files(context.store(), format, files, options);
    if (!report) return report.error();
    return import_json(*report);
}

core::Result<json> export_records(Context& context, const json& params) {
    const auto account = resolve_param(context.store(), "account", params, "account");
    if (!account) return account.error();
    const auto format = params["format"].get<std::string>();
    auto text = format == "json"       ? export_json(context, *account)
                : format == "csv"      ? export_csv(context, *account)
                : format == "training" ? export_training(context, *account)
                                       : export_markdown(context, *account);
    if (!text) return text.error();
    return json{{"text", std::move(*text)}};
}

}  // namespace

std::span<const Method> file_methods() {
    static constexpr std::array methods{Method{"import", import_records}, Method{"export", export_records}};
    return methods;
}

}  // namespace debrief::platform
