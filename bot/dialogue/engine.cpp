// Which handler a line goes to, in which order. Each decision is in a file of its own.
#include "bot/dialogue/engine.hpp"

#include <algorithm>

#include "bot/dialogue/answering.hpp"
#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/correcting.hpp"
#include "bot/dialogue/correcting_facts.hpp"
#include "bot/dialogue/exchange.hpp"
#include "bot/dialogue/item_talk.hpp"
#include "bot/dialogue/looking_up.hpp"
#include "bot/dialogue/reminding.hpp"
#include "bot/dialogue/screening.hpp"
#include "bot/dialogue/unanswered.hpp"
#include "bot/dialogue/undoing.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/ending/ending.hpp"
#include "bot/playbook/situation.hpp"
#include "core/catalogue/scope.hpp"
#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"
#include "core/utf8.hpp"

namespace debrief::bot {
namespace {

constexpr std::chrono::minutes pause_for_recap{5};
constexpr std::size_t line_bytes_max = 64 * 1024;
constexpr std::size_t focus_bytes_max = 8 * 1024;
constexpr std::size_t focus_sentences_max = 200;
constexpr std::chrono::weeks weeks_for_a_way_out{2};

Turn open_conversation(Exchange& exchange) {
    exchange.step.did = "opened";
    if (ending::is_ending(exchange)) ending::introduce(exchange);
    const Question* first = ending::is_ending(exchange) ? ending::opening(exchange) : nullptr;
    const Question& question = first != nullptr ? *first
                                                : opening_for(exchange.book, exchange.world.journey,
                                                              situation(exchange), exchange.conversation.industry);
    Ask ask{AskKind::ask, question.dimension, question.id, {}, {}, {}, false, false};
    std::string text = question_text(exchange, ask);
    const int limit = exchange.state.limit;
    text += " " + (limit == 1 ? exchange.say(Phrase::budget_one)
                              : exchange.say(Phrase::budget, {{"limit", std::to_string(limit)}}));
    exchange.ask(std::move(ask), std::move(text));
    return exchange.finish(Phase::asking);
}

void go_back(Exchange& exchange) {
    exchange.step.did = "back";
    const auto& asked = exchange.state.asked_questions;
    std::string target;
    if (!exchange.state.open) {
        if (exchange.state.paused) target = exchange.state.paused->question;
    } else {
        const auto now = std::find(asked.begin(), asked.end(), exchange.state.open->question);
        if (now != asked.begin() && now != asked.end()) target = *std::prev(now);
    }
    // The ask itself stands in the line that put it first.
    const auto& messages = exchange.conversation.messages;
    const auto first = std::find_if(messages.begin(), messages.end(), [&](const Message& m) {
        return m.ask && m.ask->question == target && m.ask->kind != AskKind::probe && m.ask->kind != AskKind::reframe;
    });
    if (target.empty() || first == messages.end()) {
        exchange.tell(exchange.say(Phrase::back_none));
        return exchange.restate();
    }
    exchange.state.open = first->ask;
    exchange.state.phase = Phase::asking;
    exchange.tell(exchange.say(Phrase::back_to));
    exchange.restate();
}

void stop(Exchange& exchange) {
    exchange.step.did = "stopped";
    if (!exchange.live.empty() || ending::has_news(exchange)) return show_screen(exchange);
    exchange.state.phase = Phase::stopped;
    exchange.state.open.reset();
    exchange.show(exchange.say(Phrase::stopped_empty, {{"account", exchange.conversation.account.name}}));
}

void resume(Exchange& exchange) {
    exchange.step.did = "resumed";
    if (exchange.state.phase == Phase::asking) return exchange.restate();
    exchange.state.phase = Phase::asking;
    exchange.state.open = exchange.state.paused;
    exchange.tell(exchange.say(Phrase::resumed));
    const bool settled =
        exchange.state.open && std::find(exchange.state.settled.begin(), exchange.state.settled.end(),
                                         exchange.state.open->question) != exchange.state.settled.end();
    if (exchange.state.open && !settled) return exchange.restate();
    go_on(exchange);
}

/// What of this account made the question come now. Empty where nothing in particular did, as for the first one.
std::string why_now(const Exchange& exchange, const Ask& ask) {
    if (ask.kind == AskKind::probe) return exchange.say(Phrase::why_probe);
    if (ask.kind == AskKind::reframe) return exchange.say(Phrase::why_reframe);
    if (ask.kind == AskKind::contradiction || ask.kind == AskKind::conflict)
        return exchange.say(Phrase::why_contradicted);
    for (const core::Uuid& id : ask.about) {
        for (const core::CommitmentView& c : exchange.world.journey.commitments) {
            if (c.made.id == id && !c.made.due.empty())
                return exchange.say(Phrase::why_due, {{"date", spoken_date(c.made.due, exchange.language())}});
        }
        if (const core::Item* item = exchange.stored(id))
            return exchange.say(Phrase::why_stale, {{"date", spoken_date(item->said_on, exchange.language())}});
    }
    const bool about_topic = ask.about.empty() && ask.dimension != core::Dimension::unknown;
    const auto& view = exchange.world.journey.of(ask.dimension);
    if (!about_topic || (view.status != core::DimensionStatus::empty && view.status != core::DimensionStatus::unknown))
        return {};
    return exchange.say(Phrase::why_missing, {{"account", exchange.conversation.account.name},
                                              {"dimension", label_of(ask.dimension, exchange.language())}});
}

void why(Exchange& exchange) {
    exchange.step.did = "why";
    if (exchange.state.open) {
        const Ask& ask = *exchange.state.open;
        const Question* question = exchange.book.question(ask.question);
        const std::string now = why_now(exchange, ask);
        exchange.show(exchange.from_book(question != nullptr ? question->why : Wording{}, Phrase::why, ask) +
                      (now.empty() ? "" : " " + now));
    }
    exchange.restate();
}

std::optional<core::Uuid> item_number(const Exchange& exchange, std::optional<std::size_t> number) {
    if (!number) return std::nullopt;
    if (*number == 0 || *number > exchange.live.size()) return core::Uuid{};  // Nil: a number that is not there.
    return exchange.live[*number - 1].item.id;
}

void carry_out(Exchange& exchange, Action action, const std::optional<core::Uuid>& item, const std::string& text) {
    const bool asking = exchange.state.phase == Phase::asking && exchange.state.open.has_value();
    switch (action) {
        case Action::skip:
            return asking ? skip(exchange) : exchange.restate();
        case Action::dont_know:
            return asking ? dont_know(exchange, exchange.line->text) : exchange.restate();
        case Action::back:
            return go_back(exchange);
        case Action::undo:
            return undo(exchange);
        case Action::why:
            return why(exchange);
        case Action::stop:
            return stop(exchange);
        case Action::resume:
            return resume(exchange);
        case Action::confirm:
            if (!item && exchange.live.empty() && !ending::has_news(exchange)) return stop(exchange);
            return confirm(exchange, item);
        case Action::correct:
            return correct(exchange, item.value_or(core::Uuid{}), text);
        case Action::drop:
            return drop(exchange, item.value_or(core::Uuid{}));
        case Action::share:
            return exchange.restate();
    }
}

/// The words of the rep's last line go, with all that was made of them; the reply does not repeat them.
void forget(Exchange& exchange) {
    const Message* last = nullptr;
    for (const Message& m : exchange.conversation.messages) {
        const bool said = m.author == AuthorKind::user && m.id != exchange.line->id && !m.action;
        if (said && m.text != core::erased_text && !parse_command(m.text, Phase::asking) && !wants_forgotten(m.text))
            last = &m;
    }
    exchange.step.did = "forgotten";
    if (last == nullptr) {
        exchange.tell(exchange.say(Phrase::nothing_to_forget));
        return exchange.restate();
    }
    // Not remembered for undo: they would live on in this line.
    const std::vector<Proposal> live = exchange.live;
    for (const Proposal& p : live) {
        if (p.item.source.message == last->id || p.corrected_by == last->id) exchange.forget(p.item.id);
    }
    bool asked_because = false;
    for (const Message& m : exchange.conversation.messages) {
        if (!m.step || m.step->line != last->id) continue;
        asked_because = asked_because || (m.ask && !m.ask->about.empty() && exchange.state.open &&
                                          m.ask->question == exchange.state.open->question);
        for (const PersonNamed& p : m.step->people) {
            if (p.known) continue;
            PersonNamed gone;
            gone.contact = p.contact;
            gone.withdrawn = true;
            exchange.name_person(std::move(gone));
        }
    }
    exchange.erase.push_back(last->id);
    exchange.tell(exchange.say(Phrase::forgotten));
    // "Who is Sarah?" would say again what is to be forgotten.
    if (asked_because && exchange.state.phase == Phase::asking) return go_on(exchange);
    exchange.restate();
}

void take_words(Exchange& exchange) {
    const std::string original = without_placeholders(exchange.line->text);
    if (exchange.line->redacted) {
        if (trimmed(original).empty() || content_stems(original).empty()) {
            exchange.step.did = "private";
            exchange.tell(exchange.say(Phrase::private_only));
            return exchange.restate();
        }
        exchange.tell(exchange.say(Phrase::private_left_out));
    }
    if (const auto more = hurry(original); more && exchange.state.phase == Phase::asking) {
        const int limit = std::min(exchange.state.limit, exchange.state.asked + *more);
        if (limit < exchange.state.limit) {
            exchange.step.limit = limit;
            exchange.state.limit = limit;
            const int left = limit - exchange.state.asked;
            // Nothing but haste: the open question is the one more.
            if (plain_words(original).size() <= 7) {
                exchange.step.limit = exchange.state.limit = std::max(exchange.state.asked, limit - 1);
                exchange.step.did = "hurried";
                exchange.tell(exchange.say(Phrase::hurry_this));
                return exchange.restate();
            }
            exchange.tell(left == 1 ? exchange.say(Phrase::hurry_one)
                                    : exchange.say(Phrase::hurry, {{"count", std::to_string(left)}}));
        }
    }
    if (wants_forgotten(original)) return forget(exchange);
    if (asks_us(original)) {
        look_up(exchange, original);
        return exchange.restate();
    }
    if (ending::take_change(exchange, original)) return;
    const auto correction = parse_correction(original);
    // "No, the 27th" to "is that still so?" is about what was asked.
    const bool of_asked_fact = correction && correction->taken_back && asks_about_fact(exchange) &&
                               exchange.state.open->kind == AskKind::confirm && is_bare_value(exchange, *correction);
    if (of_asked_fact && correct_fact(exchange, correction->new_words)) return;
    const auto taken_back = corrected_words(original);
    // A stored fact that was just asked about is meant before anything else, and so are words that say a whole fact;
    // a name or a day corrects what was said last.
    const bool fact_first = taken_back && (asks_about_fact(exchange) || plain_words(*taken_back).size() > 6);
    if (fact_first && correct_fact(exchange, *taken_back)) return;
    if (correction && take_correction(exchange, *correction)) return;
    if (taken_back && !fact_first && correct_fact(exchange, *taken_back)) return;
    const std::string rest = take_reminders(exchange, original);
    if (trimmed(rest).empty()) return exchange.restate();
    take_answer(exchange, rest);
}

void take_line(Exchange& exchange) {
    const Message& line = *exchange.line;
    if (exchange.state.phase == Phase::done) {
        exchange.step.did = "closed";
        const std::string text = without_placeholders(line.text);
        if (asks_us(text)) return look_up(exchange, text);
        return exchange.show(exchange.say(Phrase::already_done, {{"account", exchange.conversation.account.name}}));
    }
    if (line.action) return carry_out(exchange, *line.action, line.item, line.text);
    if (const auto command = parse_command(line.text, exchange.state.phase)) {
        return carry_out(exchange, command->action, item_number(exchange, command->number), command->text);
    }
    if (exchange.state.phase == Phase::confirming) {
        if (const auto talk = item_talk(line.text, exchange.live.size())) return take_item_talk(exchange, *talk);
    }
    if (exchange.state.phase == Phase::stopped) {
        // Whoever goes on talking goes on with the debrief.
        exchange.state.phase = Phase::asking;
        exchange.state.open = exchange.state.paused;
    }
    take_words(exchange);
}

}  // namespace

core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input) {
    const auto invalid = [](std::string detail, std::string field, std::string hint) {
        return core::Error{core::Errc::invalid, std::move(detail), std::move(field), std::move(hint)};
    };
    if (!core::is_utf8(input.text)) {
        return invalid("The text is not valid UTF-8.", "text",
                       "Send it in UTF-8; a terminal in another encoding is the usual cause.");
    }
    if (input.text.size() > line_bytes_max) {
        return core::Error{core::Errc::too_large,
                           "A line holds at most 64 KiB; this one has " + std::to_string(input.text.size()) + " bytes.",
                           "text", "Say it in several lines."};
    }
    Message line;
    line.id = id;
    line.conversation = conversation.id;
    line.at = world.now;
    line.author = AuthorKind::user;
    line.user = conversation.rep;
    line.action = input.action;
    line.item = input.item;
    if (!conversation.messages.empty()) line.follows = conversation.messages.back().id;
    if (input.action) {
        const auto name = std::string(action_names[static_cast<std::size_t>(*input.action)]);
        const bool about_item = *input.action == Action::correct || *input.action == Action::drop;
        if (*input.action == Action::share) {
            return invalid("A debrief has nothing to 'share': its facts are shared by confirming them.", "action",
                           "Use action 'confirm', with the item for one fact, without it for all.");
        }
        if (about_item && !input.item)
            return invalid("'" + name + "' needs the item that it is about.", "item",
                           "Take an id from 'understood' of chat.get.");
        if (*input.action == Action::correct && trimmed(input.text).empty())
            return invalid("'correct' needs the new text.", "text", {});
        if (input.item && (about_item || *input.action == Action::confirm)) {
            const auto live = live_proposals(conversation);
            const bool here =
                std::any_of(live.begin(), live.end(), [&](const Proposal& p) { return p.item.id == *input.item; });
            if (!here)
                return invalid("No open item " + input.item->text() + " in this conversation.", "item",
                               "Take an id from 'understood' of chat.get.");
        }
        if (state_of(playbook, conversation).phase == Phase::done) {
            return invalid("This conversation is closed.", "conversation", "Start a new one with chat.start.");
        }
        line.text = *input.action == Action::correct ? trimmed(input.text) : name;
        if (*input.action == Action::dont_know) line.text = "don't know";
        if (*input.action != Action::correct) return line;
    } else {
        if (trimmed(input.text).empty())
            return invalid("There is nothing said in an empty line.", "text", "Type an answer, or 'skip'.");
        line.text = input.text;
        if (parse_command(line.text, state_of(playbook, conversation).phase)) return line;
    }
    if (!input.not_private) {
        ScreenedLine screened = screen_line(line.text, conversation, world);
        line.text = std::move(screened.text);
        line.redacted = screened.redacted;
    }
    // The labels repeat the words, and one field holds both: a page-long paste goes without.
    if (line.text.size() > focus_bytes_max) return line;
    NoteContext context;
    context.encoder = world.encoder;
    context.account = conversation.account.name;
    context.rep = conversation.rep.name;
    context.meeting_date = std::chrono::year_month_day{meeting_day(conversation, world)};
    const Understanding read = understand(without_placeholders(line.text), {}, context);
    if (read.sentences.size() > focus_sentences_max) return line;
    for (const FocusedSentence& s : read.sentences) line.focus.push_back({s.text, s.focus});
    return line;
}

std::vector<core::Edit> line_edits(const Conversation& conversation, const Message& line) {
    return {message_put(conversation, line)};
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
    Turn turn = advance(playbook, conversation, world);
    if (!turn.messages.empty() || conversation.messages.empty()) return turn;
    const Message& last = conversation.messages.back();
    const bool told = last.step && last.step->did == "recap";
    if (turn.state.phase == Phase::done || told || world.now - last.at < pause_for_recap) return turn;
    Exchange exchange(playbook, conversation, world, nullptr);
    exchange.step.did = "recap";
    const std::string& account = conversation.account.name;
    const std::size_t count = exchange.live.size();
    exchange.tell(count == 0 ? exchange.say(Phrase::recap_empty, {{"account", account}})
                             : exchange.say(Phrase::recap, {{"account", account}, {"count", std::to_string(count)}}));
    if (world.now - last.at >= weeks_for_a_way_out && exchange.state.phase != Phase::confirming)
        exchange.tell(exchange.say(Phrase::recap_old));
    if (exchange.state.phase == Phase::stopped) {
        exchange.state.phase = Phase::asking;
        exchange.state.open = exchange.state.paused;
    }
    // After a pause the whole screen is wanted, not what changed on it.
    if (exchange.state.phase == Phase::confirming)
        show_screen(exchange);
    else
        exchange.restate();
    return exchange.finish(exchange.state.phase);
}

std::vector<core::Item> understood(const Playbook& playbook, const Conversation& conversation) {
    const State state = state_of(playbook, conversation);
    std::vector<Proposal> all = live_proposals(conversation);
    for (const Proposal& p : conversation.proposals) {
        if (p.item.state == core::ItemState::confirmed) all.push_back(p);
    }
    std::vector<core::Item> items;
    for (Proposal& p : all) {
        if (p.item.person && p.item.person->name.empty()) {
            for (const PersonNamed& named : state.people) {
                if (named.contact == p.item.person->id) p.item.person->name = named.name;
            }
        }
        items.push_back(std::move(p.item));
    }
    return items;
}

core::Put room_put(const Conversation& c) {
    core::Put put{"room", c.id, {}, home_of(c)};
    if (!c.account.id.is_nil()) put.fields["account"] = c.account.id;
    put.fields["kind"] = c.kind;
    if (c.meeting) {
        put.fields["meeting"] = c.meeting->id;
        put.fields["meeting_date"] = core::civil_text(c.meeting->day);
        if (!c.meeting->title.empty()) put.fields["title"] = c.meeting->title;
    }
    if (c.opportunity) put.fields["opportunity"] = *c.opportunity;
    if (c.plan) put.fields["plan"] = *c.plan;
    if (c.contact) put.fields["contact"] = *c.contact;
    put.fields["rep"] = c.coached.id.is_nil() ? c.rep.id : c.coached.id;
    put.fields["owner"] = c.rep.id;
    put.fields["phase"] = std::string("asking");
    put.fields["playbook"] = c.playbook;
    put.fields["playbook_version"] = c.version;
    put.fields["language"] = c.language;
    if (c.minutes) put.fields["minutes"] = static_cast<std::int64_t>(*c.minutes);
    put.fields["started_at"] = static_cast<std::int64_t>(c.started.count());
    return put;
}

}  // namespace debrief::bot
