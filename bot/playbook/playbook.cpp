#include "bot/playbook/playbook.hpp"

#include <algorithm>

namespace debrief::embedded {
extern const std::string_view playbook_debrief;
extern const std::string_view playbook_debrief_1;
extern const std::string_view playbook_deal_review;
extern const std::string_view playbook_plan_review;
extern const std::string_view playbook_competitive_review;
extern const std::string_view playbook_coaching;
extern const std::string_view playbook_ending;
extern const std::string_view playbook_schema;
}  // namespace debrief::embedded

namespace debrief::bot {

const std::string& Wording::in(std::string_view language) const {
    return language == "de" && !de.empty() ? de : en;
}

const Question* Playbook::question(std::string_view wanted) const {
    const auto found =
        std::find_if(questions.begin(), questions.end(), [&](const Question& q) { return q.id == wanted; });
    return found == questions.end() ? nullptr : &*found;
}

core::Result<Playbook> parse_playbook(std::string_view json) {
    PlaybookCheck check = check_playbook(json);
    if (!check.playbook) {
        const PlaybookFinding& first = check.errors.front();
        return core::Error{core::Errc::invalid, "The playbook was refused: " + first.entry + ": " + first.reason,
                           first.entry, "Run 'debrief playbook check FILE' to see every entry that is at fault."};
    }
    return std::move(*check.playbook);
}

std::vector<std::pair<core::Dimension, Occasion>> empty_cells(const Playbook& playbook) {
    std::vector<std::pair<core::Dimension, Occasion>> empty;
    for (std::size_t d = 0; d < core::dimension_names.size(); ++d) {
        const auto dimension = static_cast<core::Dimension>(d);
        if (dimension == core::Dimension::unknown) continue;
        for (std::size_t m = 0; m < occasion_names.size(); ++m) {
            const auto moment = static_cast<Occasion>(m);
            const bool asked =
                std::any_of(playbook.questions.begin(), playbook.questions.end(), [&](const Question& q) {
                    const auto when = [&q](Trigger t) {
                        return std::find(q.when.begin(), q.when.end(), t) != q.when.end();
                    };
                    const bool here =
                        q.moment.empty() || std::find(q.moment.begin(), q.moment.end(), moment) != q.moment.end();
                    return q.dimension == dimension && here && when(Trigger::missing) && q.industry.empty() &&
                           q.stage.empty() && q.known.empty() && q.not_known.empty();
                });
            if (!asked) empty.emplace_back(dimension, moment);
        }
    }
    return empty;
}

std::string_view playbook_schema_json() {
    return embedded::playbook_schema;
}

const std::vector<Builtin>& builtin_playbooks() {
    static const std::vector<Builtin> all = [] {
        std::vector<Builtin> read;
        for (const auto& [json, active] :
             {std::pair{embedded::playbook_debrief_1, false}, std::pair{embedded::playbook_debrief, true},
              std::pair{embedded::playbook_deal_review, true}, std::pair{embedded::playbook_plan_review, true},
              std::pair{embedded::playbook_competitive_review, true}, std::pair{embedded::playbook_coaching, true},
              std::pair{embedded::playbook_ending, true}}) {
            PlaybookCheck check = check_playbook(json);
            DEBRIEF_CHECK(check.playbook.has_value());
            read.push_back({json, std::move(*check.playbook), active});
        }
        return read;
    }();
    return all;
}

const Playbook& builtin_debrief() {
    for (const Builtin& one : builtin_playbooks()) {
        if (one.active && one.playbook.kind == "debrief") return one.playbook;
    }
    DEBRIEF_CHECK(false);
    return builtin_playbooks().front().playbook;
}

}  // namespace debrief::bot
