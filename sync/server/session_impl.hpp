// What hub and sessions know of each other. Included by their two .cpp files only.
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <list>
#include <map>
#include <unordered_map>

#include "core/catalogue/scope.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/wire.hpp"
#include "sync/server/credit_window.hpp"
#include "sync/server/log_frames.hpp"
#include "sync/server/presence.hpp"
#include "sync/server/server_session.hpp"
#include "sync/server/session_hub.hpp"
#include "sync/server/snapshot.hpp"

namespace debrief::sync {

/// A scope that somebody listens to, or did.
struct ScopeLine {
    std::string name;
    core::Scope scope;
    core::ScopeCursor head;
    std::vector<ServerSession::Impl*> listeners;
};

struct SessionHub::Impl {
    Impl(ServerStore& server_store, core::ClockSource& clock_source, core::RandomSource& random_source)
        : store(server_store), clock(clock_source), random(random_source), frames(server_store) {}

    ServerStore& store;
    core::ClockSource& clock;
    core::RandomSource& random;
    LogFrames frames;
    std::map<std::uint64_t, ServerSession::Impl*> sessions;
    std::map<core::Uuid, ServerSession::Impl*> by_device;
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::deque<ScopeLine> lines;
    std::uint64_t last_id = 0;
    std::function<void(const std::string&)> refused;
    SessionHub::Administer administer;

    /// Errors: as a read.
    core::Result<std::uint32_t> line(const std::string& scope);
    core::Status tell_growth(const std::set<std::string>& scopes);
    void tell_access(const Committed& committed);
    void tell_inbox(const Committed& committed);
    // Of people in rooms: presence.cpp.
    [[nodiscard]] bool is_there(const core::Uuid& user, const core::Uuid& room, std::uint32_t line) const;
    void tell_presence(const ServerSession::Impl& from, const Presence::Told& told);
    void tell_who_is_there(ServerSession::Impl& to, const core::Uuid& room, std::uint32_t line);
    void count_refused(const std::string& peer) const {
        if (refused) refused(peer);
    }
};

struct ServerSession::Impl {
    enum class Phase { opened, greeted, leaving, closing };
    /// Of a device that was cut off. `device` and `user` of the session stay nil: nobody knows it any more.
    struct Leaving {
        core::Uuid device, user;
        std::uint64_t incarnation = 0;
        core::Instant since{};
        bool said_all = false;  ///< It has pushed what it had.
        bool full = false;      ///< No more is taken.
        bool ordered = false;   ///< It was told to remove its store, and has pushed nothing since.
    };
    /// Where this session is in a scope. Kept small: a server has many sessions with many scopes.
    struct Place {
        std::uint32_t line = 0;
        bool queued = false;
        bool reopened = false;  // Lost and got back within this session: own changes are gone there as well.
        bool by_state = false;  // Asked for, however short the log is.
        bool by_log = false;    // A record of it fits no frame.
        std::uint64_t sent = 0;
    };
    static constexpr std::size_t queue_bytes_max = 256U << 10U;   ///< Of answers that the socket has not taken.
    static constexpr std::size_t unanswered_max = 8U << 20U;      ///< Pushed and not yet judged.
    static constexpr std::size_t greeting_bytes_max = 1U << 20U;  ///< Before we know who speaks.
    static constexpr std::chrono::minutes leave_within{10};       ///< For a device that was cut off.
    static constexpr std::chrono::seconds expiry_grace{30};       ///< For the proof that renews a token.

    Impl(SessionHub::Impl& session_hub, ServerConfig settings, std::function<void()> wake_up);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    SessionHub::Impl& hub;
    ServerConfig config;
    std::function<void()> wake;
    std::uint64_t id;
    Unpacker unpacker;
    Phase phase = Phase::opened;
    bool close_asked = false;
    bool heard = false;
    bool told_again = false;
    std::optional<Close> closing;

    core::Uuid device;
    core::Uuid user;
    std::uint64_t incarnation = 0;
    Deflate deflate = Deflate::no;
    std::uint64_t settled_n = 0;           // At the greeting: what came after that, the device still holds …
    std::vector<std::uint64_t> sealed;     // … except these, which it cannot read any more.
    core::Instant expires_at{};            // Of the token.
    std::unique_ptr<HelloFrame> greeting;  // Waits for its proof.
    std::unique_ptr<Leaving> leaving;
    core::Bytes fresh_token;  // Waits for the greeting after `again`.
    std::array<std::uint8_t, nonce_bytes> nonce{};
    bool challenged = false;  // The nonce waits for its answer.

    // Lists, because they are empty nearly always: an empty deque would keep 600 bytes.
    std::vector<Place> places;         // Sorted by line.
    std::list<std::uint32_t> dirty;    // Lines with entries that this session has not got.
    std::list<std::uint32_t> backlog;  // The same at the greeting, and what comes as state: in order of need.
    bool backlog_turn = false;         // One frame of each, so that neither waits for the other.
    std::map<std::string, core::StatePlace> staged;  // What the device holds of scopes that come as state.
    std::unique_ptr<Snapshot> snapshot;              // Of the line at the head of the backlog.
    std::list<SharedBytes> urgent;
    std::size_t urgent_bytes = 0;
    std::list<SharedBytes> parts;  // Of one frame of log or state that is too long for a message.
    std::uint32_t parts_line = 0;
    std::size_t parts_bytes = 0;  // Of the whole frame.
    std::uint64_t sent_bytes = 0;
    std::uint64_t applied_bytes = 0;
    CreditWindow window;
    std::size_t unanswered = 0;     // Bytes.
    std::list<std::size_t> pushes;  // Bytes of each push that waits.
    bool owes_level = false;
    std::unique_ptr<InboxFrame> inbox;   // As last told; nothing if it was empty.
    std::unique_ptr<Presence> presence;  // Of those who were ever in a room, or near one.
    bool arms_presence = false;          // The driver is still to be asked for it.
    std::uint64_t taken = 0;             // Messages that the socket took.
    std::uint64_t progress_seen = 0;     // At the last look.
    unsigned idle_looks = 0;             // Without any progress, though something waits.

    void say(const Frame& frame);
    void bye(std::string_view code, std::string text, std::uint16_t close_code, std::chrono::milliseconds retry = {});
    Actions actions();
    Place* place(std::uint32_t line);
    [[nodiscard]] bool may_read_line(std::uint32_t line) const;
    void mark(std::uint32_t line);
    [[nodiscard]] bool needs_state(const Place& at) const;
    core::Status queue_backlog(WelcomeFrame& welcome);
    void want(const WantFrame& frame);

    core::Status take(Received&& received);
    core::Status enrol(const EnrolFrame& frame);
    core::Status greet(HelloFrame&& frame);
    void challenge();
    core::Status prove(const ProveFrame& frame);
    core::Status welcome(const HelloFrame& frame, core::Bytes token);
    void renew_if_due();
    bool ended_by_time();
    core::Status keep_cursors(const CursorDifference& difference, std::uint64_t& set,
                              std::vector<core::ScopeCursor>& cursors, bool& known);
    core::Status place_everywhere(const std::map<std::string, core::ScopeCursor>& held,
                                  const std::set<std::string>& entitled, WelcomeFrame& welcome);
    void push(PushFrame&& frame);
    // Of a device that was cut off: leaving.cpp.
    core::Status begin_leaving(const HelloFrame& hello);
    core::Status take_leaving(Frame&& frame);
    /// After results; `full`: no more is taken.
    void go_on_leaving(bool full);
    core::Status order_wipe(bool full);
    /// True, with a goodbye, for one that has nothing more to do here.
    bool has_left();
    void administer(const AdminFrame& frame);
    /// True if it is another one than was told.
    bool tell_inbox();

    // What people do in rooms: presence.cpp.
    void hear_presence(PresenceFrame&& frame);
    void take_presence(const PresenceFrame& frame);
    /// What was said behind a push, once that is judged.
    void take_presence_behind();
    void leave_room(const core::Uuid& room);
    void leave_rooms(const std::function<bool(std::uint32_t line)>& left);
    std::optional<SharedBytes> next_presence();

    // From the hub, after a commit.
    void answer(const Answer& answer);
    void follow_access(const std::set<std::string>& entitled, const std::function<bool(const core::Scope&)>& concerned);
    /// The rest of a frame that its reader may not have any more. No credit will ever come for it.
    void drop_parts();
    std::optional<SharedBytes> next();
    bool stalled();
    std::optional<SharedBytes> next_log();
    struct Step {
        SharedBytes cbor;
        SharedBytes zipped;          // The same deflated, where the device takes that.
        std::uint64_t position = 0;  // Of the log: the device has everything up to here.
        bool unfinished = false;     // Of the same state there is more.
    };
    core::Result<Step> next_step(Place& at);
    void leave();
};

}  // namespace debrief::sync
