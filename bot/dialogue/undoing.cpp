#include "bot/dialogue/undoing.hpp"

#include <algorithm>

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

bool has(const std::vector<core::Uuid>& list, const core::Uuid& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
}

struct Taken {
    std::string words;
    std::vector<core::Uuid> gone;
    std::vector<Proposal> restored;
};

/// Writes the opposite of what a line did.
Taken take_back(Exchange& exchange, const core::Uuid& line) {
    Taken taken;
    for (const Message& m : exchange.conversation.messages) {
        if (m.id == line) taken.words = m.text;
        if (!m.step || m.step->line != line) continue;
        for (const core::Uuid& item : m.step->items) {
            taken.gone.push_back(item);
            if (exchange.proposal(item) != nullptr) exchange.edits.emplace_back(core::Delete{"observation", item});
        }
        for (const core::Uuid& task : m.step->tasks) {
            exchange.edits.emplace_back(core::Put{"task", task, {{"state", std::string("dropped")}}, {}});
        }
        for (Proposal old : m.step->before) {
            if (has(m.step->items, old.item.id)) continue;
            // What was dropped comes back under a new name: a deleted record stays deleted.
            if (exchange.proposal(old.item.id) == nullptr) {
                old.item.id = core::derive_uuid("restored", exchange.line->id.text() + old.item.id.text());
                exchange.step.items.push_back(old.item.id);
            }
            exchange.edits.emplace_back(proposal_put(exchange.conversation, old));
            taken.restored.push_back(std::move(old));
        }
    }
    return taken;
}

}  // namespace

void undo(Exchange& exchange) {
    exchange.step.did = "undone";
    if (exchange.state.lines.empty()) {
        exchange.step.did = "nothing_undone";
        exchange.tell(exchange.say(Phrase::undo_none));
        return exchange.restate();
    }
    const core::Uuid taken_back = exchange.state.lines.back();
    exchange.step.undone = taken_back;
    const Taken taken = take_back(exchange, taken_back);
    // Where the conversation stood before that line: a fold without it.
    Message mark;
    mark.step = Step{};
    mark.step->undone = taken_back;
    exchange.state = state_of(exchange.book, exchange.conversation, {&mark, 1});
    auto& live = exchange.live;
    live.erase(std::remove_if(live.begin(), live.end(), [&](const Proposal& p) { return has(taken.gone, p.item.id); }),
               live.end());
    for (const Proposal& old : taken.restored) {
        const auto now =
            std::find_if(live.begin(), live.end(), [&](const Proposal& p) { return p.item.id == old.item.id; });
        if (now != live.end()) {
            *now = old;
        } else {
            live.push_back(old);
        }
    }
    std::string shown = shortened(taken.words, 12);
    // Our own full stop follows.
    while (!shown.empty() && shown.back() == '.') shown.pop_back();
    exchange.tell(exchange.say(Phrase::undone, {{"text", shown}}));
    exchange.restate();
}

}  // namespace debrief::bot
