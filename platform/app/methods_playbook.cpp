// playbook.*: questions as data.
#include <array>

#include <nlohmann/json.hpp>

#include "platform/app/json_codec.hpp"
#include "platform/app/playbooks.hpp"
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

}  // namespace

std::span<const Method> playbook_methods() {
    static constexpr std::array methods{Method{"playbook.list", playbook_list}, Method{"playbook.get", playbook_get},
                                        Method{"playbook.check", playbook_check, false}};
    return methods;
}

}  // namespace debrief::platform
