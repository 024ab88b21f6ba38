// The state of a conversation: a fold over the bot's lines, which carry what each made of the line that it answers.
#include <algorithm>
#include <map>
#include <set>

#include "bot/dialogue/engine.hpp"
#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {
namespace {

template <typename T>
void add_once(std::vector<T>& list, const T& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

void merge_person(std::vector<PersonNamed>& people, const PersonNamed& named) {
    const auto found =
        std::find_if(people.begin(), people.end(), [&](const PersonNamed& p) { return p.contact == named.contact; });
    if (named.withdrawn) {
        if (found != people.end()) people.erase(found);
        return;
    }
    if (found == people.end()) {
        people.push_back(named);
        return;
    }
    if (!named.role.empty()) found->role = named.role;
    if (named.stance != core::Stance::unknown) found->stance = named.stance;
    for (const core::Uuid& item : named.evidence) add_once(found->evidence, item);
}

namespace {

/// Did this step settle the question that it names?
bool settles(const std::string& did) {
    static const std::set<std::string> words{"answered", "skipped", "dont_know", "noted", "filed"};
    return words.count(did) != 0;
}
/// Is the line one that `undo` can take back?
bool counts(const std::string& did) {
    static const std::set<std::string> words{"answered", "skipped",  "dont_know", "noted",   "filed",  "probed",
                                             "reframed", "reminded", "corrected", "dropped", "unclear"};
    return words.count(did) != 0;
}

class Fold {
public:
    Fold(const Playbook& book, const Conversation& conversation) {
        shared_ = conversation.shared();
        state_.limit = book.limits.questions;
        if (conversation.minutes) state_.limit = std::clamp(*conversation.minutes, 1, state_.limit);
        for (const Message& m : conversation.messages) {
            if (m.author == AuthorKind::user) {
                state_.reply_due = true;
            } else {
                state_.reply_due = false;
                if (m.step) take(m, *m.step);
            }
        }
        if (state_.phase != Phase::asking) {
            state_.paused = state_.open ? state_.open : state_.paused;
            state_.open.reset();
            state_.open_message.reset();
        }
    }
    State take_state() { return std::move(state_); }

private:
    void take(const Message& m, const Step& step) {
        if (step.line) before_.emplace(*step.line, state_);  // By the first of the lines that answer it.
        if (step.undone) {
            // Everything is as it was before that line; what came between was no more than talk.
            if (const auto then = before_.find(*step.undone); then != before_.end()) state_ = State(then->second);
        } else {
            state_.phase = step.phase;
        }
        state_.reply_due = false;
        if (!step.did.empty()) state_.last_did = step.did;
        if (!step.question.empty()) {
            if (settles(step.did)) add_once(state_.settled, step.question);
            if (step.did == "probed" || step.did == "unclear") add_once(state_.probed, step.question);
            if (step.did == "reframed") add_once(state_.reframed, step.question);
        }
        if (step.line && counts(step.did)) add_once(state_.lines, *step.line);
        for (const PersonNamed& p : step.people) merge_person(state_.people, p);
        for (const core::Uuid& item : step.items) add_once(state_.items, item);
        for (const Contribution& one : step.adds) add_once(state_.adds, one);
        if (step.limit) state_.limit = *step.limit;
        if (m.ask) ask(m);
    }
    void ask(const Message& m) {
        const Ask& asked = *m.ask;
        // Two members answered the same question at once: it moved on once, and what came of it since stands.
        if (shared_ && !asked.restated && asked.kind == AskKind::ask &&
            std::find(state_.asked_questions.begin(), state_.asked_questions.end(), asked.question) !=
                state_.asked_questions.end())
            return;
        state_.open = asked;
        if (!asked.restated) {
            first_asked_[{asked.question, asked.kind}] = m.id;
            if (asked.kind != AskKind::probe && asked.kind != AskKind::reframe) {
                ++state_.asked;
                state_.asked_questions.push_back(asked.question);
            }
        } else {
            // Put again, so not settled any more: `back` goes to a question that had its answer.
            auto& settled = state_.settled;
            settled.erase(std::remove(settled.begin(), settled.end(), asked.question), settled.end());
        }
        const auto first = first_asked_.find({asked.question, asked.kind});
        state_.open_message = first == first_asked_.end() ? m.id : first->second;
    }

    State state_;
    bool shared_ = false;
    std::map<core::Uuid, State> before_;  ///< By the user's line: where the conversation stood.
    std::map<std::pair<std::string, AskKind>, core::Uuid> first_asked_;
};

}  // namespace

State state_of(const Playbook& playbook, const Conversation& conversation) {
    return Fold{playbook, conversation}.take_state();
}

}  // namespace debrief::bot
