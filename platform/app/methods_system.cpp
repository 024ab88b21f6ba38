// system.*, catalogue.get, store.init, clock.set, rpc.discover.
#include <array>

#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/civil_date.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/schema.hpp"
#include "platform/app/version.hpp"
#include "platform/app/wiping.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

core::Result<json> info(Context& context, const json&) {
    const auto& identity = context.identity();
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    json result{{"version", program_version},
                {"protocol", rpc_protocol},
                {"catalogue", core::catalogue().version},
                {"workspace", uuid_json(identity.workspace)},
                {"user", uuid_json(identity.user)},
                {"device", uuid_json(identity.device)},
                {"now", core::instant_text(context.now())},
                {"today", core::civil_text(context.today())},
                {"enrolled", enrolment->has_value()}};
    if (!identity.user.is_nil()) {
        result["workspace_name"] = identity.workspace_name;
        result["user_name"] = identity.user_name;
        result["role"] = identity.role;
        result["language"] = context.language();
    }
    return result;
}

json field_json(const core::Field& field) {
    json shown{{"name", field.name},
               {"type", core::name_of(field.type)},
               {"required", field.required},
               {"searchable", field.searchable}};
    if (!field.target.empty()) shown["target"] = field.target;
    if (!field.words.empty()) shown["words"] = std::vector<std::string>(field.words.begin(), field.words.end());
    return shown;
}

core::Result<json> catalogue_get(Context&, const json&) {
    json tables = json::array();
    for (const auto& table : core::catalogue().tables) {
        json fields = json::array();
        for (const auto& field : table.fields) fields.push_back(field_json(field));
        tables.push_back({{"name", table.name}, {"scope", core::name_of(table.scope)}, {"fields", std::move(fields)}});
    }
    return json{{"version", core::catalogue().version}, {"tables", std::move(tables)}};
}

core::Result<json> init(Context& context, const json& params) {
    auto& store = context.store();
    if (!context.identity().user.is_nil()) {
        return Error{Errc::invalid, "This store belongs to " + context.identity().user_name + " already.", "user",
                     "Use another folder with --store, or go on with this one."};
    }
    for (const char* name : {"workspace", "user"}) {
        if (params[name].get<std::string>().empty())
            return Error{Errc::invalid, std::string{"'"} + name + "' is empty.", name, "Give it a name."};
    }
    core::Identity identity;
    identity.workspace = store.new_id();
    identity.workspace_name = params["workspace"];
    identity.user = store.new_id();
    identity.user_name = params["user"];
    identity.role = text_param(params, "role", "rep");
    identity.device = store.new_id();
    identity.incarnation = 1;
    identity.language = text_param(params, "language", "en");
    std::vector<core::Edit> edits{core::Put{
        "user",
        identity.user,
        {{"name", identity.user_name}, {"role", identity.role}, {"language", identity.language}, {"active", true}},
        {}}};
    if (const auto name = text_param(params, "team"); !name.empty()) {
        core::FieldMap team{{"name", name}};
        if (identity.role == "manager") team["manager"] = identity.user;
        const auto id = store.new_id();
        edits.emplace_back(core::Put{"team", id, std::move(team), {}});
        edits.emplace_back(core::Put{"member", store.new_id(), {{"team", id}, {"user", identity.user}}, {}});
    }
    const auto before = context.identity();
    DEBRIEF_TRY(store.set_identity(identity));
    if (auto written = store.write(edits); !written) {
        static_cast<void>(store.set_identity(before).has_value());
        return written.error();
    }
    forget_wiping(context);
    DEBRIEF_TRY(context.key_random());
    return json{
        {"workspace", identity.workspace.text()}, {"user", identity.user.text()}, {"device", identity.device.text()}};
}

core::Result<json> clock_set(Context& context, const json& params) {
    if (!context.clock.is_fixed()) {
        return Error{Errc::denied, "The clock can be set only where it stands still.", "now",
                     "Start with --test-clock."};
    }
    context.clock.set(*core::parse_instant(params["now"].get<std::string>()));
    context.announcer->remind();
    return json{{"now", core::instant_text(context.now())}};
}

core::Result<json> choose_language(Context& context, const json& params) {
    DEBRIEF_TRY(context.store().set_setting(language_setting, text_param(params, "language")));
    return json{{"language", context.language()}};
}

core::Result<json> discover(Context&, const json&) {
    return json::parse(rpc_schema_text());
}

}  // namespace

std::span<const Method> system_methods() {
    static constexpr std::array methods{
        Method{"system.info", info, false},      Method{"catalogue.get", catalogue_get, false},
        Method{"store.init", init, false},       Method{"clock.set", clock_set, false},
        Method{"rpc.discover", discover, false}, Method{"language.choose", choose_language},
    };
    return methods;
}

}  // namespace debrief::platform
