#include "bot/review/agreement.hpp"

#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/german_dates.hpp"
#include "bot/dialogue/listening.hpp"

namespace debrief::bot::review {

std::optional<Ask> asked_before(const Conversation& conversation, const Message& line) {
    // Backwards: in the order of a room each line stands behind the one that it follows.
    std::optional<core::Uuid> wanted = line.follows;
    const auto& messages = conversation.messages;
    for (auto m = messages.rbegin(); wanted && m != messages.rend(); ++m) {
        if (m->id != *wanted) continue;
        if (m->ask) return m->ask;
        wanted = m->follows;
    }
    return std::nullopt;
}

std::optional<Disagreement> disagreement(const Exchange& exchange, const Ask& asked,
                                         const std::vector<Proposal>& heard) {
    const NoteContext context =
        note_context(exchange.conversation, exchange.world, exchange.state.people, topic_asked(exchange.book, asked));
    for (const Message& m : exchange.conversation.messages) {
        if (!m.step || m.step->question != asked.question) continue;
        // What was made of a colleague's line stands with the answer to it: nothing is read a second time.
        for (const Contribution& told : m.step->adds) {
            if (told.kind != "told" || told.by.id == exchange.conversation.rep.id) continue;
            std::optional<core::Item> other;
            for (const Proposal& p : heard) {
                if (p.item.dimension != told.dimension) continue;
                if (!other) {
                    other.emplace();
                    other->dimension = told.dimension;
                    other->text = told.text;
                    for (const DateMention& d : dates_said(told.text, context))
                        other->dates.push_back({d.text, d.value});
                }
                if (stands_against(p.item, *other))
                    return Disagreement{told.by, told.text, p.item.text, told.dimension};
            }
        }
    }
    return std::nullopt;
}

}  // namespace debrief::bot::review
