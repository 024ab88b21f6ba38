// playbook.*: questions as data.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "bot/dialogue/replay.hpp"
#include "core/catalogue/catalogue.hpp"
#include "platform/app/conversation_store.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/playbooks.hpp"
#include "platform/app/record_rules.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

core::Result<json> playbook_list(Context& context, const json&) {
    const auto all = known_playbooks(context);
    if (!all) return all.error();
    json playbooks = json::array();
    for (const auto& known : *all) {
        playbooks.push_back({{"id", known.playbook.id},
                             {"version", known.playbook.version},
                             {"kind", known.playbook.kind},
                             {"active", known.active}});
    }
    return json{{"playbooks", std::move(playbooks)}};
}

core::Result<json> playbook_get(Context& context, const json& params) {
    const auto id = params["playbook"].get<std::string>();
    const auto version = text_param(params, "version");
    const auto all = known_playbooks(context);
    if (!all) return all.error();
    for (const auto& known : *all) {
        if (known.playbook.id != id || !(version.empty() ? known.active : known.playbook.version == version)) continue;
        auto document = parsed(known.json);
        document["active"] = known.active;
        return document;
    }
    const auto missing = find_playbook(context, id, version);
    return missing ? Error{Errc::internal, "The playbook is there and not there.", {}, {}} : missing.error();
}

core::Result<json> playbook_check(Context&, const json& params) {
    const auto& document = params["playbook"];
    const auto found = bot::check_playbook(document.is_string() ? document.get<std::string>() : document.dump());
    const auto entries = [](const std::vector<bot::PlaybookFinding>& findings) {
        json list = json::array();
        for (const auto& finding : findings) list.push_back({{"entry", finding.entry}, {"reason", finding.reason}});
        return list;
    };
    return json{{"errors", entries(found.errors)}, {"warnings", entries(found.warnings)}};
}

core::Result<json> playbook_publish(Context& context, const json& params) {
    DEBRIEF_TRY(may_write(context, *core::catalogue().table("playbook")));
    const auto& document = params["playbook"];
    const auto published = publish(context, document.is_string() ? document.get<std::string>() : document.dump());
    if (!published) return published.error();
    return json{
        {"id", published->playbook.id}, {"version", published->playbook.version}, {"changed", published->changed}};
}

core::Result<json> playbook_replay(Context& context, const json& params) {
    const auto conversation = load_conversation(context, *id_param(params, "conversation"));
    if (!conversation) return conversation.error();
    if (!conversation->shared() && conversation->owner.id != context.identity().user) {
        return Error{Errc::denied, "This conversation is somebody else's.", "conversation", "chat.list shows yours."};
    }
    const auto playbook = find_playbook(context, conversation->playbook, params["version"].get<std::string>());
    if (!playbook) return playbook.error();
    const auto world = load_world_before(context, *conversation);
    if (!world) return world.error();
    const auto differences = bot::replay(*playbook, *conversation, *world);
    json ids = json::array(), details = json::array();
    for (const auto& one : differences) {
        if (std::find(ids.begin(), ids.end(), one.question) == ids.end()) ids.push_back(one.question);
        details.push_back({{"question", one.question}, {"before", one.before}, {"after", one.after}});
    }
    return json{{"identical", differences.empty()}, {"differs", std::move(ids)}, {"details", std::move(details)}};
}

}  // namespace

std::span<const Method> playbook_methods() {
    static constexpr std::array methods{Method{"playbook.list", playbook_list}, Method{"playbook.get", playbook_get},
                                        Method{"playbook.check", playbook_check, false},
                                        Method{"playbook.publish", playbook_publish},
                                        Method{"playbook.replay", playbook_replay}};
    return methods;
}

}  // namespace debrief::platform
