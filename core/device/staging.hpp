// State of scopes that has arrived in part, out of everybody's sight: on disk, and two megabytes in memory, so that
// many small pieces share one write and a small scope needs none.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/store/database.hpp"

namespace debrief::core {

/// Calls run inside the caller's transaction, except `take` and `forget`, which write nothing. Threads: one owner.
class Staging {
public:
    static constexpr std::size_t held_max = 2U << 20U;  ///< Bytes in memory.

    explicit Staging(Database& db) : db_(db) {}

    static Status create(Database& db);

    /// Places on disk and in memory, by scope.
    Result<std::vector<StatePlace>> places();
    /// Holds a piece in memory. Errors: `corrupt` if it does not follow what is there.
    Status take(StatePiece piece);
    [[nodiscard]] bool full() const { return bytes_ >= held_max; }
    [[nodiscard]] bool empty() const { return held_.empty(); }
    /// Writes what is held in memory. After the commit: `forget`.
    Status keep();
    void forget();

    /// Every record of a scope once, as it was sent last: those that came again first, then the others by id.
    /// Errors: `corrupt` if there is what is no state, or ids that do not ascend.
    Status each(std::string_view scope, const std::function<Status(KeptState&&)>& take);
    /// Removes what is on disk; `forget_scope` what is in memory.
    Status drop(std::string_view scope);
    void forget_scope(std::string_view scope);

private:
    struct Held {
        std::string scope;
        bool begins = false;  // What was staged before it counts no more.
        bool again = false;
        Bytes piece;
    };
    Result<std::optional<StatePlace>> place(std::string_view scope);
    Status pieces(std::string_view scope, bool again, bool newest_first, const std::function<Status(ByteView)>& take);

    Database& db_;
    std::vector<Held> held_;
    std::map<std::string, StatePlace, std::less<>> moved_;  // Places as they are with what is held.
    std::size_t bytes_ = 0;
};

}  // namespace debrief::core
