#include "platform/app/message_view.hpp"

#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {

using nlohmann::json;

bot::Message line_of(core::MessageRow row, const bot::NameOf& name_of_user) {
    auto message = bot::message_of(row, name_of_user);
    if (message) return std::move(*message);
    row.body.clear();
    message = bot::message_of(std::move(row), name_of_user);
    DEBRIEF_CHECK(message.has_value());
    return std::move(*message);
}

json message_view(const bot::Message& message) {
    if (message.ask || message.answer || message.judged || !message.focus.empty())
        return parsed(bot::message_json(message));
    // Most lines of a long room are plain; the way through a text would take half of the time that opening one takes,
    // and a list of pairs twice the allocations.
    const bool user = message.author == bot::AuthorKind::user;
    json::object_t author, view;
    const auto put = [](json::object_t& object, const char* name, json value) {
        object.emplace_hint(object.end(), name, std::move(value));
    };
    put(author, "kind", user ? "user" : "bot");
    put(author, "name", user ? message.user.name : "Debrief");
    if (user) put(author, "user", message.user.id.text());
    put(view, "at", core::instant_text(message.at));
    put(view, "author", std::move(author));
    put(view, "conversation", message.conversation.text());
    put(view, "id", message.id.text());
    if (message.redacted) put(view, "redacted", true);
    put(view, "text", message.text);
    return view;
}

core::Result<json> message_view(core::Store& store, const core::Record& record) {
    const auto name_of = [&store](const core::Uuid& user) { return name_in(store, "user", user); };
    return message_view(line_of(core::message_row(record), name_of));
}

}  // namespace debrief::platform
