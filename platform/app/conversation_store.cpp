#include "platform/app/conversation_store.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "bot/dialogue/codec.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "core/journey/loader.hpp"
#include "core/store/message_rows.hpp"
#include "platform/app/message_view.hpp"
#include "platform/app/names.hpp"
#include "platform/app/rehearsals.hpp"
#include "platform/app/review_world.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;

core::Result<std::vector<Record>> records_of(core::Store& store, std::string table, std::string field, const Uuid& id) {
    auto page = store.list({.table = std::move(table),
                            .where = {{std::move(field), core::Where::Op::equal, id}},
                            .order = "id",
                            .limit = 0,
                            .after = {}});
    if (!page) return page.error();
    return std::move(page->records);
}

/// Names of users, each looked up once.
class UserNames {
public:
    explicit UserNames(core::Store& store) : store_(store) {}
    std::string operator()(const Uuid& user) {
        const auto [at, fresh] = names_.try_emplace(user);
        if (fresh) at->second = name_in(store_, "user", user);
        return at->second;
    }

private:
    core::Store& store_;
    std::map<Uuid, std::string> names_;
};

/// What is still proposed, and once the conversation is done its confirmed copies.
core::Result<std::vector<bot::Proposal>> load_proposals(core::Store& store, const Record& room) {
    const auto records = records_of(store, "observation", "conversation", room.id);
    if (!records) return records.error();
    UserNames name_of_user{store};
    const auto name_of_contact = [&store](const Uuid& contact) { return name_in(store, "contact", contact); };
    const bool done = room.text("phase") == "done";
    const bool review = room.scope.starts_with("account/");
    std::vector<bot::Proposal> proposals;
    for (const auto& record : *records) {
        const auto scope = core::parse_scope(record.scope);
        const bool shared = scope && scope->kind == core::ScopeKind::account;
        // What lies with another account and names this conversation was never said in it.
        if (shared && scope->first != room.ref("account")) continue;
        // In a review each member confirms the own ones, one after the other, also after it has ended.
        const bool waits = !shared && record.text("state") == "proposed";
        if (review ? !(shared || waits) : done ? !shared : !waits) continue;
        auto proposal = bot::proposal_of(record, std::ref(name_of_user), name_of_contact);
        if (!proposal) return proposal.error();
        proposals.push_back(std::move(*proposal));
    }
    return proposals;
}

}  // namespace

std::chrono::sys_days meeting_day(const Context& context, const Record& meeting) {
    if (const auto day = core::parse_day(meeting.text("date"))) return *day;
    return context.day_of(core::Instant{meeting.integer("at").value_or(0)});
}

core::Result<bot::Conversation> load_conversation(Context& context, const Uuid& id) {
    const auto room = need_record(context.store(), "room", id, "conversation");
    if (!room) return room.error();
    return load_conversation(context, *room);
}

core::Result<std::vector<bot::Message>> load_lines(Context& context, const Uuid& room) {
    auto rows = core::read_messages(context.store(), room);
    if (!rows) return rows.error();
    UserNames names{context.store()};
    std::vector<bot::Message> lines;
    lines.reserve(rows->size());
    for (auto& row : *rows) lines.push_back(line_of(std::move(row), std::ref(names)));
    return bot::in_order(std::move(lines));
}

core::Result<std::optional<bot::Message>> load_line(Context& context, const Uuid& room, const Uuid& line) {
    const auto record = context.store().get("message", line);
    if (!record) return record.error();
    if (!*record || (*record)->ref("room") != room) return std::optional<bot::Message>{};
    UserNames names{context.store()};
    return std::optional{line_of(core::message_row(**record), std::ref(names))};
}

core::Result<bot::Conversation> load_conversation(Context& context, const Record& room) {
    auto lines = load_lines(context, room.id);
    if (!lines) return lines.error();
    return load_conversation(context, room, std::move(*lines));
}

core::Result<bot::Conversation> load_conversation(Context& context, const Record& room,
                                                  std::vector<bot::Message> lines) {
    auto& store = context.store();
    bot::Conversation conversation;
    conversation.id = room.id;
    conversation.kind = room.text("kind");
    conversation.scope = room.scope;
    conversation.plan = room.ref("plan");
    conversation.contact = room.ref("contact");
    if (const auto coached = room.ref("rep")) conversation.coached = {*coached, name_in(store, "user", *coached)};
    if (const auto account = room.ref("account")) {
        conversation.account.id = *account;
        const auto record = store.get("account", *account);
        if (!record) return record.error();
        if (*record) {
            conversation.account.name = (*record)->text("name");
            conversation.industry = (*record)->text("industry");
        }
    }
    if (const auto id = room.ref("meeting")) {
        bot::MeetingRef meeting{
            .id = *id,
            .day = core::parse_day(room.text("meeting_date"))
                       .value_or(context.day_of(core::Instant{room.integer("started_at").value_or(0)})),
            .title = {},
            .contacts = {}};
        const auto record = store.get("meeting", *id);
        if (!record) return record.error();
        if (*record) {
            // The day that the debrief began with holds, so that nothing said is dated anew when a meeting is moved.
            if (room.text("meeting_date").empty()) meeting.day = meeting_day(context, **record);
            meeting.title = (*record)->text("title");
            if (const auto* contacts = (*record)->find("contacts")) {
                if (const auto* set = std::get_if<core::UuidSet>(contacts)) meeting.contacts = *set;
            }
        }
        conversation.meeting = std::move(meeting);
    }
    conversation.opportunity = room.ref("opportunity");
    if (const auto owner = room.ref("owner")) conversation.owner = {*owner, name_in(store, "user", *owner)};
    conversation.rep = conversation.shared() ? core::NamedId{context.identity().user, context.identity().user_name}
                                             : conversation.owner;
    conversation.language = room.text("language").empty() ? "en" : room.text("language");
    if (const auto minutes = room.integer("minutes")) conversation.minutes = static_cast<int>(*minutes);
    conversation.playbook = room.text("playbook");
    conversation.version = room.text("playbook_version");
    conversation.started = core::Instant{room.integer("started_at").value_or(0)};
    if (conversation.contact) {
        const auto seed = rehearsal_seed(store, conversation.id);
        if (!seed) return seed.error();
        conversation.seed = *seed;
    }
    conversation.messages = std::move(lines);
    auto proposals = load_proposals(store, room);
    if (!proposals) return proposals.error();
    conversation.proposals = std::move(*proposals);
    return conversation;
}

core::Result<std::optional<Record>> next_meeting(Context& context, const Uuid& account,
                                                 const std::optional<Uuid>& except) {
    auto page = context.store().list(
        {.table = "meeting",
         .where = {{"account", core::Where::Op::equal, account},
                   {"at", core::Where::Op::greater, static_cast<std::int64_t>(context.now().count())}},
         .order = "at",
         .limit = 2,
         .after = {}});
    if (!page) return page.error();
    for (auto& record : page->records) {
        if (!except || record.id != *except) return std::optional{std::move(record)};
    }
    return std::optional<Record>{};
}

namespace {

/// The day of the account's last meeting on a day before this one.
core::Result<std::optional<std::chrono::sys_days>> met_before(Context& context, const bot::Conversation& conversation) {
    const auto day = conversation.meeting ? conversation.meeting->day : context.day_of(conversation.started);
    const auto from = std::chrono::duration_cast<core::Instant>(day.time_since_epoch()) - context.config.utc_offset;
    const auto page =
        context.store().list({.table = "meeting",
                              .where = {{"account", core::Where::Op::equal, conversation.account.id},
                                        {"at", core::Where::Op::less, static_cast<std::int64_t>(from.count())}},
                              .order = "-at",
                              .limit = 1,
                              .after = {}});
    if (!page) return page.error();
    if (page->records.empty()) return std::optional<std::chrono::sys_days>{};
    return std::optional{meeting_day(context, page->records.front())};
}

/// Leaves out what came after the conversation began, and all that it brought itself.
void forget_since(core::Evidence& evidence, const bot::Conversation& conversation) {
    std::erase_if(evidence.items, [&](const core::Item& item) {
        return item.source.conversation == conversation.id || item.recorded >= conversation.started;
    });
    for (core::Item& item : evidence.items) {
        const bool still = std::any_of(evidence.items.begin(), evidence.items.end(),
                                       [&](const core::Item& other) { return item.superseded_by == other.id; });
        if (!item.superseded_by || still) continue;
        item.superseded_by.reset();
        if (item.state == core::ItemState::superseded) item.state = core::ItemState::confirmed;
    }
    const auto later = [&](const auto& one) { return one.recorded >= conversation.started; };
    std::erase_if(evidence.stances, later);
    std::erase_if(evidence.contacts, later);
    std::erase_if(evidence.commitments, later);
}

core::Result<bot::World> world_of(Context& context, const bot::Conversation& conversation, bool before) {
    auto& store = context.store();
    bot::World world;
    world.now = before ? conversation.started : context.now();
    world.utc_offset = context.config.utc_offset;
    world.encoder = context.encoder();
    const auto& account = conversation.account.id;
    if (account.is_nil()) return world;
    auto evidence = core::load_evidence(store, account, conversation.opportunity, context.config.utc_offset);
    if (!evidence) return evidence.error();
    if (before) forget_since(*evidence, conversation);
    world.journey = core::fold(*evidence, before ? context.day_of(conversation.started) : context.today());
    if (conversation.shared()) DEBRIEF_TRY(add_review_world(context, conversation, *evidence, world));
    if (conversation.opportunity) {
        const auto record = store.get("opportunity", *conversation.opportunity);
        if (!record) return record.error();
        if (*record)
            world.opportunity = bot::OpportunitySeen{(*record)->text("name"), (*record)->text("outcome"),
                                                     (*record)->text("outcome_reason"), (*record)->text("ended_on")};
    }
    const auto met = met_before(context, conversation);
    if (!met) return met.error();
    world.met_before = *met;
    const auto next =
        next_meeting(context, account, conversation.meeting ? std::optional{conversation.meeting->id} : std::nullopt);
    if (!next) return next.error();
    if (*next) world.next_meeting = bot::NextMeeting{(*next)->id, (*next)->text("title"), meeting_day(context, **next)};
    const auto tasks = records_of(store, "task", "account", account);
    if (!tasks) return tasks.error();
    for (const auto& task : *tasks)
        world.tasks.push_back({task.id, task.text("text"), task.text("due"), task.text("state")});
    if (conversation.contact) DEBRIEF_TRY(add_rehearsals(context, conversation, world));
    return world;
}

}  // namespace

core::Result<bot::World> load_world(Context& context, const bot::Conversation& conversation) {
    return world_of(context, conversation, false);
}
core::Result<bot::World> load_world_before(Context& context, const bot::Conversation& conversation) {
    return world_of(context, conversation, true);
}

}  // namespace debrief::platform
