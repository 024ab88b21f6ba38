#include "core/journey/timeline.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "core/civil_date.hpp"

namespace debrief::core {
namespace {

bool withdrawn(const Item& item, Moment moment) {
    if (item.state != ItemState::withdrawn) return false;
    return item.withdrawn_on.empty() || seen(item.withdrawn_on, item.withdrawn_at, moment);
}

}  // namespace

std::size_t UuidHash::operator()(const Uuid& id) const {
    // The last eight bytes of a version 7 or 8 UUID are as good as random.
    std::size_t hash = 0;
    std::memcpy(&hash, id.bytes.data() + id.bytes.size() - sizeof hash, sizeof hash);
    return hash;
}

std::chrono::sys_days day_said(std::string_view said_on, Instant recorded) {
    if (const auto range = days_of(said_on)) return range->first;
    return day_of(recorded, std::chrono::minutes{0});
}

bool seen(std::chrono::sys_days said, Instant recorded, Moment at) {
    return said < at.day || (said == at.day && recorded <= at.until);
}

bool seen(std::string_view said_on, Instant recorded, Moment at) {
    return seen(day_said(said_on, recorded), recorded, at);
}

bool older(const ItemThen& a, const ItemThen& b) {
    return std::tie(a.said, a.item->recorded, a.item->id) < std::tie(b.said, b.item->recorded, b.item->id);
}

Timeline::Timeline(const std::vector<Item>& items) {
    ordered_.reserve(items.size());
    by_id_.reserve(items.size());
    for (const Item& item : items) {
        ordered_.push_back({&item, day_said(item.said_on, item.recorded), item.state, nullptr});
        by_id_.emplace(item.id, &item);
    }
    std::sort(ordered_.begin(), ordered_.end(), older);

    const auto link = [this](const Item* next, const Item* before) {
        if (next == nullptr || before == nullptr || next == before) return;
        auto& known = successors_[before->id];
        if (std::find(known.begin(), known.end(), next) != known.end()) return;
        known.push_back(next);
        predecessors_[next->id].push_back(before);
    };
    for (const ItemThen& one : ordered_) {
        if (one.item->supersedes) link(one.item, find(*one.item->supersedes));
        if (one.item->superseded_by) link(find(*one.item->superseded_by), one.item);
    }
}

const Item* Timeline::find(const Uuid& id) const {
    const auto place = by_id_.find(id);
    return place == by_id_.end() ? nullptr : place->second;
}

const std::vector<const Item*>& Timeline::superseded_by(const Item& item) const {
    static const std::vector<const Item*> none;
    const auto place = predecessors_.find(item.id);
    return place == predecessors_.end() ? none : place->second;
}

std::vector<ItemThen> Timeline::at(Moment moment) const {
    std::vector<ItemThen> result;
    result.reserve(ordered_.size());
    for (const ItemThen& one : ordered_) {
        if (seen(one.said, one.item->recorded, moment)) result.push_back(then(*one.item, one.said, moment));
    }
    return result;
}

ItemThen Timeline::then(const Item& item, std::chrono::sys_days said, Moment moment) const {
    ItemThen result{&item, said, ItemState::confirmed, nullptr};
    if (item.state == ItemState::proposed) {
        result.state = ItemState::proposed;
        return result;
    }
    if (withdrawn(item, moment)) {
        result.state = ItemState::withdrawn;
        return result;
    }
    const auto place = successors_.find(item.id);
    if (place == successors_.end()) {
        // Its successor may lie where this user may not look: then it is superseded, we do not know since when.
        if (item.state == ItemState::superseded) result.state = ItemState::superseded;
        return result;
    }
    for (const Item* next : place->second) {
        // A correction that was only proposed, or was taken back, corrects nothing.
        if (next->state == ItemState::proposed || withdrawn(*next, moment)) continue;
        if (!seen(next->said_on, next->recorded, moment)) continue;
        if (result.superseded_by == nullptr || item.superseded_by == next->id) result.superseded_by = next;
    }
    if (result.superseded_by != nullptr) result.state = ItemState::superseded;
    return result;
}

}  // namespace debrief::core
