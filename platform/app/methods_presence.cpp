// presence.*: who is in a review room.
#include <array>

#include <nlohmann/json.hpp>

#include "bot/kinds/kinds.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/presence.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

core::Result<json> tell(Context& context, const json& params) {
    const auto room = need_record(context.store(), "room", *id_param(params, "conversation"), "conversation");
    if (!room) return room.error();
    const auto* kind = bot::kind_called(room->text("kind"));
    if (kind == nullptr || !kind->shared) {
        return core::Error{core::Errc::invalid, "This conversation is no room: nobody else is in it.", "conversation",
                           "Name a review."};
    }
    context.presence->say(room->id, room->scope, *sync::presence_named(params["state"].get<std::string>()));
    return json::object();
}

}  // namespace

std::span<const Method> presence_methods() {
    static constexpr std::array methods{Method{"presence.tell", tell}};
    return methods;
}

}  // namespace debrief::platform
