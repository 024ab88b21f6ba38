// A rep with a device in memory: every turn is written as records and read back from them, as after a kill.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/coaching/one_to_one.hpp"
#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/engine.hpp"
#include "bot/kinds/kinds.hpp"
#include "core/journey/journey.hpp"

namespace debrief::bot::test {

class RepDesk {
public:
    RepDesk();

    core::Uuid id(const std::string& name) const { return core::derive_uuid("test", name); }
    core::Uuid contact(const std::string& name, const std::string& role);
    core::Uuid fact(core::Dimension dimension, const std::string& said_on, const std::string& person,
                    const std::string& text);
    void stance(const std::string& name, core::Stance stance, const std::string& since);
    core::Uuid promise(const std::string& owner, const std::string& due, const std::string& text);
    void meeting(const std::string& day, const std::string& title, const std::vector<std::string>& contacts);

    /// From now on a rehearsal with that contact, in a room of its own.
    void rehearse(const std::string& name, std::uint64_t seed);

    /// From now on a debrief of how an opportunity ended; `outcome`: as stored, `open` if nothing is noted yet.
    void end(const std::string& opportunity, const std::string& outcome, const std::string& reason = {},
             const std::string& ended_on = {});
    /// From now on a one-to-one in which the desk's rep is the manager: with whom, and what they have shared.
    void coach(const std::string& whom, const std::vector<std::string>& goals,
               const std::vector<std::string>& promises);
    /// As chat.get gives it, as JSON; empty where this kind has none.
    [[nodiscard]] std::string outcome() const;

    Turn start();                       ///< chat.start: the opening, or what is missing, or a recap.
    Turn say(const std::string& text);  ///< Stores the line, then computes and stores the reply.
    Turn act(Action action, std::optional<core::Uuid> item = {}, const std::string& text = {});
    /// Stores the line and dies before the reply.
    void say_and_die(const std::string& text);
    void wait(std::chrono::milliseconds time) { now += time; }

    [[nodiscard]] Conversation conversation() const;  ///< Read back from the records.
    [[nodiscard]] World world() const;
    [[nodiscard]] State state() const { return state_of(book, conversation()); }
    [[nodiscard]] std::vector<core::Item> understood_items() const { return understood(book, conversation()); }
    [[nodiscard]] std::vector<core::Record> all(const std::string& table, const std::string& scope_start = {}) const;
    [[nodiscard]] std::string name_of(const core::Uuid& who) const;
    void write(const std::vector<core::Edit>& edits);

    Playbook book;
    Conversation room;  ///< Without lines: those are in the records.
    core::Instant now{};
    std::map<core::Uuid, core::Record> records;
    std::optional<NextMeeting> next_meeting;
    std::map<std::string, std::string> shared;  ///< Of a one-to-one: what its references stand for.

private:
    coaching::Pack pack_;
    [[nodiscard]] const Kind& kind() const { return *kind_of(room, book); }
    void take(const core::Result<Message>& line);
    Turn reply();
    int lines_ = 0;
    int rehearsals_ = 0;
};

/// What the bot said in a turn, a line each.
std::string last_words(const Turn& turn);

}  // namespace debrief::bot::test
