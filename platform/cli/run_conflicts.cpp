// Fields that two people changed at once, and the history behind every field.
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/uuid.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/nearest.hpp"
#include "platform/cli/prompt.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

std::string value_words(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? "(empty)" : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// As `value_words`, with the names of those that the field refers to.
std::string named_words(Context& context, const std::string& table, const std::string& field, const json& value) {
    const auto* of = core::catalogue().table(table);
    const auto* kind = of == nullptr ? nullptr : of->field(field);
    if (kind == nullptr || kind->target.empty()) return value_words(value);
    const std::string target{kind->target};
    const auto name = [&](const json& id) {
        return id.is_string() ? name_of_record(context, target, id.get<std::string>()) : value_words(id);
    };
    if (!value.is_array()) return name(value);
    std::string names;
    for (const auto& id : value) names += (names.empty() ? "" : ", ") + name(id);
    return names.empty() ? "(nobody)" : names;
}

std::string author_of(Context& context, const json& version) {
    const std::string name = text_of(version, "author_name");
    return name.empty() ? name_of_record(context, "user", text_of(version, "author")) : name;
}

std::string record_words(Context& context, const json& conflict) {
    const std::string table = text_of(conflict, "table");
    return table + " " + name_of_record(context, table, text_of(conflict, "record")) + ", " +
           text_of(conflict, "field");
}

void print_conflict(Context& context, const json& conflict, std::size_t number) {
    auto& out = context.out;
    out.paragraph({Style::strong, std::to_string(number) + ". "}, {Style::strong, record_words(context, conflict)});
    std::size_t choice = 1;
    for (const auto& version : conflict.value("versions", json::array())) {
        const std::string value = named_words(context, text_of(conflict, "table"), text_of(conflict, "field"),
                                              version.value("value", json{}));
        std::string text = value + "  — " + author_of(context, version) + ", " +
                           local_time(text_of(version, "at"), context.environment);
        if (choice == 1) text += " (shown now)";
        out.paragraph({Style::accent, "   [" + std::to_string(choice++) + "] "}, {Style::plain, text});
    }
}

/// A number in the list, or an id.
const json* find_conflict(const json& conflicts, const std::string& typed) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (error == std::errc{} && end == typed.data() + typed.size()) {
        return number >= 1 && number <= conflicts.size() ? &conflicts[number - 1] : nullptr;
    }
    for (const auto& conflict : conflicts) {
        if (text_of(conflict, "id") == typed) return &conflict;
    }
    return nullptr;
}

core::Result<json> list(Context& context) {
    auto door = context.door();
    if (!door) return door.error();
    auto found = (*door)->call("conflict.list", json::object());
    if (!found) return found.error();
    return (*found)["conflicts"];
}

core::Status settle(Context& context, const json& conflict, const json& value) {
    auto door = context.door();
    if (!door) return door.error();
    auto done = (*door)->call("conflict.resolve", {{"id", text_of(conflict, "id")}, {"value", value}});
    if (!done) return done.error();
    return core::Ok{};
}

/// Goes through them one by one with a user who is there.
Outcome choose(Context& context, const json& conflicts) {
    std::size_t number = 1;
    for (const auto& conflict : conflicts) {
        print_conflict(context, conflict, number++);
        auto line = ask_line(
            context,
            "Which one is right? A number keeps it, other words are written instead, Enter leaves it:", "--keep");
        if (!line) return line.error();
        if (line->empty()) continue;
        const json& versions = conflict.at("versions");
        std::size_t choice = 0;
        const auto [end, error] = std::from_chars(line->data(), line->data() + line->size(), choice);
        const bool is_number = error == std::errc{} && end == line->data() + line->size();
        const bool keeps = is_number && choice >= 1 && choice <= versions.size();
        auto settled = settle(context, conflict, keeps ? versions[choice - 1].at("value") : json(*line));
        if (!settled) return settled.error();
        context.out.paragraph({Style::good, "Kept: "},
                              {Style::plain, keeps ? value_words(versions[choice - 1].at("value")) : *line});
    }
    return ExitCode::done;
}

/// Table and id of the record that the words name.
core::Result<json> record_named(Context& context, const Arguments& arguments) {
    const std::string table = arguments.text("table");
    std::string record = arguments.text("record");
    if (core::catalogue().table(table) == nullptr) {
        std::vector<std::string> tables;
        for (const auto& one : core::catalogue().tables) tables.emplace_back(one.name);
        const auto meant = nearest(table, tables);
        std::string list;
        for (const auto& name : tables) list += (list.empty() ? "" : " ") + name;
        return core::Error{core::Errc::invalid, "There are no records called '" + table + "'. It can be: " + list,
                           "table", meant ? "Did you mean '" + *meant + "'?" : "debrief help history"};
    }
    if (table == "account" || table == "contact" || table == "user" || table == "team") {
        // An id also names a record that was deleted.
        if (!core::parse_uuid(record)) {
            auto found = find_named(context, table, record);
            if (!found) return found.error();
            record = found->id;
        }
    }
    return json{{"table", table}, {"id", record}};
}

}  // namespace

Outcome run_conflicts(Context& context, const Arguments&) {
    auto conflicts = list(context);
    if (!conflicts) return conflicts.error();
    if (context.out.look().json) {
        context.out.json(*conflicts);
        return ExitCode::done;
    }
    if (conflicts->empty()) {
        context.out.talk("No field was changed by two people at once.");
        return ExitCode::done;
    }
    if (may_prompt(context.environment) && context.environment.stdout_terminal && !context.globals.yes)
        return choose(context, *conflicts);
    std::size_t number = 1;
    for (const auto& conflict : *conflicts) print_conflict(context, conflict, number++);
    context.out.talk("Next: debrief conflicts resolve N --keep M, or --value TEXT");
    return ExitCode::done;
}

Outcome run_resolve(Context& context, const Arguments& arguments) {
    auto conflicts = list(context);
    if (!conflicts) return conflicts.error();
    const std::string typed = arguments.text("conflict");
    const json* conflict = find_conflict(*conflicts, typed);
    if (conflict == nullptr) {
        return core::Error{core::Errc::not_found, "There is no conflict '" + typed + "'. It may be settled already.",
                           "conflict", "debrief conflicts"};
    }
    json value;
    const auto keep = arguments.number("keep");
    if (keep && arguments.value("value")) {
        return core::Error{core::Errc::invalid, "--keep and --value were both given. Only one can be written.", "keep",
                           "debrief help conflicts resolve"};
    }
    if (keep) {
        const json& versions = conflict->at("versions");
        if (*keep < 1 || static_cast<std::size_t>(*keep) > versions.size()) {
            return core::Error{core::Errc::invalid,
                               "There is no value number " + std::to_string(*keep) + ". This conflict has " +
                                   std::to_string(versions.size()) + ".",
                               "keep", "debrief conflicts"};
        }
        value = versions[static_cast<std::size_t>(*keep - 1)].at("value");
    } else if (const auto text = arguments.value("value")) {
        value = *text;
    } else {
        return core::Error{core::Errc::invalid, "It does not say what to keep. A number or a new value is needed.",
                           "keep",
                           "debrief conflicts resolve " + quoted_for_shell(typed) + " --keep N, or --value TEXT"};
    }
    if (auto settled = settle(context, *conflict, value); !settled) return settled.error();
    if (context.out.look().json) {
        context.out.json({{"id", text_of(*conflict, "id")}, {"value", value}});
    } else {
        context.out.paragraph({Style::good, "Kept: "},
                              {Style::plain, value_words(value) + " (the others stay in the history)"});
    }
    return ExitCode::done;
}

Outcome run_undo(Context& context, const Arguments& arguments) {
    if (!arguments.value("table")) return run_undo_newest(context, arguments);
    if (!arguments.value("record")) {
        return core::Error{core::Errc::invalid, "It is not said which one. The record is missing.", "record",
                           "debrief undo " + quoted_for_shell(arguments.text("table")) +
                               " NAME, or 'debrief undo' alone for what was done last"};
    }
    const auto params = record_named(context, arguments);
    if (!params) return params.error();
    auto door = context.door();
    if (!door) return door.error();
    auto done = (*door)->call("record.undo", *params);
    if (!done) return done.error();
    if (context.out.look().json) {
        context.out.json(*done);
        return ExitCode::done;
    }
    std::string fields;
    for (const auto& field : done->value("fields", json::array())) {
        if (field == "deleted") {
            const bool there = (*door)->call("record.get", *params).has_value();
            context.out.line(there ? "Taken back: it is there again." : "Taken back: it is gone again.");
            return ExitCode::done;
        }
        fields += (fields.empty() ? "" : ", ") + field.get<std::string>();
    }
    context.out.line("Taken back: " + fields + ".");
    return ExitCode::done;
}

Outcome run_history(Context& context, const Arguments& arguments) {
    auto named = record_named(context, arguments);
    if (!named) return named.error();
    auto& params = *named;
    auto door = context.door();
    if (!door) return door.error();
    if (const auto field = arguments.value("field")) params["field"] = *field;
    auto history = (*door)->call("record.history", params);
    if (!history) return history.error();
    if (context.out.look().json) {
        context.out.json(*history);
        return ExitCode::done;
    }
    for (const auto& version : history->value("versions", json::array())) {
        const bool replaced = version.contains("replaced_by") && !version["replaced_by"].is_null();
        const std::string field = text_of(version, "field");
        const std::string value = named_words(context, text_of(params, "table"), field, version.value("value", json{}));
        context.out.paragraph(
            {Style::dim, local_time(text_of(version, "at"), context.environment) + "  "},
            {replaced ? Style::dim : Style::plain,
             field + " = " + value + "  — " + author_of(context, version) + (replaced ? " (replaced)" : "")});
    }
    if (history->contains("complete") && !flag_of(*history, "complete"))
        context.out.talk("This device holds only a part; the server has the rest.");
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
