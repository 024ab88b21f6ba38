#include "platform/app/chat_service.hpp"

#include <algorithm>
#include <span>

#include <nlohmann/json.hpp>

#include "bot/dialogue/codec.hpp"
#include "bot/ending/ending.hpp"
#include "core/catalogue/scope.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/coaching_service.hpp"
#include "platform/app/conversation_store.hpp"
#include "platform/app/journey_view.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/message_view.hpp"
#include "platform/app/names.hpp"
#include "platform/app/open_rooms.hpp"
#include "platform/app/playbooks.hpp"
#include "platform/app/rpc_errors.hpp"

namespace debrief::platform {

using core::Errc;
using core::Error;
using nlohmann::json;

core::Result<Chat> Chat::open(Context& context, const core::Uuid& id) {
    const auto room = need_record(context.store(), "room", id, "conversation");
    if (!room) return room.error();
    auto opened = context.rooms->load(context, *room);
    if (!opened) return opened.error();
    const auto& conversation = *opened;
    // What is shared has come here because its scope may be read; else it is its owner's alone.
    if (!conversation->shared() && conversation->owner.id != context.identity().user) {
        return Error{Errc::denied, "This conversation is somebody else's.", "conversation", "chat.list shows yours."};
    }
    if (bot::kind_called(conversation->kind) == nullptr) {
        return not_available_yet("A conversation of kind '" + conversation->kind + "'",
                                 "A newer version of the program began it.");
    }
    auto playbook = find_playbook(context, conversation->playbook, conversation->version);
    if (!playbook) return playbook.error();
    const auto* kind = bot::kind_of(*conversation, *playbook);
    DEBRIEF_CHECK(kind != nullptr);
    return Chat{context, *kind, conversation, std::move(*playbook)};
}

core::Result<Chat> Chat::begin(Context& context, bot::Conversation conversation, bot::Playbook playbook,
                               std::optional<bot::Turn> opening) {
    const auto* kind = bot::kind_of(conversation, playbook);
    DEBRIEF_CHECK(kind != nullptr);
    Chat chat{context, *kind, std::make_shared<bot::Conversation>(std::move(conversation)), std::move(playbook)};
    const auto world = chat.world();
    if (!world) return world.error();
    auto room = bot::room_put(chat.conversation());
    auto turn = opening ? std::move(*opening) : chat.kind_->advance(chat.playbook_, chat.conversation(), **world);
    DEBRIEF_TRY(chat.take(std::move(turn), {std::move(room)}));
    return chat;
}

core::Status Chat::catch_up() {
    // In a room the last line is often somebody else's: an own one before it may still wait.
    const auto& talk = conversation();
    const bool waits = talk.shared() || talk.messages.empty() || bot::state_of(playbook_, talk).reply_due;
    if (!waits) return core::Ok{};
    const auto known = world();
    if (!known) return known.error();
    return take(kind_->advance(playbook_, talk, **known));
}

core::Status Chat::resume() {
    DEBRIEF_TRY(catch_up());
    const auto known = world();
    if (!known) return known.error();
    return take(kind_->reopen(playbook_, conversation(), **known));
}

core::Status Chat::speak(const bot::Input& input) {
    DEBRIEF_TRY(catch_up());
    new_.clear();  // What a crash had swallowed stands before the line; the reply to it is what counts now.
    const auto known = world();
    if (!known) return known.error();
    auto line = kind_->user_line(playbook_, conversation(), **known, context_->store().new_id(), input);
    if (!line) return line.error();
    if (auto written = context_->store().write(bot::line_edits(conversation(), *line)); !written)
        return written.error();
    tell(*line);
    // The words are on disk now; the draft of them is no longer needed.
    DEBRIEF_TRY(context_->device->set_draft(conversation().id, ""));
    conversation_->messages.push_back(std::move(*line));
    return take(kind_->advance(playbook_, conversation(), **known));
}

core::Result<const bot::World*> Chat::world() const {
    if (!world_) {
        auto loaded = load_world(*context_, conversation());
        if (!loaded) return loaded.error();
        world_ = std::move(*loaded);
    }
    return &*world_;
}

core::Status Chat::take(bot::Turn turn, std::vector<core::Edit> before) {
    before.insert(before.end(), std::make_move_iterator(turn.edits.begin()), std::make_move_iterator(turn.edits.end()));
    if (before.empty()) return core::Ok{};
    world_.reset();
    if (auto written = context_->store().write(before); !written) return written.error();
    for (const auto& line : turn.erase) DEBRIEF_TRY(erase(line));
    for (auto& message : turn.messages) {
        tell(message);
        new_.push_back(std::move(message));
    }
    return reload();
}

core::Status Chat::erase(const core::Uuid& line) {
    auto& store = context_->store();
    return store.transact([&]() -> core::Status {
        const auto reached = store.quoting({line});
        if (!reached) return reached.error();
        const auto erased = store.erase(*reached);
        return erased ? core::Status{core::Ok{}} : core::Status{erased.error()};
    });
}

core::Status Chat::reload() {
    const auto room = need_record(context_->store(), "room", conversation().id, "conversation");
    if (!room) return room.error();
    auto opened = context_->rooms->load(*context_, *room);
    if (!opened) return opened.error();
    conversation_ = std::move(*opened);
    return core::Ok{};
}

void Chat::tell(const bot::Message& message) const {
    context_->announcer->tell("message", {{"conversation", conversation().id.text()}, {"message", view(message)}});
}

json Chat::view(const bot::Message& message) const {
    auto shown = message_view(message);
    if (conversation().kind == "coaching" && message.author == bot::AuthorKind::bot)
        shown["text"] = with_references(*context_, conversation().coached.id, message.text);
    return shown;
}

json Chat::new_messages() const {
    json list = json::array();
    for (const auto& message : new_) list.push_back(view(message));
    return list;
}

void Chat::put_messages(json& answer, const std::optional<core::Uuid>& after,
                        const std::optional<std::size_t>& last) const {
    std::span lines{conversation().messages};
    if (after) {
        const auto known =
            std::find_if(lines.rbegin(), lines.rend(), [&](const auto& one) { return one.id == *after; });
        lines = lines.last(static_cast<std::size_t>(known - lines.rbegin()));
    }
    if (last) {
        lines = lines.last(std::min(*last, lines.size()));
        answer["earlier"] = static_cast<std::size_t>(lines.data() - conversation().messages.data());
    }
    auto& list = answer["messages"] = json::array();
    for (const auto& message : lines) list.push_back(view(message));
}

json Chat::state() const {
    auto state = parsed(bot::state_json(conversation(), bot::state_of(playbook_, conversation())));
    const auto draft = context_->device->draft(conversation().id);
    if (draft && !draft->empty()) state["draft"] = *draft;
    return state;
}

json Chat::outcome() const {
    if (kind_->outcome == nullptr) return nullptr;
    const auto known = world();
    return known ? parsed(kind_->outcome(playbook_, conversation(), **known)) : json(nullptr);
}

json Chat::understood() const {
    json list = json::array();
    for (const auto& item : bot::understood(playbook_, conversation())) list.push_back(item_view(item));
    return list;
}

core::Result<bot::Conversation> new_conversation(Context& context, const bot::Playbook& playbook,
                                                 const core::Uuid& account,
                                                 const std::optional<core::Record>& meeting) {
    auto& store = context.store();
    const auto record = need_record(store, "account", account, "account");
    if (!record) return record.error();
    bot::Conversation conversation;
    conversation.id = store.new_id();
    // How an opportunity ended is told in a debrief.
    conversation.kind = playbook.kind == bot::ending::playbook_kind ? "debrief" : playbook.kind;
    if (const auto* kind = bot::kind_called(playbook.kind); kind != nullptr && kind->shared)
        conversation.scope = core::account_scope(account);
    conversation.account = {account, record->text("name")};
    conversation.industry = record->text("industry");
    conversation.rep = {context.identity().user, context.identity().user_name};
    conversation.owner = conversation.rep;
    conversation.language = context.language();
    conversation.playbook = playbook.id;
    conversation.version = playbook.version;
    conversation.started = context.now();
    if (meeting) {
        bot::MeetingRef ref{
            .id = meeting->id, .day = meeting_day(context, *meeting), .title = meeting->text("title"), .contacts = {}};
        if (const auto* contacts = meeting->find("contacts")) {
            if (const auto* set = std::get_if<core::UuidSet>(contacts)) ref.contacts = *set;
        }
        conversation.meeting = std::move(ref);
        conversation.opportunity = meeting->ref("opportunity");
    }
    return conversation;
}

}  // namespace debrief::platform
