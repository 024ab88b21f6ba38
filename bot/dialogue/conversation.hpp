// What a debrief is made of: lines, asks, what was understood so far. Values only; the store's records are made from
// them by bot/dialogue/codec.hpp.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/journey.hpp"
#include "core/sources.hpp"
#include "core/uuid.hpp"

namespace debrief::bot {

namespace encoder {
class Encoder;
}

enum class AskKind { ask, probe, reframe, confirm, contradiction, conflict };
inline constexpr std::array<std::string_view, 6> ask_kind_names{"ask",     "probe",         "reframe",
                                                                "confirm", "contradiction", "conflict"};

/// A question that waits for an answer.
struct Ask {
    AskKind kind = AskKind::ask;
    core::Dimension dimension = core::Dimension::unknown;
    std::string question;  ///< Its id in the playbook; kept by probe, reframe and restating.
    std::string playbook, version;
    std::vector<core::Uuid> about;  ///< Items: the fact put again, the two that contradict.
    bool restated = false;          ///< Put again after an interruption; not counted as asked.
    bool unexpected = false;        ///< Not from the debrief's playbook.
    bool operator==(const Ask&) const = default;
};

/// What a user can do instead of saying something. Typed words and actions are equal.
enum class Action { skip, dont_know, back, undo, why, stop, resume, confirm, correct, drop, share };
inline constexpr std::array<std::string_view, 11> action_names{"skip",   "dont_know", "back",    "undo", "why",  "stop",
                                                               "resume", "confirm",   "correct", "drop", "share"};

struct FocusOfText {
    std::string text;
    core::Focus focus = core::Focus::neutral;
    bool operator==(const FocusOfText&) const = default;
};
/// On replies from the store.
struct Answer {
    bool found = false;
    std::vector<core::Uuid> evidence;
    bool operator==(const Answer&) const = default;
};

/// What a rehearsed answer was worth. On the bot's reply to it.
struct Judged {
    bool focus = false;     ///< It was about the customer.
    bool concrete = false;  ///< A name, a figure, a day, a next step to hold on to.
    bool honest = false;    ///< No absolutes, no promise that nothing stored bears out.
    bool credited = false;  ///< All three.
    std::string better;     ///< One better line from the account's own facts; empty where credited.
    std::string why;        ///< One line for each of the three, citing the rep's words.
    bool operator==(const Judged&) const = default;
};

enum class Phase { asking, confirming, stopped, done };
inline constexpr std::array<std::string_view, 4> phase_names{"asking", "confirming", "stopped", "done"};

/// Somebody named in this conversation. Kept with the bot's line that follows, so that a restart knows it.
struct PersonNamed {
    core::Uuid contact;  ///< Of a known contact, or the id that a new one will get.
    std::string name, role;
    core::Stance stance = core::Stance::unknown;
    std::vector<core::Uuid> evidence;  ///< Items that the stance stands on.
    bool known = false;                ///< Already a contact of the account.
    bool withdrawn = false;            ///< It was somebody else: forget what was noted under this name.
    bool operator==(const PersonNamed&) const = default;
};

/// Something understood and not yet confirmed: an observation record in `private/U/A`.
struct Proposal {
    core::Item item;
    bool was_wrong = false;                  ///< That fact was never true, and is withdrawn rather than superseded.
    std::optional<core::Uuid> corrected_by;  ///< The line that changed it after it was said.
    std::optional<core::Uuid> keeps;         ///< A commitment that the customer has kept, rather than a new fact.
};

/// What a line of a review added to its outcome.
struct Contribution {
    std::string kind;  ///< told, help, question, disagreement, step_away, our_side.
    std::string text;
    core::NamedId by;  ///< Who does it, asks it, or said it.
    std::string due;   ///< Civil date, or empty.
    core::Dimension dimension = core::Dimension::unknown;
    std::optional<core::Uuid> serves;  ///< Of help: the customer's commitment.
    std::string step;                  ///< Of help: what it serves, in words; empty where it serves only us.
    bool operator==(const Contribution& other) const {
        return kind == other.kind && text == other.text && by.id == other.by.id;
    }
};

/// What the bot made of the line that it answers. The state of a conversation is a fold over these.
struct Step {
    std::string did;  ///< opened answered probed reframed skipped dont_know why back undone stopped resumed
                      ///< confirmed corrected dropped lookup reminded noted filed unclear private hurried
                      ///< nothing_undone recap closed; empty for the further lines of one reply
    std::optional<core::Uuid> line;    ///< The user's line that it answers.
    std::string question;              ///< The question that the line answered, if it did.
    std::optional<core::Uuid> undone;  ///< The user's line that `undo` took back.
    std::vector<core::Uuid> items;     ///< Proposed because of the line.
    std::vector<core::Uuid> tasks;     ///< Reminders made because of the line.
    std::vector<Proposal> before;  ///< What the line changed or dropped, as it stood, so that `undo` can bring it back.
    std::vector<PersonNamed> people;  ///< Named in the line.
    std::optional<int> limit;         ///< A new limit of questions, where the rep named a time.
    std::vector<Contribution> adds;   ///< Of a review.
    Phase phase = Phase::asking;      ///< After this line.
};

enum class AuthorKind { user, bot };

/// One line of a conversation.
struct Message {
    core::Uuid id, conversation;
    core::Instant
        at{};  ///< A bot's line has the time of the line that it follows, so that two devices make the same one.
    AuthorKind author = AuthorKind::bot;
    core::NamedId user;  ///< Of AuthorKind::user.
    std::string text;    ///< With placeholders where private remarks were.
    std::optional<Ask> ask;
    std::vector<FocusOfText> focus;  ///< Of a user's line, filled in with the bot's reply; shown to its author.
    std::optional<Answer> answer;
    std::optional<Judged> judged;
    bool redacted = false;
    std::optional<core::Uuid> follows;  ///< The line before; empty for the first.
    std::optional<Action> action;       ///< Of a user's line that was an action.
    std::optional<core::Uuid> item;     ///< What the action is about; in a rehearsal always who is played.
    std::optional<Step> step;           ///< Of a bot's line.
};

struct MeetingRef {
    core::Uuid id;
    std::chrono::sys_days day;  ///< Relative dates count from here.
    std::string title;
    std::vector<core::Uuid> contacts;  ///< Who was there.
};

/// One conversation with all its lines, as read from the store.
struct Conversation {
    core::Uuid id;
    std::string kind = "debrief";
    std::string scope;  ///< Where its lines live; empty: `private/U/A` of the rep.
    core::NamedId account;
    std::string industry;
    std::optional<MeetingRef> meeting;
    std::optional<core::Uuid> opportunity;
    core::NamedId rep;                  ///< Who speaks on this device: of a debrief its owner, of a review any member.
    core::NamedId owner;                ///< Who began it.
    std::optional<core::Uuid> plan;     ///< Of a call-plan review.
    std::optional<core::Uuid> contact;  ///< Of a rehearsal: whom the bot plays.
    core::NamedId coached;              ///< Of a coaching talk: whose it is.
    std::string language = "en";
    std::optional<int> minutes;  ///< The time that the rep gave it at the start.
    std::string playbook, version;
    std::uint64_t seed = 0;
    core::Instant started{};
    std::vector<Message> messages;    ///< In the order of in_order().
    std::vector<Proposal> proposals;  ///< Those still proposed, and once done the confirmed copies.

    /// Its lines live with the account, and every member reads and writes them.
    [[nodiscard]] bool shared() const { return scope.starts_with("account/"); }
};

struct NextMeeting {
    core::Uuid id;
    std::string title;
    std::chrono::sys_days day;
};
/// The opportunity that a conversation is about, as it is stored.
struct OpportunitySeen {
    std::string name, outcome, reason;
    std::string ended_on;  ///< Civil date, or empty.
};
struct TaskSeen {
    core::Uuid id;
    std::string text, due, state;
};

/// A question of an earlier rehearsal with the same person, as it was answered last.
struct Drilled {
    core::Uuid turn;
    std::string question, contingency;
    std::string text;               ///< As it was asked.
    std::vector<core::Uuid> about;  ///< The stored facts that it came from.
    bool credited = false;
    int streak = 0;   ///< Good answers in a row, up to now.
    std::string due;  ///< Civil day from which it may come again.
    core::Instant at{};
};

/// What the bot may know besides the conversation: handed in, so that a turn stays a pure function.
struct World {
    core::Journey journey;  ///< Folded at today.
    std::optional<NextMeeting> next_meeting;
    std::optional<std::chrono::sys_days> met_before;  ///< The account's meeting before the one that is talked about.
    std::vector<TaskSeen> tasks;
    std::optional<OpportunitySeen> opportunity;
    // Of a review.
    std::vector<core::NamedId> members;        ///< Who may read the account.
    std::vector<core::JourneyChange> shifted;  ///< Since `shifted_since`.
    std::string shifted_since;                 ///< Civil day: of the last review, else a while ago.
    std::string last_review;                   ///< The outcome of the last one of this kind, as JSON.
    std::string plan_text;                     ///< Of a call-plan review: the plan as text.
    std::vector<Drilled> drills;          ///< Of a rehearsal: of earlier ones with the same person, one a question.
    std::vector<core::NamedId> managers;  ///< Of a rehearsal: with whom the rep may share it.
    core::Instant now{};
    std::chrono::minutes utc_offset{0};  ///< Of the user's civil day.
    /// Borrowed; null: words alone.
    const encoder::Encoder* encoder = nullptr;
};

/// Where a conversation stands: a fold over its lines.
struct State {
    Phase phase = Phase::asking;
    std::optional<Ask> open;                 ///< What waits for an answer; nothing on the confirm screen.
    std::optional<core::Uuid> open_message;  ///< The line that asked it first: the same after every restart.
    std::optional<Ask> paused;               ///< The last open question, while none is open: where `resume` goes on.
    int asked = 0;                           ///< Probes, reframes and restated questions do not count.
    int limit = 5;
    std::vector<std::string> asked_questions;   ///< Ids in order.
    std::vector<std::string> settled;           ///< Ids answered, skipped or not known, in order.
    std::vector<std::string> probed, reframed;  ///< Ids that had theirs.
    std::vector<core::Uuid> lines;              ///< User lines that count: answered and not undone, in order.
    std::vector<PersonNamed> people;            ///< Named so far; the newest word on each.
    std::vector<core::Uuid> items;              ///< Proposed so far and not undone, in order.
    std::vector<Contribution> adds;             ///< To the outcome of a review, in order.
    bool reply_due = false;                     ///< The last line is the user's: the bot's reply is missing.
    std::string last_did;
};

/// What stands on the confirm screen: those still proposed, in the order in which they were said.
std::vector<Proposal> live_proposals(const Conversation& conversation);

/// Sorts lines so that each stands behind the one that it follows; ties (two devices) by time, then id.
std::vector<Message> in_order(std::vector<Message> messages);

}  // namespace debrief::bot
