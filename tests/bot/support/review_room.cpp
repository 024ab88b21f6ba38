#include "tests/bot/support/review_room.hpp"

#include <cstdlib>

#include "bot/dialogue/codec.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::test {
namespace {

Playbook builtin(const std::string& kind) {
    for (const Builtin& one : builtin_playbooks()) {
        if (one.active && one.playbook.kind == kind) return one.playbook;
    }
    std::abort();
}

}  // namespace

ReviewRoom::ReviewRoom(const std::string& kind, const std::vector<std::string>& members)
    : book(builtin(kind)), kind_(*kind_called(kind)) {
    room_.id = id("room");
    room_.kind = kind;
    room_.account = {id("account"), "Brightfield Dairy"};
    room_.scope = core::account_scope(room_.account.id);
    room_.owner = {id(members.front()), members.front()};
    room_.playbook = book.id;
    room_.version = book.version;
    world.now = *core::parse_instant("2025-03-12T15:00:00Z");
    room_.started = world.now;
    world.journey = core::fold({}, *core::parse_day("2025-03-12"));
    for (const std::string& name : members) {
        seen_[name];
        world.members.push_back({id(name), name});
    }
}

Conversation ReviewRoom::conversation(const std::string& member) const {
    Conversation c = room_;
    c.rep = {id(member), member};
    c.messages = in_order(seen_.at(member));
    const NameOf none = [](const core::Uuid&) { return std::string(); };
    if (const auto own = proposals_.find(member); own != proposals_.end()) {
        for (const auto& [key, record] : own->second) c.proposals.push_back(*proposal_of(record, none, none));
    }
    return c;
}

void ReviewRoom::write(const std::string& member, const std::vector<core::Edit>& edits) {
    for (const core::Edit& edit : edits) {
        if (const auto* gone = std::get_if<core::Delete>(&edit)) {
            proposals_[member].erase(gone->id);
            continue;
        }
        const auto& put = std::get<core::Put>(edit);
        const bool own = put.table == "observation" && put.scope && put.scope->starts_with("private/");
        core::Record& record = own ? proposals_[member][put.id] : records_[put.id];
        record.table = put.table;
        record.id = put.id;
        if (put.scope) record.scope = *put.scope;
        for (const auto& [field, value] : put.fields) record.fields[field] = value;
    }
}

void ReviewRoom::spread() {
    std::vector<Message> all;
    for (const auto& [name, lines] : seen_) {
        if (!apart_[name]) all.insert(all.end(), lines.begin(), lines.end());
    }
    for (auto& [name, lines] : seen_) {
        if (!apart_[name]) lines = in_order(all);
    }
}

Turn ReviewRoom::online(const std::string& member) {
    apart_[member] = false;
    spread();
    // Whoever comes back asks the bot for what is missing: nothing that was said already.
    Turn turn = kind_.advance(book, conversation(member), world);
    for (const Message& m : turn.messages) seen_[member].push_back(m);
    write(member, turn.edits);
    spread();
    return turn;
}

Turn ReviewRoom::start(const std::string& member) {
    Turn turn = kind_.advance(book, conversation(member), world);
    for (const Message& m : turn.messages) seen_[member].push_back(m);
    write(member, turn.edits);
    spread();
    return turn;
}

Turn ReviewRoom::answer(const std::string& member, const core::Result<Message>& line) {
    if (!line) std::abort();
    seen_[member].push_back(*line);
    Turn turn = kind_.advance(book, conversation(member), world);
    for (const Message& m : turn.messages) seen_[member].push_back(m);
    write(member, turn.edits);
    spread();
    return turn;
}

Turn ReviewRoom::say(const std::string& member, const std::string& text) {
    world.now += std::chrono::seconds{10};
    Input input;
    input.text = text;
    return answer(member,
                  kind_.user_line(book, conversation(member), world, id("line " + std::to_string(lines_++)), input));
}

Turn ReviewRoom::act(const std::string& member, Action action) {
    world.now += std::chrono::seconds{10};
    Input input;
    input.action = action;
    return answer(member,
                  kind_.user_line(book, conversation(member), world, id("line " + std::to_string(lines_++)), input));
}

std::string ReviewRoom::outcome(const std::string& member) const {
    return kind_.outcome(book, conversation(member), world);
}

std::vector<std::string> ReviewRoom::bot_lines(const std::string& member) const {
    std::vector<std::string> lines;
    for (const Message& m : in_order(seen_.at(member))) {
        if (m.author == AuthorKind::bot) lines.push_back(m.text);
    }
    return lines;
}

std::vector<core::Record> ReviewRoom::records(const std::string& table) const {
    std::vector<core::Record> out;
    for (const auto& [key, record] : records_) {
        if (record.table == table) out.push_back(record);
    }
    return out;
}

}  // namespace debrief::bot::test
