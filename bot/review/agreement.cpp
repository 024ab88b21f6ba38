#include "bot/review/agreement.hpp"

#include <algorithm>
#include <map>

#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/listening.hpp"

namespace debrief::bot::review {

std::optional<Ask> asked_before(const Conversation& conversation, const Message& line) {
    std::map<core::Uuid, const Message*> by_id;
    for (const Message& m : conversation.messages) by_id[m.id] = &m;
    for (std::optional<core::Uuid> at = line.follows; at;) {
        const auto found = by_id.find(*at);
        if (found == by_id.end()) break;
        if (found->second->ask) return found->second->ask;
        at = found->second->follows;
    }
    return std::nullopt;
}

std::optional<Disagreement> disagreement(const Exchange& exchange, const Ask& asked,
                                         const std::vector<Proposal>& heard) {
    for (const Message& m : exchange.conversation.messages) {
        if (m.author != AuthorKind::user || m.user.id == exchange.conversation.rep.id || m.action) continue;
        const auto theirs = asked_before(exchange.conversation, m);
        if (!theirs || theirs->question != asked.question) continue;
        const NoteContext context = note_context(exchange.conversation, exchange.world, exchange.state.people,
                                                 topic_asked(exchange.book, asked));
        for (const Fact& fact : understand(m.text, {}, context).facts) {
            core::Item other;
            other.dimension = fact.dimension;
            other.text = fact.text;
            for (const DateMention& d : dates_in(fact.text, context)) other.dates.push_back({d.text, d.value});
            for (const Proposal& p : heard) {
                if (p.item.dimension == other.dimension && stands_against(p.item, other))
                    return Disagreement{m.user, fact.text, p.item.text, other.dimension};
            }
        }
    }
    return std::nullopt;
}

}  // namespace debrief::bot::review
