#include "core/journey/journey.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/civil_date.hpp"
#include "core/journey/divergence.hpp"
#include "core/journey/timeline.hpp"

namespace debrief::core {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::size_t index_of(Dimension d) {
    return static_cast<std::size_t>(d);
}

/// The first day on which this was said, if it has only been said again since.
sys_days chain_start(const Timeline& timeline, const ItemThen& current) {
    sys_days first = current.said;
    if (timeline.superseded_by(*current.item).empty()) return first;
    std::set<Uuid> visited{current.item->id};
    std::vector<const Item*> open{current.item};
    while (!open.empty()) {
        const Item* item = open.back();
        open.pop_back();
        for (const Item* before : timeline.superseded_by(*item)) {
            if (before->text != item->text || !visited.insert(before->id).second) continue;
            first = std::min(first, day_said(before->said_on, before->recorded));
            open.push_back(before);
        }
    }
    return first;
}

/// The days that make a dimension known or stale.
struct Span {
    std::optional<sys_days> first, last;
    void include(sys_days from, sys_days to) {
        first = first ? std::min(*first, from) : from;
        last = last ? std::max(*last, to) : to;
    }
};

void settle(DimensionView& view, Dimension dimension, const Span& span, bool ever, sys_days today) {
    if (span.first) {
        view.since = civil_text(*span.first);
        view.last_confirmed = civil_text(*span.last);
        const bool fresh = today - *span.last <= fresh_for(dimension);
        view.status = !view.diverging.empty() ? DimensionStatus::conflict
                      : fresh                 ? DimensionStatus::known
                                              : DimensionStatus::stale;
    } else {
        view.status = ever ? DimensionStatus::unknown : DimensionStatus::empty;
    }
}

/// An unknown is answered by the item that supersedes it, or by a later answer to the very question that raised it.
std::vector<UnknownView> open_unknowns(const std::vector<ItemThen>& then) {
    std::map<std::string_view, const ItemThen*> last_answers;  // By question; `then` is oldest first.
    for (const ItemThen& one : then) {
        const bool answer = one.state == ItemState::confirmed && one.item->dimension != Dimension::unknown;
        if (answer && !one.item->source.question.empty()) last_answers[one.item->source.question] = &one;
    }
    std::vector<UnknownView> open;
    for (const ItemThen& one : then) {
        const Item& item = *one.item;
        if (item.dimension != Dimension::unknown || one.state != ItemState::confirmed) continue;
        const auto answer = last_answers.find(item.source.question);
        if (answer != last_answers.end() && older(one, *answer->second)) continue;
        open.push_back(
            {item.id, item.text, item.about.value_or(Dimension::unknown), civil_text(one.said), item.source});
    }
    return open;
}

std::vector<CommitmentView> commitments_at(const std::vector<CommitmentMade>& all, Moment at) {
    std::vector<std::pair<sys_days, CommitmentView>> dated;
    for (const CommitmentMade& made : all) {
        if (!seen(made.since, made.recorded, at)) continue;
        CommitmentView view{made, "open"};
        const auto due = days_of(made.due);
        const bool settled = made.state == "kept" || made.state == "dropped";
        if (settled && (made.settled_on.empty() || seen(made.settled_on, made.settled_at, at))) {
            view.state = made.state;
        } else if (due && due->last < at.day) {
            view.state = "overdue";
        }
        dated.emplace_back(due ? due->last : sys_days::max(), std::move(view));
    }
    std::sort(dated.begin(), dated.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first, a.second.made.since, a.second.made.id) <
               std::tie(b.first, b.second.made.since, b.second.made.id);
    });
    std::vector<CommitmentView> result;
    result.reserve(dated.size());
    for (auto& [due, view] : dated) result.push_back(std::move(view));
    return result;
}

struct StanceThen {
    sys_days since;
    const StanceSaid* said;
};

/// What was said of each contact's stance by then, oldest first.
std::map<Uuid, std::vector<StanceThen>> stances_at(const std::vector<StanceSaid>& all, Moment at) {
    std::map<Uuid, std::vector<StanceThen>> by_contact;
    for (const StanceSaid& said : all) {
        const sys_days since = day_said(said.since, said.recorded);
        if (seen(since, said.recorded, at)) by_contact[said.contact.id].push_back({since, &said});
    }
    for (auto& [contact, said] : by_contact) {
        std::sort(said.begin(), said.end(), [](const StanceThen& a, const StanceThen& b) {
            return std::tie(a.since, a.said->recorded, a.said->id) < std::tie(b.since, b.said->recorded, b.said->id);
        });
    }
    return by_contact;
}

std::vector<PersonView> people_at(const Evidence& evidence, Moment at) {
    const auto stances = stances_at(evidence.stances, at);
    std::vector<PersonView> people;
    for (const ContactSeen& contact : evidence.contacts) {
        if (!seen(contact.since, contact.recorded, at)) continue;
        if (contact.gone && (contact.gone_on.empty() || seen(contact.gone_on, Instant{0}, at))) continue;
        PersonView view{
            contact.contact, contact.role, Stance::unknown, contact.since, contact.confirmed, contact.relations, {}};
        if (const auto said = stances.find(contact.contact.id); said != stances.end()) {
            // Said again and again, a stance is held since it was first said.
            auto run = said->second.rbegin();
            view.stance = run->said->stance;
            view.evidence = run->said->evidence;
            for (; run != said->second.rend() && run->said->stance == view.stance; ++run)
                view.since = civil_text(run->since);
        }
        people.push_back(std::move(view));
    }
    std::sort(people.begin(), people.end(), [](const PersonView& a, const PersonView& b) {
        return std::tie(a.contact.name, a.contact.id) < std::tie(b.contact.name, b.contact.id);
    });
    return people;
}

Item as_it_stood(const ItemThen& then) {
    Item item = *then.item;
    item.state = then.state;
    item.superseded_by = then.superseded_by != nullptr         ? std::optional{then.superseded_by->id}
                         : then.state == ItemState::superseded ? then.item->superseded_by
                                                               : std::nullopt;
    return item;
}

}  // namespace

days fresh_for(Dimension dimension) {
    switch (dimension) {
        case Dimension::why_change:
        case Dimension::desired_outcome:
            return days{90};
        case Dimension::cost_of_inaction:
        case Dimension::stakeholder:
            return days{60};
        case Dimension::decision_process:
        case Dimension::concern:
        case Dimension::competing_option:
            return days{45};
        case Dimension::commitment:
        case Dimension::timing:
        case Dimension::unknown:
            return days{30};
    }
    return days{30};
}

Journey fold(const Evidence& evidence, Moment at) {
    return fold(evidence, Timeline{evidence.items}, at);
}

Journey fold(const Evidence& evidence, const Timeline& timeline, Moment at) {
    const std::vector<ItemThen> then = timeline.at(at);

    Journey journey;
    journey.unknowns = open_unknowns(then);
    journey.commitments = commitments_at(evidence.commitments, at);
    journey.people = people_at(evidence, at);

    std::array<std::vector<ItemThen>, dimension_names.size()> current;
    std::array<Span, dimension_names.size()> spans;
    std::array<bool, dimension_names.size()> ever{};
    for (const ItemThen& one : then) {
        const std::size_t place = index_of(one.item->dimension);
        ever[place] = ever[place] || one.state != ItemState::proposed;
        if (one.state != ItemState::confirmed) continue;
        if (one.item->dimension == Dimension::unknown) {
            ever[index_of(one.item->about.value_or(Dimension::unknown))] = true;
            continue;
        }
        current[place].push_back(one);
        spans[place].include(chain_start(timeline, one), one.said);
    }
    for (const CommitmentView& view : journey.commitments) {
        const sys_days since = day_said(view.made.since, view.made.recorded);
        spans[index_of(Dimension::commitment)].include(since, since);
    }
    for (const auto& [contact, said] : stances_at(evidence.stances, at)) {
        for (const StanceThen& one : said) {
            if (one.said->stance != Stance::unknown)
                spans[index_of(Dimension::stakeholder)].include(one.since, one.since);
        }
    }

    for (std::size_t i = 0; i < journey.dimensions.size(); ++i) {
        DimensionView& view = journey.dimensions[i];
        view.diverging = diverging(current[i]);
        settle(view, static_cast<Dimension>(i), spans[i], ever[i], at.day);
    }
    for (auto one = then.rbegin(); one != then.rend(); ++one) {
        journey.dimensions[index_of(one->item->dimension)].items.push_back(as_it_stood(*one));
    }
    return journey;
}

}  // namespace debrief::core
