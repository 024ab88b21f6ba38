#include "bot/dialogue/listening.hpp"

#include <algorithm>
#include <array>

#include "bot/dialogue/clause_worth.hpp"
#include "bot/dialogue/german_dates.hpp"
#include "bot/dialogue/people_called.hpp"
#include "bot/dialogue/phrases.hpp"
#include "bot/dialogue/plain_talk.hpp"
#include "bot/dialogue/same_claim.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/dialogue/worries_over.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;

bool starts_small(std::string_view name) {
    return name.empty() || (name.front() >= 'a' && name.front() <= 'z');
}

bool overlaps(const Span& a, const Span& b) {
    return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/// What kind of worry it is, by its words. Empty where they do not say.
std::string concern_kind(std::string_view text) {
    const std::string plain = plain_line(text);
    constexpr std::array<std::string_view, 12> money{"price",  "cost",  "costs", "expensive", "budget", "dear",
                                                     "afford", "money", "fee",   "fees",      "preis",  "teuer"};
    constexpr std::array<std::string_view, 12> fear{"afraid", "fear",  "fears",  "scared", "risk",   "risky",
                                                    "burned", "burnt", "regret", "blame",  "blamed", "fail"};
    constexpr std::array<std::string_view, 11> process{"approval",  "procurement", "legal",     "security review",
                                                       "process",   "audit",       "migration", "works council",
                                                       "committee", "paperwork",   "compliance"};
    const auto any = [&](const auto& words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return contains_phrase(plain, w); });
    };
    if (any(fear)) return "fear";
    if (any(money)) return "money";
    if (any(process)) return "process";
    return {};
}

/// A paste of pages is kept as it is; nobody confirms hundreds of findings of one line.
constexpr std::size_t findings_max = 60;

class Listener {
public:
    Listener(const Exchange& exchange, const std::string& text) : exchange_(exchange), text_(text) {
        const Ask* open = exchange.state.open ? &*exchange.state.open : nullptr;
        if (open != nullptr) asked_ = open->dimension;
        const std::string question = open != nullptr ? question_text(exchange, *open) : std::string();
        // "No promises at all. But …": what follows is about something else than was asked.
        if (open != nullptr && open->kind != AskKind::confirm && open->dimension != Dimension::unknown)
            heard_.denies_asked = denial_of_asked(text);
        const bool elsewhere = open == nullptr || !heard_.denies_asked.empty();
        const std::string topic = elsewhere ? "open" : topic_asked(exchange.book, *open);
        const NoteContext context =
            note_context(exchange.conversation, exchange.world, exchange.state.people, topic, question);
        heard_.read = understand(text, {}, context);
        if (heard_.read.other_language) heard_.read.dates = dates_said(text, context);
    }

    Heard listen() {
        for (const Fact& fact : heard_.read.facts) {
            if (says_worry_is_over(fact.text)) {
                worry_over(fact.text, fact.span, fact.person);
            } else {
                propose(fact);
            }
        }
        worries_over_without_facts();
        stored_facts_told_anew();
        for (const Person& person : heard_.read.people) name(person);
        std::size_t customer = 0;
        std::size_t seller = 0;
        for (const FocusedSentence& s : heard_.read.sentences) {
            // What is about us is, whatever a model takes it for.
            const bool of_us = s.focus == core::Focus::customer && speaks_of_us_alone(s.text, s.text);
            if (s.focus == core::Focus::customer && !of_us) ++customer;
            if (s.focus == core::Focus::seller || of_us) ++seller;
        }
        const bool evidence = std::any_of(heard_.proposals.begin(), heard_.proposals.end(),
                                          [](const Proposal& p) { return p.item.dimension != Dimension::unknown; });
        heard_.seller = (seller > 0 || of_us_) && !evidence;
        heard_.customer_words = customer > 0;
        return std::move(heard_);
    }

private:
    void propose(const Fact& fact) {
        Proposal p;
        p.item = exchange_.blank_item();
        p.item.dimension = fact.dimension;
        p.item.text = without_lead(without_answering_words(fact.text));
        if (p.item.text.empty() || says_nothing_itself(p.item.text)) return;
        if (fact.dimension != Dimension::unknown && speaks_of_us_alone(p.item.text, sentence_at(fact.span))) {
            of_us_ = true;
            return;
        }
        if (heard_.proposals.size() >= findings_max || said_before(p.item)) return;
        if (fact.dimension != Dimension::unknown) {
            if (const core::Item* old = told_before(exchange_, p.item.text)) p.item.dimension = old->dimension;
        }
        p.item.source = exchange_.source(p.item.text);
        if (fact.person) {
            const PersonNamed& person = known_here(*fact.person);
            p.item.person = core::NamedId{person.contact, person.name};
        }
        for (const DateMention& d : heard_.read.dates) {
            if (overlaps(d.span, fact.span)) p.item.dates.push_back({d.text, d.value});
        }
        if (fact.dimension == Dimension::concern) p.item.detail = concern_kind(p.item.text);
        if (fact.dimension == Dimension::unknown) {
            // "Nobody knows who signs" is about how they decide, whatever was asked.
            p.item.about = topic_of_unknown(p.item.text);
            if (!p.item.about && exchange_.state.open && exchange_.state.open->dimension != Dimension::unknown)
                p.item.about = exchange_.state.open->dimension;
            if (p.item.about && is_reps_ignorance(p.item.text))
                p.item.text = words_for_unknown(exchange_, *p.item.about);
            // "No, I meant that I don't know", where nothing was asked, names nothing.
            if (said_before(p.item) || (!p.item.about && merely_admits(p.item.text))) return;
        }
        give_id(p);
        spans_.push_back(fact.span);
        heard_.proposals.push_back(std::move(p));
    }

    [[nodiscard]] std::string sentence_at(const Span& span) const {
        for (const FocusedSentence& s : heard_.read.sentences) {
            if (overlaps(s.span, span)) return s.text;
        }
        return text_;
    }

    /// "Expired stock costs them 5,500 a month, not what we wrote down": read as nothing, and yet a stored fact anew.
    void stored_facts_told_anew() {
        for (const FocusedSentence& s : heard_.read.sentences) {
            const bool told =
                std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) { return overlaps(span, s.span); });
            if (told || heard_.proposals.size() >= findings_max) continue;
            std::string clause = trimmed(s.text);
            if (const std::size_t not_so = clause.find(", not "); not_so != std::string::npos) clause.resize(not_so);
            while (clause.ends_with('.')) clause.pop_back();
            const core::Item* old = told_before(exchange_, clause);
            Proposal p;
            p.item = exchange_.blank_item();
            if (old == nullptr || !has_other_figures(clause, old->text)) continue;
            p.item.dimension = old->dimension;
            p.item.text = clause;
            if (said_before(p.item)) continue;
            p.item.person = old->person;
            p.item.source = exchange_.source(clause);
            for (const DateMention& d : heard_.read.dates) {
                if (overlaps(d.span, s.span)) p.item.dates.push_back({d.text, d.value});
            }
            give_id(p);
            spans_.push_back(s.span);
            heard_.proposals.push_back(std::move(p));
        }
    }

    /// What is over: about the person and no worry any more. A stored worry gives way to it; one that the line told
    /// just before ("back then he was afraid of …") is told together with it.
    void worry_over(const std::string& clause, const Span& place, const std::optional<std::string>& who) {
        Proposal p;
        p.item = exchange_.blank_item();
        p.item.dimension = Dimension::stakeholder;
        p.item.text = without_answering_words(clause);
        if (who) {
            const PersonNamed& person = known_here(*who);
            p.item.person = core::NamedId{person.contact, person.name};
        }
        const core::Item* old = worry_meant(exchange_, clause, p.item.person ? &*p.item.person : nullptr);
        Span span = place;
        if (old != nullptr) {
            p.item.supersedes = old->id;
            if (!p.item.person) p.item.person = old->person;
        } else if (!heard_.proposals.empty() && heard_.proposals.back().item.dimension == Dimension::concern) {
            p.item.person = heard_.proposals.back().item.person;
            span.offset = spans_.back().offset;
            span.length = place.offset + place.length - span.offset;
            p.item.text = trimmed(text_.substr(span.offset, span.length));
            heard_.proposals.pop_back();
            spans_.pop_back();
        }
        if (said_before(p.item)) return;
        p.item.source = exchange_.source(p.item.text);
        give_id(p);
        spans_.push_back(span);
        heard_.proposals.push_back(std::move(p));
    }

    /// The clauses of a stance and whole sentences, where no fact was found in them.
    void worries_over_without_facts() {
        const auto told = [this](const Span& place) {
            return std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) { return overlaps(span, place); });
        };
        const auto& people = heard_.read.people;
        for (const Person& person : people) {
            const std::size_t at = person.evidence.empty() ? std::string::npos : text_.find(person.evidence);
            if (at == std::string::npos || !says_worry_is_over(person.evidence)) continue;
            const Span place{at, person.evidence.size()};
            if (!told(place)) worry_over(person.evidence, place, person.name);
        }
        for (const FocusedSentence& s : heard_.read.sentences) {
            if (!says_worry_is_over(s.text) || told(s.span)) continue;
            const auto here = std::find_if(people.begin(), people.end(), [&s](const Person& p) {
                return contains_phrase(plain_line(s.text), plain_line(p.name.substr(0, p.name.find(' '))));
            });
            std::optional<std::string> who;
            if (here != people.end()) who = here->name;
            std::string clause = trimmed(s.text);
            while (clause.ends_with('.')) clause.pop_back();
            worry_over(clause, s.span, who);
        }
    }

    /// A stance towards us and the change: not towards another option, and not for a worry that is over.
    [[nodiscard]] bool is_towards_us(const Person& person, std::size_t at) const {
        const bool against = person.stance == core::Stance::skeptic || person.stance == core::Stance::blocker;
        if (against && says_worry_is_over(person.evidence)) return false;
        if (at == std::string::npos) return true;
        bool named_before = false;
        for (std::size_t i = 0; i < heard_.proposals.size(); ++i) {
            if (heard_.proposals[i].item.dimension != Dimension::competing_option) continue;
            if (overlaps(spans_[i], {at, person.evidence.size()})) return false;
            named_before = named_before || spans_[i].offset < at;
        }
        // "Dev wants to build it in house, Ruth isn't keen on that", to the question what else they look at.
        const std::string plain = plain_line(person.evidence);
        const bool points_back =
            contains_phrase(plain, "that") || contains_phrase(plain, "it") || contains_phrase(plain, "this");
        return !(named_before && points_back && asked_ == Dimension::competing_option);
    }

    void name(const Person& person) {
        PersonNamed& named = known_here(person.name);
        if (person.role) named.role = *person.role;
        const std::size_t at = person.evidence.empty() ? std::string::npos : text_.find(person.evidence);
        // "… without a stop, Sarah said": who has said it is no stance.
        const bool only_named = at != std::string::npos && says_nothing_itself(person.evidence);
        if (person.stance == core::Stance::unknown || only_named || !is_towards_us(person, at)) return stranger(named);
        named.stance = person.stance;
        // A stance stands on evidence: the fact that holds its clause, or the clause itself.
        for (std::size_t i = 0; i < heard_.proposals.size(); ++i) {
            const Proposal& p = heard_.proposals[i];
            const bool same_place = at != std::string::npos && overlaps(spans_[i], {at, person.evidence.size()});
            const bool same_person = p.item.person && p.item.person->id == named.contact;
            if (same_place || (at == std::string::npos && same_person)) named.evidence.push_back(p.item.id);
        }
        if (named.evidence.empty() && at != std::string::npos) {
            Proposal p;
            p.item = exchange_.blank_item();
            p.item.dimension = Dimension::stakeholder;
            p.item.text = trimmed(person.evidence);
            p.item.person = core::NamedId{named.contact, named.name};
            p.item.source = exchange_.source(person.evidence);
            if (!said_before(p.item)) {
                give_id(p);
                named.evidence.push_back(p.item.id);
                spans_.push_back({at, person.evidence.size()});
                heard_.proposals.push_back(std::move(p));
            }
        }
        stranger(named);
    }

    void stranger(const PersonNamed& named) {
        if (named.known || !named.role.empty() || starts_small(named.name)) return;
        const auto same = [&](const PersonNamed& p) { return p.contact == named.contact; };
        const auto& before = exchange_.state.people;
        if (std::any_of(before.begin(), before.end(), same)) return;
        if (std::none_of(heard_.strangers.begin(), heard_.strangers.end(), same)) heard_.strangers.push_back(named);
    }

    /// A person of this line, added at first mention.
    PersonNamed& known_here(const std::string& called) {
        // "The chairman" is the contact who is chairman.
        const auto& people = heard_.read.people;
        const auto said = std::find_if(people.begin(), people.end(), [&](const Person& p) { return p.name == called; });
        const bool held = said != people.end() && !said->holder.empty();
        PersonNamed person = person_called(exchange_, held ? said->holder : called);
        const auto found = std::find_if(heard_.people.begin(), heard_.people.end(),
                                        [&](const PersonNamed& p) { return p.contact == person.contact; });
        if (found != heard_.people.end()) return *found;
        heard_.people.push_back(std::move(person));
        return heard_.people.back();
    }

    void give_id(Proposal& p) const {
        p.item.id =
            core::derive_uuid("proposal", exchange_.conversation.id.text() + "/" + exchange_.line->id.text() + "/" +
                                              std::to_string(exchange_.step.items.size() + heard_.proposals.size()));
    }
    /// The same words under the same heading are one finding, however often they are said.
    [[nodiscard]] bool said_before(const core::Item& item) const {
        const auto same = [&](const Proposal& p) {
            return p.item.dimension == item.dimension && plain_line(p.item.text) == plain_line(item.text);
        };
        return std::any_of(exchange_.live.begin(), exchange_.live.end(), same) ||
               std::any_of(heard_.proposals.begin(), heard_.proposals.end(), same);
    }

    bool of_us_ = false;  ///< A clause about us was left out.
    const Exchange& exchange_;
    const std::string& text_;
    Heard heard_;
    std::vector<Span> spans_;  ///< Of the proposals.
    Dimension asked_ = Dimension::unknown;
};

}  // namespace

std::string topic_asked(const Playbook& book, const Ask& ask) {
    const Question* question = book.question(ask.question);
    const auto when = [question](Trigger trigger) {
        return question != nullptr &&
               std::find(question->when.begin(), question->when.end(), trigger) != question->when.end();
    };
    // What kept them from a promise may be anything; it is hardly a new promise.
    if (when(Trigger::start) || when(Trigger::promise_due) || when(Trigger::changed)) return "open";
    if (ask.question == "what_changed" || ask.question == "disagreement") return ask.question;
    switch (ask.dimension) {
        case Dimension::commitment:
            return "next_step";
        case Dimension::competing_option:
            return "alternatives";
        case Dimension::concern:
            return "concerns";
        case Dimension::stakeholder:
            return "stakeholders";
        case Dimension::unknown:
            return "open";
        case Dimension::why_change:
        case Dimension::cost_of_inaction:
        case Dimension::desired_outcome:
        case Dimension::decision_process:
        case Dimension::timing:
            break;
    }
    return std::string(core::name_of(ask.dimension));
}

NoteContext note_context(const Conversation& conversation, const World& world, const std::vector<PersonNamed>& people,
                         std::string_view topic, std::string_view question) {
    NoteContext context;
    context.encoder = world.encoder;
    context.account = conversation.account.name;
    context.rep = conversation.rep.name;
    for (const core::PersonView& p : world.journey.people) context.contacts.push_back({p.contact.name, p.role});
    for (const PersonNamed& p : people) {
        const bool here = std::any_of(context.contacts.begin(), context.contacts.end(),
                                      [&](const KnownPerson& k) { return k.name == p.name; });
        if (!here && !starts_small(p.name)) context.contacts.push_back({p.name, p.role});
    }
    context.meeting_date = std::chrono::year_month_day{meeting_day(conversation, world)};
    context.question_id = std::string(topic);
    context.question = std::string(question);
    return context;
}

std::string without_answering_words(std::string_view clause) {
    constexpr std::array<std::string_view, 17> openers{
        "no longer, ", "no. ",         "no, ",           "yes, ",         "yeah, ",      "yep, ",
        "well, ",      "ok, ",         "okay, ",         "as i said, ",   "nein, ",      "ja, ",
        "na ja, ",     "wie gesagt, ", "not any more, ", "not anymore, ", "nicht mehr, "};
    std::string text = trimmed(clause);
    for (bool more = true; more;) {
        more = std::any_of(openers.begin(), openers.end(), [&text](std::string_view opener) {
            if (!lower_case(text).starts_with(opener)) return false;
            text = trimmed(std::string_view(text).substr(opener.size()));
            return true;
        });
    }
    return text;
}

Heard hear(const Exchange& exchange, const std::string& text) {
    return Listener{exchange, text}.listen();
}

std::string words_for_unknown(const Exchange& exchange, Dimension about) {
    const Ask* open = exchange.state.open ? &*exchange.state.open : nullptr;
    const Question* question = open != nullptr ? exchange.book.question(open->question) : nullptr;
    const auto says = [about](const Question& q) { return q.dimension == about && !q.unknown.empty(); };
    if (question == nullptr || !says(*question)) {
        const auto& all = exchange.book.questions;
        const auto found = std::find_if(all.begin(), all.end(), says);
        question = found == all.end() ? nullptr : &*found;
    }
    Ask ask;
    ask.dimension = about;
    return exchange.from_book(question != nullptr ? question->unknown : Wording{}, Phrase::unknown_fact, ask);
}

bool is_whole_gap(const Exchange& exchange, const core::Item& unknown) {
    Ask ask;
    ask.dimension = *unknown.about;
    const auto& questions = exchange.book.questions;
    return std::any_of(questions.begin(), questions.end(), [&](const Question& q) {
        return q.dimension == ask.dimension && !q.unknown.empty() &&
               exchange.from_book(q.unknown, Phrase::unknown_fact, ask) == unknown.text;
    });
}

Proposal not_known(const Exchange& exchange, const Ask& ask, const std::string& quote) {
    Proposal p;
    p.item = exchange.blank_item();
    p.item.dimension = Dimension::unknown;
    if (ask.dimension != Dimension::unknown) p.item.about = ask.dimension;
    const Question* question = exchange.book.question(ask.question);
    p.item.text = exchange.from_book(question != nullptr ? question->unknown : Wording{}, Phrase::unknown_fact, ask);
    p.item.source = exchange.source(quote);
    p.item.id = exchange.new_item_id();
    return p;
}

}  // namespace debrief::bot
