// Which evidence counted when: what was already said at a moment, and what had been corrected or withdrawn by then.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/journey/journey.hpp"

namespace debrief::core {

struct UuidHash {
    std::size_t operator()(const Uuid& id) const;
};

/// First day of a civil date; the UTC day of `recorded` if `said_on` is none.
std::chrono::sys_days day_said(std::string_view said_on, Instant recorded);
/// Whether something said on that day, and recorded then, was known at `at`.
bool seen(std::chrono::sys_days said, Instant recorded, Moment at);
bool seen(std::string_view said_on, Instant recorded, Moment at);

/// An item as it stood at one moment.
struct ItemThen {
    const Item* item = nullptr;
    std::chrono::sys_days said;
    ItemState state = ItemState::proposed;
    const Item* superseded_by = nullptr;
};
/// By the day said, then the time recorded, then the id.
bool older(const ItemThen& a, const ItemThen& b);

/// Answers for every moment over one set of items, which must outlive it.
class Timeline {
public:
    explicit Timeline(const std::vector<Item>& items);

    /// Every item that had been said by then, oldest first.
    [[nodiscard]] std::vector<ItemThen> at(Moment moment) const;
    [[nodiscard]] const Item* find(const Uuid& id) const;
    /// Items that `item` supersedes, by its own word or by theirs.
    [[nodiscard]] const std::vector<const Item*>& superseded_by(const Item& item) const;

private:
    [[nodiscard]] ItemThen then(const Item& item, std::chrono::sys_days said, Moment moment) const;

    std::vector<ItemThen> ordered_;  // Oldest first.
    std::unordered_map<Uuid, const Item*, UuidHash> by_id_;
    std::unordered_map<Uuid, std::vector<const Item*>, UuidHash> successors_, predecessors_;  // Oldest first.
};

/// As in journey.hpp, where several moments are looked at. `timeline`: of the evidence's items.
Journey fold(const Evidence& evidence, const Timeline& timeline, Moment at);
std::vector<JourneyChange> changes(const Evidence& evidence, const Timeline& timeline, Moment after, Moment until);

}  // namespace debrief::core
