// Erasing a person or a line: asked for once more, because it cannot be undone.
#include <nlohmann/json.hpp>

#include "platform/cli/names.hpp"
#include "platform/cli/prompt.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

json also_of(const Arguments& arguments) {
    json also = json::array();
    for (const auto& typed : arguments.list("also")) {
        const auto colon = typed.find(':');
        json text{{"id", typed.substr(0, colon)}};
        if (colon != std::string::npos) text["field"] = typed.substr(colon + 1);
        also.push_back(std::move(text));
    }
    return also;
}

void print(Context& context, const json& done, const std::string& again) {
    auto& out = context.out;
    std::string counted;
    for (const auto& [table, count] : done["removed"].items()) {
        counted += (counted.empty() ? "" : ", ") + std::to_string(count.get<int>()) + " " + table;
    }
    out.paragraph({Style::good, "Erased: "}, {Style::plain, counted.empty() ? "nothing was left to erase" : counted});
    const auto& named = done["to_confirm"];
    if (named.empty()) return;
    out.talk("These texts name the person as well. They stay until you say so:");
    for (const auto& hit : named) {
        out.paragraph({Style::accent, "  " + text_of(hit, "id") + ":" + text_of(hit, "field") + "  "},
                      {Style::plain, text_of(hit, "snippet")});
    }
    out.talk("Next: " + again + " --also ID:FIELD");
}

Outcome erase(Context& context, const Arguments& arguments, json params, const std::string& question,
              const std::string& again) {
    const auto sure = ask_sure(context, question);
    if (!sure) return sure.error();
    if (!*sure) return core::Error{core::Errc::cancelled, "Nothing was erased.", {}, {}};
    if (auto also = also_of(arguments); !also.empty()) params["also"] = std::move(also);
    auto door = context.door();
    if (!door) return door.error();
    const auto done = (*door)->call("erase", params);
    if (!done) return done.error();
    if (context.out.look().json) {
        context.out.json(*done);
    } else {
        print(context, *done, again);
    }
    return ExitCode::done;
}

}  // namespace

Outcome run_erase_contact(Context& context, const Arguments& arguments) {
    const auto contact = find_named(context, "contact", arguments.text("contact"));
    if (!contact) return contact.error();
    return erase(context, arguments, {{"contact", contact->id}},
                 "Erase the words of and about " + contact->name + ", on every device, for good?",
                 "debrief erase contact " + contact->id);
}

Outcome run_erase_message(Context& context, const Arguments& arguments) {
    const auto id = arguments.text("message");
    return erase(context, arguments, {{"message", id}},
                 "Erase this line and all that was understood from it, on every device, for good?",
                 "debrief erase message " + id);
}

}  // namespace debrief::platform::cli
