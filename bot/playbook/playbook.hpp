// Questions as data: what the bot asks, when, and what it says to a vague, a seller-centred or a missing answer.
// A conversation ends under the version it began with, so a playbook is never changed, only replaced.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/words.hpp"
#include "core/result.hpp"

namespace debrief::bot {

/// One text in several languages. English is always there.
struct Wording {
    std::string en;
    std::string de;  ///< Empty where not translated; then English is used.

    [[nodiscard]] const std::string& in(std::string_view language) const;
    [[nodiscard]] bool empty() const { return en.empty(); }
};

/// Why a question may be asked now. A closed list: no code in playbooks.
enum class Trigger {
    start,           ///< The free note that opens a conversation.
    missing,         ///< Nothing is known of the dimension, or only that it is unknown.
    contradicted,    ///< Its answers diverge.
    stale,           ///< Known, but not confirmed for longer than it stays fresh.
    stance_unknown,  ///< A person who was there, and whose stance is not known.
    promise_due,     ///< A customer's commitment whose day has passed.
    new_person,      ///< Somebody was named whom nobody knows here.
    changed,         ///< An answer that stands against a current fact.
    after,           ///< Only after the question `after`, when its answer brought something.
    topic,           ///< Of a review: in its turn, by the order of the file.
};
inline constexpr std::array<std::string_view, 10> trigger_names{
    "start",       "missing",    "contradicted", "stale", "stance_unknown",
    "promise_due", "new_person", "changed",      "after", "topic"};

/// What kind of meeting it was, for the two who met.
enum class Occasion { first, follow_up, late, lost_contact };
inline constexpr std::array<std::string_view, 4> occasion_names{"first", "follow_up", "late", "lost_contact"};

/// How far the customer's buying has come: whether they see a reason, weigh ways, or have a way to decide.
enum class Stage { seeing, weighing, deciding };
inline constexpr std::array<std::string_view, 3> stage_names{"seeing", "weighing", "deciding"};

struct Question {
    std::string id;  ///< Stable for ever.
    core::Dimension dimension = core::Dimension::unknown;
    Wording text;       ///< May hold {account} {person} {fact} {date} {industry}.
    Wording probe;      ///< The one follow-up to a vague answer.
    Wording reframe;    ///< The turn from seller to customer.
    Wording dont_know;  ///< What is said when the rep does not know.
    Wording unknown;    ///< How what is not known is written down: "How {account} will decide is not known."
    Wording why;        ///< One line, to "why do you ask?".
    Wording confirm;    ///< Puts a known but old fact again; holds {fact}, may hold {date}.
    std::string like;   ///< A question's id: what is not said here is said as there.
    std::vector<Trigger> when;
    std::string after;  ///< Of Trigger::after: a question's id.
    // Conditions: all must hold. Each one empty: always.
    std::vector<std::string> industry;              ///< Any of these. Compared without case.
    std::vector<Occasion> moment;                   ///< Any of these.
    std::vector<Stage> stage;                       ///< Any of these.
    std::vector<core::Dimension> known, not_known;  ///< All of these, known or not yet known.
    int value = 50;                                 ///< 0 to 100: how much an answer changes what we know.
};

struct Limits {
    int questions = 5;  ///< A conversation, the opening one included.
    int probes = 1;     ///< An answer.
    int reframes = 2;   ///< A conversation; never two in a row.
    int minutes = 4;    ///< What the first message promises; counts only if the rep names a time.
};

/// How the reasons to ask weigh against each other. They are added to a question's value.
struct Weights {
    int missing = 300, contradicted = 200, stale = 100;
    int stance_unknown = 120, promise_due = 220;
    int on_plan = 40;  ///< More, where the next call plan has it as an open unknown.
};

/// As JSON on one line: it travels in one field of a record.
inline constexpr std::size_t playbook_bytes_max = 64U * 1024;

struct Playbook {
    std::string id, version, kind;
    std::vector<std::string> languages;
    Limits limits;
    Weights weights;
    std::vector<Question> questions;  ///< In the order of the file: it breaks ties.

    [[nodiscard]] const Question* question(std::string_view id) const;
};

struct PlaybookFinding {
    std::string entry;  ///< `questions[3].text.en`, or the question's id where that is clearer.
    std::string reason;
};
struct PlaybookCheck {
    std::vector<PlaybookFinding> errors, warnings;
    std::optional<Playbook> playbook;  ///< Only without errors: a broken one is refused whole.
};

/// Reads a playbook's JSON and checks all of it, not only up to the first fault.
PlaybookCheck check_playbook(std::string_view json);
/// Errors: `invalid`, naming the first faulty entry and why.
core::Result<Playbook> parse_playbook(std::string_view json);

/// Cells of dimension × moment for which nothing is asked; each dimension but `unknown`.
std::vector<std::pair<core::Dimension, Occasion>> empty_cells(const Playbook& playbook);

struct Builtin {
    std::string_view json;
    Playbook playbook;
    bool active = false;  ///< New conversations begin under it, unless the workspace has one of its own.
};
/// The playbooks that are built in, in every version that a conversation may have begun under.
const std::vector<Builtin>& builtin_playbooks();
/// The debrief among them that is active.
const Playbook& builtin_debrief();
/// The JSON Schema (2020-12) of playbooks.
std::string_view playbook_schema_json();

}  // namespace debrief::bot
