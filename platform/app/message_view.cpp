#include "platform/app/message_view.hpp"

#include "bot/dialogue/codec.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {

core::Result<nlohmann::json> message_view(core::Store& store, const core::Record& record) {
    const auto message =
        bot::message_of(record, [&store](const core::Uuid& user) { return name_in(store, "user", user); });
    if (!message) return message.error();
    return parsed(bot::message_json(*message));
}

}  // namespace debrief::platform
