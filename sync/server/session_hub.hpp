// All sessions of one server: who listens to which scope, and who must be woken after a commit.
//
// A driver: one hub; for each accepted WebSocket a ServerSession. After events, if `has_work()`, call `commit()` once:
// the more frames were taken before it, the more share one write to disk. `commit` calls the `wake` of each session
// that has something to send or to do.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/result.hpp"
#include "core/sources.hpp"
#include "sync/server/server_store.hpp"
#include "sync/session.hpp"

namespace debrief::sync {

class ServerSession;

/// Threads: one owner; calls must not overlap. Must outlive its sessions.
class SessionHub {
public:
    SessionHub(ServerStore& store, core::ClockSource& clock, core::RandomSource& random);
    ~SessionHub();
    SessionHub(const SessionHub&) = delete;
    SessionHub& operator=(const SessionHub&) = delete;

    [[nodiscard]] bool has_work() const;
    /// On error everybody keeps what they had sent: sessions with unanswered pushes are closed with a time to come
    /// back.
    core::Status commit();
    /// The server is going down: every session says so and asks to be closed.
    void close_all(const std::string& reason);

    [[nodiscard]] std::size_t sessions() const;
    ServerStore& store();

    /// Carries out one command of `debrief admin` in the name of a user, who has some duty (access.hpp); what it may do
    /// beyond that is for `run` to judge. Gives the result as JSON. Without it nobody administers over a session.
    using Administer =
        std::function<core::Result<std::string>(const core::Uuid& user, const std::vector<std::string>& words)>;
    void on_admin(Administer run);

    /// Called for each failed enrolment or greeting, with the address that the driver named: to slow down guessing.
    void on_refused(std::function<void(const std::string& peer)> count);

    struct Impl;  ///< Known to the sessions: session_impl.hpp.

private:
    friend class ServerSession;
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::sync
