// `debrief rehearse`: practice with somebody at the customer, in the window of `debrief chat`. `debrief drills`: what
// is due again.
#include "platform/cli/chat.hpp"
#include "platform/cli/line_editor.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/table.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {

using nlohmann::json;

Outcome run_rehearse(Context& context, const Arguments& arguments) {
    std::string at;
    if (const auto typed = arguments.value("account")) {
        auto account = find_named(context, "account", *typed);
        if (!account) return account.error();
        at = account->id;
    }
    auto contact = find_named(context, "contact", arguments.text("contact"), at);
    if (!contact) return contact.error();
    auto door = context.door();
    if (!door) return door.error();
    if (at.empty()) {
        auto record = (*door)->call("record.get", {{"table", "contact"}, {"id", contact->id}});
        if (!record) return record.error();
        at = text_of(*record, "account");
    }
    json params{{"kind", "rehearsal"}, {"contact", contact->id}};
    if (const auto language = arguments.value("language")) params["language"] = *language;
    if (const auto minutes = arguments.number("minutes")) params["minutes"] = *minutes;

    const bool keys = !context.out.look().json && LineEditor::possible() && may_prompt(context.environment);
    // It stays on this side of the line: nothing here waits for a network.
    Chat chat{context, **door, Named{at, name_of_record(context, "account", at)}, keys};
    chat.practise_with(*contact);
    if (auto started = chat.start(params); !started) return started.error();
    return keys ? chat_with_keys(context, **door, chat, {})
                : chat_with_pipe(context, **door, chat, arguments.flag("echo"));
}

Outcome run_drills(Context& context, const Arguments&) {
    auto door = context.door();
    if (!door) return door.error();
    auto due = (*door)->call("drill.due", json::object());
    if (!due) return due.error();
    const json turns = due->value("turns", json::array());
    if (context.out.look().json) {
        context.out.json(turns);
        return ExitCode::done;
    }
    Table table{{"due", "with", "account", "last time", "question"}};
    for (const auto& turn : turns) {
        table.row({text_of(turn, "due"), text_of(turn.value("contact", json::object()), "name"),
                   name_of_record(context, "account", text_of(turn, "account")),
                   flag_of(turn, "credited") ? "stood" : "not yet", text_of(turn, "text")});
    }
    if (table.empty()) {
        context.out.talk("Nothing is due. Next: " + program_words(context) + " rehearse CONTACT");
    } else {
        table.print(context.out);
        context.out.talk("Next: " + program_words(context) + " rehearse " +
                         quoted_for_shell(text_of(turns.front().value("contact", json::object()), "name")));
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
