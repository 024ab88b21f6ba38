// What was done on this device: taken back, done again, and what of it still waits for the server.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

constexpr std::size_t value_shown_max = 60;

std::string short_value(const json& value) {
    if (value.is_null()) return "nothing";
    auto text =
        value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() <= value_shown_max) return text;
    auto end = value_shown_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

/// “contact Sarah Chen: role → COO”
std::string changed_words(const json& record) {
    auto table = text_of(record, "table");
    std::replace(table.begin(), table.end(), '_', ' ');
    const auto kind = text_of(record, "kind"), name = text_of(record, "name");
    std::string words = kind == "made" ? "new " + table : table;
    if (!name.empty()) words += " " + name;
    if (kind == "deleted") return words + ": deleted";
    if (kind == "restored") return words + ": there again";
    if (kind == "made") return words;
    std::string fields;
    const auto written = record.value("fields", json::object());
    for (const auto& [field, value] : written.items())
        fields += (fields.empty() ? "" : ", ") + field.substr(0, field.find('/')) + " → " + short_value(value);
    return words + ": " + fields;
}

std::string all_words(const json& records) {
    std::string words;
    for (const auto& record : records) words += (words.empty() ? "" : "; ") + changed_words(record);
    return words;
}

/// Why nothing was done, and what to do about it.
core::Error in_the_way(const json& turn) {
    const auto reason = text_of(turn, "reason");
    auto table = text_of(turn, "table");
    std::string what = table.empty() ? std::string{"What was done"} : table + " " + text_of(turn, "name");
    const auto field = text_of(turn, "field");
    if (!field.empty() && field != "deleted") what = field + " of " + what;
    std::string hint = table.empty() ? std::string{"debrief undo --list"}
                                     : "debrief history " + table + " " + text_of(turn, "record") +
                                           " shows who wrote what; 'debrief undo' again takes back what came before";
    if (reason == "erased")
        return {core::Errc::unavailable, "Nothing was changed. The words of " + what + " are erased for good.", "",
                hint};
    if (reason == "refused")
        return {core::Errc::unavailable, "Nothing was changed. The server did not take " + what + ".", "",
                "debrief parked"};
    if (reason == "unknown")
        return {core::Errc::unavailable,
                "Nothing was changed. What stood there before is not on this device: " + what + ".", "", hint};
    const auto by = name_in(turn, "by");
    const std::string who = flag_of(turn, "here") ? "here" : by.empty() ? "by somebody else" : "by " + by;
    return {core::Errc::unavailable,
            "Nothing was changed. Since then " + what +
                (field == "deleted" ? " went or came back, " : " was written again, ") + who + ".",
            "", hint};
}

Outcome turned(Context& context, const core::Result<json>& turn, const std::string& nothing, const std::string& done) {
    if (!turn) return turn.error();
    const bool was_done = flag_of(*turn, "done");
    if (!was_done && text_of(*turn, "reason") != "nothing") return in_the_way(*turn);
    if (context.out.look().json) {
        context.out.json(*turn);
    } else if (!was_done) {
        context.out.talk(nothing);
    } else {
        context.out.line(done + all_words(turn->value("act", json::object()).value("records", json::array())) + ".");
    }
    return ExitCode::done;
}

core::Result<json> all_pending(Door& door) {
    json all = json::array();
    json params = json::object();
    for (;;) {
        auto page = door.call("sync.pending", params);
        if (!page) return page.error();
        for (auto& change : (*page)["changes"]) all.push_back(std::move(change));
        if (!page->contains("next")) return all;
        params["after"] = (*page)["next"];
    }
}

void print_pending(Context& context, const json& changes) {
    for (const auto& change : changes) {
        const auto standing = text_of(change, "standing");
        const auto account = name_in(change, "account");
        std::string words = flag_of(change, "sealed") ? "written for an account that is no longer yours"
                                                      : all_words(change.value("records", json::array()));
        if (standing == "taken_back") words = "taken back: " + words;
        if (standing == "takes_back") words = "takes back one of these: " + words;
        context.out.paragraph(
            {standing == "counts" ? Style::accent : Style::dim, std::to_string(number_of(change, "n")) + "  "},
            {Style::plain, words + " (" + (account.empty() ? "" : account + ", ") +
                               local_time(text_of(change, "at"), context.environment) + ")"});
    }
}

}  // namespace

Outcome run_undo_newest(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    if (!arguments.flag("list"))
        return turned(context, (*door)->call("change.undo", json::object()), "There is nothing to take back.",
                      "Taken back. Now: ");
    auto acts = (*door)->call("change.list", json::object());
    if (!acts) return acts.error();
    const json list = acts->value("acts", json::array());
    if (context.out.look().json) {
        context.out.json(list);
        return ExitCode::done;
    }
    if (list.empty()) context.out.talk("There is nothing to take back.");
    for (const auto& act : list) {
        context.out.paragraph({Style::dim, flag_of(act, "undone") ? "undone  " : "        "},
                              {Style::plain, all_words(act.value("records", json::array())) + " (" +
                                                 local_time(text_of(act, "at"), context.environment) + ")"});
    }
    return ExitCode::done;
}

Outcome run_redo(Context& context, const Arguments&) {
    auto door = context.door();
    if (!door) return door.error();
    return turned(context, (*door)->call("change.redo", json::object()), "There is nothing to do again.",
                  "Done again. Now: ");
}

Outcome run_pending(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    if (arguments.value("action").value_or("list") == "discard") {
        const auto n = arguments.number("number");
        if (!n)
            return core::Error{core::Errc::invalid, "It is not said which change. Its number is missing.", "number",
                               "debrief pending"};
        return turned(context, (*door)->call("sync.pending.discard", {{"n", *n}}), "There is nothing to take back.",
                      "Taken back ('debrief undo' brings it back). Now: ");
    }
    const auto changes = all_pending(**door);
    if (!changes) return changes.error();
    if (context.out.look().json) {
        context.out.json(*changes);
        return ExitCode::done;
    }
    if (changes->empty()) context.out.talk("Nothing waits to be sent.");
    print_pending(context, *changes);
    if (!changes->empty()) context.out.talk("Next: debrief sync sends them; debrief pending discard N takes one back");
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
