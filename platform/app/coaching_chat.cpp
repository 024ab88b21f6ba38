#include "platform/app/coaching_chat.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/catalogue/scope.hpp"
#include "platform/app/coaching_service.hpp"
#include "platform/app/conversation_store.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Uuid;
using nlohmann::json;

core::Result<core::NamedId> coached(Context& context, const json& params) {
    const auto rep = resolve_param(context.store(), "user", params, "rep");
    if (!rep) return rep.error();
    if (!*rep) {
        return Error{Errc::invalid, "The parameter 'rep' is missing.", "rep",
                     "Name whom the talk is with; coaching.list shows whom you coach."};
    }
    const auto people = people_coached(context);
    if (!people) return people.error();
    const auto found =
        std::find_if(people->begin(), people->end(), [&](const core::NamedId& one) { return one.id == **rep; });
    if (found == people->end()) {
        return Error{Errc::denied, "You are not this person's direct manager.", "rep",
                     "coaching.list shows whom you coach."};
    }
    return *found;
}

core::Result<std::optional<Uuid>> unfinished_with(Context& context, const Uuid& rep) {
    const auto page = context.store().list({.table = "room",
                                            .where = {{"kind", core::Where::Op::equal, std::string{"coaching"}},
                                                      {"rep", core::Where::Op::equal, rep},
                                                      {"owner", core::Where::Op::equal, context.identity().user}},
                                            .order = "-started_at",
                                            .limit = 0,
                                            .after = {}});
    if (!page) return page.error();
    for (const auto& room : page->records) {
        if (room.text("phase") != "done") return std::optional{room.id};
    }
    return std::optional<Uuid>{};
}

}  // namespace

core::Result<std::pair<Chat, bool>> open_coaching(Context& context, const json& params, const bot::Playbook& playbook) {
    const auto rep = coached(context, params);
    if (!rep) return rep.error();
    const auto open = unfinished_with(context, rep->id);
    if (!open) return open.error();
    if (*open) {
        auto chat = Chat::open(context, **open);
        if (!chat) return chat.error();
        return std::pair{std::move(*chat), true};
    }
    bot::Conversation talk;
    talk.id = context.store().new_id();
    talk.kind = playbook.kind;
    talk.coached = *rep;
    talk.rep = {context.identity().user, context.identity().user_name};
    talk.owner = talk.rep;
    talk.language = text_param(params, "language", context.language());
    talk.playbook = playbook.id;
    talk.version = playbook.version;
    talk.started = context.now();
    if (params.contains("minutes")) talk.minutes = params["minutes"].get<int>();
    const auto world = load_world(context, talk);
    if (!world) return world.error();
    const auto pack = coaching_pack(context, rep->id);
    if (!pack) return pack.error();
    auto opening = bot::coaching::opening(playbook, talk, *world, *pack);
    auto chat = Chat::begin(context, std::move(talk), playbook, std::move(opening));
    if (!chat) return chat.error();
    return std::pair{std::move(*chat), false};
}

}  // namespace debrief::platform
