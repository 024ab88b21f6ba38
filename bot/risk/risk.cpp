#include "bot/risk/risk.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bot/risk/doing_nothing.hpp"
#include "bot/risk/drivers.hpp"
#include "bot/risk/praise.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::Item;
using core::ItemState;
using core::PersonView;
using std::chrono::days;

/// A promise that was given up long ago tells little of today.
constexpr days dropped_for{60};
/// A promise kept so lately shows that they are moving, even if the next one is not made yet.
constexpr days kept_for{30};
constexpr std::size_t few_people_below = 2;
constexpr std::size_t many_options_from = 3;
constexpr std::size_t quoted_max = 90;  // Bytes.

/// One thing that a driver was found in.
struct Finding {
    std::string it;
    std::vector<core::Uuid> evidence;
};

/// What a stance stands on; where the rep gave no words for it, the person.
std::vector<core::Uuid> evidence_of(const PersonView& person) {
    return person.evidence.empty() ? std::vector{person.contact.id} : person.evidence;
}

std::string quoted(std::string_view text) {
    if (text.size() <= quoted_max) return std::string{text};
    std::size_t end = text.rfind(' ', quoted_max);
    if (end == std::string_view::npos || end == 0) {
        for (end = quoted_max; end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U;) --end;
    }
    return std::string{text.substr(0, end)} + "…";
}

std::string filled(std::string_view words, std::string_view it, std::size_t n) {
    std::string text{words};
    const auto put = [&text](std::string_view mark, std::string_view value) {
        if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
    };
    put("{n}", std::to_string(n));
    put("{it}", it);
    return text;
}

class Scoring {
public:
    Scoring(const core::Journey& journey, std::chrono::sys_days today, std::string_view language)
        : journey_(journey), today_(today), german_(language == "de") {}

    Risk run() {
        what_lacks();
        people();
        concerns();
        options();
        promises();
        contradictions();
        slips();
        unknowns();
        std::sort(risk_.reasons.begin(), risk_.reasons.end(), [](const RiskReason& a, const RiskReason& b) {
            return a.points != b.points ? a.points > b.points : a.code < b.code;
        });
        for (const RiskReason& reason : risk_.reasons) risk_.score += reason.points;
        return std::move(risk_);
    }

private:
    void add(std::string_view code, int points, std::string_view it, std::size_t n, std::vector<core::Uuid> evidence) {
        const ReasonWords& words = reason_words(code);
        risk_.reasons.push_back({std::string{code}, points,
                                 filled(german_ ? words.text_de : words.text_en, quoted(it), n), std::move(evidence),
                                 std::string{german_ ? words.lowers_de : words.lowers_en}});
    }

    void add(std::string_view code, const std::vector<Finding>& findings) {
        if (findings.empty()) return;
        const Driver& row = driver(code);
        const int points = std::min(row.most, row.points + row.more * static_cast<int>(findings.size() - 1));
        std::vector<core::Uuid> evidence;
        for (const Finding& finding : findings)
            evidence.insert(evidence.end(), finding.evidence.begin(), finding.evidence.end());
        std::sort(evidence.begin(), evidence.end());
        evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
        add(code, points, findings.front().it, findings.size(), std::move(evidence));
    }

    /// Items that hold, newest first.
    std::vector<const Item*> holding(Dimension dimension) const {
        std::vector<const Item*> items;
        for (const Item& item : journey_.of(dimension).items) {
            if (item.state == ItemState::confirmed) items.push_back(&item);
        }
        return items;
    }
    /// Those of them that say something.
    std::vector<const Item*> telling(Dimension dimension) const {
        auto items = holding(dimension);
        std::erase_if(items, [](const Item* item) { return is_vague_praise(item->text); });
        return items;
    }

    bool only_praise(const std::vector<core::Uuid>& evidence) const {
        bool found = false;
        for (const auto& view : journey_.dimensions) {
            for (const Item& item : view.items) {
                if (std::find(evidence.begin(), evidence.end(), item.id) == evidence.end()) continue;
                if (!is_vague_praise(item.text)) return false;
                found = true;
            }
        }
        return found;
    }

    /// What lacks, and what has not been heard for too long.
    void what_lacks() {
        bool anything = false;
        int missing = 0;
        std::vector<core::Uuid> praise;
        for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
            const auto dimension = static_cast<Dimension>(i);
            anything = anything || !telling(dimension).empty();
            for (const Item& item : journey_.of(dimension).items) {
                if (item.state == ItemState::confirmed && is_vague_praise(item.text)) praise.push_back(item.id);
            }
        }
        anything = anything || !journey_.commitments.empty() ||
                   std::any_of(journey_.people.begin(), journey_.people.end(),
                               [&](const PersonView& one) { return stands(one); });
        std::vector<std::string_view> absent;
        for (const Gap& gap : gaps()) {
            const auto items = telling(gap.dimension);
            if (items.empty()) {
                missing += gap.points;
                absent.push_back(gap.code);
                if (anything) add(gap.code, gap.points, {}, 0, {});
            } else if (const auto said = core::days_of(items.front()->said_on);
                       said && today_ - said->first > core::fresh_for(gap.dimension)) {
                add(gap.stale_code, gap.points_stale, items.front()->text, 1, {items.front()->id});
            }
        }
        const bool step = has_next_step();
        const bool few = few_people();
        const bool champion = has_champion();
        const auto need = [&](bool there, std::string_view code) {
            if (there) return;
            missing += driver(code).points;
            if (anything) add(code, driver(code).points, {}, 0, {});
        };
        need(step, "no_next_step");
        need(champion, "no_champion");
        need(!few, "few_people");
        // Nothing known at all is one reason, not eight: as heavy, so that a first fact never raises the score.
        if (!anything) add(praise.empty() ? "no_evidence" : "only_praise", missing, {}, 0, praise);
    }

    bool has_next_step() const {
        return std::any_of(journey_.commitments.begin(), journey_.commitments.end(),
                           [&](const core::CommitmentView& view) {
                               if (view.state == "open") return true;
                               const auto settled = core::parse_day(view.made.settled_on);
                               return view.state == "kept" && settled && today_ - *settled <= kept_for;
                           });
    }

    /// Known by name, not a hint.
    bool few_people() const {
        return static_cast<std::size_t>(std::count_if(journey_.people.begin(), journey_.people.end(),
                                                      [](const PersonView& one) { return one.confirmed; })) <
               few_people_below;
    }

    /// A stance that stands on more than praise.
    bool stands(const PersonView& person) const {
        return person.stance != core::Stance::unknown && !only_praise(person.evidence);
    }
    bool has_champion() const {
        return std::any_of(journey_.people.begin(), journey_.people.end(), [&](const PersonView& person) {
            return (person.stance == core::Stance::champion || person.stance == core::Stance::supporter) &&
                   stands(person);
        });
    }

    void people() {
        std::vector<Finding> blockers, skeptics;
        const PersonView* against = nullptr;
        const PersonView* in_favour = nullptr;
        for (const PersonView& person : journey_.people) {
            if (person.stance == core::Stance::blocker) blockers.push_back({person.contact.name, evidence_of(person)});
            if (person.stance == core::Stance::skeptic) skeptics.push_back({person.contact.name, evidence_of(person)});
            const bool doubts = person.stance == core::Stance::blocker || person.stance == core::Stance::skeptic;
            if (doubts && against == nullptr) against = &person;
            const bool wants = person.stance == core::Stance::champion || person.stance == core::Stance::supporter;
            if (wants && in_favour == nullptr && stands(person)) in_favour = &person;
        }
        add("blocker", blockers);
        add("skeptic", skeptics);
        if (against == nullptr || in_favour == nullptr) return;
        std::vector<core::Uuid> evidence = evidence_of(*in_favour);
        const auto other = evidence_of(*against);
        evidence.insert(evidence.end(), other.begin(), other.end());
        add("disagreement",
            {{in_favour->contact.name + (german_ ? " und " : " and ") + against->contact.name, std::move(evidence)}});
    }

    void concerns() {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 5> codes{{{"fear", "fear_of_wrong_choice"},
                                                                                      {"process", "process_struggle"},
                                                                                      {"money", "money_worry"},
                                                                                      {"wish", "little_wish"},
                                                                                      {"", "open_concern"}}};
        for (const auto& [kind, code] : codes) {
            std::vector<Finding> findings;
            for (const Item* item : holding(Dimension::concern)) {
                if (item->detail == kind) findings.push_back({item->text, {item->id}});
            }
            add(code, findings);
        }
    }

    void options() {
        std::vector<Finding> nothing, others;
        for (const Item* item : holding(Dimension::competing_option)) {
            (is_doing_nothing(item->text) ? nothing : others).push_back({item->text, {item->id}});
        }
        add("doing_nothing", nothing);
        if (others.size() < many_options_from) return;
        const Driver& row = driver("many_options");
        const int points =
            std::min(row.most, row.points + row.more * static_cast<int>(others.size() - many_options_from));
        std::vector<core::Uuid> evidence;
        evidence.reserve(others.size());
        for (const Finding& one : others) evidence.push_back(one.evidence.front());
        add("many_options", points, {}, others.size(), std::move(evidence));
    }

    void promises() {
        std::vector<Finding> overdue, dropped;
        for (const core::CommitmentView& view : journey_.commitments) {
            if (view.state == "overdue") overdue.push_back({view.made.text, {view.made.id}});
            const auto settled = core::parse_day(view.made.settled_on);
            const bool lately = !settled || today_ - *settled <= dropped_for;
            if (view.state == "dropped" && lately) dropped.push_back({view.made.text, {view.made.id}});
        }
        add("overdue_promise", overdue);
        add("dropped_promise", dropped);
    }

    void contradictions() {
        std::vector<Finding> findings;
        for (const auto& view : journey_.dimensions) {
            for (const auto& [one, other] : view.diverging) {
                const auto item = std::find_if(view.items.begin(), view.items.end(),
                                               [&, wanted = other](const Item& each) { return each.id == wanted; });
                findings.push_back({item == view.items.end() ? std::string{} : item->text, {one, other}});
            }
        }
        add("contradiction", findings);
    }

    /// A date of theirs that was replaced by a later one.
    void slips() {
        std::vector<Finding> findings;
        const auto& items = journey_.of(Dimension::timing).items;
        for (const Item& old : items) {
            if (old.state != ItemState::superseded || !old.superseded_by || old.dates.empty()) continue;
            const auto next =
                std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.id == *old.superseded_by; });
            if (next == items.end() || next->dates.empty()) continue;
            const auto before = core::days_of(old.dates.front().value);
            const auto after = core::days_of(next->dates.front().value);
            if (before && after && after->last > before->last) findings.push_back({next->text, {old.id, next->id}});
        }
        add("slipping", findings);
    }

    void unknowns() {
        std::vector<Finding> findings;
        for (const core::UnknownView& one : journey_.unknowns) findings.push_back({one.text, {one.id}});
        add("open_unknowns", findings);
    }

    const core::Journey& journey_;
    const std::chrono::sys_days today_;
    const bool german_;
    Risk risk_;
};

}  // namespace

Risk no_decision_risk(const core::Journey& journey, std::chrono::sys_days today, std::string_view language) {
    return Scoring{journey, today, language}.run();
}

}  // namespace debrief::bot
