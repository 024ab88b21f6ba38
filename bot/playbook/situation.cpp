#include "bot/playbook/situation.hpp"

#include <algorithm>

#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::DimensionStatus;

bool known(const core::Journey& journey, Dimension dimension) {
    const auto status = journey.of(dimension).status;
    return status != DimensionStatus::empty && status != DimensionStatus::unknown;
}

template <typename Word>
bool any_or_free(const std::vector<Word>& list, const Word& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool same_without_case(std::string_view a, std::string_view b) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

}  // namespace

Situation situation_of(const core::Journey& journey, std::chrono::sys_days meeting,
                       std::optional<std::chrono::sys_days> met_before) {
    Situation out;
    if (known(journey, Dimension::decision_process) &&
        (known(journey, Dimension::commitment) || known(journey, Dimension::timing))) {
        out.stage = Stage::deciding;
    } else if (known(journey, Dimension::why_change) && known(journey, Dimension::desired_outcome)) {
        out.stage = Stage::weighing;
    }
    std::optional<std::chrono::sys_days> last = met_before;
    const auto heard = [&](const std::string& civil) {
        const auto day = core::parse_day(civil);
        if (day && *day < meeting && (!last || *day > *last)) last = *day;
    };
    for (const core::DimensionView& view : journey.dimensions) {
        for (const core::Item& item : view.items) {
            if (item.state != core::ItemState::proposed) heard(item.said_on);
        }
    }
    for (const core::CommitmentView& one : journey.commitments) heard(one.made.since);
    if (!last) {
        out.moment = Occasion::first;
    } else if (meeting - *last >= lost_after) {
        out.moment = Occasion::lost_contact;
    } else if (out.stage == Stage::deciding) {
        out.moment = Occasion::late;
    }
    return out;
}

bool fits(const Question& question, const core::Journey& journey, const Situation& situation,
          std::string_view industry) {
    const auto is_known = [&](Dimension d) { return known(journey, d); };
    return any_or_free(question.moment, situation.moment) && any_or_free(question.stage, situation.stage) &&
           std::all_of(question.known.begin(), question.known.end(), is_known) &&
           std::none_of(question.not_known.begin(), question.not_known.end(), is_known) &&
           (question.industry.empty() ||
            std::any_of(question.industry.begin(), question.industry.end(),
                        [&](const std::string& one) { return same_without_case(one, industry); }));
}

const Question& opening_for(const Playbook& playbook, const core::Journey& journey, const Situation& situation,
                            std::string_view industry) {
    const auto& all = playbook.questions;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Question& q) {
        return std::find(q.when.begin(), q.when.end(), Trigger::start) != q.when.end() &&
               fits(q, journey, situation, industry);
    });
    DEBRIEF_CHECK(found != all.end());
    return *found;
}

}  // namespace debrief::bot
