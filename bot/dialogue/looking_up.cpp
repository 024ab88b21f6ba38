#include "bot/dialogue/looking_up.hpp"

#include <algorithm>

#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

struct Found {
    const core::Item* item = nullptr;
    std::size_t shared = 0;
};

bool starts_with_any(const std::string& plain, std::initializer_list<sv> words) {
    return std::any_of(words.begin(), words.end(), [&](sv w) {
        return sv(plain).starts_with(w) && (plain.size() == w.size() || plain[w.size()] == ' ');
    });
}
bool has_any(const std::string& plain, std::initializer_list<sv> words) {
    return std::any_of(words.begin(), words.end(), [&](sv w) { return contains_phrase(plain, w); });
}

/// The people whom the question names.
std::vector<const core::PersonView*> people_in(const Exchange& exchange, const std::string& plain) {
    std::vector<const core::PersonView*> out;
    for (const core::PersonView& p : exchange.world.journey.people) {
        const auto words = plain_words(p.contact.name);
        const bool said = std::any_of(words.begin(), words.end(),
                                      [&](const std::string& w) { return w.size() > 1 && contains_phrase(plain, w); });
        if (said) out.push_back(&p);
    }
    return out;
}

void tell_person(Exchange& exchange, const core::PersonView& person, bool stance) {
    Answer answer{true, person.evidence};
    std::string text;
    if (!person.role.empty())
        text = exchange.say(Phrase::lookup_person, {{"person", person.contact.name}, {"role", person.role}});
    if (stance || text.empty()) {
        if (!text.empty()) text += ' ';
        if (person.stance == core::Stance::unknown) {
            text += exchange.say(Phrase::lookup_no_stance, {{"person", person.contact.name}});
        } else {
            text += exchange.say(Phrase::lookup_stance, {{"person", person.contact.name},
                                                         {"stance", label_of(person.stance, exchange.language())},
                                                         {"date", spoken_date(person.since, exchange.language())}});
        }
    }
    if (answer.evidence.empty()) answer.evidence.push_back(person.contact.id);
    exchange.answer(std::move(text), std::move(answer));
}

/// "Who is against it?", "wer ist dafür?": those who stand there. False where the question is another one, or nobody
/// does.
bool tell_who_stands(Exchange& exchange, const std::string& plain) {
    if (!starts_with_any(plain, {"who", "who's", "wer"})) return false;
    const bool against = has_any(plain, {"against", "opposed", "opposes", "objects", "doubts", "sceptical", "skeptical",
                                         "sceptic", "skeptic", "blocks", "blocker", "dagegen", "zweifelt"});
    const bool in_favour = has_any(plain, {"for it", "in favour", "in favor", "supports", "supporter", "behind it",
                                           "champion", "wants it", "dafür"});
    if (against == in_favour) return false;
    Answer answer{true, {}};
    std::string text;
    for (const core::PersonView& p : exchange.world.journey.people) {
        const bool doubts = p.stance == core::Stance::blocker || p.stance == core::Stance::skeptic;
        const bool backs = p.stance == core::Stance::champion || p.stance == core::Stance::supporter;
        if (against ? !doubts : !backs) continue;
        if (!text.empty()) text += '\n';
        text += exchange.say(Phrase::lookup_stance, {{"person", p.contact.name},
                                                     {"stance", label_of(p.stance, exchange.language())},
                                                     {"date", spoken_date(p.since, exchange.language())}});
        answer.evidence.insert(answer.evidence.end(), p.evidence.begin(), p.evidence.end());
        if (p.evidence.empty()) answer.evidence.push_back(p.contact.id);
    }
    if (text.empty()) return false;
    exchange.answer(std::move(text), std::move(answer));
    return true;
}

void tell_commitments(Exchange& exchange, const std::vector<const core::PersonView*>& people) {
    std::vector<const core::CommitmentView*> fitting;
    for (const core::CommitmentView& c : exchange.world.journey.commitments) {
        const bool theirs = people.empty() || std::any_of(people.begin(), people.end(), [&](const core::PersonView* p) {
                                return p->contact.id == c.made.owner.id;
                            });
        if (theirs && (c.state == "open" || c.state == "overdue")) fitting.push_back(&c);
    }
    if (fitting.empty()) return exchange.answer(exchange.say(Phrase::lookup_no_commitment), {false, {}});
    Answer answer{true, {}};
    std::string text;
    const bool german = exchange.language() == "de";
    for (const core::CommitmentView* c : fitting) {
        if (answer.evidence.size() == 3) break;
        std::string date;
        if (!c->made.due.empty()) date = (german ? ", bis " : ", due ") + spoken_date(c->made.due, exchange.language());
        const std::string owner = c->made.owner.name.empty() ? exchange.conversation.account.name : c->made.owner.name;
        const std::string said = german ? (c->state == "open" ? "offen" : "überfällig") : c->state;
        if (!text.empty()) text += '\n';
        text += exchange.say(Phrase::lookup_commitment,
                             {{"person", owner}, {"text", c->made.text}, {"date", date}, {"state", said}});
        answer.evidence.push_back(c->made.id);
    }
    exchange.answer(std::move(text), std::move(answer));
}

void tell_meeting(Exchange& exchange) {
    const auto& next = exchange.world.next_meeting;
    if (!next) return exchange.answer(exchange.say(Phrase::lookup_no_meeting), {false, {}});
    const std::string title = next->title.empty() ? exchange.say(Phrase::next_call) : next->title;
    exchange.answer(exchange.say(Phrase::lookup_meeting,
                                 {{"meeting", title}, {"date", spoken_day(next->day, exchange.language())}}),
                    {true, {next->id}});
}

std::string evidence_line(const Exchange& exchange, const core::Item& item) {
    const std::string date = spoken_date(item.said_on, exchange.language());
    if (item.person && !item.person->name.empty()) {
        return exchange.say(Phrase::lookup_item, {{"date", date}, {"person", item.person->name}, {"text", item.text}});
    }
    return exchange.say(Phrase::lookup_item_plain, {{"date", date}, {"text", item.text}});
}

/// Facts of the journey that speak of the same things, best first, then newest.
std::vector<Found> search_items(const Exchange& exchange, const std::vector<std::string>& stems,
                                const std::vector<const core::PersonView*>& people) {
    std::vector<Found> found;
    std::vector<std::string> topic = stems;
    for (const core::PersonView* p : people) {
        for (const std::string& word : content_stems(p->contact.name))
            topic.erase(std::remove(topic.begin(), topic.end(), word), topic.end());
    }
    for (const core::DimensionView& view : exchange.world.journey.dimensions) {
        for (const core::Item& item : view.items) {
            if (item.state != core::ItemState::confirmed && item.state != core::ItemState::superseded) continue;
            const bool of_person =
                people.empty() || std::any_of(people.begin(), people.end(), [&](const core::PersonView* p) {
                    return (item.person && item.person->id == p->contact.id) ||
                           contains_phrase(plain_line(item.text), plain_words(p->contact.name).front());
                });
            auto in_item = content_stems(item.text);
            for (const std::string& s : content_stems(item.source.quote)) in_item.push_back(s);
            const std::size_t shared = shared_stems(topic, in_item);
            if (of_person && (shared > 0 || (topic.empty() && !people.empty()))) found.push_back({&item, shared});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return std::tuple(b.shared, b.item->said_on, b.item->id) < std::tuple(a.shared, a.item->said_on, a.item->id);
    });
    return found;
}

/// Facts that hold under the heading that the question names, else of the person whom it names; newest first.
std::vector<Found> items_under(const Exchange& exchange, std::string_view line,
                               const std::vector<const core::PersonView*>& people) {
    const auto heading = dimension_named(line);
    if (!heading && people.size() != 1) return {};
    std::vector<Found> found;
    for (const core::DimensionView& view : exchange.world.journey.dimensions) {
        for (const core::Item& item : view.items) {
            if (item.state != core::ItemState::confirmed || (heading && item.dimension != *heading)) continue;
            const bool of_person =
                people.empty() || std::any_of(people.begin(), people.end(), [&](const core::PersonView* p) {
                    return item.person && item.person->id == p->contact.id;
                });
            if (of_person) found.push_back({&item, 0});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return std::tuple(b.item->said_on, b.item->id) < std::tuple(a.item->said_on, a.item->id);
    });
    return found;
}

}  // namespace

bool asks_us(std::string_view line) {
    const std::string text = trimmed(line);
    std::string plain = plain_line(text);
    for (const sv lead : {"and ", "but ", "so ", "ok ", "okay ", "und ", "aber "}) {
        if (plain.starts_with(lead)) plain.erase(0, lead.size());
    }
    const std::size_t words = plain_words(text).size();
    if (words < 2 || words > 20) return false;
    const bool mark = text.ends_with("?");
    if (starts_with_any(plain, {"show me", "show", "tell me", "remind me what", "remind me when", "remind me who",
                                "zeig mir", "zeige mir", "sag mir"}))
        return true;
    // "Who knows?" and "why would they?" are answers, not questions to us.
    if (has_any(plain, {"who knows", "wer weiß", "god knows"})) return false;
    return mark && starts_with_any(
                       plain, {"when", "what",     "what's", "whats", "who", "who's", "whos",   "which",   "where",
                               "how",  "did",      "does",   "do",    "has", "have",  "is",     "are",     "was",
                               "any",  "anything", "were",   "wann",  "was", "wer",   "welche", "welcher", "welches",
                               "wo",   "wie",      "hat",    "haben", "ist", "sind",  "gibt"});
}

void look_up(Exchange& exchange, std::string_view line) {
    exchange.step.did = "lookup";
    const std::string plain = plain_line(line);
    const auto people = people_in(exchange, plain);
    if (has_any(plain, {"next meeting", "next call", "meet next", "see them next", "nächster termin", "nächste termin",
                        "nächstes gespräch"}))
        return tell_meeting(exchange);
    if (has_any(plain, {"promise", "promised", "commitment", "commitments", "commit", "committed", "agreed to",
                        "zugesagt", "zusagen", "versprochen"})) {
        return tell_commitments(exchange, people);
    }
    if (people.empty() && tell_who_stands(exchange, plain)) return;
    const bool about_person =
        has_any(plain, {"role", "stance", "stand", "who is", "who's", "position", "rolle", "wer ist", "steht"});
    if (people.size() == 1 && about_person) {
        return tell_person(exchange, *people.front(), !has_any(plain, {"role", "rolle"}));
    }
    const auto stems = content_stems(line);
    auto found = search_items(exchange, stems, people);
    // "What about Mo?", "what about their worries?": no word of the facts was said, but whose or which they are.
    if (found.empty()) found = items_under(exchange, line, people);
    if (people.size() == 1 && (found.empty() || found.front().shared == 0))
        tell_person(exchange, *people.front(), true);
    if (found.empty() && people.size() == 1) return;
    if (found.empty()) {
        std::string words = trimmed(line);
        // What was looked for, in the rep's words: the last content word is usually the topic.
        std::vector<std::string> wanted;
        for (const std::string& word : plain_words(line)) {
            if (!content_stems(word).empty()) wanted.push_back("“" + word + "”");
        }
        if (wanted.size() > 3) wanted.erase(wanted.begin(), wanted.end() - 3);
        words = wanted.empty() ? "“" + words + "”" : joined(wanted, exchange.language());
        return exchange.answer(exchange.say(Phrase::lookup_none, {{"words", words}}), {false, {}});
    }
    Answer answer{true, {}};
    std::string text;
    for (const Found& f : found) {
        if (f.shared < found.front().shared || answer.evidence.size() == 3) break;
        if (!text.empty()) text += '\n';
        text += evidence_line(exchange, *f.item);
        answer.evidence.push_back(f.item->id);
    }
    exchange.answer(std::move(text), std::move(answer));
}

}  // namespace debrief::bot
