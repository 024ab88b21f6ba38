// Rehearsals: how one begins, and drill.due.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "bot/rehearsal/rehearsal.hpp"
#include "bot/rehearsal/turns.hpp"
#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/rehearsals.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Record;
using core::Uuid;
using core::Where;
using nlohmann::json;

core::Result<std::vector<Record>> list_of(core::Store& store, std::string table, std::vector<Where> where,
                                          std::string order = "id") {
    auto page = store.list(
        {.table = std::move(table), .where = std::move(where), .order = std::move(order), .limit = 0, .after = {}});
    if (!page) return page.error();
    return std::move(page->records);
}

/// What this user answered with that person, without what stands in `except`: the newest of each question.
core::Result<std::vector<bot::Drilled>> drills_with(Context& context, const Uuid& contact, const Uuid& except) {
    auto& store = context.store();
    const auto rehearsals = list_of(store, "rehearsal", {{"contact", Where::Op::equal, contact}});
    if (!rehearsals) return rehearsals.error();
    std::map<std::string, bot::Drilled> newest;
    for (const auto& rehearsal : *rehearsals) {
        if (rehearsal.id == except) continue;
        const auto turns = list_of(store, "rehearsal_turn", {{"rehearsal", Where::Op::equal, rehearsal.id}});
        if (!turns) return turns.error();
        for (const auto& turn : *turns) {
            auto drill = bot::rehearsal::drilled_of(turn);
            // One that cannot be read must not keep the others from being practised.
            if (!drill || drill->question == core::erased_text) continue;
            const auto place = newest.try_emplace(drill->question, *drill).first;
            if (std::tie(place->second.at, place->second.turn) < std::tie(drill->at, drill->turn))
                place->second = *drill;
        }
    }
    std::vector<bot::Drilled> drills;
    for (auto& [question, drill] : newest) drills.push_back(std::move(drill));
    return drills;
}

/// The managers nearest to this user: of each team, else of the team around it. As sync/server/access.cpp, which
/// decides; what it would not let through it refuses there.
core::Result<std::vector<core::NamedId>> direct_managers(Context& context) {
    auto& store = context.store();
    const auto user = context.identity().user;
    const auto teams = all_records(store, "team");
    if (!teams) return teams.error();
    const auto memberships = list_of(store, "member", {{"user", Where::Op::equal, user}});
    if (!memberships) return memberships.error();
    std::map<Uuid, const Record*> by_id;
    for (const auto& team : *teams) by_id[team.id] = &team;
    std::set<Uuid> from;
    for (const auto& membership : *memberships) {
        if (const auto team = membership.ref("team")) from.insert(*team);
    }
    for (const auto& team : *teams) {
        if (team.ref("manager") == user) from.insert(team.id);
    }
    std::set<Uuid> managers;
    for (const auto& start : from) {
        std::set<Uuid> seen;  // Teams that stand in a ring lead nowhere.
        for (std::optional<Uuid> at = start; at && by_id.count(*at) != 0 && seen.insert(*at).second;) {
            const auto manager = by_id[*at]->ref("manager");
            if (manager && *manager != user) {
                managers.insert(*manager);
                break;
            }
            at = by_id[*at]->ref("parent");
        }
    }
    std::vector<core::NamedId> named;
    for (const auto& manager : managers) named.push_back({manager, name_in(store, "user", manager)});
    std::sort(named.begin(), named.end(), [](const core::NamedId& a, const core::NamedId& b) {
        return std::tie(a.name, a.id) < std::tie(b.name, b.id);
    });
    return named;
}

/// Who is to be played. Errors: see start_rehearsal.
core::Result<Record> person_to_play(Context& context, const json& params) {
    auto& store = context.store();
    const auto account = resolve_param(store, "account", params, "account");
    if (!account) return account.error();
    const auto contact = resolve_param(store, "contact", params, "contact", *account);
    if (!contact) return contact.error();
    if (!*contact) {
        return Error{Errc::invalid, "The parameter 'contact' is missing: whom shall the bot play?", "contact",
                     "Name somebody at a customer; record.list of contacts shows them."};
    }
    auto record = need_record(store, "contact", **contact, "contact");
    if (!record) return record.error();
    if (record->text("name") == core::erased_text) {
        return Error{Errc::not_found, "This person was erased; there is nobody to play.", "contact",
                     "Choose somebody else there."};
    }
    const auto of = record->ref("account");
    if (!of) {
        return Error{Errc::invalid, record->text("name") + " belongs to no account.", "contact",
                     "Give the contact its account first."};
    }
    if (*account && **account != *of) {
        return Error{Errc::invalid, record->text("name") + " is at another account.", "account",
                     "Leave 'account' out: it follows from the contact."};
    }
    return record;
}

std::uint64_t new_seed(Context& context) {
    // Given, it is the scenario's; else every rehearsal is another one.
    if (context.config.seed) return *context.config.seed;
    std::array<std::uint8_t, 8> bytes{};
    context.random.fill(bytes);
    std::uint64_t seed = 0;
    for (const auto byte : bytes) seed = seed << 8U | byte;
    return seed;
}

core::Result<json> due(Context& context, const json&) {
    auto& store = context.store();
    const auto today = core::civil_text(context.today());
    const auto rehearsals = list_of(store, "rehearsal", {});
    if (!rehearsals) return rehearsals.error();
    std::set<std::pair<Uuid, Uuid>> played;  // Contact and account.
    for (const auto& rehearsal : *rehearsals) {
        const auto contact = rehearsal.ref("contact");
        const auto account = rehearsal.ref("account");
        if (contact && account) played.emplace(*contact, *account);
    }
    struct Due {
        bot::Drilled drill;
        core::NamedId contact;
        Uuid account;
    };
    std::vector<Due> list;
    for (const auto& [contact, account] : played) {
        const auto name = name_in(store, "contact", contact);
        if (name.empty() || name == core::erased_text) continue;
        const auto drills = drills_with(context, contact, {});
        if (!drills) return drills.error();
        for (const auto& drill : *drills) {
            if (drill.due.empty() || drill.due > today) continue;
            list.push_back({drill, {contact, name}, account});
        }
    }
    // The longest due first; what was weak before what stood.
    std::sort(list.begin(), list.end(), [](const Due& a, const Due& b) {
        return std::tie(a.drill.due, a.drill.credited, a.contact.name, a.drill.question) <
               std::tie(b.drill.due, b.drill.credited, b.contact.name, b.drill.question);
    });
    json turns = json::array();
    for (const auto& one : list) {
        turns.push_back({{"turn", one.drill.turn.text()},
                         {"account", one.account.text()},
                         {"contact", named_json(one.contact)},
                         {"question", one.drill.question},
                         {"text", one.drill.text},
                         {"contingency", one.drill.contingency},
                         {"due", one.drill.due},
                         {"last", core::instant_text(one.drill.at)},
                         {"credited", one.drill.credited}});
    }
    return json{{"turns", std::move(turns)}};
}

}  // namespace

core::Result<std::pair<Chat, bool>> start_rehearsal(Context& context, const json& params) {
    const auto contact = person_to_play(context, params);
    if (!contact) return contact.error();
    const auto account = *contact->ref("account");
    const auto rooms = list_of(context.store(), "room",
                               {{"account", Where::Op::equal, account},
                                {"kind", Where::Op::equal, std::string{"rehearsal"}},
                                {"owner", Where::Op::equal, context.identity().user}},
                               "-started_at");
    if (!rooms) return rooms.error();
    for (const auto& room : *rooms) {
        if (room.ref("contact") != contact->id || room.text("phase") == "done") continue;
        auto chat = Chat::open(context, room.id);
        if (!chat) return chat.error();
        return std::pair{std::move(*chat), true};
    }
    auto conversation = new_conversation(context, bot::rehearsal::book(), account, std::nullopt);
    if (!conversation) return conversation.error();
    conversation->contact = contact->id;
    conversation->seed = new_seed(context);
    if (params.contains("minutes")) conversation->minutes = params["minutes"].get<int>();
    conversation->language = text_param(params, "language", conversation->language);
    auto chat = Chat::begin(context, std::move(*conversation), bot::rehearsal::book());
    if (!chat) return chat.error();
    return std::pair{std::move(*chat), false};
}

core::Result<std::uint64_t> rehearsal_seed(core::Store& store, const Uuid& room) {
    const auto record = store.get("rehearsal", bot::rehearsal::rehearsal_id(room));
    if (!record) return record.error();
    return *record ? static_cast<std::uint64_t>((*record)->integer("seed").value_or(0)) : 0;
}

core::Status add_rehearsals(Context& context, const bot::Conversation& conversation, bot::World& world) {
    auto drills = drills_with(context, *conversation.contact, bot::rehearsal::rehearsal_id(conversation.id));
    if (!drills) return drills.error();
    world.drills = std::move(*drills);
    // Somebody whom no evidence names yet is played all the same.
    const auto& people = world.journey.people;
    if (std::none_of(people.begin(), people.end(),
                     [&](const core::PersonView& person) { return person.contact.id == *conversation.contact; })) {
        const auto record = context.store().get("contact", *conversation.contact);
        if (!record) return record.error();
        if (*record) {
            core::PersonView person;
            person.contact = {(*record)->id, (*record)->text("name")};
            person.role = (*record)->text("role");
            world.journey.people.push_back(std::move(person));
        }
    }
    auto managers = direct_managers(context);
    if (!managers) return managers.error();
    world.managers = std::move(*managers);
    return core::Ok{};
}

std::span<const Method> rehearsal_methods() {
    static constexpr std::array methods{Method{"drill.due", due}};
    return methods;
}

}  // namespace debrief::platform
