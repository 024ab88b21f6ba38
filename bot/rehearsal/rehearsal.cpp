#include "bot/rehearsal/rehearsal.hpp"

#include <algorithm>

#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/exchange.hpp"
#include "bot/dialogue/screening.hpp"
#include "bot/dialogue/unanswered.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/better_line.hpp"
#include "bot/rehearsal/judging.hpp"
#include "bot/rehearsal/library.hpp"
#include "bot/rehearsal/scenario.hpp"
#include "bot/rehearsal/sharing.hpp"
#include "bot/rehearsal/texts.hpp"
#include "bot/rehearsal/turns.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::rehearsal {
namespace {

constexpr std::chrono::minutes pause_before_recap{5};

std::string told(const Exchange& exchange, Text which, Slots slots = {}) {
    // By the seed and not by an id: the same seed says the same.
    const std::uint64_t variant = exchange.conversation.seed + exchange.conversation.messages.size();
    return say(which, exchange.language(), slots, variant);
}

Played person(const Exchange& exchange) {
    Played who = played(exchange.conversation, exchange.world);
    if (who.contact.name.empty()) who.contact.name = exchange.conversation.account.name;
    return who;
}

/// The line that put a question first, for its words.
const Message* first_asked(const Exchange& exchange, const Ask& wanted) {
    for (const Message& m : exchange.conversation.messages) {
        if (m.ask && !m.ask->restated && m.ask->question == wanted.question && m.ask->kind == wanted.kind) return &m;
    }
    return nullptr;
}

/// The open question once more, in the same words. Without one it says where we stand: no line stays without a reply.
void put_again(Exchange& exchange) {
    if (!exchange.state.open) {
        const bool stopped = exchange.state.phase == Phase::stopped;
        return exchange.show(stopped ? told(exchange, Text::stopped, {{"person", person(exchange).contact.name}})
                                     : told(exchange, Text::no_question));
    }
    Ask again = *exchange.state.open;
    // Behind an invitation to a second try stands the question itself.
    again.kind = AskKind::ask;
    const Message* first = first_asked(exchange, again);
    again.kind = exchange.state.open->kind;
    again.restated = true;
    if (first != nullptr) exchange.ask(std::move(again), first->text);
}

void close(Exchange& exchange) {
    exchange.state.phase = Phase::done;
    exchange.state.open.reset();
}

/// The last line: what stands, and from when what comes again. `newest` is the verdict of this very turn.
void tell_end(Exchange& exchange, const std::optional<std::pair<std::string, Judged>>& newest) {
    std::vector<std::pair<std::string, bool>> last;
    const auto note = [&](const std::string& question, bool credited) {
        for (auto& one : last) {
            if (one.first == question) {
                one.second = credited;
                return;
            }
        }
        last.emplace_back(question, credited);
    };
    for (const Answered& one : answers(exchange.conversation, state_of(exchange.book, exchange.conversation)))
        note(one.verdict->step->question, one.verdict->judged->credited);
    if (newest) note(newest->first, newest->second.credited);
    if (last.empty()) return exchange.show(told(exchange, Text::closing_none));
    std::size_t good = 0, soonest = 0;
    std::string due;
    for (const auto& [question, credited] : last) {
        good += credited ? 1U : 0U;
        const std::string day = due_after(exchange.world, question, exchange.at, credited);
        if (due.empty() || day < due) {
            due = day;
            soonest = 0;
        }
        soonest += day == due ? 1U : 0U;
    }
    const std::string day = spoken_date(due, exchange.language());
    std::string text =
        told(exchange, Text::closing, {{"good", std::to_string(good)}, {"count", std::to_string(last.size())}});
    text +=
        " " + (soonest == 1 ? told(exchange, Text::closing_due_one, {{"date", day}})
                            : told(exchange, Text::closing_due, {{"date", day}, {"count", std::to_string(soonest)}}));
    exchange.show(text + " " + told(exchange, Text::closing_share));
}

void ask_next(Exchange& exchange, const std::optional<std::pair<std::string, Judged>>& newest = std::nullopt) {
    if (auto chosen = next_question(exchange)) {
        exchange.ask(std::move(chosen->ask), std::move(chosen->text));
        return;
    }
    tell_end(exchange, newest);
    close(exchange);
}

Turn open_conversation(Exchange& exchange) {
    exchange.step.did = "opened";
    exchange.edits.emplace_back(rehearsal_put(exchange.conversation));
    const Played who = person(exchange);
    std::string text = told(exchange, Text::opening,
                            {{"person", who.contact.name},
                             {"role", who.role.empty() ? "" : ", " + who.role},
                             {"account", exchange.conversation.account.name},
                             {"limit", std::to_string(exchange.state.limit)}});
    text += " " + told(exchange, Text::opening_private);
    if (!who.anything_stored) text += " " + told(exchange, Text::opening_alone, {{"person", who.contact.name}});
    if (const std::size_t due = due_count(exchange.conversation, exchange.world); due == 1) {
        text += " " + told(exchange, Text::opening_drill);
    } else if (due > 1) {
        text += " " + told(exchange, Text::opening_drills, {{"count", std::to_string(due)}});
    }
    exchange.show(std::move(text));
    ask_next(exchange);
    return exchange.finish(exchange.state.phase);
}

/// How the second try stands against the first.
std::string comparison(const Exchange& exchange, const Judged& first, const Judged& second) {
    const auto only = [](bool now, bool then) { return now && !then; };
    Judged more, less;
    more.focus = only(second.focus, first.focus);
    more.concrete = only(second.concrete, first.concrete);
    more.honest = only(second.honest, first.honest);
    less.focus = only(first.focus, second.focus);
    less.concrete = only(first.concrete, second.concrete);
    less.honest = only(first.honest, second.honest);
    const std::string gained = axes(more, true, exchange.language());
    const std::string lost = axes(less, true, exchange.language());
    std::string text;
    if (!gained.empty()) text = told(exchange, Text::compared_more, {{"what", gained}});
    if (!lost.empty()) text += (text.empty() ? "" : " ") + told(exchange, Text::compared_less, {{"what", lost}});
    return text.empty() ? told(exchange, Text::compared_same) : text;
}

const Judged* first_try(const Exchange& exchange, const std::string& question) {
    const Judged* found = nullptr;
    for (const Answered& one : answers(exchange.conversation, state_of(exchange.book, exchange.conversation))) {
        if (one.verdict->step->question == question) found = &*one.verdict->judged;
    }
    return found;
}

void take_answer(Exchange& exchange, const std::string& text) {
    const Ask open = *exchange.state.open;
    const bool second = open.kind == AskKind::probe;
    Ask first = open;
    first.kind = AskKind::ask;
    const Message* asked = first_asked(exchange, first);
    Assessment assessed = assess(text, judging_of(exchange.conversation, exchange.world));
    Judged& judged = assessed.judged;
    if (!judged.credited) judged.better = better_line(exchange.conversation, exchange.world, open);

    std::string reply = judged.why;
    if (second) {
        if (const Judged* before = first_try(exchange, open.question))
            reply += "\n" + comparison(exchange, *before, judged);
    }
    reply += "\n" + (judged.credited ? told(exchange, Text::credited)
                                     : told(exchange, Text::better, {{"line", judged.better}}));
    Message line = *exchange.line;
    line.text = text;
    exchange.edits.emplace_back(turn_put(exchange.conversation, exchange.world, first,
                                         asked != nullptr ? asked->text : std::string(), line, judged));
    const bool again = !judged.credited && !second;
    exchange.settle(again ? "probed" : "answered");
    exchange.judge(reply, judged);
    if (!again) return ask_next(exchange, std::pair(open.question, judged));
    Ask probe = open;
    probe.kind = AskKind::probe;
    probe.restated = false;
    const Text invitation = assessed.dont_know                   ? Text::again_how
                            : !judged.focus && assessed.about_us ? Text::again_seller
                            : !judged.honest                     ? Text::again_honest
                                                                 : Text::again_vague;
    exchange.ask(std::move(probe), told(exchange, invitation));
}

void why(Exchange& exchange) {
    exchange.step.did = "why";
    if (!exchange.state.open) return exchange.show(told(exchange, Text::no_question));
    const Ask& open = *exchange.state.open;
    std::string text;
    for (const Drilled& drill : exchange.world.drills) {
        if (drill.question == open.question && drill.due <= core::civil_text(exchange.today()))
            text = told(exchange, Text::why_due, {{"date", spoken_date(drill.due, exchange.language())}});
    }
    std::string stored;
    for (const core::Uuid& id : open.about) {
        if (const core::Item* item = exchange.stored(id)) stored = shortened(item->text, 18);
    }
    const Played who = person(exchange);
    if (!stored.empty()) {
        text += (text.empty() ? "" : " ") + told(exchange, Text::why_stored, {{"fact", stored}});
    } else {
        text += (text.empty() ? "" : " ") + told(exchange, Text::why_role);
    }
    exchange.show(text);
    put_again(exchange);
}

void undo(Exchange& exchange) {
    exchange.step.did = "undone";
    if (exchange.state.lines.empty()) {
        exchange.step.did = "nothing_undone";
        exchange.tell(told(exchange, Text::undo_none));
        return put_again(exchange);
    }
    const core::Uuid taken = exchange.state.lines.back();
    Conversation before = exchange.conversation;
    const auto from =
        std::find_if(before.messages.begin(), before.messages.end(), [&](const Message& m) { return m.id == taken; });
    std::string words;
    std::string question;
    for (const Message& m : exchange.conversation.messages) {
        if (m.id == taken) words = m.text;
        if (m.judged && m.step && m.step->line == taken) question = m.step->question;
    }
    before.messages.erase(from, before.messages.end());
    exchange.step.undone = taken;
    exchange.state = state_of(exchange.book, before);
    if (!question.empty()) {
        // A first try that was put aside by the second counts again.
        const Answered* first = nullptr;
        const auto left = answers(before, exchange.state);
        for (const Answered& one : left) {
            if (one.verdict->step->question == question) first = &one;
        }
        if (first != nullptr && first->asked->ask) {
            exchange.edits.emplace_back(turn_put(exchange.conversation, exchange.world, *first->asked->ask,
                                                 first->asked->text, *first->line, *first->verdict->judged));
        } else {
            exchange.edits.emplace_back(core::Delete{"rehearsal_turn", turn_id(exchange.conversation.id, question)});
        }
    }
    exchange.tell(told(exchange, Text::undone, {{"text", shortened(words, 12)}}));
    put_again(exchange);
}

void go_on_asking(Exchange& exchange) {
    exchange.state.phase = Phase::asking;
    exchange.state.open = exchange.state.paused;
}

void share(Exchange& exchange) {
    exchange.step.did = "shared";
    const bool with_answers = wants_answers(exchange.line->text);
    for (core::Edit& edit :
         share_edits(exchange.conversation, exchange.world, exchange.state, exchange.at, with_answers))
        exchange.edits.push_back(std::move(edit));
    std::vector<std::string> names;
    for (const core::NamedId& manager : exchange.world.managers) names.push_back(manager.name);
    exchange.show(told(exchange, with_answers ? Text::shared_words : Text::shared,
                       {{"people", joined(names, exchange.language())}}));
    if (exchange.state.phase == Phase::asking) put_again(exchange);
}

void carry_out(Exchange& exchange, Action action) {
    const bool asking = exchange.state.phase == Phase::asking && exchange.state.open.has_value();
    switch (action) {
        case Action::skip:
            if (!asking) return put_again(exchange);
            exchange.settle("skipped");
            exchange.show(told(exchange, Text::skipped));
            return ask_next(exchange);
        case Action::dont_know:
            return asking ? take_answer(exchange, exchange.line->text) : put_again(exchange);
        case Action::back:
            exchange.step.did = "back";
            exchange.tell(told(exchange, Text::back));
            return put_again(exchange);
        case Action::undo:
            return undo(exchange);
        case Action::why:
            return why(exchange);
        case Action::stop:
            exchange.step.did = "stopped";
            exchange.state.phase = Phase::stopped;
            exchange.state.open.reset();
            return exchange.show(told(exchange, Text::stopped, {{"person", person(exchange).contact.name}}));
        case Action::resume:
            exchange.step.did = "resumed";
            if (exchange.state.phase == Phase::stopped) {
                go_on_asking(exchange);
                exchange.tell(told(exchange, Text::resumed));
            }
            return put_again(exchange);
        case Action::share:
            return share(exchange);
        case Action::confirm:
        case Action::correct:
        case Action::drop:
            exchange.tell(told(exchange, Text::nothing_to_confirm));
            return put_again(exchange);
    }
}

bool wants_another_try(std::string_view line) {
    const std::string plain = plain_line(line);
    for (const std::string_view words : {"again", "once more", "try again", "let me try again", "noch einmal",
                                         "nochmal", "noch mal", "nochmals", "ich versuche es noch einmal"}) {
        if (plain == words) return true;
    }
    return false;
}

std::optional<Action> typed_action(std::string_view line) {
    const std::string plain = plain_line(line);
    for (const std::string_view words :
         {"share", "share it", "share this", "share with my answers", "share with answers", "share with my words",
          "teilen", "teile es", "teilen mit antworten", "teilen mit meinen antworten"}) {
        if (plain == words) return Action::share;
    }
    if (const auto command = parse_command(line, Phase::asking)) return command->action;
    return std::nullopt;
}

void take_line(Exchange& exchange) {
    const Message& line = *exchange.line;
    const auto action = line.action ? line.action : typed_action(line.text);
    if (exchange.state.phase == Phase::done) {
        if (action == Action::share) return share(exchange);
        exchange.step.did = "closed";
        return exchange.show(told(exchange, Text::closed, {{"person", person(exchange).contact.name}}));
    }
    if (action) return carry_out(exchange, *action);
    if (exchange.state.phase == Phase::stopped) go_on_asking(exchange);
    if (!exchange.state.open) return ask_next(exchange);
    const std::string text = trimmed(without_placeholders(line.text));
    if (text.empty() || wants_another_try(text)) {
        exchange.step.did = line.redacted ? "private" : "resumed";
        if (line.redacted) exchange.tell(told(exchange, Text::private_only));
        return put_again(exchange);
    }
    take_answer(exchange, text);
}

core::Error cannot(std::string detail, std::string field, std::string hint) {
    return core::Error{core::Errc::invalid, std::move(detail), std::move(field), std::move(hint)};
}

/// Is there something to share, and somebody to share it with?
core::Status may_share(const Playbook& playbook, const Conversation& conversation, const World& world) {
    if (world.managers.empty())
        return cannot("There is nobody to share it with: no manager of yours is known here.", "action",
                      "A rehearsal is shared with who manages you; a workspace of one has nobody.");
    if (answers(conversation, state_of(playbook, conversation)).empty())
        return cannot("Nothing was answered yet, so there is nothing to share.", "action", "Answer a question first.");
    return core::Ok{};
}

}  // namespace

const Playbook& book() {
    static const Playbook only = [] {
        Playbook made;
        made.id = "rehearsal";
        made.version = "1";
        made.kind = "rehearsal";
        made.languages = {"en", "de"};
        return made;
    }();
    return only;
}

core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input) {
    const auto action = input.action ? input.action : typed_action(input.text);
    if (input.action == Action::confirm || input.action == Action::correct || input.action == Action::drop) {
        return cannot("Nothing of a rehearsal counts, so there is nothing to confirm, correct or drop.", "action",
                      "Use action 'stop' to end it.");
    }
    if (action == Action::share) DEBRIEF_TRY(may_share(playbook, conversation, world));
    if (input.action == Action::share) {
        // Words beside it say what more may be shared.
        Message line;
        line.id = id;
        line.conversation = conversation.id;
        line.at = world.now;
        line.author = AuthorKind::user;
        line.user = conversation.rep;
        line.action = Action::share;
        line.text = wants_answers(input.text) ? "share with my answers" : "share";
        if (!conversation.messages.empty()) line.follows = conversation.messages.back().id;
        line.item = conversation.contact;
        return line;
    }
    auto line = bot::user_line(playbook, conversation, world, id, input);
    if (line) line->item = conversation.contact;
    return line;
}

Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world) {
    if (conversation.messages.empty()) {
        Exchange exchange(playbook, conversation, world, nullptr);
        return open_conversation(exchange);
    }
    const Message* due = unanswered(conversation);
    if (due == nullptr) {
        Turn nothing;
        nothing.state = state_of(playbook, conversation);
        return nothing;
    }
    Exchange exchange(playbook, conversation, world, due);
    take_line(exchange);
    return exchange.finish(exchange.state.phase);
}

Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world) {
    Turn turn = rehearsal::advance(playbook, conversation, world);
    if (!turn.messages.empty() || conversation.messages.empty()) return turn;
    const Message& last = conversation.messages.back();
    const bool told_already = last.step && last.step->did == "recap";
    const bool paused = turn.state.phase == Phase::stopped || world.now - last.at >= pause_before_recap;
    if (turn.state.phase == Phase::done || told_already || !paused) return turn;
    Exchange exchange(playbook, conversation, world, nullptr);
    exchange.step.did = "recap";
    if (exchange.state.phase == Phase::stopped) go_on_asking(exchange);
    exchange.tell(told(exchange, Text::recap, {{"person", person(exchange).contact.name}}));
    put_again(exchange);
    return exchange.finish(exchange.state.phase);
}

}  // namespace debrief::bot::rehearsal
