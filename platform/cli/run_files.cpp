// Files in, files out, and a look at a text's focus.
#include <nlohmann/json.hpp>

#include <filesystem>

#include "platform/cli/files.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/progress.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

std::string line_numbers(const json& lines, bool all) {
    std::string text;
    std::size_t shown = 0;
    for (const auto& line : lines) {
        if (!all && shown == 8) return text + ", … (--verbose names all)";
        text += (shown++ == 0 ? "" : ", ") + line.dump();
    }
    return text;
}

}  // namespace

std::string name_of_input(const std::string& path) {
    if (path == "-") return "standard input";
    const std::filesystem::path full{path};
    return (full.has_filename() ? full : full.parent_path()).filename().string();
}

void print_import_report(Context& context, const json& report, bool dry_run, bool verbose) {
    auto& out = context.out;
    out.line((dry_run ? "Would create " : "Created ") + std::to_string(number_of(report, "created")) + ", change" +
             (dry_run ? " " : "d ") + std::to_string(number_of(report, "changed")) + ", unchanged " +
             std::to_string(number_of(report, "unchanged")) + ".");
    for (const auto& anomaly : report.value("anomalies", json::array())) {
        out.paragraph({Style::warn, "  " + std::to_string(number_of(anomaly, "count")) + " × "},
                      {Style::plain, text_of(anomaly, "kind") + ": " + text_of(anomaly, "done")});
        const json lines = anomaly.value("lines", json::array());
        if (!lines.empty() && (verbose || lines.size() <= 8))
            out.paragraph({Style::dim, "      lines "}, {Style::dim, line_numbers(lines, verbose)});
    }
    const json rejected = report.value("rejected", json::array());
    if (!rejected.empty())
        out.line({{Style::bad, std::to_string(rejected.size())}, {Style::plain, " rows were not taken:"}});
    std::size_t shown = 0;
    for (const auto& row : rejected) {
        if (!verbose && shown++ == 10) {
            out.line("  … (--verbose names all)");
            break;
        }
        std::string where = "line " + std::to_string(number_of(row, "line"));
        if (const auto file = text_of(row, "file"); !file.empty()) where = file + " " + where;
        out.paragraph({Style::plain, "  " + where + "  "}, {Style::plain, text_of(row, "reason")});
    }
}

Outcome run_import(Context& context, const Arguments& arguments) {
    const std::string path = arguments.text("path");
    json params{{"format", arguments.text("format")}};
    if (path == "-") {
        auto text = read_file(path);
        if (!text) return text.error();
        params["text"] = *std::move(text);
    } else {
        std::error_code error;
        const auto absolute = std::filesystem::absolute(path, error);
        if (error || !std::filesystem::exists(absolute, error)) {
            return core::Error{core::Errc::not_found, "There is no file or folder '" + path + "'.", "path",
                               "ls " + quoted_for_shell(path)};
        }
        params["path"] = absolute.string();
    }
    const bool dry_run = arguments.flag("dry-run");
    if (dry_run) params["dry_run"] = true;
    if (arguments.flag("remove-missing")) params["remove_missing"] = true;
    auto door = context.door();
    if (!door) return door.error();
    auto report = [&] {
        const ProgressLine shown{context, *door, "Importing " + name_of_input(path)};
        return (*door)->call("import", params);
    }();
    if (!report) return report.error();
    if (context.out.look().json) {
        context.out.json(*report);
    } else {
        print_import_report(context, *report, dry_run, arguments.flag("verbose"));
    }
    return ExitCode::done;
}

Outcome run_export(Context& context, const Arguments& arguments) {
    json params{{"format", arguments.value("format").value_or("json")}};
    if (const auto typed = arguments.value("account")) {
        auto account = find_named(context, "account", *typed);
        if (!account) return account.error();
        params["account"] = account->id;
    }
    auto door = context.door();
    if (!door) return door.error();
    auto exported = (*door)->call("export", params);
    if (!exported) return exported.error();
    std::string text = text_of(*exported, "text");
    if (!text.empty() && text.back() != '\n') text += '\n';
    const auto file = arguments.value("output");
    if (!file) {
        context.out.raw(text);
        return ExitCode::done;
    }
    if (auto written = write_file(*file, text); !written) return written.error();
    context.out.talk("Written to " + *file + " (" + std::to_string(text.size()) + " bytes).");
    return ExitCode::done;
}

Outcome run_check(Context& context, const Arguments& arguments) {
    auto text = read_file(arguments.text("file"));
    if (!text) return text.error();
    auto door = context.door();
    if (!door) return door.error();
    json params{{"text", *std::move(text)}};
    if (const auto kind = arguments.value("kind")) params["kind"] = *kind;
    auto checked = (*door)->call("check", params);
    if (!checked) return checked.error();
    if (context.out.look().json) {
        context.out.json(*checked);
        return ExitCode::done;
    }
    auto& out = context.out;
    const json& focus = (*checked)["focus"];
    out.line("About the customer " + std::to_string(number_of(focus, "customer")) + " %, about us " +
             std::to_string(number_of(focus, "seller")) + " %, neither " + std::to_string(number_of(focus, "neutral")) +
             " %");
    for (const auto& sentence : (*checked)["sentences"]) {
        const std::string whose = text_of(sentence, "focus");
        out.paragraph({whose == "seller"     ? Style::warn
                       : whose == "customer" ? Style::good
                                             : Style::dim,
                       "  " + (whose == "seller" ? std::string{"us"} : whose) + "  "},
                      {Style::plain, text_of(sentence, "text")});
        if (const auto instead = text_of(sentence, "instead"); !instead.empty())
            out.paragraph({Style::plain, "      "}, {Style::accent, instead});
    }
    if (const json missing = checked->value("missing", json::array()); !missing.empty()) {
        std::string names;
        for (const auto& dimension : missing)
            names += (names.empty() ? "" : ", ") + dimension_words(dimension.get<std::string>());
        out.paragraph({Style::dim, "Not a word about: "}, {Style::plain, names});
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
