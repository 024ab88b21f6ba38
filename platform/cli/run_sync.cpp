// Syncing: where we stand, one round, a link that stays, and what the server refused.
#include <chrono>
#include <optional>

#include <nlohmann/json.hpp>

#include "platform/cli/prompt.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

Outcome stay(Context& context, Door& door) {
    watch_for_interruption();
    std::string last;
    std::optional<core::Error> cut_off;
    const auto say = [&](const json& status) {
        if (status.contains("wiped")) cut_off = cut_off_error(status);
        const std::string line = sync_line(status, context.environment);
        if (line == last) return;
        last = line;
        if (context.out.look().json) {
            context.out.json_line(status);
        } else {
            context.out.line(line);
        }
    };
    door.on_notification([&](const std::string& method, const json& params) {
        if (method == "sync") say(params);
    });
    auto connected = door.call("sync.connect", json::object());
    if (!connected) return connected.error();
    say(*connected);
    while (!interrupted() && !cut_off) door.poll(std::chrono::milliseconds{200});
    door.on_notification({});
    if (cut_off) return *cut_off;
    if (auto left = door.call("sync.disconnect", json::object()); !left) return left.error();
    return ExitCode::cancelled;
}

}  // namespace

Outcome run_language(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    const auto code = arguments.value("code");
    auto answer =
        code ? (*door)->call("language.choose", {{"language", *code}}) : (*door)->call("system.info", json::object());
    if (!answer) return answer.error();
    const std::string language = text_of(*answer, "language");
    if (context.out.look().json) {
        context.out.json({{"language", language}});
    } else {
        context.out.paragraph(language == "de" ? "Was dieses Gerät schreibt, ist deutsch."
                                               : "What this device writes is English.");
    }
    return ExitCode::done;
}

Outcome run_status(Context& context, const Arguments&) {
    auto door = context.door();
    if (!door) return door.error();
    auto info = (*door)->call("system.info", json::object());
    if (!info) return info.error();
    auto sync = (*door)->call("sync.status", json::object());
    if (!sync) return sync.error();
    if (context.out.look().json) {
        context.out.json({{"store", context.folder}, {"info", *info}, {"sync", *sync}});
        return ExitCode::done;
    }
    auto& out = context.out;
    const std::string name = text_of(*info, "user_name");
    out.paragraph({Style::dim, "you       "},
                  {Style::plain,
                   name.empty() ? std::string{"nobody yet (debrief init, debrief join URL)"}
                                : name + ", " + text_of(*info, "role") + " in " + text_of(*info, "workspace_name")});
    out.paragraph({Style::dim, "store     "}, {Style::plain, context.folder});
    const std::string state = text_of(*sync, "state");
    out.paragraph({Style::dim, "sync      "}, {state == "caught_up" ? Style::good
                                               : state == "revoked" ? Style::bad
                                                                    : Style::plain,
                                               standing_line(*sync, context.environment)});
    if (const auto detail = text_of(*sync, "detail"); !detail.empty())
        out.paragraph({Style::dim, "          "}, {Style::dim, detail});
    if (sync->contains("wiped")) out.paragraph({Style::dim, "          "}, {Style::plain, cut_off_error(*sync).hint});
    if (const auto conflicts = number_of(*sync, "conflicts"); conflicts > 0) {
        out.paragraph({Style::dim, "conflicts "}, {Style::warn, std::to_string(conflicts) + " (debrief conflicts)"});
    }
    if (const auto skew = number_of(*sync, "clock_skew_ms"); skew > 60000 || skew < -60000) {
        out.paragraph({Style::dim, "clock     "},
                      {Style::warn, "yours differs from the server's by " + std::to_string(skew / 1000) + " s"});
    }
    return ExitCode::done;
}

Outcome run_sync(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    if (arguments.flag("stay")) return stay(context, **door);
    watch_for_interruption();
    json params = json::object();
    params["timeout_s"] = arguments.number("timeout").value_or(30);
    auto round = (*door)->call("sync.once", params);
    if (!round) return round.error();
    if (context.out.look().json) {
        context.out.json(*round);
        return ExitCode::done;
    }
    const auto pushed = number_of(*round, "pushed"), pulled = number_of(*round, "pulled"),
               parked = number_of(*round, "parked");
    const auto closed = number_of(*round, "accounts_closed");
    if (closed > 0) {
        context.out.line((closed == 1 ? std::string{"One account is"} : std::to_string(closed) + " accounts are") +
                         " no longer yours; nothing of it is left on this device.");
    }
    if (pushed == 0 && pulled == 0 && parked == 0 && closed > 0) return ExitCode::done;
    if (pushed == 0 && pulled == 0 && parked == 0) {
        context.out.line("In step with the server; there was nothing to do.");
    } else {
        context.out.line(std::to_string(pushed) + " sent, " + std::to_string(pulled) + " fetched.");
    }
    if (parked > 0) context.out.talk(std::to_string(parked) + " refused by the server. See: debrief parked");
    return ExitCode::done;
}

namespace {

/// `role=CFO` is a text, `employees:=12` a value in JSON.
core::Result<json> corrections(const Arguments& arguments) {
    const auto wrong = [](const std::string& word) {
        return core::Error{core::Errc::invalid, "'" + word + "' is no correction.", "values",
                           "debrief parked fix N role=CFO employees:=12"};
    };
    json fields = json::object();
    for (const auto& word : arguments.list("values")) {
        const auto at = word.find('=');
        if (at == std::string::npos || at == 0) return wrong(word);
        const bool as_json = word[at - 1] == ':';
        const auto name = word.substr(0, as_json ? at - 1 : at);
        auto value = as_json ? json::parse(word.substr(at + 1), nullptr, false) : json(word.substr(at + 1));
        if (name.empty() || value.is_discarded()) return wrong(word);
        fields[name] = std::move(value);
    }
    if (fields.empty() || !arguments.value("number")) return wrong("fix");
    return fields;
}

}  // namespace

Outcome run_parked(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    const std::string action = arguments.value("action").value_or("list");
    if (action == "list") {
        auto status = (*door)->call("sync.status", json::object());
        if (!status) return status.error();
        const json parked = status->value("parked", json::array());
        if (context.out.look().json) {
            context.out.json(parked);
            return ExitCode::done;
        }
        if (parked.empty()) context.out.talk("The server has refused nothing.");
        for (const auto& change : parked) {
            context.out.paragraph({Style::accent, std::to_string(number_of(change, "n")) + "  "},
                                  {Style::plain, text_of(change, "code") + ", " +
                                                     local_time(text_of(change, "at"), context.environment)});
            for (const auto& record : change.value("records", json::array())) {
                context.out.paragraph(
                    {Style::plain, "    "},
                    {Style::plain,
                     text_of(record, "table") + " " +
                         record.value("fields", json::object()).dump(-1, ' ', false, json::error_handler_t::replace)});
            }
        }
        if (!parked.empty())
            context.out.talk("Next: debrief parked retry [N], fix N FIELD=VALUE, discard [N], export [N]");
        return ExitCode::done;
    }
    json params = json::object();
    if (const auto typed = arguments.value("number")) {
        const auto number = arguments.number("number");
        if (!number)
            return core::Error{core::Errc::invalid, "'" + *typed + "' is no number of a change.", "number",
                               "debrief parked"};
        params["n"] = *number;
    }
    if (action == "fix") {
        auto fields = corrections(arguments);
        if (!fields) return fields.error();
        params["fields"] = std::move(*fields);
    }
    if (action == "discard") {
        auto sure = ask_sure(context, "Discard what the server refused? It cannot be brought back.");
        if (!sure) return sure.error();
        if (!*sure)
            return core::Error{core::Errc::cancelled, "Nothing was discarded. You said no.", "",
                               "debrief parked export"};
    }
    auto done = (*door)->call("sync.parked." + action, params);
    if (!done) return done.error();
    if (action == "export") {
        context.out.raw(text_of(*done, "text"));
    } else if (context.out.look().json) {
        context.out.json(*done);
    } else {
        context.out.line(action != "discard" ? std::to_string(number_of(*done, "retried")) +
                                                   " put into the outbox again. Next: debrief sync"
                                             : std::to_string(number_of(*done, "discarded")) + " discarded.");
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
