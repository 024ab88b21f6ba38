// chat.*: conversations with the bot.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "bot/ending/ending.hpp"
#include "core/civil_date.hpp"
#include "platform/app/chat_service.hpp"
#include "platform/app/coaching_chat.hpp"
#include "platform/app/conversation_store.hpp"
#include "platform/app/focus.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/playbooks.hpp"
#include "platform/app/presence.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/rehearsals.hpp"
#include "platform/app/rpc_errors.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Record;
using core::Uuid;
using core::Where;
using nlohmann::json;

constexpr std::chrono::days meeting_age_max{7};

/// Of a room with thousands of lines one who looks at it wants the newest.
std::optional<std::size_t> last_param(const json& params) {
    return params.contains("last") ? std::optional{params["last"].get<std::size_t>()} : std::nullopt;
}

core::Result<json> shown(Context& context, const json& params, core::Result<Chat> chat, bool resumed) {
    if (!chat) return chat.error();
    if (resumed) DEBRIEF_TRY(chat->resume());
    const auto& room = chat->conversation();
    if (room.shared()) context.presence->enter(room.id, room.scope);
    json answer{{"conversation", chat->conversation().id.text()}, {"resumed", resumed}, {"state", chat->state()}};
    chat->put_messages(answer, std::nullopt, last_param(params));
    return answer;
}

/// Is it about how an opportunity ended?
bool is_about_an_end(Context& context, const Record& room) {
    const auto book = find_playbook(context, room.text("playbook"), room.text("playbook_version"));
    return book && book->kind == bot::ending::playbook_kind;
}

/// What this user has not finished: of that meeting, else of that account. `ended`: of how that opportunity ended.
core::Result<std::optional<Uuid>> unfinished(Context& context, const std::string& kind, const Uuid& account,
                                             const std::optional<Uuid>& meeting,
                                             const std::optional<Uuid>& ended = std::nullopt) {
    core::Query query{.table = "room",
                      .where = {{"account", Where::Op::equal, account}, {"kind", Where::Op::equal, kind}},
                      .order = "-started_at",
                      .limit = 0,
                      .after = {}};
    // Whoever starts a review of the same kind again joins it.
    const auto* known = bot::kind_called(kind);
    if (known == nullptr || !known->shared) query.where.push_back({"owner", Where::Op::equal, context.identity().user});
    if (meeting) query.where.push_back({"meeting", Where::Op::equal, *meeting});
    if (ended) query.where.push_back({"opportunity", Where::Op::equal, *ended});
    const auto page = context.store().list(query);
    if (!page) return page.error();
    std::optional<Uuid> found;
    for (const auto& room : page->records) {
        if (room.text("phase") == "done") continue;
        if (kind == "debrief" && is_about_an_end(context, room) != ended.has_value()) continue;
        found = room.id;
        // Of two for one meeting, or of two reviews, begun on two devices, the one that came first goes on.
        if (!meeting && (known == nullptr || !known->shared)) break;
    }
    return found;
}

/// The newest meeting that is over, not debriefed and not long ago.
core::Result<std::optional<Record>> latest_meeting(Context& context, const Uuid& account) {
    const auto now = context.now();
    const auto page =
        context.store().list({.table = "meeting",
                              .where = {{"account", Where::Op::equal, account},
                                        {"at", Where::Op::less_equal, static_cast<std::int64_t>(now.count())},
                                        {"at", Where::Op::greater,
                                         static_cast<std::int64_t>((now - core::Instant{meeting_age_max}).count())}},
                              .order = "-at",
                              .limit = 20,
                              .after = {}});
    if (!page) return page.error();
    for (const auto& record : page->records) {
        if (!record.flag("debriefed")) return std::optional{record};
    }
    return std::optional<Record>{};
}

/// How an opportunity ended, asked of one that has ended, or of one that the caller says is ending.
core::Result<json> start_ending(Context& context, const json& params, const Record& opportunity) {
    const auto of = opportunity.ref("account");
    if (!of) {
        return Error{Errc::invalid, "This opportunity belongs to no account yet.", "opportunity",
                     "Give it its account first: record.put with 'account'."};
    }
    const auto named = resolve_param(context.store(), "account", params, "account");
    if (!named) return named.error();
    if (*named && **named != *of) {
        return Error{Errc::invalid, "This opportunity is another account's.", "account",
                     "Leave 'account' out: it follows from the opportunity."};
    }
    const auto open = unfinished(context, "debrief", *of, std::nullopt, opportunity.id);
    if (!open) return open.error();
    if (*open) return shown(context, params, Chat::open(context, **open), true);
    const auto playbook = active_playbook(context, std::string{bot::ending::playbook_kind});
    if (!playbook) return playbook.error();
    auto conversation = new_conversation(context, *playbook, *of, std::nullopt);
    if (!conversation) return conversation.error();
    conversation->opportunity = opportunity.id;
    if (params.contains("minutes")) conversation->minutes = params["minutes"].get<int>();
    conversation->language = text_param(params, "language", conversation->language);
    return shown(context, params, Chat::begin(context, std::move(*conversation), *playbook), false);
}

core::Result<json> start(Context& context, const json& params) {
    auto& store = context.store();
    const auto kind = params["kind"].get<std::string>();
    if (kind == "debrief" && params.contains("opportunity")) {
        const auto record = need_record(store, "opportunity", *id_param(params, "opportunity"), "opportunity");
        if (!record) return record.error();
        const auto outcome = record->text("outcome");
        const bool ended = !outcome.empty() && outcome != "open" && !params.contains("meeting");
        if (params.value("ending", ended)) return start_ending(context, params, *record);
    } else if (params.contains("ending")) {
        return Error{Errc::invalid, "What has ended? 'ending' goes with kind debrief and an opportunity.", "ending",
                     "Name the opportunity, or leave 'ending' out."};
    }
    if (kind == "rehearsal") {
        auto begun = start_rehearsal(context, params);
        if (!begun) return begun.error();
        return shown(context, params, std::move(begun->first), begun->second);
    }
    const auto playbook = active_playbook(context, kind);
    if (!playbook) return playbook.error();
    if (kind == "coaching") {
        auto talk = open_coaching(context, params, *playbook);
        if (!talk) return talk.error();
        return shown(context, params, std::move(talk->first), talk->second);
    }
    auto account = resolve_param(store, "account", params, "account");
    if (!account) return account.error();
    std::optional<Record> meeting;
    if (const auto id = id_param(params, "meeting")) {
        auto record = need_record(store, "meeting", *id, "meeting");
        if (!record) return record.error();
        meeting = std::move(*record);
        const auto of_meeting = meeting->ref("account");
        if (*account && of_meeting && **account != *of_meeting) {
            return Error{Errc::invalid, "This meeting was with another account.", "meeting",
                         "Leave 'account' out, or name the meeting's."};
        }
        if (!*account) *account = of_meeting;
    }
    if (!*account)
        return Error{Errc::invalid, "The parameter 'account' is missing.", "account",
                     "Name the account, or a meeting with one."};

    const auto open = unfinished(context, kind, **account, meeting ? std::optional{meeting->id} : std::nullopt);
    if (!open) return open.error();
    if (*open) return shown(context, params, Chat::open(context, **open), true);

    if (!meeting && kind == "debrief") {
        auto latest = latest_meeting(context, **account);
        if (!latest) return latest.error();
        meeting = std::move(*latest);
    }
    auto conversation = new_conversation(context, *playbook, **account, meeting);
    if (!conversation) return conversation.error();
    if (const auto opportunity = id_param(params, "opportunity")) {
        if (auto record = need_record(store, "opportunity", *opportunity, "opportunity"); !record)
            return record.error();
        conversation->opportunity = opportunity;
    }
    if (const auto plan = id_param(params, "plan")) conversation->plan = plan;
    if (params.contains("minutes")) conversation->minutes = params["minutes"].get<int>();
    conversation->language = text_param(params, "language", conversation->language);
    return shown(context, params, Chat::begin(context, std::move(*conversation), *playbook), false);
}

core::Result<json> turn(Context& context, const json& params, const bot::Input& input) {
    auto chat = Chat::open(context, *id_param(params, "conversation"));
    if (!chat) return chat.error();
    DEBRIEF_TRY(chat->speak(input));
    // What a manager may see of a debrief is how much of the month was about whom; it counts once it is finished.
    const auto& talk = chat->conversation();
    if (talk.kind == "debrief" && !talk.messages.empty() && talk.messages.back().step &&
        talk.messages.back().step->phase == bot::Phase::done)
        DEBRIEF_TRY(share_focus(context));
    return json{{"messages", chat->new_messages()}, {"state", chat->state()}};
}

core::Result<json> say(Context& context, const json& params) {
    bot::Input input;
    input.text = params["text"].get<std::string>();
    input.not_private = params.value("not_private", false);
    if (input.text.size() > core::field_text_max) {
        return Error{Errc::too_large,
                     "A line may have 64 KiB; this one has " + std::to_string(input.text.size() / 1024) + " KiB.",
                     "text", "Say it in several lines."};
    }
    return turn(context, params, input);
}

core::Result<json> act(Context& context, const json& params) {
    bot::Input input;
    const auto word = params["action"].get<std::string>();
    const auto known = std::find(bot::action_names.begin(), bot::action_names.end(), word);
    input.action = static_cast<bot::Action>(known - bot::action_names.begin());
    input.item = id_param(params, "item");
    input.text = text_param(params, "text");
    return turn(context, params, input);
}

core::Result<json> chat_get(Context& context, const json& params) {
    auto chat = Chat::open(context, *id_param(params, "conversation"));
    if (!chat) return chat.error();
    DEBRIEF_TRY(chat->catch_up());
    const auto after = id_param(params, "after");
    if (after) {
        const auto& lines = chat->conversation().messages;
        if (std::none_of(lines.begin(), lines.end(), [&](const bot::Message& line) { return line.id == *after; })) {
            return Error{Errc::not_found, "This conversation has no such message.", "after",
                         "Leave 'after' out for all of them."};
        }
    }
    json result{{"state", chat->state()}, {"understood", chat->understood()}};
    chat->put_messages(result, after, last_param(params));
    if (auto outcome = chat->outcome(); !outcome.is_null()) result["outcome"] = std::move(outcome);
    return result;
}

core::Result<json> chat_list(Context& context, const json&) {
    const auto page =
        context.store().list({.table = "room", .where = {}, .order = "-started_at", .limit = 0, .after = {}});
    if (!page) return page.error();
    json conversations = json::array();
    for (const auto& room : page->records) {
        // One that cannot be read must not hide the others.
        const auto chat = Chat::open(context, room.id);
        if (!chat) continue;
        json view{{"id", room.id.text()},
                  {"kind", room.text("kind")},
                  {"account", uuid_json(room.ref("account"))},
                  {"meeting", uuid_json(room.ref("meeting"))},
                  {"state", chat->state()},
                  {"owner", uuid_json(room.ref("owner"))},
                  {"started_at", core::instant_text(core::Instant{room.integer("started_at").value_or(0)})}};
        if (const auto title = room.text("title"); !title.empty()) view["title"] = title;
        conversations.push_back(std::move(view));
    }
    return json{{"conversations", std::move(conversations)}};
}

core::Result<json> draft(Context& context, const json& params) {
    const auto id = *id_param(params, "conversation");
    if (auto room = need_record(context.store(), "room", id, "conversation"); !room) return room.error();
    if (params.contains("text")) DEBRIEF_TRY(context.device->set_draft(id, params["text"].get<std::string>()));
    const auto text = context.device->draft(id);
    if (!text) return text.error();
    return json{{"text", *text}};
}

}  // namespace

std::span<const Method> chat_methods() {
    static constexpr std::array methods{
        Method{"chat.start", start},  Method{"chat.say", say},        Method{"chat.act", act},
        Method{"chat.get", chat_get}, Method{"chat.list", chat_list}, Method{"chat.draft", draft},
    };
    return methods;
}

}  // namespace debrief::platform
