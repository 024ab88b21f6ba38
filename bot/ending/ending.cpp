#include "bot/ending/ending.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "bot/dialogue/answering.hpp"
#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/plain_talk.hpp"
#include "bot/dialogue/small_talk.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/ending/ending_texts.hpp"
#include "bot/ending/outcome_words.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::ending {
namespace {

using core::Dimension;

// Ids with a meaning in the playbook; the one of the reason goes on with the outcome.
constexpr std::string_view of_outcome = "ended", of_source = "on_whose_words", of_reason = "reason_";

/// Under the line's id: who says twice how it ended has said something new.
void add(Exchange& exchange, Contribution told) {
    exchange.state.adds.push_back(told);
    exchange.step.adds.push_back(std::move(told));
}
void add_outcome(Exchange& exchange, const std::string& outcome, const std::string& on) {
    Contribution told;
    told.kind = "ended";
    told.text = outcome;
    told.due = on;
    if (exchange.line != nullptr) told.by.id = exchange.line->id;
    add(exchange, std::move(told));
}
void add_reason(Exchange& exchange, const std::string& words) {
    Contribution told;
    told.kind = "ended_why";
    told.text = clipped(trimmed(words), evidence_bytes_max);
    if (exchange.line != nullptr) told.by.id = exchange.line->id;
    add(exchange, std::move(told));
}
void add_source(Exchange& exchange, const core::NamedId& who) {
    Contribution told;
    told.kind = "ended_by";
    told.by = who;
    if (who.id.is_nil()) told.step = who.name;  // No person: the words stand where help names its step.
    if (exchange.line != nullptr) told.text = exchange.line->id.text();
    add(exchange, std::move(told));
}

std::string outcome_now(const Exchange& exchange) {
    return told(exchange.state).outcome;
}

/// A day of the past, out of a line that tells how it ended.
std::string day_of_ending(const Heard& heard, const Exchange& exchange) {
    for (const DateMention& date : heard.read.dates) {
        const auto range = core::days_of(date.value);
        if (range && range->first <= exchange.today()) return date.value;
    }
    return {};
}

/// Under which heading their reason stands where its words do not tell: as the question about it says.
Dimension heading(const Exchange& exchange) {
    const Question* question = exchange.book.question(std::string(of_reason) + outcome_now(exchange));
    return question != nullptr && question->dimension != Dimension::unknown ? question->dimension
                                                                            : Dimension::decision_process;
}

/// The words are theirs, on the word of whoever told us.
void on_their_words(const Exchange& exchange, std::vector<Proposal>& fresh, std::size_t people_named) {
    const core::NamedId by = told(exchange.state).by;
    if (by.id.is_nil() || people_named > 0) return;
    for (Proposal& p : fresh) {
        if (!p.item.person) p.item.person = by;
    }
}

/// What the line says about them. `whole`: without a finding the line itself is one.
void keep_evidence(Exchange& exchange, Heard& heard, const std::string& text, bool whole) {
    std::vector<Proposal> fresh = std::move(heard.proposals);
    std::erase_if(fresh, [](const Proposal& p) { return p.item.dimension == Dimension::unknown; });
    // What they did instead is a choice of theirs, whatever else its words speak of.
    for (Proposal& p : fresh) {
        if (!whole && outcome_said(p.item.text)) p.item.dimension = heading(exchange);
    }
    if (fresh.empty() && whole) {
        Proposal p;
        p.item = exchange.blank_item();
        p.item.dimension = heading(exchange);
        p.item.text = trimmed(text);
        while (p.item.text.ends_with('.')) p.item.text.pop_back();
        p.item.source = exchange.source(p.item.text);
        for (const DateMention& d : heard.read.dates) p.item.dates.push_back({d.text, d.value});
        if (heard.people.size() == 1)
            p.item.person = core::NamedId{heard.people.front().contact, heard.people.front().name};
        p.item.id = exchange.new_item_id();
        fresh.push_back(std::move(p));
    }
    on_their_words(exchange, fresh, heard.people.size());
    for (Proposal& p : fresh) exchange.propose(std::move(p));
    for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
}

bool take_outcome(Exchange& exchange, const std::string& text) {
    const auto said = outcome_said(text);
    const bool asked_before = has(exchange.state.probed, std::string(of_outcome));
    if (!said && (begins_with_admission(text) || merely_admits(text))) return false;
    Heard heard = hear(exchange, text);
    const bool says_enough = said && (*said != "not_bought" || asked_before);
    if (says_enough) {
        add_outcome(exchange, *said, day_of_ending(heard, exchange));
        // "Miriam wrote that they went with the others, because …" answers more than one question.
        if (heard.people.size() == 1) add_source(exchange, {heard.people.front().contact, heard.people.front().name});
        if (const std::string reason = reason_within(text); !reason.empty()) add_reason(exchange, reason);
    }
    if (!says_enough && !asked_before) {
        keep_evidence(exchange, heard, text, false);
        follow_up(exchange, *exchange.state.open, AskKind::probe, "probed");
        return true;
    }
    keep_evidence(exchange, heard, text, false);
    exchange.settle("answered");
    exchange.tell(says_enough ? say(Text::noted_outcome, exchange.language(),
                                    {{"outcome", outcome_words(*said, exchange.language())}})
                              : exchange.say(Phrase::kept_as_note));
    go_on(exchange);
    return true;
}

bool take_source(Exchange& exchange, const std::string& text) {
    if (begins_with_admission(text) || merely_admits(text)) return false;
    Heard heard = hear(exchange, text);
    if (!heard.people.empty()) {
        add_source(exchange, {heard.people.front().contact, heard.people.front().name});
    } else {
        // "The tender portal": no person, and still where it is from.
        std::string words = shortened(text, 8);
        while (words.ends_with('.')) words.pop_back();
        add_source(exchange, {core::Uuid{}, words});
    }
    if (const std::string reason = reason_within(text); !reason.empty() && told(exchange.state).reason.empty())
        add_reason(exchange, reason);
    const core::NamedId by = told(exchange.state).by;
    // That she was on the phone on Monday is where it is from, and no finding.
    std::erase_if(heard.proposals, [](const Proposal& p) {
        return p.item.dimension == Dimension::stakeholder || p.item.dimension == Dimension::timing;
    });
    keep_evidence(exchange, heard, text, false);
    exchange.settle("answered");
    exchange.tell(
        say(by.id.is_nil() ? Text::noted_source : Text::noted_person, exchange.language(), {{"who", by.name}}));
    go_on(exchange);
    return true;
}

/// Their reason, or what of them it would have helped to know.
bool take_words_of_theirs(Exchange& exchange, const std::string& text, bool is_reason) {
    if (merely_admits(text)) return false;
    const std::string id = exchange.state.open->question;
    Heard heard = hear(exchange, text);
    const bool evidence = std::any_of(heard.proposals.begin(), heard.proposals.end(),
                                      [](const Proposal& p) { return p.item.dimension != Dimension::unknown; });
    if (!evidence && begins_with_admission(text)) return false;
    if (heard.seller && !has(exchange.state.reframed, id) &&
        static_cast<int>(exchange.state.reframed.size()) < exchange.book.limits.reframes) {
        for (PersonNamed& p : heard.people) exchange.name_person(std::move(p));
        follow_up(exchange, *exchange.state.open, AskKind::reframe, "reframed");
        return true;
    }
    if (!evidence && heard.read.vague && !has(exchange.state.probed, id) && !has(exchange.state.reframed, id)) {
        follow_up(exchange, *exchange.state.open, AskKind::probe, "probed");
        return true;
    }
    // A second answer about us is no reason of theirs: it stays a note of the rep's.
    const bool theirs = !heard.seller;
    if (is_reason && theirs) add_reason(exchange, text);
    keep_evidence(exchange, heard, text, theirs);
    exchange.settle("answered");
    exchange.tell(theirs ? exchange.say(Phrase::noted) : exchange.say(Phrase::kept_as_note));
    go_on(exchange);
    return true;
}

}  // namespace

Told told(const State& state) {
    Told out;
    for (const Contribution& one : state.adds) {
        if (one.kind == "ended") {
            out.outcome = one.text;
            out.ended_on = one.due;
        }
        if (one.kind == "ended_by") out.by = one.by.id.is_nil() ? core::NamedId{{}, one.step} : one.by;
        if (one.kind == "ended_why") out.reason = one.text;
    }
    return out;
}

bool has_news(const Exchange& exchange) {
    if (!is_ending(exchange)) return false;
    const Told now = told(exchange.state);
    return std::any_of(exchange.state.adds.begin(), exchange.state.adds.end(),
                       [](const Contribution& one) { return one.step != stored; }) &&
           !now.outcome.empty();
}

void introduce(Exchange& exchange) {
    if (!exchange.world.opportunity) return;
    const OpportunitySeen& seen = *exchange.world.opportunity;
    const auto stored_one = [&](std::string kind, std::string text, std::string due) {
        Contribution one;
        one.kind = std::move(kind);
        one.text = std::move(text);
        one.due = std::move(due);
        one.step = stored;
        add(exchange, std::move(one));
    };
    const bool known = !seen.outcome.empty() && seen.outcome != "open" && seen.outcome != "not_bought";
    std::string text = say(Text::about, exchange.language(), {{"name", seen.name}});
    if (known) {
        stored_one("ended", seen.outcome, seen.ended_on);
        text = say(seen.ended_on.empty() ? Text::noted_before : Text::noted_before_on, exchange.language(),
                   {{"name", seen.name},
                    {"date", spoken_date(seen.ended_on, exchange.language())},
                    {"outcome", outcome_words(seen.outcome, exchange.language())}});
        if (!seen.reason.empty()) {
            stored_one("ended_why", seen.reason, {});
            text += " " + say(Text::reason_before, exchange.language(), {{"reason", shortened(seen.reason, 25)}});
        }
        text += " " + say(Text::say_so, exchange.language());
    }
    exchange.show(std::move(text));
}

const Question* opening(const Exchange& exchange) {
    for (const Question& question : exchange.book.questions) {
        if (!is_covered(exchange, question)) return &question;
    }
    return nullptr;
}

bool is_covered(const Exchange& exchange, const Question& question) {
    const Told now = told(exchange.state);
    if (question.id == of_outcome) return !now.outcome.empty();
    if (question.id == of_source) return !now.by.name.empty() || now.outcome == "withdrew";
    if (!question.id.starts_with(of_reason)) return false;
    const std::string outcome = now.outcome.empty() ? "not_bought" : now.outcome;
    return !now.reason.empty() || question.id != std::string(of_reason) + outcome;
}

bool take_change(Exchange& exchange, const std::string& text) {
    if (!is_ending(exchange)) return false;
    const bool asks_how =
        exchange.state.phase == Phase::asking && exchange.state.open && exchange.state.open->question == of_outcome;
    if (asks_how) return false;
    const std::string small = lower_case(trimmed(text));
    for (const std::string_view opener : {"reason:", "their reason:", "grund:", "ihr grund:"}) {
        if (!small.starts_with(opener)) continue;
        add_reason(exchange, trimmed(text).substr(opener.size()));
        exchange.step.did = "corrected";
        exchange.tell(say(Text::changed_reason, exchange.language()));
        exchange.state.phase == Phase::confirming ? show_screen_again(exchange) : exchange.restate();
        return true;
    }
    const auto said = outcome_said(text);
    const std::string now = outcome_now(exchange);
    if (!said || now.empty() || *said == now || !merely_outcome(text)) return false;
    constexpr std::string_view openers[]{"no",   "sorry", "actually", "correction", "wait",
                                         "nein", "doch",  "halt",     "eigentlich"};
    const auto words = plain_words(text);
    const bool takes_back =
        !words.empty() && std::find(std::begin(openers), std::end(openers), words.front()) != std::end(openers);
    if (exchange.state.phase != Phase::confirming && !takes_back) return false;
    add_outcome(exchange, *said, {});
    exchange.step.did = "corrected";
    exchange.tell(
        say(Text::changed_outcome, exchange.language(), {{"outcome", outcome_words(*said, exchange.language())}}));
    exchange.state.phase == Phase::confirming ? show_screen_again(exchange) : exchange.restate();
    return true;
}

bool take_answer(Exchange& exchange, const std::string& text) {
    const std::string& open = exchange.state.open->question;
    if (open == of_outcome) return take_outcome(exchange, text);
    if (open == of_source) return take_source(exchange, text);
    return take_words_of_theirs(exchange, text, open.starts_with(of_reason));
}

std::string screen(const Exchange& exchange) {
    if (!has_news(exchange)) return {};
    const Told now = told(exchange.state);
    const auto language = exchange.language();
    std::string out =
        say(Text::screen_outcome, language,
            {{"account", exchange.conversation.account.name}, {"outcome", outcome_words(now.outcome, language)}});
    if (!now.ended_on.empty()) out += " [" + spoken_date(now.ended_on, language) + "]";
    if (!now.by.name.empty()) out += "\n" + say(Text::screen_by, language, {{"who", now.by.name}});
    if (!now.reason.empty()) out += "\n" + say(Text::screen_reason, language, {{"reason", now.reason}});
    return out;
}

std::vector<core::Edit> edits(const Exchange& exchange) {
    if (!has_news(exchange) || !exchange.conversation.opportunity) return {};
    const Told now = told(exchange.state);
    const OpportunitySeen seen = exchange.world.opportunity.value_or(OpportunitySeen{});
    core::Put put{"opportunity", *exchange.conversation.opportunity, {}, {}};
    // What stands there already is not written again: it would hide who said it first.
    const auto write = [&put](const char* field, const std::string& value, const std::string& before) {
        if (!value.empty() && value != before) put.fields[field] = value;
    };
    write("outcome", now.outcome, seen.outcome);
    write("outcome_reason", now.reason, seen.reason);
    const std::string today = core::civil_text(exchange.today());
    write("ended_on", now.ended_on.empty() && seen.ended_on.empty() ? today : now.ended_on, seen.ended_on);
    if (put.fields.empty()) return {};
    return {std::move(put)};
}

std::string closing(const Exchange& exchange, std::size_t count) {
    const auto language = exchange.language();
    std::string out = say(
        Text::closing, language,
        {{"account", exchange.conversation.account.name}, {"outcome", outcome_words(outcome_now(exchange), language)}});
    if (count == 1) out += " " + say(Text::closing_one, language);
    if (count > 1) out += " " + say(Text::closing_more, language, {{"count", std::to_string(count)}});
    return out;
}

std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world) {
    const State state = state_of(playbook, conversation);
    const Told now = told(state);
    using nlohmann::json;
    json by = nullptr;
    if (!now.by.name.empty())
        by = {{"id", now.by.id.is_nil() ? json(nullptr) : json(now.by.id.text())}, {"name", now.by.name}};
    json opportunity = nullptr;
    if (conversation.opportunity)
        opportunity = {{"id", conversation.opportunity->text()},
                       {"name", world.opportunity ? world.opportunity->name : std::string()}};
    const auto text = [](const std::string& value) { return value.empty() ? json(nullptr) : json(value); };
    return json{
        {"opportunity", opportunity},
        {"outcome", text(now.outcome)},
        {"words", text(outcome_words(now.outcome, conversation.language))},
        {"by", by},
        {"reason", text(now.reason)},
        {"ended_on", text(now.ended_on.empty() && world.opportunity ? world.opportunity->ended_on : now.ended_on)},
        {"confirmed", state.phase == Phase::done && !now.outcome.empty()}}
        .dump();
}

}  // namespace debrief::bot::ending
