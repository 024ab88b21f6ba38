// Which handler a line of a review goes to, in which order.
#include "bot/review/review.hpp"

#include <algorithm>

#include "bot/dialogue/answering.hpp"
#include "bot/dialogue/commands.hpp"
#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/looking_up.hpp"
#include "bot/dialogue/screening.hpp"
#include "bot/dialogue/unanswered.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/plan/plan_texts.hpp"
#include "bot/review/agreement.hpp"
#include "bot/review/helping.hpp"
#include "bot/review/outcome.hpp"
#include "bot/review/pack.hpp"
#include "bot/review/plan_text.hpp"
#include "bot/review/review_texts.hpp"

namespace debrief::bot::review {
namespace {

bool is_topic(const Question& question) {
    return std::find(question.when.begin(), question.when.end(), Trigger::topic) != question.when.end();
}

/// One line of a user and the reply to it.
class Reply {
public:
    explicit Reply(Exchange& exchange) : exchange_(exchange) {}

    void take() {
        const Message& line = *exchange_.line;
        const std::string text = trimmed(addressed_to_bot(without_placeholders(line.text)));
        if (exchange_.state.phase == Phase::done) return after_the_end(text);
        if (line.action) return carry_out(*line.action, line.item, line.text);
        answered_ = asked_before(exchange_.conversation, line);
        const bool helping = answered_ && answered_->question == "help" && exchange_.state.phase == Phase::asking;
        if (helping && says_that_is_all(text)) return take_help(text);
        if (const auto command = parse_command(text, exchange_.state.phase))
            return carry_out(command->action, numbered(command->number), command->text);
        moved_on_ = answered_ && exchange_.state.open && exchange_.state.open->question != answered_->question &&
                    has(exchange_.state.settled, answered_->question);
        if (answered_ && (moved_on_ || exchange_.state.phase == Phase::confirming)) exchange_.state.open = answered_;
        if (line.redacted) {
            if (content_stems(text).empty()) {
                exchange_.step.did = "private";
                return exchange_.tell(exchange_.say(Phrase::private_only));
            }
            exchange_.tell(exchange_.say(Phrase::private_left_out));
        }
        take_words(text);
    }

private:
    void take_words(const std::string& text) {
        if (steps_away(text)) return step_away(text);
        if (exchange_.conversation.kind == "plan_review" && is_pasted(text)) return read_plan(text);
        const Question* question = answered_ ? exchange_.book.question(answered_->question) : nullptr;
        const bool help = question != nullptr && question->id == "help";
        if (help && !asks_us(text)) return take_help(text);
        if (question != nullptr && question->id == "our_side") return keep_apart(text, true);
        Heard heard = hear(exchange_, text);
        const bool evidence = std::any_of(heard.proposals.begin(), heard.proposals.end(), [](const Proposal& p) {
            return p.item.dimension != core::Dimension::unknown;
        });
        // A rival whom only we weigh is no option of theirs, though the sentence names one.
        const auto focus = [&](core::Focus wanted) {
            return std::any_of(heard.read.sentences.begin(), heard.read.sentences.end(),
                               [&](const FocusedSentence& s) { return s.focus == wanted; });
        };
        const bool ours = focus(core::Focus::seller) && !focus(core::Focus::customer);
        if (ours || (!evidence && asks_about_our_numbers(text))) {
            // "The one about the signature only serves us" is what was asked for, where nothing turns it round.
            const bool asked_for = question != nullptr && question->reframe.empty() && !moved_on_;
            return asked_for ? settled() : turn_round(text);
        }
        if (asks_us(text)) {
            look_up(exchange_, text);
            return;  // The open question stays, and is not put again to everybody.
        }
        if (heard.read.dont_know && !evidence) return ask_them(question);
        if (!heard.proposals.empty()) return take_evidence(heard);
        for (const PersonNamed& p : heard.people) exchange_.name_person(p);
        if (heard.read.vague && may_probe()) return follow_up(exchange_, *answered_, AskKind::probe, "probed");
        if (heard.customer_words || plain_words(text).size() >= words_of_a_statement)
            return take_statement(text, heard);
        exchange_.step.did = "noted";
        exchange_.tell(exchange_.say(Phrase::kept_as_note));
    }

    // --- answers --------------------------------------------------------------------------------------------------
    void take_evidence(Heard& heard) {
        if (answered_) tell_disagreement(*answered_, heard.proposals);
        for (const Proposal& p : heard.proposals) tell_room(p);
        for (PersonNamed& p : heard.people) exchange_.name_person(std::move(p));
        settled();
    }
    /// Proposed to the speaker alone; the room's page quotes what was said in the room.
    void tell_room(Proposal p) {
        if (p.item.dimension != core::Dimension::unknown) {
            Contribution one;
            one.kind = "told";
            one.text = p.item.text;
            one.by = exchange_.conversation.rep;
            one.dimension = p.item.dimension;
            add(std::move(one));
        }
        exchange_.propose(std::move(p));
    }
    void add(Contribution one) {
        exchange_.step.adds.push_back(one);
        exchange_.state.adds.push_back(std::move(one));
    }
    /// Words about the customer in which no fact was found: the room keeps them under what was asked.
    void take_statement(const std::string& text, const Heard& heard) {
        if (answered_ && answered_->dimension != core::Dimension::unknown && heard.customer_words) {
            Proposal p;
            p.item = exchange_.blank_item();
            p.item.dimension = answered_->dimension;
            p.item.text = text;
            p.item.source = exchange_.source(text);
            p.item.id = exchange_.new_item_id();
            tell_disagreement(*answered_, {p});
            tell_room(std::move(p));
        }
        settled();
    }
    void tell_disagreement(const Ask& asked, const std::vector<Proposal>& heard) {
        const auto found = disagreement(exchange_, asked, heard);
        if (!found) return;
        const auto language = exchange_.language();
        Contribution one;
        one.kind = "disagreement";
        one.by = exchange_.conversation.owner;
        one.dimension = found->dimension;
        one.text = say(Say::disagreement_ask, language,
                       {{"one", shortened(found->theirs, 14)}, {"two", shortened(found->ours, 14)}});
        add(one);
        exchange_.tell(
            say(Say::disagreement, language, {{"a", found->other.name}, {"b", exchange_.conversation.rep.name}}));
    }
    void settled() {
        exchange_.settle("answered");
        exchange_.tell(say(moved_on_ ? Say::noted_too : Say::noted, exchange_.language(),
                           {{"by", exchange_.conversation.rep.name}}));
        go_on();
    }
    void ask_them(const Question* question) {
        if (question != nullptr && question->dimension != core::Dimension::unknown) {
            Contribution one;
            one.kind = "question";
            one.by = exchange_.conversation.rep;
            one.dimension = question->dimension;
            one.text = open_question(question->dimension, exchange_.language());
            add(one);
        }
        exchange_.settle("dont_know");
        exchange_.tell(question != nullptr && !question->dont_know.empty()
                           ? question->dont_know.in(exchange_.language())
                           : say(Say::to_ask, exchange_.language()));
        go_on();
    }

    // --- our own side ---------------------------------------------------------------------------------------------
    /// Once a topic, kindly, into the customer's view; what is ours is kept in the room and is no fact.
    void turn_round(const std::string& text) {
        const bool open = answered_ && !moved_on_ && exchange_.state.phase == Phase::asking;
        if (!open || has(exchange_.state.reframed, answered_->question)) return keep_apart(text, false);
        follow_up(exchange_, *answered_, AskKind::reframe, "reframed");
    }
    void keep_apart(const std::string& text, bool asked) {
        const bool something = !asked || (plain_words(text).size() > 2 && yes_or_no(text) != YesNo::no);
        if (something) {
            Contribution one;
            one.kind = "our_side";
            one.by = exchange_.conversation.rep;
            one.text = text;
            add(one);
            exchange_.tell(say(Say::kept_apart, exchange_.language()));
        }
        if (!asked) {
            exchange_.step.did = "noted";
            return;
        }
        exchange_.settle("answered");
        go_on();
    }
    void step_away(const std::string& text) {
        Contribution one;
        one.kind = "step_away";
        one.by = exchange_.conversation.rep;
        one.text = text;
        add(one);
        exchange_.step.did = "stopped";
        exchange_.tell(say(Say::stepping_away, exchange_.language()));
        show_outcome();
    }

    // --- help, plans ----------------------------------------------------------------------------------------------
    void take_help(const std::string& text) {
        if (says_that_is_all(text)) {
            exchange_.settle("answered");
            return go_on();
        }
        const Contribution one = help_of(exchange_, text);
        add(one);
        exchange_.step.did = "noted";
        exchange_.tell(say(one.step.empty() ? Say::help_for_us : Say::help_noted, exchange_.language(),
                           {{"by", one.by.name}, {"step", shortened(one.step, 14)}}));
        if (exchange_.state.phase == Phase::confirming) return show_outcome();
        Ask again = *answered_;
        again.restated = true;
        exchange_.ask(std::move(again), say(Say::more_help, exchange_.language()));
    }
    void read_plan(const std::string& text) {
        exchange_.step.did = "noted";
        exchange_.show(plan_reading(exchange_, text));
    }

    // --- where it goes on -----------------------------------------------------------------------------------------
    [[nodiscard]] bool may_probe() const {
        return answered_ && !moved_on_ && exchange_.state.phase == Phase::asking && exchange_.book.limits.probes > 0 &&
               !has(exchange_.state.probed, answered_->question);
    }
    void go_on() {
        if (moved_on_) return;
        if (exchange_.state.phase == Phase::confirming) return show_outcome();
        ask_next();
    }

public:
    void ask_next() {
        for (const Question& question : exchange_.book.questions) {
            if (!is_topic(question) || has(exchange_.state.asked_questions, question.id)) continue;
            if (std::string known = known_of(exchange_, question); !known.empty()) exchange_.show(std::move(known));
            Ask ask{AskKind::ask, question.dimension, question.id, {}, {}, {}, false, false};
            const bool nothing = question.id == "shifted" && exchange_.world.shifted.empty();
            std::string text = nothing ? say(Say::ask_shifted, exchange_.language())
                                       : exchange_.from_book(question.text, Phrase::reframe, ask);
            return exchange_.ask(std::move(ask), std::move(text));
        }
        show_outcome();
    }
    void show_outcome() {
        exchange_.state.phase = Phase::confirming;
        exchange_.state.open.reset();
        std::string screen = outcome_screen(exchange_, outcome_of(exchange_));
        if (!exchange_.live.empty())
            screen += "\n" +
                      say(Say::confirm_yours, exchange_.language(), {{"count", std::to_string(exchange_.live.size())}});
        exchange_.show(std::move(screen));
    }

private:
    // --- commands -------------------------------------------------------------------------------------------------
    [[nodiscard]] std::optional<core::Uuid> numbered(std::optional<std::size_t> number) const {
        if (!number) return std::nullopt;
        if (*number == 0 || *number > exchange_.live.size()) return core::Uuid{};
        return exchange_.live[*number - 1].item.id;
    }
    void carry_out(Action action, const std::optional<core::Uuid>& item, const std::string& text) {
        answered_ = exchange_.state.open;
        const bool asking = exchange_.state.phase == Phase::asking && exchange_.state.open.has_value();
        switch (action) {
            case Action::skip:
                if (!asking) return;
                exchange_.settle("skipped");
                exchange_.tell(exchange_.say(Phrase::skipped));
                return ask_next();
            case Action::dont_know:
                return asking ? ask_them(exchange_.book.question(exchange_.state.open->question)) : restate();
            case Action::stop:
                exchange_.step.did = "stopped";
                return show_outcome();
            case Action::resume:
                exchange_.step.did = "resumed";
                if (exchange_.state.phase != Phase::confirming) return restate();
                exchange_.state.phase = Phase::asking;
                return ask_next();
            case Action::why: {
                exchange_.step.did = "why";
                const Question* question = asking ? exchange_.book.question(exchange_.state.open->question) : nullptr;
                if (question != nullptr && !question->why.empty())
                    exchange_.show(question->why.in(exchange_.language()));
                return;
            }
            case Action::confirm:
                return confirm_own(item);
            case Action::correct:
                return correct_own(item.value_or(core::Uuid{}), text);
            case Action::drop:
                if (exchange_.proposal(item.value_or(core::Uuid{})) == nullptr)
                    return exchange_.tell(exchange_.say(Phrase::no_such_item));
                exchange_.step.did = "dropped";
                exchange_.tell(
                    exchange_.say(Phrase::dropped, {{"text", shortened(exchange_.proposal(*item)->item.text, 12)}}));
                return exchange_.withdraw(*item);
            case Action::back:
            case Action::undo:
            case Action::share:
                return restate();
        }
    }
    void restate() {
        if (exchange_.state.phase == Phase::confirming) return show_outcome();
        if (!exchange_.state.open) return ask_next();
        Ask again = *exchange_.state.open;
        again.restated = true;
        const Question* question = exchange_.book.question(again.question);
        std::string text =
            exchange_.from_book(question != nullptr ? question->text : Wording{}, Phrase::reframe, again);
        exchange_.ask(std::move(again), std::move(text));
    }
    void correct_own(const core::Uuid& item, const std::string& text) {
        const Proposal* found = exchange_.proposal(item);
        if (found == nullptr) return exchange_.tell(exchange_.say(Phrase::no_such_item));
        exchange_.step.did = "corrected";
        Proposal changed = *found;
        changed.item.text = trimmed(text);
        changed.item.source.quote = changed.item.text;
        changed.item.source.message = exchange_.line->id;
        changed.corrected_by = exchange_.line->id;
        exchange_.change(changed);
        exchange_.tell(exchange_.say(Phrase::corrected_item, {{"text", shortened(changed.item.text, 15)}}));
    }
    /// What this member told of the customer counts from now on. On the last screen it closes the review as well.
    void confirm_own(const std::optional<core::Uuid>& item) {
        const bool closes = !item && exchange_.state.phase == Phase::confirming;
        const Outcome outcome = outcome_of(exchange_);
        std::optional<std::vector<core::Uuid>> chosen;
        if (item) chosen = {*item};
        const std::size_t count = confirm_proposals(exchange_, chosen);
        exchange_.step.did = "confirmed";
        if (count > 0) {
            exchange_.tell(say(Say::yours_confirmed, exchange_.language(), {{"count", std::to_string(count)}}));
        } else if (!closes) {
            exchange_.tell(say(Say::nothing_of_yours, exchange_.language()));
        }
        if (!closes) return;
        exchange_.state.phase = Phase::done;
        for (core::Edit& edit : closing_edits(exchange_, outcome)) exchange_.edits.push_back(std::move(edit));
        exchange_.show(say(Say::closed, exchange_.language(), {{"account", exchange_.conversation.account.name}}));
    }
    void after_the_end(const std::string& text) {
        exchange_.step.did = "closed";
        const bool confirms = exchange_.line->action == Action::confirm ||
                              (parse_command(text, Phase::confirming) &&
                               parse_command(text, Phase::confirming)->action == Action::confirm);
        if (confirms) return confirm_own(std::nullopt);
        if (asks_us(text)) return look_up(exchange_, text);
        exchange_.show(exchange_.say(Phrase::already_done, {{"account", exchange_.conversation.account.name}}));
    }

    /// Shorter lines without a fact are notes among colleagues.
    static constexpr std::size_t words_of_a_statement = 6;

    Exchange& exchange_;
    std::optional<Ask> answered_;  ///< What stood before the line when it was written.
    bool moved_on_ = false;        ///< Somebody else had answered that by now.
};

/// The last line of this user that waits for the bot. Lines to a colleague do not.
const Message* due_line(const Conversation& conversation, const World& world) {
    return unanswered(conversation, [&](const Message& m) {
        return m.user.id == conversation.rep.id && (m.action || !is_for_colleague(m.text, world.members));
    });
}

}  // namespace

core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input) {
    const bool done = state_of(playbook, conversation).phase == Phase::done;
    if (done && input.action == Action::confirm && !live_proposals(conversation).empty()) {
        // What a member told before the review was closed is theirs to confirm afterwards.
        Message line;
        line.id = id;
        line.conversation = conversation.id;
        line.at = world.now;
        line.author = AuthorKind::user;
        line.user = conversation.rep;
        line.action = input.action;
        line.text = "confirm";
        line.follows = conversation.messages.back().id;
        return line;
    }
    auto line = bot::user_line(playbook, conversation, world, id, input);
    if (line) line->focus.clear();
    return line;
}

Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world) {
    if (conversation.messages.empty()) {
        Exchange exchange(playbook, conversation, world, nullptr);
        exchange.step.did = "opened";
        exchange.show(opening_pack(exchange));
        Reply{exchange}.ask_next();
        return exchange.finish(Phase::asking);
    }
    const Message* due = due_line(conversation, world);
    if (due == nullptr) {
        Turn nothing;
        nothing.state = state_of(playbook, conversation);
        return nothing;
    }
    Exchange exchange(playbook, conversation, world, due);
    Reply{exchange}.take();
    return exchange.finish(exchange.state.phase);
}

Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world) {
    return review::advance(playbook, conversation, world);
}

}  // namespace debrief::bot::review
