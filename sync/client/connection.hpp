// One greeted connection of a device: pushing, pulling, credits, scopes. The session around it decides when there is
// one.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "sync/client/backoff.hpp"
#include "sync/client/cursor_memory.hpp"
#include "sync/client/pusher.hpp"
#include "sync/frames/wire.hpp"
#include "sync/session.hpp"
#include "sync/status.hpp"

namespace debrief::sync {

/// Threads: one owner.
class Connection {
public:
    static constexpr std::uint64_t acknowledge_each = 50'000;  ///< Bytes of log applied.
    static constexpr std::size_t remember_each = 16;           ///< Scopes moved until the server is told our cursors.

    Connection(core::DeviceStore& store, Encoding encoding) : store_(store), encoding_(encoding), pusher_(store) {}

    void open();
    void stop();
    core::Result<std::optional<Received>> unpack(core::ByteView message);

    /// Says hello. `wipes`: this device obeys an order to wipe.
    core::Status greet(bool wipes);
    /// The server kept no such cursors: the next greeting says everything.
    void forget();
    /// The server greeted us.
    core::Status begin(const WelcomeFrame& welcome);
    /// Log that may be followed at once by more is held back until `apply_held`, or until something else comes: many
    /// changes of one record then cost one write.
    core::Status take(Received& received);
    core::Status apply_held();
    [[nodiscard]] bool holds() const { return !held_.sizes.empty(); }
    /// In place of a welcome: what is here goes to the server, refused changes once more. Errors: `invalid` where the
    /// server lacks what it had taken.
    core::Status begin_leaving(std::uint64_t expected_n);
    /// All that could be pushed has its result.
    [[nodiscard]] bool pushed_all() const { return begun_ && pusher_.idle(); }
    /// Sends what the outbox holds, within the window.
    core::Status push();

    void send(const Frame& frame, bool urgent = false);
    std::vector<SendFrame> take_outgoing();

    /// The outbox is empty, and the server said that nothing is left.
    [[nodiscard]] bool caught_up() const {
        return begun_ && level_ && pusher_.idle() && closing_.empty() && refused_.empty();
    }
    /// What is wrong although the connection stands; empty if nothing is.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }
    [[nodiscard]] const SyncProgress& progress() const { return progress_; }

    SyncTotals totals;

private:
    core::Status take_results(const ResultsFrame& frame);
    core::Status take_other(Received& received);
    core::Status take_log(LogFrame&& frame, std::size_t bytes);
    core::Status apply(const std::string& scope, const std::vector<core::LogEntry>& entries);
    core::Status take_state(StateFrame&& frame);
    core::Status take_state_end(const StateEndFrame& frame);
    /// Frames of this scope's log mean something.
    [[nodiscard]] bool takes_log(const std::string& scope) const;
    core::Status ask_again(const std::string& scope, const std::string& why);
    void credit(std::size_t bytes);
    core::Status take_level();
    core::Status open_scopes(const std::vector<std::string>& scopes);
    core::Status lose(const std::vector<std::string>& scopes);
    core::Status issue_refused_again();
    core::Status close_scopes();
    core::Status refresh_identity(const WelcomeFrame& welcome);

    core::DeviceStore& store_;
    Encoding encoding_;
    Pusher pusher_;
    std::optional<CursorMemory> memory_;
    std::optional<Unpacker> unpacker_;
    std::vector<SendFrame> outgoing_;
    Deflate deflate_ = Deflate::no;  // What this connection's server takes.

    bool begun_ = false;
    bool level_ = false;
    bool looks_for_strays_ = false;            // At the next level: something own was taken, or may have been.
    std::uint64_t applied_ = 0;                // Bytes of log on this connection.
    std::uint64_t acknowledged_ = 0;           // Of them, told to the server.
    std::vector<core::ScopeCursor> reported_;  // As last sent, until the server names the set.
    bool reporting_ = false;
    std::set<std::string> moved_;    // Scopes, since the server last kept our cursors.
    std::set<std::string> closing_;  // Lost, waiting for their unsent work to be taken over: where it is not sealed.
    core::Bytes seal_key_;           // Of this connection's server; empty if it takes nothing that is sealed.
    // Scopes whose state was not what it should be and is fetched once more; until it has begun, what is under way of
    // the first time is skipped.
    enum class Again { asked, begun, done };
    std::map<std::string, Again> again_;
    std::set<std::string> refused_;  // It was wrong again: nothing of them is taken on this connection.
    std::string trouble_;
    SyncProgress progress_;

    /// Frames of one scope's log that are not applied yet.
    struct Held {
        std::string scope;
        std::vector<core::LogEntry> entries;
        std::vector<std::size_t> sizes;  ///< Entries of each frame.
        std::size_t bytes = 0;           ///< As they came over the wire.
    };
    static constexpr std::size_t held_entries_max = 8192;
    Held held_;
};

}  // namespace debrief::sync
