#include <algorithm>
#include <map>
#include <set>

#include "bot/dialogue/conversation.hpp"

namespace debrief::bot {

std::vector<Message> in_order(std::vector<Message> messages) {
    std::sort(messages.begin(), messages.end(),
              [](const Message& a, const Message& b) { return std::tie(a.at, a.id) < std::tie(b.at, b.id); });
    messages.erase(
        std::unique(messages.begin(), messages.end(), [](const Message& a, const Message& b) { return a.id == b.id; }),
        messages.end());
    std::set<core::Uuid> here;
    for (const Message& m : messages) here.insert(m.id);

    // Children in the order of time; a line whose predecessor is not here (not yet synced) stands where time puts it.
    std::map<core::Uuid, std::vector<std::size_t>> children;
    std::vector<std::size_t> stack;
    for (std::size_t i = messages.size(); i-- > 0;) {
        const auto& follows = messages[i].follows;
        if (follows && here.count(*follows) != 0 && *follows != messages[i].id) {
            children[*follows].push_back(i);  // Latest first, as the stack below wants them.
        } else {
            stack.push_back(i);
        }
    }
    std::vector<Message> ordered;
    ordered.reserve(messages.size());
    std::vector<bool> placed(messages.size(), false);
    while (!stack.empty()) {
        const std::size_t at = stack.back();
        stack.pop_back();
        if (placed[at]) continue;
        placed[at] = true;
        ordered.push_back(messages[at]);
        const auto found = children.find(messages[at].id);
        if (found != children.end()) stack.insert(stack.end(), found->second.begin(), found->second.end());
    }
    // Lines that follow each other in a circle can only be hostile; they are shown all the same.
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (!placed[i]) ordered.push_back(messages[i]);
    }
    return ordered;
}

std::vector<Proposal> live_proposals(const Conversation& conversation) {
    std::map<core::Uuid, std::size_t> said;  // When each was proposed: the order of the lines.
    for (const Message& m : conversation.messages) {
        if (!m.step) continue;
        for (const core::Uuid& item : m.step->items) said.emplace(item, said.size());
    }
    std::vector<Proposal> live;
    for (const Proposal& p : conversation.proposals) {
        if (p.item.state == core::ItemState::proposed) live.push_back(p);
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
