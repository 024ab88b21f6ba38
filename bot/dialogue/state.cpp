// The state of a conversation: a fold over the bot's lines, which carry what each made of the line that it answers.
#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <unordered_set>

#include "bot/dialogue/engine.hpp"
#include "bot/dialogue/exchange.hpp"
#include "core/journey/timeline.hpp"

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

template <std::size_t N>
bool is_one_of(const std::string& word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Did this step settle the question that it names?
bool settles(const std::string& did) {
    constexpr std::array<std::string_view, 5> words{"answered", "skipped", "dont_know", "noted", "filed"};
    return is_one_of(did, words);
}
/// Is the line one that `undo` can take back?
bool counts(const std::string& did) {
    constexpr std::array<std::string_view, 11> words{"answered", "skipped",  "dont_know", "noted",   "filed",  "probed",
                                                     "reframed", "reminded", "corrected", "dropped", "unclear"};
    return is_one_of(did, words);
}

const core::Uuid& key_of(const core::Uuid& id) {
    return id;
}
/// The same for two that count as one.
std::string key_of(const Contribution& one) {
    return one.by.id.text() + one.kind + '\n' + one.text;
}

/// A list without doubles that stays quick when a room has thousands of lines.
template <typename T, typename Key, typename Hash>
class Once {
public:
    explicit Once(std::vector<T>& list) : list_(list) {}
    void reserve(std::size_t values) { known_.reserve(values); }
    void add(const T& value) {
        if (known_.insert(key_of(value)).second) list_.push_back(value);
    }
    /// The list is another one now.
    void again() {
        known_.clear();
        for (const T& value : list_) known_.insert(key_of(value));
    }

private:
    std::vector<T>& list_;
    std::unordered_set<Key, Hash> known_;
};

class Fold {
public:
    using Lines = std::unordered_set<core::Uuid, core::UuidHash>;

    /// `undone`: users' lines that are taken back somewhere.
    Fold(const Playbook& book, const Conversation& conversation, std::span<const Message> then, Lines undone)
        : undone_(std::move(undone)) {
        shared_ = conversation.shared();
        state_.limit = book.limits.questions;
        if (conversation.minutes) state_.limit = std::clamp(*conversation.minutes, 1, state_.limit);
        lines_.reserve(conversation.messages.size() / 2);
        items_.reserve(conversation.messages.size() / 2);
        for (const auto lines : {std::span<const Message>{conversation.messages}, then}) {
            for (const Message& m : lines) take(m);
        }
        if (state_.phase != Phase::asking) {
            state_.paused = state_.open ? state_.open : state_.paused;
            state_.open.reset();
            state_.open_message.reset();
        }
    }
    Fold(const Fold&) = delete;
    Fold& operator=(const Fold&) = delete;
    State take_state() { return std::move(state_); }
    [[nodiscard]] const Lines& taken_back() const { return taken_back_; }

private:
    void take(const Message& m) {
        state_.reply_due = m.author == AuthorKind::user;
        if (m.author == AuthorKind::bot && m.step) take(m, *m.step);
    }
    void take(const Message& m, const Step& step) {
        // By the first of the lines that answer it; kept only where somebody takes that line back.
        if (step.line && undone_.contains(*step.line)) before_.emplace(*step.line, state_);
        if (step.undone) {
            taken_back_.insert(*step.undone);
            // Everything is as it was before that line; what came between was no more than talk.
            if (const auto then = before_.find(*step.undone); then != before_.end()) {
                state_ = State(then->second);
                lines_.again();
                items_.again();
                adds_.again();
            }
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
        if (step.line && counts(step.did)) lines_.add(*step.line);
        for (const PersonNamed& p : step.people) merge_person(state_.people, p);
        for (const core::Uuid& item : step.items) items_.add(item);
        for (const Contribution& one : step.adds) adds_.add(one);
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
    Once<core::Uuid, core::Uuid, core::UuidHash> lines_{state_.lines}, items_{state_.items};
    Once<Contribution, std::string, std::hash<std::string>> adds_{state_.adds};
    bool shared_ = false;
    const Lines undone_;
    Lines taken_back_;
    std::map<core::Uuid, State> before_;  ///< By such a line: where the conversation stood.
    std::map<std::pair<std::string, AskKind>, core::Uuid> first_asked_;
};

}  // namespace

State state_of(const Playbook& playbook, const Conversation& conversation, std::span<const Message> then) {
    Fold fold{playbook, conversation, then, {}};
    if (fold.taken_back().empty()) return fold.take_state();
    // Rare enough to go through the lines once more, now that it is known where to keep how it stood.
    return Fold{playbook, conversation, then, fold.taken_back()}.take_state();
}

}  // namespace debrief::bot
