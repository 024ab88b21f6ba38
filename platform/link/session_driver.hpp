// What every driver of a client session does, whatever carries its messages: it carries out the session's actions, and
// turns "join", "one round" and "have the server do this" into events that are waited for. No I/O: those that know a
// network (platform/net with Beast, platform/web/core with a browser's WebSocket) add the few acts named below.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/app/sync_link.hpp"
#include "platform/link/link_end.hpp"
#include "sync/client/client_session.hpp"

namespace debrief::platform {

/// Threads: one owner.
class SessionDriver : public SyncLink {
public:
    SessionDriver(const SessionDriver&) = delete;
    SessionDriver& operator=(const SessionDriver&) = delete;
    ~SessionDriver() override;

    void begin_join(const std::string& invitation, const std::string& ca, std::chrono::milliseconds timeout,
                    JoinDone done) override;
    void begin_once(std::chrono::milliseconds timeout, OnceDone done) override;
    void begin_administer(const std::vector<std::string>& words, std::chrono::milliseconds timeout,
                          OrderDone done) override;

    core::Status join(const std::string& invitation, const std::string& ca, std::chrono::milliseconds timeout) override;
    core::Result<LinkRound> once(std::chrono::milliseconds timeout) override;
    core::Result<std::string> administer(const std::vector<std::string>& words,
                                         std::chrono::milliseconds timeout) override;

    void connect() override;
    void disconnect() override;
    [[nodiscard]] LinkStatus status() const override;
    void network_changed() override;
    void tell_presence(const core::Uuid& room, const std::string& scope, sync::PresenceState state) override;
    void store_changed() override;

    /// A link that ends says goodbye for so long at most.
    static constexpr std::chrono::milliseconds parting_max{500};

protected:
    using Clock = std::chrono::steady_clock;

    /// `device_name` is what the administrator's list shows.
    SessionDriver(const LinkSetup& setup, std::string device_name);

    // What a driver brings. None of them calls the events below from within.

    /// Opens a connection in place of the present one; tells `opened` or `closed`.
    virtual void open(const sync::Connect& connect) = 0;
    virtual void send(const sync::SendFrame& frame) = 0;
    /// Ends the link once all is sent, and tells `closed`; gives up an attempt, and tells nobody.
    virtual void close(const sync::Close& close) = 0;
    /// Drops link and attempt at once; tells nobody.
    virtual void let_go() = 0;
    [[nodiscard]] virtual bool holds_link() const = 0;
    virtual void arm(const sync::ArmTimer& timer) = 0;
    /// Whether this authority (PEM) can be used. Errors: `invalid`.
    virtual core::Status check_authority(const std::string& ca) = 0;

    // What a driver tells.

    void opened() { run(session_.on_open()); }
    void received(core::ByteView message, bool more) { run(session_.on_frame(message, more)); }
    void closed(const LinkEnd& end);
    void fired(sync::Timer timer) { run(session_.on_timer(timer)); }

    /// Goes on with what is waited for. After everything that has happened, and when `due` is over.
    void pass();
    /// When `pass` has something to do at the latest; nothing if it does not wait for time.
    [[nodiscard]] std::optional<Clock::time_point> due() const;
    /// A link that was ended may still be saying goodbye.
    [[nodiscard]] bool is_parting() const { return parting_until_.has_value(); }
    /// Answers what is waited for, since it can no longer come. Call it in the driver's destructor.
    void abandon();

private:
    /// Something that somebody waits for.
    class Task {
    public:
        Task() = default;
        virtual ~Task() = default;
        Task(const Task&) = delete;
        Task& operator=(const Task&) = delete;
        virtual core::Status begin() = 0;
        /// True once there is an answer.
        virtual bool advance() = 0;
        virtual void fail(core::Error error) = 0;
        /// Nothing has come in time.
        virtual void give_up() = 0;
        virtual void answer() = 0;

        std::chrono::milliseconds timeout{0};
        Clock::time_point until{};
    };
    class Joining;
    class Round;
    class Order;
    enum class Phase { parting_before, waiting, parting_after };

    void add(std::unique_ptr<Task> task, std::chrono::milliseconds timeout);
    void begin_next();
    void finish();
    /// False while the task goes on.
    bool step();
    core::Status reach();
    void start();
    void part();
    void end_parting();
    void run(sync::Actions actions);
    bool settled() const;
    bool greeted_now() const;
    bool stopped() const { return setup_.stop && setup_.stop(); }
    core::Error not_answered() const;
    core::Error turned_away() const;
    core::Error not_reached() const;

    LinkSetup setup_;
    std::string device_name_;
    sync::ClientSession session_;
    std::deque<std::unique_ptr<Task>> tasks_;  ///< The first one is under way.
    bool under_way_ = false;
    Phase phase_ = Phase::waiting;
    std::optional<Clock::time_point> parting_until_;
    bool live_ = false;
    bool failed_ = false;  ///< A connection ended, or never came up, since a task began.
    bool greeted_ = false;
    bool passing_ = false;
};

}  // namespace debrief::platform
