#include "platform/app/review_world.hpp"

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/plan_service.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

/// Without a review before, so far back is looked for what shifted.
constexpr std::chrono::days shifted_days{30};

/// The plan as people would read it aloud: its aim, its questions, whatever else was written into it.
core::Result<std::string> plan_text(Context& context, const bot::Conversation& conversation) {
    std::optional<core::Uuid> meeting;
    std::string written;
    if (conversation.plan) {
        const auto record = need_record(context.store(), "call_plan", *conversation.plan, "plan");
        if (!record) return record.error();
        meeting = record->ref("meeting");
        written = record->text("text");
    }
    const auto plan = call_plan(context, conversation.account.id, meeting, conversation.opportunity);
    if (!plan) return plan.error();
    std::string text = plan->value("objective", std::string{}) + "\n";
    for (const auto& question : (*plan)["questions"]) text += question.value("text", std::string{}) + "\n";
    return text + written;
}

}  // namespace

core::Status add_review_world(Context& context, const bot::Conversation& conversation, const core::Evidence& evidence,
                              bot::World& world) {
    auto& store = context.store();
    const auto users = all_records(store, "user");
    if (!users) return users.error();
    for (const auto& user : *users) {
        if (user.id != context.identity().user) world.members.push_back({user.id, user.text("name")});
    }
    const auto last = store.list({.table = "review",
                                  .where = {{"account", core::Where::Op::equal, conversation.account.id},
                                            {"kind", core::Where::Op::equal, conversation.kind}},
                                  .order = "-on",
                                  .limit = 2,
                                  .after = {}});
    if (!last) return last.error();
    auto since = context.today() - shifted_days;
    for (const auto& review : last->records) {
        if (review.ref("room") == conversation.id) continue;
        world.last_review = review.text("findings");
        if (const auto on = core::parse_day(review.text("on"))) since = *on;
        break;
    }
    world.shifted_since = core::civil_text(since);
    world.shifted = core::changes(evidence, since, context.today());
    if (conversation.kind != "plan_review") return core::Ok{};
    auto text = plan_text(context, conversation);
    if (!text) return text.error();
    world.plan_text = std::move(*text);
    return core::Ok{};
}

}  // namespace debrief::platform
