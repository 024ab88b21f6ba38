// A room of an account with several members, each with a device that knows what has reached it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/kinds/kinds.hpp"

namespace debrief::bot::test {

class ReviewRoom {
public:
    ReviewRoom(const std::string& kind, const std::vector<std::string>& members);

    [[nodiscard]] core::Uuid id(const std::string& name) const { return core::derive_uuid("test", name); }
    Turn start(const std::string& member);
    /// The line and the reply of that member's device; reaches the others with the next `sync`, or at once if online.
    Turn say(const std::string& member, const std::string& text);
    Turn act(const std::string& member, Action action);
    /// From now on this member's device neither sends nor receives, until it is online again.
    void offline(const std::string& member) { apart_[member] = true; }
    /// What that device then says by itself: nothing, if all goes well.
    Turn online(const std::string& member);
    void rename(const std::string& account, const std::string& language) {
        room_.account.name = account;
        room_.language = language;
    }

    [[nodiscard]] Conversation conversation(const std::string& member) const;
    [[nodiscard]] State state(const std::string& member) const { return state_of(book, conversation(member)); }
    [[nodiscard]] std::string outcome(const std::string& member) const;
    [[nodiscard]] std::vector<std::string> bot_lines(const std::string& member) const;
    /// Records that the lines of all have written, by table.
    [[nodiscard]] std::vector<core::Record> records(const std::string& table) const;

    Playbook book;
    World world;

private:
    Turn answer(const std::string& member, const core::Result<Message>& line);
    void write(const std::string& member, const std::vector<core::Edit>& edits);
    void spread();

    const Kind& kind_;
    Conversation room_;
    std::map<std::string, std::vector<Message>> seen_;
    std::map<std::string, std::map<core::Uuid, core::Record>> proposals_;  ///< Each member's own.
    std::map<core::Uuid, core::Record> records_;
    std::map<std::string, bool> apart_;
    int lines_ = 0;
};

}  // namespace debrief::bot::test
