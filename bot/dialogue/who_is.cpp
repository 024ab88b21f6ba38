#include "bot/dialogue/who_is.hpp"

#include <algorithm>

#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/people_called.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

/// A role out of "she's the new controller", "their CFO", "works in finance", "Mo is the plant manager".
std::string role_in(const std::string& text, const std::string& name) {
    std::vector<std::string> words = plain_words(text);
    static const std::vector<std::string> openers{"he",    "she",  "he's", "she's", "that's", "that", "it's",  "they",
                                                  "is",    "was",  "are",  "the",   "a",      "an",   "their", "our",
                                                  "works", "as",   "er",   "sie",   "ist",    "der",  "die",   "das",
                                                  "ihr",   "ihre", "oh",   "well",  "new",    "neue", "neuer"};
    const auto named = plain_words(name);
    const auto opens = [&](const std::string& word) {
        return std::find(openers.begin(), openers.end(), word) != openers.end() ||
               std::any_of(named.begin(), named.end(),
                           [&](const auto& one) { return word == one || word == one + "'s"; });
    };
    while (!words.empty() && opens(words.front())) words.erase(words.begin());
    if (words.empty() || words.size() > 6) return {};
    // As typed, not folded: "CFO" stays "CFO".
    const std::string small = lower_case(text);
    const std::size_t at = small.find(words.front());
    std::string role = trimmed(std::string_view(text).substr(at == std::string::npos ? 0 : at));
    while (!role.empty() && (role.back() == '.' || role.back() == ',' || role.back() == ';')) role.pop_back();
    return role;
}

/// "That's not a person, it's a drone company."
bool names_no_person(const std::string& text) {
    const std::string plain = plain_line(text);
    constexpr std::string_view denials[]{"not a person", "isn't a person", "no person",   "not a human",
                                         "not somebody", "keine person",   "kein mensch", "niemand, das ist"};
    const auto says = [&plain](std::string_view words) { return contains_phrase(plain, words); };
    if (std::any_of(std::begin(denials), std::end(denials), says)) return true;
    constexpr std::string_view openers[]{"it's a",       "it's an",    "it's the",     "it's their",   "that's a",
                                         "that's an",    "that's the", "that's their", "it is a",      "it is an",
                                         "that is a",    "that is an", "das ist ein",  "das ist eine", "das ist ihr",
                                         "das ist ihre", "a",          "an",           "eine",         "ein"};
    constexpr std::string_view things[]{"company",   "firm",     "vendor", "supplier", "product",  "software",
                                        "tool",      "system",   "brand",  "machine",  "agency",   "competitor",
                                        "programme", "app",      "firma",  "produkt",  "anbieter", "lieferant",
                                        "werkzeug",  "maschine", "agentur"};
    const auto words = plain_words(text);
    const auto opens = [&plain](std::string_view words_of) { return plain.starts_with(std::string(words_of) + " "); };
    return !words.empty() && std::any_of(std::begin(openers), std::end(openers), opens) &&
           std::find(std::begin(things), std::end(things), words.back()) != std::end(things);
}

/// The name is nobody's: what was said stays, without it.
void forget_name(Exchange& exchange, const core::Uuid& contact) {
    const std::vector<Proposal> before = exchange.live;
    for (Proposal p : before) {
        if (!p.item.person || p.item.person->id != contact) continue;
        p.item.person.reset();
        exchange.change(p);
    }
    PersonNamed gone;
    gone.contact = contact;
    gone.withdrawn = true;
    exchange.name_person(std::move(gone));
    exchange.settle("answered");
    exchange.tell(exchange.say(Phrase::noted));
    go_on(exchange);
}

}  // namespace

bool take_who(Exchange& exchange, const std::string& text) {
    const std::vector<core::Uuid> about = exchange.state.open->about;
    if (about.empty()) return false;
    const std::string asked_name = exchange.name_of_contact(about.front());
    if (about.size() == 1 && names_no_person(text)) {
        forget_name(exchange, about.front());
        return true;
    }
    // One of two with the same first name: what was noted moves to the one meant.
    const auto fit = people_who_fit(exchange, asked_name);
    for (const core::NamedId& meant : fit) {
        if (meant.id == about.front() || fit.size() < 2) continue;
        const auto words = plain_words(meant.name);
        const auto said = plain_words(text);
        const bool told_apart = std::any_of(words.begin(), words.end(), [&](const std::string& w) {
            const auto asked = plain_words(asked_name);
            return std::find(asked.begin(), asked.end(), w) == asked.end() &&
                   std::find(said.begin(), said.end(), w) != said.end();
        });
        if (!told_apart) continue;
        PersonNamed named = person_called(exchange, meant.name);
        for (const PersonNamed& p : exchange.state.people) {
            if (p.contact != about.front()) continue;
            named.stance = p.stance;
            named.evidence = p.evidence;
        }
        const std::vector<Proposal> before = exchange.live;
        for (Proposal p : before) {
            if (!p.item.person || p.item.person->id != about.front()) continue;
            p.item.person = meant;
            exchange.change(p);
        }
        PersonNamed gone;
        gone.contact = about.front();
        gone.withdrawn = true;
        exchange.name_person(std::move(gone));
        exchange.name_person(std::move(named));
        exchange.settle("answered");
        exchange.tell(exchange.say(Phrase::corrected_person_new, {{"new", meant.name}}));
        go_on(exchange);
        return true;
    }
    Heard heard = hear(exchange, text);
    bool role_said = false;
    for (PersonNamed& p : heard.people) {
        role_said = role_said || (!p.role.empty() && std::find(about.begin(), about.end(), p.contact) != about.end());
    }
    const std::string role = role_in(text, asked_name);
    if (!role_said && about.size() == 1 && !role.empty() && !heard.read.dont_know && !heard.read.vague) {
        PersonNamed named;
        named.contact = about.front();
        named.name = asked_name;
        named.role = role;
        exchange.name_person(std::move(named));
        exchange.settle("answered");
        exchange.tell(exchange.say(Phrase::lookup_person, {{"person", asked_name}, {"role", role}}));
        go_on(exchange);
        return true;
    }
    return false;
}

}  // namespace debrief::bot
