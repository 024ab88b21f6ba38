#include "bot/dialogue/special_answers.hpp"

#include <algorithm>

#include "bot/dialogue/answering.hpp"
#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/german_dates.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/plain_talk.hpp"
#include "bot/dialogue/screening.hpp"
#include "bot/dialogue/who_is.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/ending/ending.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;

/// The same fact, said to hold on this meeting's day too.
Proposal said_again(const Exchange& exchange, const core::Item& old, const std::string& quote) {
    Proposal p;
    p.item = exchange.blank_item();
    p.item.dimension = old.dimension;
    p.item.text = old.text;
    p.item.person = old.person;
    p.item.dates = old.dates;
    p.item.detail = old.detail;
    p.item.source = exchange.source(quote);
    p.item.supersedes = old.id;
    p.item.id = exchange.new_item_id();
    return p;
}

const core::CommitmentView* promise_asked(const Exchange& exchange, const Ask& ask) {
    for (const core::CommitmentView& c : exchange.world.journey.commitments) {
        if (!ask.about.empty() && c.made.id == ask.about.front()) return &c;
    }
    return nullptr;
}

void probe(Exchange& exchange, const std::string& text) {
    Ask again = *exchange.state.open;
    again.kind = AskKind::probe;
    again.restated = false;
    exchange.step.did = "probed";
    exchange.step.question = again.question;
    exchange.ask(std::move(again), text);
}

bool take_promise(Exchange& exchange, const core::CommitmentView& promise, const std::string& text) {
    const YesNo said = yes_or_no(text);
    if (said == YesNo::yes) {
        Proposal p;
        p.item = exchange.blank_item();
        p.item.dimension = Dimension::commitment;
        p.item.text = exchange.say(Phrase::keeps, {{"text", promise.made.text}});
        if (!promise.made.owner.id.is_nil()) p.item.person = promise.made.owner;
        p.item.source = exchange.source(text);
        p.item.id = exchange.new_item_id();
        p.keeps = promise.made.id;
        exchange.propose(std::move(p));
        exchange.settle("answered");
        exchange.tell(exchange.say(Phrase::noted));
        go_on(exchange);
        return true;
    }
    if (said == YesNo::no && only_yes_or_no(text)) {
        const Question* question = exchange.book.question(exchange.state.open->question);
        probe(exchange, exchange.from_book(question != nullptr ? question->probe : Wording{}, Phrase::probe,
                                           *exchange.state.open));
        return true;
    }
    return false;
}

constexpr std::size_t words_of_a_bare_change = 3;

/// "He's still waiting for it": of the fact that was asked about.
bool says_still(const std::string& text, const core::Item& old) {
    const std::string plain = plain_line(text);
    for (const std::string_view who :
         {"he's still", "she's still", "they're still", "he still", "she still", "they still", "er will noch",
          "sie wollen noch", "they are still", "he is still", "she is still"}) {
        if (plain.starts_with(who)) return shared_stems(content_stems(old.text), content_stems(text)) > 0;
    }
    return false;
}

bool it_is_still_so(Exchange& exchange, const core::Item& old, const std::string& text) {
    exchange.propose(said_again(exchange, old, text));
    // "Yes, and Mo wants it too": what was added is evidence of its own.
    Heard heard = hear(exchange, text);
    for (const Proposal& p : heard.proposals) {
        if (!only_yes_or_no(text) && !says_still(p.item.text, old)) exchange.propose(p);
    }
    for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
    exchange.settle("answered");
    exchange.tell(exchange.say(Phrase::noted));
    if (!ask_who(exchange, heard.strangers)) go_on(exchange);
    return true;
}

bool it_is_not_so(Exchange& exchange, const core::Item& old, const std::string& text) {
    Ask about_it = *exchange.state.open;
    about_it.dimension = old.dimension;
    Proposal unknown = not_known(exchange, about_it, text);
    unknown.item.supersedes = old.id;
    exchange.propose(std::move(unknown));
    probe(exchange, exchange.say(Phrase::what_now));
    return true;
}

/// The words behind "no" take the old fact's place as they are.
bool take_what_it_is_now(Exchange& exchange, const core::Item& old, Heard& heard) {
    Proposal p;
    p.item = exchange.blank_item();
    p.item.dimension = old.dimension;
    p.item.text = without_answering_words(heard.read.sentences.empty() ? exchange.line->text
                                                                       : without_placeholders(exchange.line->text));
    while (p.item.text.ends_with('.')) p.item.text.pop_back();
    if (heard.people.size() == 1 && heard.people.front().known)
        p.item.person = core::NamedId{heard.people.front().contact, heard.people.front().name};
    p.item.source = exchange.source(p.item.text);
    for (const DateMention& d : heard.read.dates) p.item.dates.push_back({d.text, d.value});
    p.item.supersedes = old.id;
    p.item.id = exchange.new_item_id();
    exchange.propose(std::move(p));
    for (PersonNamed& person : heard.people) exchange.name_person(std::move(person));
    exchange.settle("answered");
    exchange.tell(exchange.say(Phrase::noted));
    go_on(exchange);
    return true;
}

/// "Is that still so?"
bool take_confirmation(Exchange& exchange, const core::Item& old, const std::string& text) {
    if (begins_with_admission(text)) {
        // "No clue, Rhys had to go": the old fact stays as it is.
        Heard heard = hear(exchange, text);
        for (const Proposal& p : heard.proposals) exchange.propose(p);
        for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
        dont_know(exchange, text);
        return true;
    }
    const YesNo said = yes_or_no(text);
    Heard heard = hear(exchange, text);
    if (half_agrees(text) && heard.proposals.empty()) {
        probe(exchange, exchange.say(Phrase::what_differs));
        return true;
    }
    const bool changed = change_kind(text) == ChangeKind::changed && plain_words(text).size() <= words_of_a_bare_change;
    if (changed || (said == YesNo::neither && says_still(text, old))) {
        // "Changed." "He's still waiting for it."
        return changed ? it_is_not_so(exchange, old, text) : it_is_still_so(exchange, old, text);
    }
    if (said == YesNo::neither) return false;
    const bool more = std::any_of(heard.proposals.begin(), heard.proposals.end(),
                                  [](const Proposal& p) { return p.item.dimension != Dimension::unknown; });
    if (said == YesNo::yes) return it_is_still_so(exchange, old, text);
    if (more) return false;  // "No, now it is June" is an ordinary answer that takes the old one's place.
    // "No, the operator pushed it back to December": whatever was read in it, it says how it is now.
    if (!only_yes_or_no(text) && !heard.seller && !heard.read.vague) return take_what_it_is_now(exchange, old, heard);
    return it_is_not_so(exchange, old, text);
}

/// "Changed, the group bought them in May": all but the bare word is the reason.
constexpr std::size_t words_of_a_reason = 4;

bool asks_about_a_change(const Exchange& exchange) {
    const Question* question = exchange.book.question(exchange.state.open->question);
    return question != nullptr &&
           std::find(question->when.begin(), question->when.end(), Trigger::changed) != question->when.end();
}

/// "What brought that about?": kept with the fact that took the other's place, and read like any answer.
bool take_reason(Exchange& exchange, const std::string& text) {
    const std::vector<core::Uuid> about = exchange.state.open->about;
    const Proposal* fresh = about.size() == 2 ? exchange.proposal(about[1]) : nullptr;
    if (fresh == nullptr) return false;
    Heard heard = hear(exchange, text);
    if (!heard.read.dont_know && !heard.read.vague && !heard.seller) {
        Proposal reasoned = *fresh;
        reasoned.item.source.because = trimmed(text);
        reasoned.item.source.because_message = exchange.line->id;
        exchange.change(reasoned);
    }
    // The reason is told with the fact; on its own stands only what goes beyond it: what they promise, or fear.
    for (const Proposal& p : heard.proposals) {
        const bool beyond = p.item.dimension == Dimension::commitment || p.item.dimension == Dimension::concern;
        if (beyond) exchange.propose(p);
    }
    for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
    exchange.settle("answered");
    exchange.tell(exchange.say(Phrase::noted));
    go_on(exchange);
    return true;
}

/// "Has that changed, was it mistaken before, or are both true?", of a stored fact and a proposal.
bool take_change(Exchange& exchange, const std::string& text) {
    const std::vector<core::Uuid> about = exchange.state.open->about;
    if (about.size() != 2) return false;
    const core::Item* old = exchange.stored(about[0]);
    const Proposal* fresh = exchange.proposal(about[1]);
    if (old == nullptr) return false;
    if (fresh == nullptr) {
        // Two stored facts that diverge: which one holds?
        const core::Item* other = exchange.stored(about[1]);
        const auto holds = which_of_two(text);
        const bool both = change_kind(text) == ChangeKind::both;
        if (other == nullptr || (!holds && !both)) return false;
        if (holds && !both) {
            Proposal p = said_again(exchange, *holds == 0 ? *old : *other, text);
            p.item.supersedes = *holds == 0 ? other->id : old->id;
            exchange.propose(std::move(p));
        }
    } else {
        const ChangeKind kind = change_kind(text);
        if (kind == ChangeKind::neither) return false;
        if (kind != ChangeKind::both) {
            Proposal changed = *fresh;
            changed.item.supersedes = old->id;
            changed.was_wrong = kind == ChangeKind::was_wrong;
            const bool reasoned = kind == ChangeKind::changed && plain_words(text).size() >= words_of_a_reason;
            if (reasoned) {
                changed.item.source.because = trimmed(text);
                changed.item.source.because_message = exchange.line->id;
            }
            exchange.change(changed);
            if (kind == ChangeKind::changed && !reasoned && exchange.book.limits.probes > 0) {
                probe(exchange, exchange.say(Phrase::what_brought_it));
                return true;
            }
        }
    }
    exchange.settle("answered");
    exchange.tell(exchange.say(Phrase::noted));
    go_on(exchange);
    return true;
}

/// Under which heading a note belongs that could not be told.
bool take_filing(Exchange& exchange, const std::string& text) {
    const auto& messages = exchange.conversation.messages;
    const auto unclear = std::find_if(messages.rbegin(), messages.rend(),
                                      [](const Message& m) { return m.step && m.step->did == "unclear"; });
    if (unclear == messages.rend() || !unclear->step->line) return false;
    const auto note =
        std::find_if(messages.begin(), messages.end(), [&](const Message& m) { return m.id == *unclear->step->line; });
    if (note == messages.end()) return false;
    const std::string plain = plain_line(text);
    std::optional<Dimension> heading = dimension_named(text);
    if (!heading && yes_or_no(text) == YesNo::yes && exchange.state.open->dimension != Dimension::unknown)
        heading = exchange.state.open->dimension;
    const bool just_a_note =
        contains_phrase(plain, "note") || contains_phrase(plain, "notiz") || (!heading && only_yes_or_no(text));
    if (just_a_note) {
        exchange.settle("noted");
        exchange.tell(exchange.say(Phrase::kept_as_note));
        go_on(exchange);
        return true;
    }
    // "They want to move things forward" holds a heading's word, and says something.
    const auto words = plain_words(text);
    constexpr std::string_view subjects[]{"they", "we", "he", "she", "you", "sie", "er", "wir"};
    const bool statement =
        !words.empty() && std::find(std::begin(subjects), std::end(subjects), words.front()) != std::end(subjects);
    if (!heading || statement || words.size() > 8) return false;
    Proposal p;
    p.item = exchange.blank_item();
    p.item.dimension = *heading;
    p.item.text = trimmed(note->text);
    p.item.source = exchange.source(p.item.text);
    p.item.source.message = note->id;
    for (const DateMention& d : dates_said(p.item.text, note_context(exchange.conversation, exchange.world, {})))
        p.item.dates.push_back({d.text, d.value});
    p.item.id = exchange.new_item_id();
    exchange.propose(std::move(p));
    exchange.settle("filed");
    exchange.tell(exchange.say(Phrase::filed, {{"dimension", label_of(*heading, exchange.language())}}));
    go_on(exchange);
    return true;
}

}  // namespace

bool take_special_answer(Exchange& exchange, const std::string& text) {
    if (exchange.state.phase != Phase::asking || !exchange.state.open) return false;
    if (ending::is_ending(exchange)) return ending::take_answer(exchange, text);
    const Ask open = *exchange.state.open;
    if (open.kind == AskKind::probe && exchange.state.last_did == "unclear" && take_filing(exchange, text)) return true;
    if (open.kind == AskKind::contradiction && take_change(exchange, text)) return true;
    if (open.kind == AskKind::probe && asks_about_a_change(exchange) && take_reason(exchange, text)) return true;
    if (open.kind == AskKind::confirm) {
        if (const core::CommitmentView* promise = promise_asked(exchange, open))
            return take_promise(exchange, *promise, text);
        if (const core::Item* old = open.about.empty() ? nullptr : exchange.stored(open.about.front())) {
            return take_confirmation(exchange, *old, text);
        }
    }
    const Question* question = exchange.book.question(open.question);
    const bool asks_who = question != nullptr && std::find(question->when.begin(), question->when.end(),
                                                           Trigger::new_person) != question->when.end();
    return asks_who && take_who(exchange, text);
}

void replace_asked_fact(Exchange& exchange, std::vector<Proposal>& fresh) {
    if (!exchange.state.open || exchange.state.open->about.empty()) return;
    const Ask& open = *exchange.state.open;
    const core::Item* old = exchange.stored(open.about.front());
    if (old == nullptr ||
        (open.kind != AskKind::confirm && open.kind != AskKind::probe && open.kind != AskKind::reframe))
        return;
    // "The clients ask for it themselves now; what Simone fears is …": of several the one of the same person.
    auto in_place = std::find_if(fresh.begin(), fresh.end(), [&](const Proposal& p) {
        return p.item.dimension == old->dimension && old->person && p.item.person &&
               p.item.person->id == old->person->id;
    });
    if (in_place == fresh.end())
        in_place = std::find_if(fresh.begin(), fresh.end(),
                                [&](const Proposal& p) { return p.item.dimension == old->dimension; });
    if (in_place == fresh.end()) return;
    const auto takes_its_place = [&](const Proposal& p) {
        return p.item.supersedes == old->id && p.item.dimension != Dimension::unknown;
    };
    if (std::any_of(exchange.live.begin(), exchange.live.end(), takes_its_place) ||
        std::any_of(fresh.begin(), fresh.end(), takes_its_place))
        return;
    in_place->item.supersedes = old->id;
    // "No" alone had made it unknown; now there is a new answer.
    const std::vector<Proposal> before = exchange.live;
    for (const Proposal& p : before) {
        if (p.item.dimension == Dimension::unknown && p.item.supersedes == old->id) exchange.withdraw(p.item.id);
    }
}

}  // namespace debrief::bot
