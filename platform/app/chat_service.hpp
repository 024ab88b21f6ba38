// Conversations with the bot: what a person says is on disk before the bot thinks about it, and a reply that a crash
// swallowed is computed again, the same.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "bot/kinds/kinds.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

/// One open conversation with the playbook that it began under.
/// Threads: one owner; short-lived.
class Chat {
public:
    /// Errors: `not_found`, `denied` for somebody else's, `corrupt`.
    static core::Result<Chat> open(Context& context, const core::Uuid& conversation);
    /// A new one, with its opening lines on disk. Errors: as Store::write.
    /// `opening`: where it was prepared from more than the world of a conversation.
    static core::Result<Chat> begin(Context& context, bot::Conversation conversation, bot::Playbook playbook,
                                    std::optional<bot::Turn> opening = std::nullopt);

    /// Computes and stores what is missing: the opening, or the reply to the last line.
    core::Status catch_up();
    /// As catch_up, after a pause: the bot says where we were.
    core::Status resume();
    /// Stores the line, tells it, then computes, stores and tells the reply.
    /// Errors: `invalid` (nothing is stored then); as Store::write.
    core::Status speak(const bot::Input& input);

    /// The bot's lines that came into being here.
    [[nodiscard]] nlohmann::json new_messages() const;
    /// Puts `messages` into an answer: those after that one, of them the newest `last`, and then `earlier`, how many of
    /// the conversation come before them.
    void put_messages(nlohmann::json& answer, const std::optional<core::Uuid>& after,
                      const std::optional<std::size_t>& last) const;
    [[nodiscard]] nlohmann::json state() const;
    [[nodiscard]] nlohmann::json understood() const;
    /// What it came to; null for an ordinary debrief.
    [[nodiscard]] nlohmann::json outcome() const;
    [[nodiscard]] const bot::Conversation& conversation() const { return *conversation_; }

private:
    Chat(Context& context, const bot::Kind& kind, std::shared_ptr<bot::Conversation> conversation,
         bot::Playbook playbook)
        : context_(&context), kind_(&kind), conversation_(std::move(conversation)), playbook_(std::move(playbook)) {}

    core::Status take(bot::Turn turn, std::vector<core::Edit> before = {});
    /// The words of a line and of all that quotes it go, for good.
    core::Status erase(const core::Uuid& line);
    core::Status reload();
    /// What the bot may know, read once for as long as nothing is written.
    [[nodiscard]] core::Result<const bot::World*> world() const;
    void tell(const bot::Message& message) const;
    [[nodiscard]] nlohmann::json view(const bot::Message& message) const;

    Context* context_;
    const bot::Kind* kind_;
    std::shared_ptr<bot::Conversation> conversation_;
    bot::Playbook playbook_;
    mutable std::optional<bot::World> world_;
    std::vector<bot::Message> new_;
};

/// A conversation to be begun: about this account and meeting, now, by this user.
core::Result<bot::Conversation> new_conversation(Context& context, const bot::Playbook& playbook,
                                                 const core::Uuid& account, const std::optional<core::Record>& meeting);

}  // namespace debrief::platform
