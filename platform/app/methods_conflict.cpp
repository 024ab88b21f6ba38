// conflict.*: fields that several people wrote without sight of each other.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/device/acts.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

const core::Field* field_of(const core::Conflict& conflict) {
    const auto* table = core::catalogue().table(conflict.table);
    return table == nullptr ? nullptr : table->field(conflict.field);
}

core::Result<json> conflict_list(Context& context, const json&) {
    auto& store = context.store();
    const auto found = store.conflicts();
    if (!found) return found.error();
    json conflicts = json::array();
    for (const auto& conflict : *found) {
        const auto* field = field_of(conflict);
        json versions = json::array();
        for (const auto& head : conflict.versions) {
            json version{{"value", value_json(head.value, field)},
                         {"author", head.author.text()},
                         {"at", core::instant_text(head.time.wall())},
                         {"device", head.dot.device.text()}};
            if (const auto name = name_in(store, "user", head.author); !name.empty()) version["author_name"] = name;
            versions.push_back(std::move(version));
        }
        json shown = versions.empty() ? json(nullptr) : versions.front()["value"];
        conflicts.push_back({{"id", conflict.id},
                             {"table", conflict.table},
                             {"record", conflict.record.text()},
                             {"field", conflict.field},
                             {"versions", std::move(versions)},
                             {"shown", std::move(shown)}});
    }
    return json{{"conflicts", std::move(conflicts)}};
}

core::Result<json> resolve_conflict(Context& context, const json& params) {
    auto& store = context.store();
    const auto id = params["id"].get<std::string>();
    const auto found = store.conflicts();
    if (!found) return found.error();
    const auto conflict =
        std::find_if(found->begin(), found->end(), [&](const core::Conflict& c) { return c.id == id; });
    if (conflict == found->end())
        return Error{Errc::not_found, "There is no such conflict; it may be settled already.", "id",
                     "conflict.list shows those that are open."};
    const auto* field = field_of(*conflict);
    if (field == nullptr)
        return Error{Errc::unavailable, "This field is newer than the program.", "id",
                     "Install the newer version of debrief."};
    auto value = value_from_json(store, *field, params["value"], "value", std::nullopt);
    if (!value) return value.error();
    const auto* table = core::catalogue().table(conflict->table);
    if (!core::is_null(*value)) DEBRIEF_TRY(core::check_value(*table, *field, *value));
    const auto act = core::Acts{*context.device}.perform("conflict.resolve", [&] { return store.resolve(id, *value); });
    if (!act) return act.error();
    return with_act(json::object(), *act);
}

}  // namespace

std::span<const Method> conflict_methods() {
    static constexpr std::array methods{Method{"conflict.list", conflict_list},
                                        Method{"conflict.resolve", resolve_conflict}};
    return methods;
}

}  // namespace debrief::platform
