// What this user corrected, for the understanding to learn from.
#include "bot/dialogue/corrections.hpp"
#include "platform/app/conversation_store.hpp"
#include "platform/app/export.hpp"
#include "platform/app/playbooks.hpp"

namespace debrief::platform {

core::Result<std::string> export_training(Context& context, const std::optional<core::Uuid>& account) {
    core::Query query{.table = "room",
                      .where = {{"owner", core::Where::Op::equal, context.identity().user},
                                {"phase", core::Where::Op::equal, std::string{"done"}}},
                      .order = "started_at",
                      .limit = 0,
                      .after = {}};
    if (account) query.where.push_back({"account", core::Where::Op::equal, *account});
    const auto rooms = context.store().list(query);
    if (!rooms) return rooms.error();
    std::string text;
    for (const auto& room : rooms->records) {
        if (room.text("kind") == "rehearsal") continue;  // Practice teaches nothing about how customers are spoken of.
        const auto conversation = load_conversation(context, room);
        if (!conversation) return conversation.error();
        const auto playbook = find_playbook(context, conversation->playbook, conversation->version);
        if (!playbook) return playbook.error();
        const auto world = load_world_before(context, *conversation);
        if (!world) return world.error();
        for (const auto& note : bot::corrected_notes(*playbook, *conversation, *world)) text += note + "\n";
    }
    return text;
}

}  // namespace debrief::platform
