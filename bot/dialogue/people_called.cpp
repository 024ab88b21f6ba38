#include "bot/dialogue/people_called.hpp"

#include <algorithm>

#include "bot/dialogue/words.hpp"

namespace debrief::bot {

std::vector<core::NamedId> people_who_fit(const Exchange& exchange, std::string_view name) {
    const auto wanted = plain_words(name);
    std::vector<core::NamedId> fit;
    const auto offer = [&](const core::NamedId& person) {
        const auto words = plain_words(person.name);
        const bool all = !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& w) {
            return std::find(words.begin(), words.end(), w) != words.end();
        });
        const bool here =
            std::any_of(fit.begin(), fit.end(), [&](const core::NamedId& f) { return f.id == person.id; });
        if (all && !here) fit.push_back(person);
    };
    for (const core::PersonView& p : exchange.world.journey.people) offer(p.contact);
    for (const PersonNamed& p : exchange.state.people) offer({p.contact, p.name});
    return fit;
}

PersonNamed person_called(const Exchange& exchange, const std::string& name) {
    const auto fit = people_who_fit(exchange, name);
    const std::string plain = plain_line(name);
    for (const core::NamedId& person : fit) {
        const bool exact = plain_line(person.name) == plain;
        if (!exact && fit.size() != 1) continue;
        const auto& contacts = exchange.world.journey.people;
        const bool known = std::any_of(contacts.begin(), contacts.end(),
                                       [&](const core::PersonView& p) { return p.contact.id == person.id; });
        return {person.id, person.name, {}, core::Stance::unknown, {}, known, false};
    }
    // Two devices that hear of the same stranger make one contact of them.
    const core::Uuid id = core::derive_uuid("contact", exchange.conversation.account.id.text() + "/" + plain);
    return {id, trimmed(name), {}, core::Stance::unknown, {}, false, false};
}

}  // namespace debrief::bot
