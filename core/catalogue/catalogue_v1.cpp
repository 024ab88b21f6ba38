// The catalogue, grown since its first version. Adding a table or a field raises `version`; nothing here is ever
// renamed or removed.
#include <array>

#include "core/catalogue/catalogue.hpp"
#include "core/journey/words.hpp"

namespace debrief::core {
namespace {

using enum FieldType;
using sv = std::string_view;

constexpr std::array<sv, 3> role_words{"rep", "manager", "admin"};
constexpr std::array<sv, 5> concern_words{"", "wish", "money", "process", "fear"};
constexpr std::array<sv, 4> observation_words{"proposed", "confirmed", "superseded", "withdrawn"};
constexpr std::array<sv, 3> commitment_words{"open", "kept", "dropped"};
constexpr std::array<sv, 3> task_words{"open", "done", "dropped"};
constexpr std::array<sv, 7> outcome_words{"open",   "bought",    "not_bought", "elsewhere",
                                          "stayed", "undecided", "withdrew"};
constexpr std::array<sv, 6> room_words{"debrief",   "deal_review", "plan_review", "competitive_review",
                                       "rehearsal", "coaching"};
constexpr std::array<sv, 4> phase_words{"asking", "confirming", "stopped", "done"};
constexpr std::array<sv, 2> author_words{"user", "bot"};
constexpr std::array<sv, 4> question_words{"open", "asked", "answered", "dropped"};
constexpr std::array<sv, 7> because_words{"missing",      "dont_know",    "vague", "stale",
                                          "contradicted", "disagreement", "agreed"};

// The directory: written by the server, read by devices for names, teams and duties.
constexpr Field user_fields[]{
    {.name = "name", .required = true, .indexed = true, .searchable = true},
    {.name = "role", .type = word, .words = role_words, .required = true},
    {.name = "language"},
    {.name = "active", .type = boolean},
    {.name = "external_key", .indexed = true},
};
constexpr Field team_fields[]{
    {.name = "name", .required = true, .searchable = true},
    {.name = "manager", .type = ref, .target = "user", .indexed = true},
    {.name = "parent", .type = ref, .target = "team"},
    {.name = "external_key", .indexed = true},
};
constexpr Field member_fields[]{
    {.name = "team", .type = ref, .target = "team", .required = true, .indexed = true},
    {.name = "user", .type = ref, .target = "user", .required = true, .indexed = true},
};
constexpr Field assignment_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "user", .type = ref, .target = "user", .indexed = true},
    {.name = "team", .type = ref, .target = "team", .indexed = true},
    {.name = "owner", .type = boolean},
};

constexpr Field account_fields[]{
    {.name = "name", .required = true, .indexed = true, .searchable = true},
    {.name = "industry", .searchable = true},
    {.name = "country", .searchable = true},
    {.name = "website"},
    {.name = "founded", .type = civil},
    {.name = "employees", .type = integer},
    {.name = "revenue", .type = integer},
    {.name = "currency"},
    {.name = "parent", .type = ref, .target = "account"},
    {.name = "owner", .type = ref, .target = "user", .indexed = true},
    {.name = "note", .type = prose, .searchable = true},
    {.name = "stage_of_buying"},
    {.name = "invented", .type = boolean},
    {.name = "source"},
    {.name = "external_key", .indexed = true},
};
constexpr Field contact_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "name", .required = true, .searchable = true},
    {.name = "role", .searchable = true},
    {.name = "email", .searchable = true},
    {.name = "phone"},
    {.name = "note", .type = prose, .searchable = true},
    {.name = "confirmed", .type = boolean},
    {.name = "gone", .type = boolean},
    {.name = "relations", .type = json},
    {.name = "invented", .type = boolean},
    {.name = "external_key", .indexed = true},
};
constexpr Field meeting_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "title", .searchable = true},
    {.name = "at", .type = instant, .required = true, .indexed = true},
    {.name = "ends_at", .type = instant},
    {.name = "date", .type = civil},
    {.name = "place"},
    {.name = "contacts", .type = refs, .target = "contact"},
    {.name = "opportunity", .type = ref, .target = "opportunity"},
    {.name = "debriefed", .type = boolean},
    {.name = "invented", .type = boolean},
    {.name = "external_key", .indexed = true},
};
constexpr Field call_plan_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "meeting", .type = ref, .target = "meeting", .indexed = true},
    {.name = "opportunity", .type = ref, .target = "opportunity"},
    {.name = "objective", .type = prose, .searchable = true},
    {.name = "text", .type = prose, .searchable = true},
};
constexpr Field plan_question_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "plan", .type = ref, .target = "call_plan", .required = true, .indexed = true},
    {.name = "text", .type = prose, .required = true, .searchable = true},
    {.name = "dimension", .type = word, .words = dimension_names},
    {.name = "to", .type = ref, .target = "contact"},
    {.name = "owner", .type = ref, .target = "user"},
    {.name = "due", .type = civil},
    {.name = "status", .type = word, .words = question_words},
    {.name = "because", .type = word, .words = because_words},
    {.name = "because_text"},
    {.name = "evidence", .type = refs, .target = "observation"},
    {.name = "edited", .type = boolean},
    {.name = "rank", .type = integer},
};
constexpr Field contingency_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "plan", .type = ref, .target = "call_plan", .indexed = true},
    {.name = "question", .type = prose, .required = true, .searchable = true},
    {.name = "from", .type = ref, .target = "contact"},
    {.name = "answer", .type = prose, .searchable = true},
    {.name = "evidence", .type = refs, .target = "observation"},
};
constexpr Field observation_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "opportunity", .type = ref, .target = "opportunity"},
    {.name = "dimension", .type = word, .words = dimension_names, .required = true},
    {.name = "text", .required = true, .searchable = true},
    {.name = "person", .type = ref, .target = "contact", .indexed = true},
    {.name = "said_on", .type = civil, .required = true},
    {.name = "dates", .type = json},
    {.name = "by", .type = ref, .target = "user"},
    {.name = "state", .type = word, .words = observation_words, .required = true},
    {.name = "source", .type = json},
    {.name = "conversation", .type = ref, .target = "room", .indexed = true},
    {.name = "superseded_by", .type = ref, .target = "observation"},
    {.name = "supersedes", .type = ref, .target = "observation"},
    {.name = "contradicts", .type = ref, .target = "observation"},
    {.name = "concern_kind", .type = word, .words = concern_words},
    {.name = "about", .type = word, .words = dimension_names},
    {.name = "recorded_at", .type = instant},
    {.name = "invented", .type = boolean},
    {.name = "external_key", .indexed = true},
};
constexpr Field stance_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "contact", .type = ref, .target = "contact", .required = true, .indexed = true},
    {.name = "stance", .type = word, .words = stance_names, .required = true},
    {.name = "since", .type = civil},
    {.name = "evidence", .type = refs, .target = "observation"},
    {.name = "recorded_at", .type = instant},
    {.name = "invented", .type = boolean},
};
constexpr Field commitment_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "owner", .type = ref, .target = "contact"},
    {.name = "text", .required = true, .searchable = true},
    {.name = "due", .type = civil},
    {.name = "state", .type = word, .words = commitment_words},
    {.name = "since", .type = civil},
    {.name = "observation", .type = ref, .target = "observation"},
    {.name = "source", .type = json},
    {.name = "recorded_at", .type = instant},
    {.name = "invented", .type = boolean},
};
constexpr Field opportunity_fields[]{
    {.name = "account", .type = ref, .target = "account", .indexed = true},
    {.name = "name", .searchable = true},
    {.name = "product", .searchable = true},
    {.name = "owner", .type = ref, .target = "user", .indexed = true},
    {.name = "engaged_on", .type = civil},
    {.name = "ended_on", .type = civil},
    {.name = "outcome", .type = word, .words = outcome_words},
    {.name = "outcome_inferred", .type = word, .words = outcome_words},
    {.name = "outcome_reason", .type = prose, .searchable = true},
    {.name = "amount", .type = integer},
    {.name = "currency"},
    {.name = "needs_account", .type = boolean},
    {.name = "source"},
    {.name = "external_key", .indexed = true},
};
constexpr Field room_fields[]{
    {.name = "account", .type = ref, .target = "account", .indexed = true},
    {.name = "kind", .type = word, .words = room_words, .required = true},
    {.name = "title"},
    {.name = "meeting", .type = ref, .target = "meeting", .indexed = true},
    {.name = "opportunity", .type = ref, .target = "opportunity"},
    {.name = "plan", .type = ref, .target = "call_plan"},
    {.name = "contact", .type = ref, .target = "contact"},
    {.name = "rep", .type = ref, .target = "user"},
    {.name = "owner", .type = ref, .target = "user"},
    {.name = "phase", .type = word, .words = phase_words},
    {.name = "playbook"},
    {.name = "playbook_version"},
    {.name = "language"},
    {.name = "minutes", .type = integer},
    {.name = "started_at", .type = instant},
    {.name = "meeting_date", .type = civil},
};
constexpr Field message_fields[]{
    {.name = "room", .type = ref, .target = "room", .required = true, .indexed = true},
    {.name = "account", .type = ref, .target = "account", .indexed = true},
    {.name = "at", .type = instant, .required = true},
    {.name = "author_kind", .type = word, .words = author_words, .required = true},
    {.name = "author", .type = ref, .target = "user"},
    {.name = "text", .searchable = true},
    {.name = "follows", .type = ref, .target = "message"},
    {.name = "body", .type = json},
    {.name = "redacted", .type = boolean},
};
constexpr Field review_fields[]{
    {.name = "account", .type = ref, .target = "account", .required = true, .indexed = true},
    {.name = "room", .type = ref, .target = "room"},
    {.name = "kind", .type = word, .words = room_words},
    {.name = "on", .type = civil},
    {.name = "findings", .type = json},
    {.name = "text", .type = prose, .searchable = true},
};
constexpr Field rehearsal_fields[]{
    {.name = "account", .type = ref, .target = "account", .indexed = true},
    {.name = "contact", .type = ref, .target = "contact"},
    {.name = "room", .type = ref, .target = "room"},
    {.name = "seed", .type = integer},
    {.name = "started_at", .type = instant},
    {.name = "shared", .type = boolean},
};
constexpr Field rehearsal_turn_fields[]{
    {.name = "account", .type = ref, .target = "account", .indexed = true},
    {.name = "rehearsal", .type = ref, .target = "rehearsal", .required = true, .indexed = true},
    {.name = "question"},
    {.name = "contingency"},
    {.name = "answer"},
    {.name = "judged", .type = json},
    {.name = "due", .type = civil},
    {.name = "at", .type = instant},
};
constexpr Field goal_fields[]{
    {.name = "text", .required = true, .searchable = true},
    {.name = "since", .type = civil},
    {.name = "shared", .type = boolean},
    {.name = "done", .type = boolean},
};
constexpr Field coaching_note_fields[]{
    {.name = "rep", .type = ref, .target = "user", .required = true, .indexed = true},
    {.name = "text", .type = prose, .required = true, .searchable = true},
    {.name = "shared", .type = boolean},
    {.name = "on", .type = civil},
};
// Since version 2. How much of what the rep said in a month was about whom, counted in sentences by the rep's own
// device, for one manager; the rep reads the same record. Older programs keep it and pass it on.
constexpr Field focus_share_fields[]{
    {.name = "rep", .type = ref, .target = "user", .required = true, .indexed = true},
    {.name = "month", .type = civil, .required = true},
    {.name = "customer", .type = integer},
    {.name = "seller", .type = integer},
    {.name = "neutral", .type = integer},
};
constexpr Field task_fields[]{
    {.name = "account", .type = ref, .target = "account", .indexed = true},
    {.name = "text", .required = true, .searchable = true},
    {.name = "due", .type = civil},
    {.name = "remind_at", .type = instant},
    {.name = "owner", .type = ref, .target = "user"},
    {.name = "helps", .type = ref, .target = "commitment"},
    {.name = "state", .type = word, .words = task_words},
};
constexpr Field playbook_fields[]{
    {.name = "name", .required = true, .indexed = true},
    {.name = "kind", .type = word, .words = room_words, .required = true},
    {.name = "playbook_version", .required = true},
    {.name = "active", .type = boolean},
    {.name = "body", .type = json, .required = true},
};

constexpr Table all_tables[]{
    {"user", ScopeRule::directory, user_fields},
    {"team", ScopeRule::directory, team_fields},
    {"member", ScopeRule::directory, member_fields},
    {"assignment", ScopeRule::directory, assignment_fields},
    {"account", ScopeRule::account, account_fields},
    {"contact", ScopeRule::account, contact_fields},
    {"meeting", ScopeRule::account, meeting_fields},
    {"call_plan", ScopeRule::account, call_plan_fields},
    {"plan_question", ScopeRule::account, plan_question_fields},
    {"contingency", ScopeRule::account, contingency_fields},
    {"observation", ScopeRule::observation, observation_fields},
    {"stance", ScopeRule::account, stance_fields},
    {"commitment", ScopeRule::account, commitment_fields},
    {"opportunity", ScopeRule::account_or_user, opportunity_fields},
    // A debrief, a rehearsal: the rep's own. Reviews name `account/A` when they are made.
    {"room", ScopeRule::private_account, room_fields},
    {"message", ScopeRule::room, message_fields},
    {"review", ScopeRule::account, review_fields},
    {"rehearsal", ScopeRule::private_account, rehearsal_fields},
    {"rehearsal_turn", ScopeRule::private_account, rehearsal_turn_fields},
    // The rep's own; a copy for a manager with whom it is shared names `coaching/U/M`.
    {"goal", ScopeRule::coaching, goal_fields},
    {"coaching_note", ScopeRule::coaching, coaching_note_fields},
    {"task", ScopeRule::private_account, task_fields},
    {"playbook", ScopeRule::workspace, playbook_fields},
    {"focus_share", ScopeRule::coaching, focus_share_fields},
};

}  // namespace

const Catalogue& catalogue() {
    static constexpr Catalogue current{2, all_tables};
    return current;
}

}  // namespace debrief::core
