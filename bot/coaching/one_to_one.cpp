#include "bot/coaching/one_to_one.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "bot/coaching/harvest.hpp"
#include "bot/coaching/texts.hpp"
#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/exchange.hpp"
#include "bot/dialogue/unanswered.hpp"
#include "bot/dialogue/words.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::coaching {
namespace {

constexpr std::size_t accounts_told = 3;
constexpr std::size_t goals_told = 3;

/// One line of the manager and the reply in the making.
class Talk {
public:
    Talk(const Playbook& book, const Conversation& conversation, const World& world, const Message* line)
        : exchange_(book, conversation, world, line) {}

    Turn open(const Pack& pack) {
        exchange_.step.did = "opened";
        exchange_.show(opening_text(pack));
        // What the rep has said is not asked as if nobody knew it.
        const Question& first = exchange_.book.questions.front();
        const bool known = !pack.goals.empty() && !first.confirm.empty();
        put(first, known ? AskKind::confirm : AskKind::ask, false);
        return exchange_.finish(Phase::asking);
    }

    Turn take() {
        const Message& line = *exchange_.line;
        if (exchange_.state.phase == Phase::done) {
            exchange_.step.did = "closed";
            exchange_.show(say(Line::closed));
        } else if (line.action) {
            act(*line.action, std::nullopt);
        } else if (const auto command = parse_command(line.text, exchange_.state.phase)) {
            act(command->action, command->number);
        } else if (plain_line(line.text) == "share" || plain_line(line.text) == "teilen") {
            act(Action::share, std::nullopt);
        } else {
            listen(line.text);
        }
        return exchange_.finish(exchange_.state.phase);
    }

    Turn again() {
        exchange_.step.did = "recap";
        restate();
        return exchange_.finish(exchange_.state.phase);
    }

private:
    std::string say(Line line, Slots slots = {}) const {
        std::string text = text_of(line, exchange_.language(), slots);
        replace_all(text, "{person}", person());
        return text;
    }
    const std::string& person() const { return exchange_.conversation.coached.name; }
    bool german() const { return exchange_.language() == "de"; }

    static std::string reference(std::string_view what, const core::Uuid& id) {
        return "{" + std::string{what} + " " + id.text() + "}";
    }

    std::string opening_text(const Pack& pack) const {
        // What the rep wants comes first; only then what is at stake.
        std::vector<std::string> parts{say(Line::begin)};
        if (pack.goals.empty()) {
            parts.push_back(say(Line::no_goal));
        } else {
            std::vector<std::string> goals;
            for (std::size_t i = 0; i < pack.goals.size() && i < goals_told; ++i)
                goals.push_back(reference(goal_reference, pack.goals[i]));
            parts.push_back(say(Line::goals, {{"goals", joined(goals, exchange_.language())}}));
        }
        if (pack.needs.empty()) {
            parts.push_back(say(Line::not_stuck));
        } else {
            std::string stuck = say(Line::stuck);
            for (std::size_t i = 0; i < pack.needs.size() && i < accounts_told; ++i) {
                stuck += "\n- " + reference(stuck_reference, pack.needs[i].account.id);
            }
            parts.push_back(std::move(stuck));
        }
        if (!pack.commitments.empty())
            parts.push_back(say(Line::open_before, {{"tasks", joined(pack.commitments, exchange_.language())}}));
        std::string text;
        for (const std::string& part : parts) text += (text.empty() ? "" : "\n") + part;
        return text;
    }

    void put(const Question& question, AskKind kind, bool restated) {
        Ask ask{kind, core::Dimension::unknown, question.id, {}, {}, {}, restated, false};
        const Wording& wording = kind == AskKind::probe     ? question.probe
                                 : kind == AskKind::confirm ? question.confirm
                                 : kind == AskKind::reframe ? question.reframe
                                                            : question.text;
        std::string text = wording.empty() ? say(Line::numbers) : wording.in(exchange_.language());
        replace_all(text, "{person}", person());
        exchange_.ask(std::move(ask), std::move(text));
    }

    void restate() {
        if (exchange_.state.phase == Phase::confirming) return screen();
        const Question* open = exchange_.state.open ? exchange_.book.question(exchange_.state.open->question) : nullptr;
        if (open != nullptr) put(*open, exchange_.state.open->kind, true);
    }

    void go_on() {
        for (const Question& question : exchange_.book.questions) {
            const auto& settled = exchange_.state.settled;
            if (std::find(settled.begin(), settled.end(), question.id) != settled.end()) continue;
            exchange_.state.phase = Phase::asking;
            return put(question, AskKind::ask, false);
        }
        screen();
    }

    /// The note as it would be kept, and what the manager has promised.
    Harvest harvest() const {
        Conversation now = exchange_.conversation;
        if (exchange_.line != nullptr && !exchange_.step.did.empty()) {
            // The line that is being answered counts as what this step makes of it.
            Message reply;
            reply.author = AuthorKind::bot;
            reply.step = exchange_.step;
            now.messages.push_back(std::move(reply));
        }
        return harvest_of(now, exchange_.world);
    }

    void screen() {
        exchange_.state.phase = Phase::confirming;
        const Harvest found = harvest();
        std::string text = say(Line::screen, {{"note", found.note.empty() ? say(Line::empty_note) : found.note}});
        if (found.promises.empty()) {
            text += "\n" + say(Line::no_tasks);
        } else {
            std::string list;
            for (std::size_t i = 0; i < found.promises.size(); ++i) {
                const Promise& one = found.promises[i];
                list += (i == 0 ? "" : "\n") + std::to_string(i + 1) + ". " + one.text;
                if (one.due) list += " [" + spoken_day(*one.due, exchange_.language()) + "]";
            }
            text += "\n" + say(Line::tasks, {{"tasks", list}});
        }
        exchange_.show(text + "\n" + say(Line::screen_tail));
    }

    void listen(const std::string& text) {
        if (exchange_.state.phase == Phase::confirming) {
            exchange_.step.did = "noted";
            exchange_.step.question = promise_question;
            return screen();
        }
        if (exchange_.state.phase == Phase::stopped) {
            exchange_.state.phase = Phase::asking;
            exchange_.state.open = exchange_.state.paused;
        }
        if (!exchange_.state.open) return screen();
        const std::string id = exchange_.state.open->question;
        const Question* question = exchange_.book.question(id);
        if (question != nullptr && exchange_.state.open->kind == AskKind::confirm && only_yes_or_no(text)) {
            // What was shared stands in the opening; the note needs it no second time.
            if (yes_or_no(text) == YesNo::no) return put(*question, AskKind::ask, true);
            exchange_.settle("skipped");
            exchange_.tell(say(Line::noted));
            return go_on();
        }
        const auto had = [&](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), id) != list.end();
        };
        // Turned round once in a talk, and never twice on one question.
        if (question != nullptr && asks_for_our_number(text) && !had(exchange_.state.reframed)) {
            exchange_.step.did = "reframed";
            exchange_.step.question = id;
            return put(*question, AskKind::reframe, false);
        }
        if (question != nullptr && too_little(text) && !had(exchange_.state.probed) && !question->probe.empty()) {
            exchange_.step.did = "probed";
            exchange_.step.question = id;
            return put(*question, AskKind::probe, false);
        }
        exchange_.settle("answered");
        exchange_.tell(say(Line::noted));
        go_on();
    }

    static bool too_little(const std::string& text) { return plain_words(text).size() <= 2; }

    void act(Action action, std::optional<std::size_t> number) {
        const bool asking = exchange_.state.phase == Phase::asking && exchange_.state.open.has_value();
        const Question* open = asking ? exchange_.book.question(exchange_.state.open->question) : nullptr;
        switch (action) {
            case Action::skip:
                if (!asking) return restate();
                exchange_.settle("skipped");
                exchange_.tell(say(Line::skipped));
                return go_on();
            case Action::dont_know: {
                if (!asking) return restate();
                exchange_.settle("dont_know");
                std::string text = open == nullptr ? std::string{} : open->dont_know.in(exchange_.language());
                replace_all(text, "{person}", person());
                exchange_.tell(text.empty() ? say(Line::noted) : text);
                return go_on();
            }
            case Action::why: {
                exchange_.step.did = "why";
                std::string text = open == nullptr ? std::string{} : open->why.in(exchange_.language());
                replace_all(text, "{person}", person());
                exchange_.show(text.empty() ? say(Line::why) : text);
                return restate();
            }
            case Action::undo:
                return undo();
            case Action::drop:
                return drop(number);
            case Action::stop:
                exchange_.step.did = "stopped";
                return screen();
            case Action::confirm:
                return keep(false);
            case Action::share:
                return keep(true);
            case Action::back:
            case Action::resume:
            case Action::correct:
                exchange_.step.did = "back";
                return restate();
        }
    }

    void undo() {
        exchange_.step.did = "undone";
        if (exchange_.state.lines.empty()) {
            exchange_.step.did = "nothing_undone";
            exchange_.tell(say(Line::nothing_undone));
            return restate();
        }
        const core::Uuid last = exchange_.state.lines.back();
        const auto& messages = exchange_.conversation.messages;
        const auto line =
            std::find_if(messages.begin(), messages.end(), [&](const Message& m) { return m.id == last; });
        exchange_.step.undone = last;
        const std::string words = line == messages.end() ? std::string{} : shortened(line->text, 12);
        // Where it stood before that line: the same conversation without what came after.
        Conversation before = exchange_.conversation;
        before.messages.assign(messages.begin(), line);
        const State then = state_of(exchange_.book, before);
        exchange_.state.phase = then.phase;
        exchange_.state.open = then.open;
        exchange_.state.settled = then.settled;
        exchange_.tell(say(Line::undone, {{"text", words}}));
        restate();
    }

    void drop(std::optional<std::size_t> number) {
        const Harvest found = harvest();
        if (exchange_.state.phase != Phase::confirming || !number || *number == 0 || *number > found.promises.size()) {
            exchange_.step.did = "back";
            exchange_.tell(say(Line::no_such));
            return restate();
        }
        const Promise& out = found.promises[*number - 1];
        exchange_.step.did = "dropped";
        exchange_.step.tasks.push_back(out.id);  // Of a line that was dropped: what it took out.
        exchange_.tell(say(Line::dropped, {{"text", out.text}}));
        screen();
    }

    void keep(bool share) {
        const Harvest found = harvest();
        exchange_.step.did = share ? "shared" : "confirmed";
        exchange_.state.phase = Phase::done;
        if (found.note.empty() && found.promises.empty()) return exchange_.show(say(Line::nothing_kept));
        const Conversation& c = exchange_.conversation;
        if (!found.note.empty()) {
            core::Put note{"coaching_note", core::derive_uuid("coaching-note", c.id.text()), {}, {}};
            note.fields["rep"] = c.coached.id;
            note.fields["text"] = found.note;
            note.fields["shared"] = share;
            note.fields["on"] = core::civil_text(exchange_.today());
            note.scope =
                share ? core::text_of({core::ScopeKind::coaching, c.coached.id, c.rep.id}) : core::user_scope(c.rep.id);
            exchange_.edits.emplace_back(std::move(note));
        }
        for (const Promise& one : found.promises) {
            core::Put task{"task", one.id, {}, core::user_scope(c.rep.id)};
            task.fields["text"] = one.text;
            task.fields["owner"] = c.rep.id;
            task.fields["state"] = std::string("open");
            if (one.due) {
                task.fields["due"] = core::civil_text(*one.due);
                const auto morning = std::chrono::sys_time<std::chrono::milliseconds>{*one.due} +
                                     std::chrono::hours{9} - exchange_.world.utc_offset;
                task.fields["remind_at"] = static_cast<std::int64_t>(morning.time_since_epoch().count());
            }
            exchange_.edits.emplace_back(std::move(task));
        }
        exchange_.show(say(share ? Line::shared : Line::kept));
    }

    Exchange exchange_;
};

}  // namespace

Turn opening(const Playbook& playbook, const Conversation& conversation, const World& world, const Pack& pack) {
    return Talk{playbook, conversation, world, nullptr}.open(pack);
}

core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input) {
    if (input.action != Action::share) return bot::user_line(playbook, conversation, world, id, input);
    if (state_of(playbook, conversation).phase == Phase::done)
        return core::Error{core::Errc::invalid, "This conversation is closed.", "conversation",
                           "Start a new one with chat.start."};
    Message line;
    line.id = id;
    line.conversation = conversation.id;
    line.at = world.now;
    line.author = AuthorKind::user;
    line.user = conversation.rep;
    line.action = input.action;
    line.text = "share";
    if (!conversation.messages.empty()) line.follows = conversation.messages.back().id;
    return line;
}

Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world) {
    if (conversation.messages.empty()) return opening(playbook, conversation, world, {});
    const Message* line = unanswered(conversation);
    if (line == nullptr) {
        Turn nothing;
        nothing.state = state_of(playbook, conversation);
        return nothing;
    }
    return Talk{playbook, conversation, world, line}.take();
}

Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world) {
    Turn turn = coaching::advance(playbook, conversation, world);
    if (!turn.messages.empty() || conversation.messages.empty()) return turn;
    const Message& last = conversation.messages.back();
    constexpr std::chrono::minutes pause{5};
    const bool told = last.step && last.step->did == "recap";
    if (turn.state.phase == Phase::done || told || world.now - last.at < pause) return turn;
    return Talk{playbook, conversation, world, nullptr}.again();
}

std::string outcome_json(const Playbook&, const Conversation& conversation, const World& world) {
    const Harvest found = harvest_of(conversation, world);
    nlohmann::json help = nlohmann::json::array();
    for (const Promise& one : found.promises) {
        help.push_back({{"text", one.text},
                        {"by", conversation.rep.id.text()},
                        {"for", conversation.coached.id.text()},
                        {"due", one.due ? nlohmann::json(core::civil_text(*one.due)) : nlohmann::json(nullptr)}});
    }
    const bool shared = std::any_of(conversation.messages.begin(), conversation.messages.end(),
                                    [](const Message& m) { return m.step && m.step->did == "shared"; });
    return nlohmann::json{{"help", std::move(help)}, {"note", found.note}, {"shared", shared}}.dump();
}

}  // namespace debrief::bot::coaching
