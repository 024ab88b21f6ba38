#include "bot/plan/contingencies.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>

#include "bot/plan/placing.hpp"
#include "bot/plan/plan_texts.hpp"
#include "bot/risk/doing_nothing.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::Item;
using core::ItemState;
using core::Stance;

PlanText words_for(std::string_view concern) {
    if (concern == "fear") return PlanText::hard_fear;
    if (concern == "process") return PlanText::hard_process;
    if (concern == "money") return PlanText::hard_money;
    if (concern == "wish") return PlanText::hard_wish;
    return PlanText::hard_concern;
}

std::vector<const Item*> holding(const core::Journey& journey, Dimension dimension) {
    std::vector<const Item*> items;
    for (const Item& item : journey.of(dimension).items) {
        if (item.state == ItemState::confirmed) items.push_back(&item);
    }
    return items;
}

}  // namespace

std::vector<Contingency> hard_questions(const core::Journey& journey, const PlanContext& context,
                                        const core::Uuid& plan) {
    std::vector<Contingency> found;
    const auto make = [&](std::string_view key, PlanText which, std::string_view fact,
                          std::optional<core::NamedId> from, std::vector<core::Uuid> evidence) {
        return Contingency{core::derive_uuid("contingency", plan.text() + "/" + std::string{key}),
                           fill_question(plan_text(which, context.language), {{"{fact}", fact}}), std::move(from), "",
                           std::move(evidence)};
    };
    // Nobody asks what a colleague has just asked: each doubter has a question of their own, as long as there are some.
    constexpr std::array skeptics{PlanText::hard_skeptic, PlanText::hard_skeptic_second, PlanText::hard_skeptic_third};
    constexpr std::array blockers{PlanText::hard_blocker, PlanText::hard_blocker_second};
    std::optional<core::NamedId> doubter;
    for (const Stance stance : {Stance::blocker, Stance::skeptic}) {
        const std::span<const PlanText> texts =
            stance == Stance::blocker ? std::span<const PlanText>{blockers} : std::span<const PlanText>{skeptics};
        std::size_t used = 0;
        for (const auto& person : journey.people) {
            if (person.stance != stance) continue;
            if (!doubter) doubter = person.contact;
            if (used == texts.size()) continue;
            found.push_back(
                make("person/" + person.contact.id.text(), texts[used++], {}, person.contact, person.evidence));
        }
    }

    const auto concerns = holding(journey, Dimension::concern);
    for (const bool fears : {true, false}) {
        for (const Item* item : concerns) {
            if ((item->detail == "fear") != fears) continue;
            found.push_back(make("item/" + item->id.text(), words_for(item->detail), item->text,
                                 still_there(journey, item->person), {item->id}));
        }
    }

    // Kept apart: it has its place even where worries fill the list.
    std::vector<core::Uuid> reasons;
    std::optional<core::NamedId> waiting = doubter;
    for (const Item* item : holding(journey, Dimension::competing_option)) {
        if (is_doing_nothing(item->text)) {
            reasons.push_back(item->id);
            if (const auto who = still_there(journey, item->person)) waiting = who;
        } else {
            found.push_back(make("item/" + item->id.text(), PlanText::hard_option, item->text,
                                 still_there(journey, item->person), {item->id}));
        }
    }
    for (const Item* item : holding(journey, Dimension::cost_of_inaction)) reasons.push_back(item->id);
    if (found.size() > contingencies_max - 1) found.resize(contingencies_max - 1);
    found.push_back(make("doing_nothing", PlanText::hard_nothing, {}, waiting, std::move(reasons)));
    return found;
}

}  // namespace debrief::bot
