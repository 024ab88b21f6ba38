// The conversations that were opened last, with their lines in order until something about them changes: a line said in
// a room of thousands must not read all of them again. Never stored.
#pragma once

#include <list>
#include <memory>
#include <set>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

struct Context;

/// Threads: one owner.
class OpenRooms {
public:
    /// Kept at most: so many conversations with so many lines in all; the one that was opened last always is.
    static constexpr std::size_t rooms_max = 8, lines_max = 50'000;
    /// Where more lines than this have changed, a room is read anew.
    static constexpr std::size_t touched_max = 64;

    /// The conversation as it is stored now. It stays what it is until it is asked for again. Errors: those of
    /// load_conversation.
    core::Result<std::shared_ptr<bot::Conversation>> load(Context& context, const core::Record& room);
    /// Somebody changed these records here.
    void touched(const std::set<core::TouchedRecord>& records);
    /// Something changed, we do not know what.
    void forget() { kept_.clear(); }

private:
    struct Kept {
        std::shared_ptr<bot::Conversation> talk;
        std::set<core::Uuid> touched;  ///< Lines that were written since, of this room or of another.
    };
    void make_place();

    std::list<Kept> kept_;  ///< The one that was opened last stands first.
    std::int64_t commits_elsewhere_ = 0;
};

}  // namespace debrief::platform
