// Does what a line on the confirm screen says about items by their numbers.
#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/correcting.hpp"
#include "bot/dialogue/item_talk.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/people_called.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using What = ItemTalk::What;

std::vector<core::Uuid> items_of(const Exchange& exchange, const std::vector<std::size_t>& numbers) {
    std::vector<core::Uuid> items;
    for (const std::size_t n : numbers) {
        if (n >= 1 && n <= exchange.live.size()) items.push_back(exchange.live[n - 1].item.id);
    }
    return items;
}

void confirm_these(Exchange& exchange, const std::vector<core::Uuid>& items) {
    if (items.size() == exchange.live.size()) return confirm(exchange, std::nullopt);
    exchange.step.did = "confirmed";
    confirm_proposals(exchange, items);
    exchange.tell(exchange.say(Phrase::confirmed_one, {{"count", std::to_string(exchange.live.size())}}));
    exchange.restate();
}

void leave_out(Exchange& exchange, const std::vector<core::Uuid>& items) {
    exchange.step.did = "dropped";
    for (const core::Uuid& item : items) {
        std::string shown = shortened(exchange.proposal(item)->item.text, 12);
        // Our own full stop follows.
        while (shown.ends_with('.')) shown.pop_back();
        exchange.tell(exchange.say(Phrase::dropped, {{"text", shown}}));
        exchange.withdraw(item);
    }
}

void not_clear(Exchange& exchange, const ItemTalk& talk) {
    exchange.step.did = "lookup";
    const std::string n = talk.numbers.empty() ? std::string{} : std::to_string(talk.numbers.front());
    exchange.tell(n.empty() ? exchange.say(Phrase::nothing_to_correct)
                            : exchange.say(Phrase::item_unclear, {{"number", n}}));
    exchange.restate();
}

}  // namespace

void take_item_talk(Exchange& exchange, const ItemTalk& talk) {
    const std::vector<core::Uuid> items = items_of(exchange, talk.numbers);
    switch (talk.what) {
        case What::confirm:
            return confirm_these(exchange, items);
        case What::confirm_without:
            leave_out(exchange, items);
            return exchange.live.empty() ? close_empty(exchange) : confirm(exchange, std::nullopt);
        case What::drop:
            leave_out(exchange, items);
            return exchange.live.empty() ? close_empty(exchange) : exchange.restate();
        case What::correct:
            return talk.text.empty() ? not_clear(exchange, talk) : correct(exchange, items.front(), talk.text);
        case What::person: {
            const auto fit = people_who_fit(exchange, talk.text);
            if (fit.size() != 1) return not_clear(exchange, talk);
            return attribute(exchange, items, person_called(exchange, fit.front().name));
        }
        case What::not_there:
            exchange.tell(exchange.say(Phrase::no_such_item));
            return exchange.restate();
        case What::unclear:
            return not_clear(exchange, talk);
    }
}

}  // namespace debrief::bot
