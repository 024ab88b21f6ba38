#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "bot/dialogue/conversation.hpp"
#include "core/journey/timeline.hpp"

namespace debrief::bot {

std::vector<Message> in_order(std::vector<Message> messages) {
    // Lines are large and a room may have thousands: places are sorted, and each line is moved once.
    std::vector<std::size_t> by_time(messages.size());
    std::iota(by_time.begin(), by_time.end(), std::size_t{0});
    std::sort(by_time.begin(), by_time.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(messages[a].at, messages[a].id) < std::tie(messages[b].at, messages[b].id);
    });
    std::unordered_map<core::Uuid, std::size_t, core::UuidHash> here;
    here.reserve(messages.size());
    std::erase_if(by_time, [&](std::size_t at) { return !here.emplace(messages[at].id, at).second; });

    // Children in the order of time; a line whose predecessor is not here (not yet synced) stands where time puts it.
    constexpr auto none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> first_child(messages.size(), none), next_sibling(messages.size(), none), roots;
    for (auto at = by_time.rbegin(); at != by_time.rend(); ++at) {
        const auto& follows = messages[*at].follows;
        const auto parent = follows && *follows != messages[*at].id ? here.find(*follows) : here.end();
        if (parent == here.end()) {
            roots.push_back(*at);  // Latest first, as the stack below wants them.
        } else {
            next_sibling[*at] = std::exchange(first_child[parent->second], *at);
        }
    }
    std::vector<std::size_t> order, stack = std::move(roots);
    order.reserve(by_time.size());
    std::vector<bool> placed(messages.size(), false);
    while (!stack.empty()) {
        const std::size_t at = stack.back();
        stack.pop_back();
        order.push_back(at);
        placed[at] = true;
        const auto before = static_cast<std::ptrdiff_t>(stack.size());
        for (std::size_t child = first_child[at]; child != none; child = next_sibling[child]) stack.push_back(child);
        std::reverse(stack.begin() + before, stack.end());
    }
    // Lines that follow each other in a circle can only be hostile; they are shown all the same.
    for (const std::size_t at : by_time) {
        if (!placed[at]) order.push_back(at);
    }
    std::vector<Message> ordered;
    ordered.reserve(order.size());
    for (const std::size_t at : order) ordered.push_back(std::move(messages[at]));
    return ordered;
}

std::vector<Proposal> live_proposals(const Conversation& conversation) {
    std::vector<Proposal> live;
    for (const Proposal& p : conversation.proposals) {
        if (p.item.state == core::ItemState::proposed) live.push_back(p);
    }
    if (live.size() < 2) return live;
    // When each was proposed: the order of the lines.
    std::unordered_map<core::Uuid, std::size_t, core::UuidHash> said;
    for (const Message& m : conversation.messages) {
        if (!m.step) continue;
        for (const core::Uuid& item : m.step->items) said.emplace(item, said.size());
    }
    const auto place = [&](const Proposal& p) {
        const auto found = said.find(p.item.id);
        return found == said.end() ? said.size() : found->second;
    };
    std::sort(live.begin(), live.end(), [&](const Proposal& a, const Proposal& b) {
        return std::pair(place(a), a.item.id) < std::pair(place(b), b.item.id);
    });
    return live;
}

}  // namespace debrief::bot
