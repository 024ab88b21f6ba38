#include "tests/bot/support/rep_desk.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "bot/rehearsal/rehearsal.hpp"
#include "bot/rehearsal/turns.hpp"
#include "bot/understanding/understanding.hpp"
#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::test {
namespace {

/// Would the store take it? Stops the test program where it would not, and says why.
void check(const core::Record& record, const core::Put& put, bool fresh, const core::Uuid& user) {
    const auto fail = [&](const std::string& why) {
        std::fprintf(stderr, "%s %s: %s\n", put.table.c_str(), put.id.text().c_str(), why.c_str());
        std::abort();
    };
    const core::Table* table = core::catalogue().table(put.table);
    if (table == nullptr) return fail("no such table");
    for (const auto& [name, value] : put.fields) {
        const core::Field* field = table->field(name);
        if (field == nullptr) return fail("no field " + name);
        if (const auto good = core::check_value(*table, *field, value); !good) fail(good.error().detail);
    }
    for (const core::Field& field : table->fields) {
        if (fresh && field.required && record.find(field.name) == nullptr)
            fail(std::string(field.name) + " is missing");
    }
    if (!fresh) return;
    const auto home = core::home_scope(*table, put.id, record.fields, user, put.scope);
    if (!home) fail(home.error().detail);
    const bool private_of_account = put.table == "observation" && record.scope.starts_with("private/");
    if (*home != record.scope && !private_of_account) fail("belongs in " + *home + ", not in " + record.scope);
}

}  // namespace

RepDesk::RepDesk() : book(builtin_debrief()) {
    room.id = id("room");
    room.account = {id("account"), "Brightfield Dairy"};
    room.industry = "food";
    room.rep = room.owner = {id("rep"), "Jonas"};
    room.playbook = book.id;
    room.version = book.version;
    meeting("2025-03-12", "Plant visit", {});
}

core::Uuid RepDesk::contact(const std::string& name, const std::string& role) {
    const core::Uuid who = id("contact " + name);
    write({core::Put{"contact",
                     who,
                     {{"account", room.account.id}, {"name", name}, {"role", role}, {"confirmed", true}},
                     core::account_scope(room.account.id)}});
    return who;
}

core::Uuid RepDesk::fact(core::Dimension dimension, const std::string& said_on, const std::string& person,
                         const std::string& text) {
    Proposal p;
    p.item.id = id("fact " + said_on + text);
    p.item.dimension = dimension;
    p.item.text = text;
    if (!person.empty()) p.item.person = core::NamedId{id("contact " + person), person};
    p.item.said_on = said_on;
    p.item.by = room.rep;
    p.item.state = core::ItemState::confirmed;
    p.item.recorded = std::chrono::duration_cast<core::Instant>(core::parse_day(said_on)->time_since_epoch());
    p.item.source.quote = text;
    NoteContext context;
    context.meeting_date = std::chrono::year_month_day{*core::parse_day(said_on)};
    for (const DateMention& d : dates_in(text, context)) p.item.dates.push_back({d.text, d.value});
    core::Put put = proposal_put(room, p);
    put.fields["conversation"] = id("an earlier debrief");
    put.scope = core::account_scope(room.account.id);
    write({put});
    return p.item.id;
}

void RepDesk::stance(const std::string& name, core::Stance stance, const std::string& since) {
    write({core::Put{"stance",
                     id("stance " + name + since),
                     {{"account", room.account.id},
                      {"contact", id("contact " + name)},
                      {"stance", std::string(core::name_of(stance))},
                      {"since", since}},
                     core::account_scope(room.account.id)}});
}

core::Uuid RepDesk::promise(const std::string& owner, const std::string& due, const std::string& text) {
    const core::Uuid what = id("promise " + text);
    write({core::Put{"commitment",
                     what,
                     {{"account", room.account.id},
                      {"owner", id("contact " + owner)},
                      {"text", text},
                      {"due", due},
                      {"state", std::string("open")},
                      {"since", std::string("2025-01-10")}},
                     core::account_scope(room.account.id)}});
    return what;
}

void RepDesk::meeting(const std::string& day, const std::string& title, const std::vector<std::string>& contacts) {
    MeetingRef ref{id("meeting " + day), *core::parse_day(day), title, {}};
    for (const std::string& name : contacts) ref.contacts.push_back(id("contact " + name));
    room.meeting = std::move(ref);
    now = std::chrono::duration_cast<core::Instant>(core::parse_day(day)->time_since_epoch()) + std::chrono::hours{15};
    room.started = now;
}

void RepDesk::rehearse(const std::string& name, std::uint64_t seed) {
    book = rehearsal::book();
    room.id = id("rehearsal " + std::to_string(rehearsals_++));
    room.kind = book.kind;
    room.playbook = book.id;
    room.version = book.version;
    room.meeting.reset();
    room.contact = id("contact " + name);
    room.seed = seed;
    room.started = now;
}

void RepDesk::end(const std::string& opportunity, const std::string& outcome, const std::string& reason,
                  const std::string& ended_on) {
    const auto& all_books = builtin_playbooks();
    book = std::find_if(all_books.begin(), all_books.end(), [](const Builtin& one) {
               return one.playbook.kind == "ending";
           })->playbook;
    room.playbook = book.id;
    room.version = book.version;
    room.meeting.reset();
    room.opportunity = id("opportunity " + opportunity);
    core::Put put{"opportunity",
                  *room.opportunity,
                  {{"account", room.account.id}, {"name", opportunity}, {"outcome", outcome}},
                  core::account_scope(room.account.id)};
    if (!reason.empty()) put.fields["outcome_reason"] = reason;
    if (!ended_on.empty()) put.fields["ended_on"] = ended_on;
    write({put});
}

void RepDesk::coach(const std::string& whom, const std::vector<std::string>& goals,
                    const std::vector<std::string>& promises) {
    const auto& all_books = builtin_playbooks();
    book = std::find_if(all_books.begin(), all_books.end(), [](const Builtin& one) {
               return one.playbook.kind == "coaching";
           })->playbook;
    room.kind = book.kind;
    room.playbook = book.id;
    room.version = book.version;
    room.meeting.reset();
    room.account = {};
    room.scope = core::user_scope(room.rep.id);
    room.coached = {id(whom), whom};
    for (const std::string& goal : goals) {
        pack_.goals.push_back(id("goal " + goal));
        shared["{goal " + pack_.goals.back().text() + "}"] = "“" + goal + "”";
    }
    pack_.commitments = promises;
}

std::string RepDesk::outcome() const {
    return kind().outcome == nullptr ? std::string() : kind().outcome(book, conversation(), world());
}

void RepDesk::write(const std::vector<core::Edit>& edits) {
    for (const core::Edit& edit : edits) {
        if (const auto* gone = std::get_if<core::Delete>(&edit)) {
            records.erase(gone->id);
            continue;
        }
        const auto& put = std::get<core::Put>(edit);
        const bool fresh = records.count(put.id) == 0;
        core::Record& record = records[put.id];
        record.table = put.table;
        record.id = put.id;
        if (record.scope.empty()) record.scope = put.scope.value_or("");
        for (const auto& [field, value] : put.fields) {
            if (core::is_null(value)) {
                record.fields.erase(field);
            } else {
                record.fields[field] = value;
            }
        }
        // The test's own meeting is not in these records; what is said of it stands for an edit of one that is.
        if (put.table != "meeting") check(record, put, fresh, room.rep.id);
    }
}

std::string RepDesk::name_of(const core::Uuid& who) const {
    if (who == room.rep.id) return room.rep.name;
    const auto found = records.find(who);
    return found == records.end() ? std::string() : found->second.text("name");
}

std::vector<core::Record> RepDesk::all(const std::string& table, const std::string& scope_start) const {
    std::vector<core::Record> out;
    for (const auto& [key, record] : records) {
        if (record.table == table && record.scope.starts_with(scope_start)) out.push_back(record);
    }
    return out;
}

Conversation RepDesk::conversation() const {
    Conversation c = room;
    const NameOf names = [this](const core::Uuid& who) { return name_of(who); };
    for (const core::Record& r : all("message")) {
        if (r.ref("room") == room.id) c.messages.push_back(*message_of(r, names));
    }
    c.messages = in_order(std::move(c.messages));
    for (const core::Record& r : all("observation")) {
        if (r.ref("conversation") == room.id) c.proposals.push_back(*proposal_of(r, names, names));
    }
    return c;
}

World RepDesk::world() const {
    core::Evidence evidence;
    const NameOf names = [this](const core::Uuid& who) { return name_of(who); };
    for (const core::Record& r : all("observation", "account/"))
        evidence.items.push_back(proposal_of(r, names, names)->item);
    for (const core::Record& r : all("contact"))
        evidence.contacts.push_back(
            {{r.id, r.text("name")}, r.text("role"), r.flag("confirmed"), {}, {}, false, {}, {}});
    for (const core::Record& r : all("stance")) {
        core::StanceSaid said;
        said.id = r.id;
        said.contact = {*r.ref("contact"), name_of(*r.ref("contact"))};
        said.stance = *core::parse_stance(r.text("stance"));
        said.since = r.text("since");
        evidence.stances.push_back(said);
    }
    for (const core::Record& r : all("commitment")) {
        core::CommitmentMade made;
        made.id = r.id;
        made.text = r.text("text");
        if (const auto owner = r.ref("owner")) made.owner = {*owner, name_of(*owner)};
        made.due = r.text("due");
        made.state = r.text("state");
        made.since = r.text("since");
        evidence.commitments.push_back(made);
    }
    World w;
    w.now = now;
    w.journey = core::fold(
        evidence, std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>{now}));
    w.next_meeting = next_meeting;
    if (room.opportunity) {
        const core::Record& o = records.at(*room.opportunity);
        w.opportunity =
            OpportunitySeen{o.text("name"), o.text("outcome"), o.text("outcome_reason"), o.text("ended_on")};
    }
    if (room.contact) {
        std::map<std::string, Drilled> newest;
        for (const core::Record& r : all("rehearsal_turn")) {
            const auto rehearsal = records.at(*r.ref("rehearsal"));
            if (rehearsal.ref("room") == room.id || rehearsal.ref("contact") != room.contact) continue;
            const Drilled drill = *rehearsal::drilled_of(r);
            const auto place = newest.try_emplace(drill.question, drill).first;
            if (place->second.at < drill.at) place->second = drill;
        }
        for (const auto& [question, drill] : newest) w.drills.push_back(drill);
    }
    return w;
}

void RepDesk::take(const core::Result<Message>& line) {
    if (!line) std::abort();
    write(line_edits(room, *line));
}

Turn RepDesk::reply() {
    Turn turn = kind().advance(book, conversation(), world());
    write(turn.edits);
    return turn;
}

Turn RepDesk::start() {
    const bool fresh = records.count(room.id) == 0;
    if (fresh) write({room_put(room)});
    Turn turn = fresh && room.kind == "coaching" ? coaching::opening(book, conversation(), world(), pack_)
                                                 : kind().reopen(book, conversation(), world());
    write(turn.edits);
    return turn;
}

void RepDesk::say_and_die(const std::string& text) {
    now += std::chrono::seconds{10};
    Input input;
    input.text = text;
    take(kind().user_line(book, conversation(), world(), id("line " + std::to_string(lines_++)), input));
}

Turn RepDesk::say(const std::string& text) {
    say_and_die(text);
    return reply();
}

Turn RepDesk::act(Action action, std::optional<core::Uuid> item, const std::string& text) {
    now += std::chrono::seconds{10};
    Input input;
    input.action = action;
    input.item = item;
    input.text = text;
    take(kind().user_line(book, conversation(), world(), id("line " + std::to_string(lines_++)), input));
    return reply();
}

std::string last_words(const Turn& turn) {
    std::string all;
    for (const Message& m : turn.messages) all += m.text + "\n";
    return all;
}

}  // namespace debrief::bot::test
