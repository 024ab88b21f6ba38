// journey.*, plan.get, drill.due: what is known of a customer, what shifted, and what to ask next.
#include <array>

#include <nlohmann/json.hpp>

#include "core/journey/loader.hpp"
#include "platform/app/journey_view.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/plan_service.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using core::Uuid;
using nlohmann::json;

core::Result<core::Evidence> evidence_of(Context& context, const json& params, const Uuid& account) {
    const auto opportunity = id_param(params, "opportunity");
    if (opportunity) {
        if (auto record = need_record(context.store(), "opportunity", *opportunity, "opportunity"); !record)
            return record.error();
    }
    return core::load_evidence(context.store(), account, opportunity, context.config.utc_offset);
}

core::Result<json> journey_get(Context& context, const json& params) {
    const auto account = resolve_param(context.store(), "account", params, "account");
    if (!account) return account.error();
    const auto evidence = evidence_of(context, params, **account);
    if (!evidence) return evidence.error();
    const auto at = params.contains("at") ? moment_param(context, params["at"].get<std::string>(), false)
                                          : core::end_of(context.today());
    const auto journey = core::fold(*evidence, at);
    return journey_view(journey, bot::no_decision_risk(journey, at.day, context.language()));
}

core::Result<json> changes(Context& context, const json& params) {
    const auto account = resolve_param(context.store(), "account", params, "account");
    if (!account) return account.error();
    const auto evidence = evidence_of(context, params, **account);
    if (!evidence) return evidence.error();
    const auto from = moment_param(context, params["from"].get<std::string>(), true);
    const auto to = params.contains("to") ? moment_param(context, params["to"].get<std::string>(), true)
                                          : core::end_of(context.today());
    return json{{"changes", changes_view(core::changes(*evidence, from, to))}};
}

core::Result<json> plan(Context& context, const json& params) {
    const auto account = resolve_param(context.store(), "account", params, "account");
    if (!account) return account.error();
    return call_plan(context, **account, id_param(params, "meeting"), id_param(params, "opportunity"));
}

}  // namespace

std::span<const Method> journey_methods() {
    static constexpr std::array methods{Method{"journey.get", journey_get}, Method{"journey.changes", changes},
                                        Method{"plan.get", plan}};
    return methods;
}

}  // namespace debrief::platform
