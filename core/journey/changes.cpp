// The shifting sands: what changed between two moments of one journey.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"
#include "core/journey/journey.hpp"
#include "core/journey/timeline.hpp"

namespace debrief::core {
namespace {

using std::chrono::sys_days;

/// A change with what orders it among those of one day.
struct Dated {
    sys_days on;
    Instant recorded{};
    Uuid id;
    JourneyChange change;
};

struct Window {
    Moment after, until;
    [[nodiscard]] bool holds(sys_days on, Instant recorded) const {
        return seen(on, recorded, until) && !seen(on, recorded, after);
    }
};

/// Erased: what has lost its words shifts nothing that could be told.
bool is_gone(const std::string& words) {
    return words == erased_text;
}

std::string words_of(const Item& item) {
    return item.source.quote.empty() ? item.text : item.source.quote;
}

/// How many facts of each dimension hold, kept up to date while the evidence is told in order.
class Known {
public:
    explicit Known(const Timeline& timeline, Moment until) : timeline_(timeline), until_(until) {}

    /// Whether `item`, told now, is the first of which its dimension knows anything.
    bool first(const Item& item) {
        for (const Item* before : timeline_.superseded_by(item)) drop(*before);
        forget_withdrawn(item);
        auto& holding = holding_[item.dimension];
        const bool none = holding.empty();
        holding.insert(item.id);
        if (is_withdrawn(item)) ending_.push_back(&item);
        return none;
    }

private:
    bool is_withdrawn(const Item& item) const {
        return item.state == ItemState::withdrawn &&
               (item.withdrawn_on.empty() || seen(item.withdrawn_on, item.withdrawn_at, until_));
    }
    void drop(const Item& item) { holding_[item.dimension].erase(item.id); }
    /// What had been withdrawn before `item` was said holds no more.
    void forget_withdrawn(const Item& item) {
        const Moment now{day_said(item.said_on, item.recorded), item.recorded};
        std::erase_if(ending_, [&](const Item* one) {
            const bool gone = one->withdrawn_on.empty() || seen(one->withdrawn_on, one->withdrawn_at, now);
            if (gone) drop(*one);
            return gone;
        });
    }

    const Timeline& timeline_;
    Moment until_;
    std::map<Dimension, std::set<Uuid>> holding_;
    std::vector<const Item*> ending_;
};

void tell_items(const Timeline& timeline, const Window& window, std::vector<Dated>& told) {
    Known known{timeline, window.until};
    for (const ItemThen& one : timeline.at(window.until)) {
        const Item& item = *one.item;
        if (one.state == ItemState::proposed) continue;
        // Withdrawn nobody knows when: it counts as never said.
        const bool never = item.state == ItemState::withdrawn && item.withdrawn_on.empty();
        if (never) continue;
        if (one.state == ItemState::withdrawn && !is_gone(item.text) &&
            window.holds(day_said(item.withdrawn_on, item.withdrawn_at), item.withdrawn_at)) {
            const sys_days on = day_said(item.withdrawn_on, item.withdrawn_at);
            // Said and taken back within the window, it shifted nothing.
            if (!window.holds(one.said, item.recorded)) {
                told.push_back(
                    {on,
                     item.withdrawn_at,
                     item.id,
                     {civil_text(on), item.dimension, "withdrawn", item.text, "", "", {item.id}, item.person}});
            }
        }
        const bool first = item.dimension != Dimension::unknown && known.first(item);
        if (!window.holds(one.said, item.recorded) || one.state == ItemState::withdrawn || is_gone(item.text)) continue;

        JourneyChange change{civil_text(one.said), item.dimension, "",         "", item.text,
                             words_of(item),       {item.id},      item.person};
        const Item* changed = nullptr;
        const Item* answered = nullptr;
        for (const Item* before : timeline.superseded_by(item)) {
            if (before->state == ItemState::proposed) continue;
            (before->dimension == Dimension::unknown ? answered : changed) = before;
            change.evidence.push_back(before->id);
        }
        if (changed != nullptr) {
            if (changed->text == item.text) continue;  // Said again: nothing shifted.
            change.kind = "changed";
            if (!item.source.because.empty()) change.why = item.source.because;
            if (!is_gone(changed->text)) change.before = changed->text;
        } else if (answered != nullptr && item.dimension != Dimension::unknown) {
            change.kind = "learned";
            if (!is_gone(answered->text)) change.before = answered->text;
        } else if (first) {
            change.kind = "learned";
        } else {
            continue;
        }
        told.push_back({one.said, item.recorded, item.id, std::move(change)});
    }
}

/// The words behind a stance: of its first piece of evidence that is there to be read.
std::string why_of(const Evidence& evidence, const std::vector<Uuid>& ids) {
    for (const Uuid& id : ids) {
        const auto item =
            std::find_if(evidence.items.begin(), evidence.items.end(), [&](const Item& one) { return one.id == id; });
        if (item != evidence.items.end()) return words_of(*item);
    }
    return {};
}

/// Tells who came and who went; returns who came.
std::set<Uuid> tell_people(const Evidence& evidence, const Window& window, std::vector<Dated>& told) {
    std::set<Uuid> came;
    for (const ContactSeen& contact : evidence.contacts) {
        const sys_days since = day_said(contact.since, contact.recorded);
        if (is_gone(contact.contact.name)) continue;  // Nobody could say who came or went.
        const auto tell = [&](sys_days on, const char* kind, std::string before, std::string after) {
            told.push_back({on,
                            contact.recorded,
                            contact.contact.id,
                            {civil_text(on),
                             Dimension::stakeholder,
                             kind,
                             std::move(before),
                             std::move(after),
                             contact.role,
                             {},
                             contact.contact}});
        };
        if (window.holds(since, contact.recorded)) {
            came.insert(contact.contact.id);
            tell(since, "person_new", "", contact.contact.name);
        }
        if (!contact.gone || contact.gone_on.empty()) continue;
        const sys_days gone = day_said(contact.gone_on, contact.recorded);
        if (window.holds(gone, Instant{0})) tell(gone, "person_gone", contact.contact.name, "");
    }
    return came;
}

void tell_stances(const Evidence& evidence, const Window& window, const std::set<Uuid>& came,
                  std::vector<Dated>& told) {
    std::map<Uuid, std::vector<std::pair<sys_days, const StanceSaid*>>> by_contact;
    for (const StanceSaid& said : evidence.stances)
        if (!is_gone(said.contact.name))
            by_contact[said.contact.id].emplace_back(day_said(said.since, said.recorded), &said);
    for (auto& [contact, said] : by_contact) {
        std::sort(said.begin(), said.end(), [](const auto& a, const auto& b) {
            return std::tie(a.first, a.second->recorded, a.second->id) <
                   std::tie(b.first, b.second->recorded, b.second->id);
        });
        Stance before = Stance::unknown;
        bool first = true;
        for (const auto& [on, one] : said) {
            // The first stance of somebody new belongs to meeting them.
            const bool part_of_coming = first && came.contains(contact);
            first = false;
            if (one->stance == before) continue;
            if (window.holds(on, one->recorded) && !part_of_coming) {
                told.push_back({on,
                                one->recorded,
                                one->id,
                                {civil_text(on), Dimension::stakeholder, "stance", std::string{name_of(before)},
                                 std::string{name_of(one->stance)}, why_of(evidence, one->evidence), one->evidence,
                                 one->contact}});
            }
            before = one->stance;
        }
    }
}

void tell_commitments(const Evidence& evidence, const Window& window, std::vector<Dated>& told) {
    for (const CommitmentMade& made : evidence.commitments) {
        if (is_gone(made.text)) continue;
        const auto tell = [&](sys_days on, Instant recorded, std::string before, std::string after) {
            std::vector<Uuid> ids;
            if (made.observation) ids.push_back(*made.observation);
            told.push_back({on,
                            recorded,
                            made.id,
                            {civil_text(on), Dimension::commitment, "commitment", std::move(before), std::move(after),
                             made.source.quote, std::move(ids),
                             made.owner.id.is_nil() ? std::nullopt : std::optional{made.owner}}});
        };
        const sys_days since = day_said(made.since, made.recorded);
        if (window.holds(since, made.recorded)) tell(since, made.recorded, "", made.text);
        if (made.state != "kept" && made.state != "dropped") continue;
        if (made.settled_on.empty()) continue;
        const sys_days on = day_said(made.settled_on, made.settled_at);
        if (window.holds(on, made.settled_at)) tell(on, made.settled_at, made.text, made.state);
    }
}

}  // namespace

std::vector<JourneyChange> changes(const Evidence& evidence, Moment after, Moment until) {
    return changes(evidence, Timeline{evidence.items}, after, until);
}

std::vector<JourneyChange> changes(const Evidence& evidence, const Timeline& timeline, Moment after, Moment until) {
    const Window window{after, until};
    std::vector<Dated> told;
    tell_items(timeline, window, told);
    const std::set<Uuid> came = tell_people(evidence, window, told);
    tell_stances(evidence, window, came, told);
    tell_commitments(evidence, window, told);
    std::stable_sort(told.begin(), told.end(), [](const Dated& a, const Dated& b) {
        return std::tie(a.on, a.recorded, a.id) < std::tie(b.on, b.recorded, b.id);
    });
    std::vector<JourneyChange> result;
    result.reserve(told.size());
    for (Dated& one : told) result.push_back(std::move(one.change));
    return result;
}

}  // namespace debrief::core
