#include "platform/net/newcomers.hpp"

#include <algorithm>
#include <utility>

namespace debrief::platform {

Newcomers::Ticket Newcomers::arrive(const std::string& address, std::function<void()> drop_it) {
    if (const auto same = by_address_.find(address);
        same != by_address_.end() && same->second.size() >= limits_.address_max)
        drop(same->second.front());
    if (waiting_.size() >= limits_.all_max) drop(waiting_.begin());
    const auto place = waiting_.insert(waiting_.end(), Waiting{address, std::move(drop_it)});
    by_address_[address].push_back(place);
    // The pointer is never followed: the ticket is its deleter.
    return {&*place, [self = weak_from_this(), place](void*) {
                if (const auto all = self.lock()) all->leave(place);
            }};
}

// It stays in the list until its connection lets go of the ticket, but does not count any more.
void Newcomers::drop(Place place) {
    ++dropped_;
    const auto ended = std::exchange(place->drop, nullptr);
    auto& same = by_address_.at(place->address);
    same.erase(std::find(same.begin(), same.end(), place));
    if (same.empty()) by_address_.erase(place->address);
    gone_.splice(gone_.end(), waiting_, place);
    if (ended) ended();
}

void Newcomers::leave(Place place) {
    if (!place->drop) {
        gone_.erase(place);
        return;
    }
    auto& same = by_address_.at(place->address);
    same.erase(std::find(same.begin(), same.end(), place));
    if (same.empty()) by_address_.erase(place->address);
    waiting_.erase(place);
}

}  // namespace debrief::platform
