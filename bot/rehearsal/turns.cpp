#include "bot/rehearsal/turns.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/spacing.hpp"
#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::rehearsal {
namespace {

using nlohmann::json;

constexpr std::size_t answer_kept_max = 16U * 1024;

int streak_before(const World& world, const std::string& question) {
    for (const Drilled& drill : world.drills) {
        if (drill.question == question) return drill.streak;
    }
    return 0;
}

}  // namespace

core::Uuid rehearsal_id(const core::Uuid& conversation) {
    return core::derive_uuid("rehearsal", conversation.text());
}

core::Put rehearsal_put(const Conversation& c) {
    core::Put put{"rehearsal", rehearsal_id(c.id), {}, home_of(c)};
    put.fields["account"] = c.account.id;
    if (c.contact) put.fields["contact"] = *c.contact;
    put.fields["room"] = c.id;
    put.fields["seed"] = static_cast<std::int64_t>(c.seed);
    put.fields["started_at"] = static_cast<std::int64_t>(c.started.count());
    return put;
}

core::Uuid turn_id(const core::Uuid& conversation, const std::string& question) {
    return core::derive_uuid("rehearsal-turn", conversation.text() + "/" + question);
}

std::string due_after(const World& world, const std::string& question, core::Instant answered, bool credited) {
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>{answered} +
                                                           world.utc_offset);
    return core::civil_text(day + days_until_due(streak_after(streak_before(world, question), credited)));
}

core::Put turn_put(const Conversation& c, const World& world, const Ask& ask, const std::string& asked,
                   const Message& line, const Judged& judged) {
    core::Put put{"rehearsal_turn", turn_id(c.id, ask.question), {}, home_of(c)};
    put.fields["account"] = c.account.id;
    put.fields["rehearsal"] = rehearsal_id(c.id);
    put.fields["question"] = ask.question;
    put.fields["contingency"] = contingency_of(ask.question);
    put.fields["answer"] = clipped(line.text, answer_kept_max);
    json about = json::array();
    for (const core::Uuid& id : ask.about) about.push_back(id.text());
    const json verdict{{"focus", judged.focus},
                       {"concrete", judged.concrete},
                       {"honest", judged.honest},
                       {"credited", judged.credited},
                       {"better", judged.better},
                       {"why", judged.why},
                       {"asked", asked},
                       {"about", about},
                       {"streak", streak_after(streak_before(world, ask.question), judged.credited)}};
    put.fields["judged"] = verdict.dump();
    put.fields["due"] = due_after(world, ask.question, line.at, judged.credited);
    put.fields["at"] = static_cast<std::int64_t>(line.at.count());
    return put;
}

core::Result<Drilled> drilled_of(const core::Record& record) {
    Drilled drill;
    drill.turn = record.id;
    drill.question = record.text("question");
    drill.contingency = record.text("contingency");
    drill.due = record.text("due");
    drill.at = core::Instant{record.integer("at").value_or(0)};
    const std::string text = record.text("judged");
    if (text.empty() || text == core::erased_text) return drill;
    try {
        const json verdict = json::parse(text);
        drill.credited = verdict.value("credited", false);
        drill.streak = std::clamp(verdict.value("streak", 0), 0, 1000);
        drill.text = verdict.value("asked", std::string());
        for (const json& id : verdict.value("about", json::array())) {
            if (const auto known = core::parse_uuid(id.get<std::string>())) drill.about.push_back(*known);
        }
    } catch (const json::exception&) {
        return core::Error{
            core::Errc::corrupt, "The verdict of rehearsal turn " + record.id.text() + " cannot be read.", {}, {}};
    }
    return drill;
}

}  // namespace debrief::bot::rehearsal
