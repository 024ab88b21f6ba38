// How an opportunity ended, in the customer's terms.
#include <array>

#include <nlohmann/json.hpp>

#include "platform/cli/chat.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/prompt.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

struct Word {
    std::string_view name, said, question;
};
// The reason that is wanted is theirs. What did not end in a purchase is two things: they chose another, or nothing.
constexpr std::array<Word, 5> words{{
    {"bought", "they bought", "In their words: what made them decide?"},
    {"elsewhere", "they bought elsewhere", "In their words: what did the other choice give them?"},
    {"stayed", "they stayed as they are", "In their words: why was staying as they are good enough?"},
    {"undecided", "they did not decide", "In their words: what kept them from deciding?"},
    {"withdrew", "we withdrew", "What was it that we could not help them with?"},
}};

/// A name, its beginning, an id, or the key that it has in the CRM.
core::Result<json> find_opportunity(Context& context, const std::string& typed) {
    auto all = all_records(context, "opportunity", json::object());
    if (!all) return all.error();
    std::vector<Named> named;
    std::string id;
    for (const auto& one : *all) {
        named.push_back({text_of(one, "id"), text_of(one, "name")});
        if (!typed.empty() && text_of(one, "external_key") == typed) id = text_of(one, "id");
    }
    if (id.empty()) {
        auto found = pick("opportunity", typed, named);
        if (!found) return found.error();
        id = found->id;
    }
    for (auto& one : *all) {
        if (text_of(one, "id") == id) return std::move(one);
    }
    return core::Error{core::Errc::not_found, "There is no such opportunity here.", "opportunity", {}};
}

/// The conversation about it.
Outcome talk_about_the_end(Context& context, const Arguments& arguments, const json& opportunity) {
    for (const char* option : {"reason", "on"}) {
        if (arguments.value(option))
            return core::Error{core::Errc::invalid, "Without an OUTCOME the bot asks for it, and for all else.", option,
                               "Name the outcome, or leave --" + std::string{option} + " out."};
    }
    auto door = context.door();
    if (!door) return door.error();
    const std::string account = text_of(opportunity, "account");
    json params{{"kind", "debrief"}, {"opportunity", text_of(opportunity, "id")}, {"ending", true}};
    if (const auto language = arguments.value("language")) params["language"] = *language;
    const Named about{text_of(opportunity, "id"), text_of(opportunity, "name")};
    return converse_about(context, **door, Named{account, name_of_record(context, "account", account)}, about, params,
                          arguments.flag("echo"));
}

}  // namespace

Outcome run_outcome(Context& context, const Arguments& arguments) {
    auto opportunity = find_opportunity(context, arguments.text("opportunity"));
    if (!opportunity) return opportunity.error();
    if (!arguments.value("outcome")) return talk_about_the_end(context, arguments, *opportunity);
    const auto chosen = arguments.text("outcome");
    const auto* word = std::find_if(words.begin(), words.end(), [&](const Word& one) { return one.name == chosen; });
    if (word == words.end()) return core::Error{core::Errc::invalid, "This is no outcome.", "outcome", {}};
    std::string reason = arguments.text("reason");
    if (reason.empty() && may_prompt(context.environment) && !context.out.look().json) {
        auto line = ask_line(context, std::string{word->question}, "--reason");
        if (!line) return line.error();
        reason = *line;
    }
    auto door = context.door();
    if (!door) return door.error();
    auto info = (*door)->call("system.info", json::object());
    if (!info) return info.error();
    json fields{{"outcome", chosen}};
    // A reason that was given before stands until there is another.
    if (!reason.empty()) fields["outcome_reason"] = reason;
    if (const auto on = arguments.value("on")) {
        fields["ended_on"] = *on;
    } else if (text_of(*opportunity, "ended_on").empty()) {
        fields["ended_on"] = text_of(*info, "today");
    }
    const auto id = text_of(*opportunity, "id");
    auto written = (*door)->call("record.put", {{"table", "opportunity"}, {"id", id}, {"fields", fields}});
    if (!written) return written.error();
    if (context.out.look().json) {
        fields["id"] = id;
        context.out.json(fields);
        return ExitCode::done;
    }
    context.out.paragraph({Style::good, text_of(*opportunity, "name") + ": "},
                          {Style::plain, std::string{word->said} + "."});
    if (!reason.empty()) {
        context.out.paragraph({Style::plain, "Why: "}, {Style::plain, in_quotes(reason)});
    } else if (text_of(*opportunity, "outcome_reason").empty()) {
        context.out.paragraph({Style::dim, ""}, {Style::dim, "Their reason is not known yet; add it with --reason."});
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
