#include "bot/dialogue/answering.hpp"

#include <algorithm>
#include <utility>

#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/clause_worth.hpp"
#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/correcting.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/people_called.hpp"
#include "bot/dialogue/phrases.hpp"
#include "bot/dialogue/plain_talk.hpp"
#include "bot/dialogue/small_talk.hpp"
#include "bot/dialogue/special_answers.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;

/// "Noted: a concern (Mo Idris, Sarah Chen), their timing." Each heading once, whoever it came from.
std::string what_was_noted(const Exchange& exchange, const std::vector<Proposal>& proposals) {
    std::vector<std::pair<std::string, std::vector<std::string>>> headings;
    for (const Proposal& p : proposals) {
        const std::string label = label_of(p.item.dimension, exchange.language());
        auto heading =
            std::find_if(headings.begin(), headings.end(), [&label](const auto& one) { return one.first == label; });
        if (heading == headings.end()) heading = headings.insert(headings.end(), {label, {}});
        if (p.item.person && !has(heading->second, p.item.person->name)) heading->second.push_back(p.item.person->name);
    }
    if (headings.empty() || headings.size() > 3) return exchange.say(Phrase::noted);
    std::vector<std::string> facts;
    for (const auto& [label, names] : headings) {
        std::string fact = label;
        for (const auto& name : names) fact += (&name == &names.front() ? " (" : ", ") + name;
        facts.push_back(names.empty() ? fact : fact + ")");
    }
    return exchange.say(Phrase::noted_facts, {{"facts", joined(facts, exchange.language())}});
}

/// Shorter lines without a fact ("We met at noon") are notes, and nobody is asked about them.
constexpr std::size_t words_of_a_statement = 6;

bool may_probe(const Exchange& exchange) {
    return exchange.state.open && exchange.book.limits.probes > 0 &&
           !has(exchange.state.probed, exchange.state.open->question);
}
bool may_reframe(const Exchange& exchange) {
    return exchange.state.open && !has(exchange.state.reframed, exchange.state.open->question) &&
           static_cast<int>(exchange.state.reframed.size()) < exchange.book.limits.reframes &&
           exchange.state.last_did != "reframed";
}

bool is_opening(const Exchange& exchange, const Ask& ask) {
    const Question* question = exchange.book.question(ask.question);
    return question != nullptr &&
           std::find(question->when.begin(), question->when.end(), Trigger::start) != question->when.end();
}

/// A gap that was noted for a whole question is none any more once there is an answer to it, or, on the confirm screen,
/// a further note.
void fill_gaps(Exchange& exchange, const std::vector<Proposal>& fresh) {
    const std::vector<Proposal> before = exchange.live;
    for (const Proposal& gap : before) {
        const auto& of_this_line = exchange.step.items;
        if (gap.item.dimension != Dimension::unknown || !gap.item.about ||
            std::find(of_this_line.begin(), of_this_line.end(), gap.item.id) != of_this_line.end())
            continue;
        const bool answered = std::any_of(fresh.begin(), fresh.end(), [&](const Proposal& p) {
            const std::string& asked = p.item.source.question;
            return p.item.dimension == *gap.item.about && (asked.empty() || asked == gap.item.source.question);
        });
        if (answered && is_whole_gap(exchange, gap.item)) exchange.withdraw(gap.item.id);
    }
}

/// A fact that stands against a current one, and a question left to ask about it: asks once.
bool ask_what_changed(Exchange& exchange, const std::vector<Proposal>& fresh) {
    const auto& questions = exchange.book.questions;
    const auto question = std::find_if(questions.begin(), questions.end(), [](const Question& q) {
        return std::find(q.when.begin(), q.when.end(), Trigger::changed) != q.when.end();
    });
    if (question == questions.end() || exchange.state.asked >= exchange.state.limit) return false;
    for (const Proposal& p : fresh) {
        const core::Item* old = challenged_by(exchange, p);
        if (old == nullptr) continue;
        Ask ask{AskKind::contradiction, p.item.dimension, question->id, {}, {}, {old->id, p.item.id}, false, false};
        std::string text = question_text(exchange, ask);
        exchange.ask(std::move(ask), std::move(text));
        return true;
    }
    return false;
}

}  // namespace

bool ask_who(Exchange& exchange, const std::vector<PersonNamed>& strangers) {
    const auto& questions = exchange.book.questions;
    const auto question = std::find_if(questions.begin(), questions.end(), [](const Question& q) {
        return std::find(q.when.begin(), q.when.end(), Trigger::new_person) != q.when.end();
    });
    if (strangers.empty() || question == questions.end() || has(exchange.state.asked_questions, question->id) ||
        exchange.state.asked + 1 >= exchange.state.limit) {
        return false;
    }
    Ask ask{AskKind::ask, question->dimension, question->id, {}, {}, {}, false, false};
    const PersonNamed& first = strangers.front();
    const auto fit = people_who_fit(exchange, first.name);
    std::vector<core::NamedId> others;
    std::copy_if(fit.begin(), fit.end(), std::back_inserter(others),
                 [&](const core::NamedId& f) { return f.id != first.contact; });
    if (others.size() >= 2) {
        ask.about = {first.contact};
        std::vector<std::string> choices;
        choices.reserve(others.size());
        for (const core::NamedId& other : others) choices.push_back(other.name);
        std::string text = exchange.say(Phrase::which_person,
                                        {{"name", first.name}, {"choices", either(choices, exchange.language())}});
        exchange.ask(std::move(ask), std::move(text));
        return true;
    }
    for (const PersonNamed& p : strangers) {
        if (ask.about.size() < 3) ask.about.push_back(p.contact);
    }
    std::string text = question_text(exchange, ask);
    exchange.ask(std::move(ask), std::move(text));
    return true;
}

namespace {

void take_evidence(Exchange& exchange, Heard& heard) {
    std::vector<Proposal> fresh = std::move(heard.proposals);
    replace_asked_fact(exchange, fresh);
    for (const Proposal& p : fresh) exchange.propose(p);
    fill_gaps(exchange, fresh);
    const bool gap = !heard.denies_asked.empty() && exchange.state.open &&
                     std::none_of(fresh.begin(), fresh.end(), [&](const Proposal& p) {
                         return p.item.dimension == exchange.state.open->dimension;
                     });
    // "No dates, but Otto is afraid …": what was asked stays open, and the rest is told.
    if (gap) exchange.propose(not_known(exchange, *exchange.state.open, heard.denies_asked));
    for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
    exchange.settle("answered");
    exchange.tell(what_was_noted(exchange, fresh));
    // On the confirm screen a further note is added, and the screen shown again.
    if (exchange.state.phase == Phase::confirming) return show_screen_again(exchange);
    if (ask_what_changed(exchange, fresh) || ask_who(exchange, heard.strangers)) return;
    go_on(exchange);
}

/// Words that belong to no dimension we could tell: asks under which to keep them, once.
void ask_where_it_belongs(Exchange& exchange, bool other_language) {
    const Ask& open = *exchange.state.open;
    const bool topic = open.dimension != Dimension::unknown;
    const Phrase which = other_language ? (topic ? Phrase::other_language : Phrase::other_language_open)
                                        : (topic ? Phrase::unclear : Phrase::unclear_open);
    std::string text = exchange.say(which, {{"dimension", label_of(open.dimension, exchange.language())}});
    Ask again = open;
    again.kind = AskKind::probe;
    again.restated = false;
    exchange.step.did = "unclear";
    exchange.step.question = again.question;
    exchange.ask(std::move(again), std::move(text));
}

/// Sentences about the customer in which no fact was found, kept under the heading that was asked for: the confirm
/// screen shows them, and the rep knows better than we do.
void file_under_asked(Exchange& exchange, const Heard& heard) {
    const Dimension heading = exchange.state.open->dimension;
    std::vector<Proposal> fresh;
    for (const FocusedSentence& s : heard.read.sentences) {
        if (s.focus != core::Focus::customer || speaks_of_us_alone(s.text, s.text)) continue;
        Proposal p;
        p.item = exchange.blank_item();
        p.item.dimension = heading;
        p.item.text = trimmed(s.text);
        while (p.item.text.ends_with('.')) p.item.text.pop_back();
        p.item.source = exchange.source(p.item.text);
        for (const DateMention& d : heard.read.dates) {
            const bool inside = d.span.offset >= s.span.offset && d.span.offset < s.span.offset + s.span.length;
            if (inside) p.item.dates.push_back({d.text, d.value});
        }
        if (heard.people.size() == 1)
            p.item.person = core::NamedId{heard.people.front().contact, heard.people.front().name};
        p.item.id = exchange.new_item_id();
        const bool said = std::any_of(exchange.live.begin(), exchange.live.end(), [&](const Proposal& l) {
            return l.item.dimension == heading && plain_line(l.item.text) == plain_line(p.item.text);
        });
        if (said) continue;
        fresh.push_back(p);
        replace_asked_fact(exchange, fresh);
        exchange.propose(fresh.back());
    }
    exchange.settle("answered");
    exchange.tell(what_was_noted(exchange, fresh));
    if (fresh.empty() || !ask_what_changed(exchange, fresh)) go_on(exchange);
}

void keep_as_note(Exchange& exchange) {
    exchange.settle("noted");
    exchange.tell(exchange.say(Phrase::kept_as_note));
    if (exchange.state.phase == Phase::confirming) return show_screen_again(exchange);
    go_on(exchange);
}

/// The open question stays: it was not this that was answered.
void nothing_to_correct(Exchange& exchange) {
    exchange.step.did = "noted";
    exchange.tell(exchange.say(Phrase::nothing_to_correct));
    exchange.restate();
}

}  // namespace

void skip(Exchange& exchange) {
    exchange.settle("skipped");
    exchange.tell(exchange.say(Phrase::skipped));
    go_on(exchange);
}

void dont_know(Exchange& exchange, const std::string& quote) {
    const Ask open = *exchange.state.open;
    const Question* question = exchange.book.question(open.question);
    // Which of two stored answers holds is a gap; whether a new one changed an old one is none.
    const bool both_stored = std::all_of(open.about.begin(), open.about.end(),
                                         [&](const core::Uuid& id) { return exchange.stored(id) != nullptr; });
    const bool says_what =
        question != nullptr && (open.kind != AskKind::contradiction || both_stored) &&
        (!question->unknown.empty() || open.dimension != Dimension::unknown) &&
        std::find(question->when.begin(), question->when.end(), Trigger::new_person) == question->when.end();
    if (says_what && open.dimension != Dimension::unknown) {
        // Who names one thing that is not known has not said "don't know" to all that was asked.
        const auto& fresh = exchange.step.items;
        const bool noted = std::any_of(exchange.live.begin(), exchange.live.end(), [&](const Proposal& p) {
            return p.item.dimension == Dimension::unknown &&
                   (p.item.about == open.dimension ||
                    (p.item.about && std::find(fresh.begin(), fresh.end(), p.item.id) != fresh.end()));
        });
        if (!noted) exchange.propose(not_known(exchange, open, quote));
    }
    exchange.settle("dont_know");
    exchange.tell(exchange.from_book(question != nullptr ? question->dont_know : Wording{}, Phrase::dont_know, open));
    go_on(exchange);
}

void take_answer(Exchange& exchange, const std::string& text) {
    if (text == exchange.line->text && means_to_correct(exchange, true)) return nothing_to_correct(exchange);
    if (take_special_answer(exchange, text)) return;
    Heard heard = hear(exchange, text);
    const bool asking = exchange.state.phase == Phase::asking && exchange.state.open.has_value();

    // Our own talk is no gap of what is known about the customer: "then I'd have a big hole in my forecast".
    if (heard.seller && !speaks_of_not_knowing(text)) {
        heard.read.dont_know = false;
        heard.proposals.clear();
    }
    // "Well, it wouldn't be great for them" does not say that anything is not known.
    if (heard.read.dont_know && !speaks_of_not_knowing(text)) {
        heard.read.dont_know = false;
        heard.read.vague = true;
    }
    // "They want to get to the next level": asked once what that would be for them.
    const bool hollow = asking && may_probe(exchange) && (!heard.proposals.empty() || is_hollow(text)) &&
                        std::all_of(heard.proposals.begin(), heard.proposals.end(),
                                    [](const Proposal& p) { return is_hollow(p.item.text); });
    if (hollow) {
        heard.proposals.clear();
        heard.read.vague = true;
    }
    const bool evidence = std::any_of(heard.proposals.begin(), heard.proposals.end(),
                                      [](const Proposal& p) { return p.item.dimension != Dimension::unknown; });
    const bool opening = asking && is_opening(exchange, *exchange.state.open);
    if (heard.read.other_language && !evidence) {
        if (opening && is_logistics(text)) return keep_as_note(exchange);
        if (asking && may_probe(exchange)) return ask_where_it_belongs(exchange, true);
        return keep_as_note(exchange);
    }
    const bool admits = heard.read.dont_know || begins_with_admission(text);
    if (asking && admits && !evidence) {
        // What the rep named as not known is more exact than our own words for it.
        for (const Proposal& p : heard.proposals) exchange.propose(p);
        for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
        return dont_know(exchange, text);
    }
    if (!heard.proposals.empty()) return take_evidence(exchange, heard);

    if (means_to_correct(exchange, false) && !heard.read.vague) return nothing_to_correct(exchange);
    // Named below once more, so not moved from here.
    for (const PersonNamed& p : heard.people) exchange.name_person(p);
    if (asking && heard.seller) {
        if (may_reframe(exchange)) return follow_up(exchange, *exchange.state.open, AskKind::reframe, "reframed");
        return keep_as_note(exchange);
    }
    if (opening && is_logistics(text)) return keep_as_note(exchange);
    const bool of_nobody = asking && says_nothing_about_anybody(heard, text) &&
                           (!opening || plain_words(text).size() >= words_of_a_statement);
    if (asking && (heard.read.vague || of_nobody)) {
        if (may_probe(exchange)) return follow_up(exchange, *exchange.state.open, AskKind::probe, "probed");
        // A second vague answer is accepted, and the gap is kept.
        return dont_know(exchange, text);
    }
    if (asking && heard.customer_words && exchange.state.open->dimension != Dimension::unknown)
        return file_under_asked(exchange, heard);
    if (asking && may_probe(exchange) && (heard.customer_words || plain_words(text).size() >= words_of_a_statement)) {
        return ask_where_it_belongs(exchange, false);
    }
    keep_as_note(exchange);
}

}  // namespace debrief::bot
