// Who plays a golden transcript: the device's lines against the production server, or the server's against the
// production device. Both check what the other side says.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/device/device_store.hpp"
#include "sync/client/client_session.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/fakes.hpp"
#include "tests/sync/support/golden_doubt.hpp"

namespace debrief::sync::test {

/// What was changed in the lines that one side is held to, to see whether anybody notices.
struct Doubts {
    std::size_t lines = 0;            ///< That expect something.
    std::set<std::size_t> looked_at;  ///< Their numbers.
    std::size_t changes = 0;          ///< Made to them, one at a time.
    std::vector<std::string> unseen;  ///< Those that made no difference.
};

class GoldenSide {
public:
    using json = Golden::json;
    virtual ~GoldenSide() = default;
    void play();
    /// The same, and each line that expects something is doubted before it is believed.
    Doubts play_in_doubt();

protected:
    GoldenSide(std::string side, const std::string& name, Encoding encoding)
        : golden(name, encoding), side_(std::move(side)) {}
    virtual void step(const json& line) = 0;
    /// Nothing is left that was said and does not stand in the transcript.
    virtual void finish() = 0;
    /// What was said begins with this frame.
    void expect(const json& frame, std::vector<core::Bytes>& waiting);
    static core::FieldMap fields_of(const json& filled);
    core::Uuid id(const json& variable);
    /// Checks what a line wants with `differs`, which says where it is otherwise; in doubt each way of changing it,
    /// too.
    void check(const json& wanted, const std::function<std::string(const json&)>& differs);
    /// Whether a record is as a line `shows`.
    void check_shown(core::Store& store, const json& wanted);
    void check_code(const std::optional<Close>& close, const json& line);
    void arm(Timer which, std::chrono::milliseconds after) { timers[which] = clock.now() + after; }
    /// Lets time pass; each timer at its moment.
    void pass(std::chrono::milliseconds time, const std::function<void(Timer)>& fire);

    Golden golden;
    FakeClock clock;
    std::map<Timer, core::Instant> timers;

private:
    [[nodiscard]] bool expects(const json& line) const;
    void doubt(const json& wanted, Exact exact, const std::function<std::string(const json&)>& differs);

    std::string side_;  ///< `server` or `device`: lines may be told to one of them only.
    std::optional<Doubts> doubts_;
    std::size_t line_ = 0;
};

/// The production server answers.
class GoldenServer final : public GoldenSide {
public:
    GoldenServer(const std::string& name, Encoding encoding);

private:
    void step(const json& line) override;
    void finish() override;
    void admin(const json& line);
    void hand_over(const core::Uuid& author, const core::Uuid& account);
    core::Result<std::string> order(const std::vector<std::string>& words);
    void enrolled(const json& name);
    void open();
    void up(const json& frame);
    void leave_older(const json& line);
    void hear_colleague(const json& what);
    void check_overheard(const json& frame);
    void closed(const json& line);
    void obey(const Actions& actions);
    void work();
    void collect();
    bool quiet(core::ByteView message);

    FakeRandom random{7};
    std::unique_ptr<ServerStore> store;
    std::unique_ptr<SessionHub> hub;
    bool woken = false;  // Before those that set it when they go.
    std::unique_ptr<ServerSession> session, older;
    std::unique_ptr<ServerSession> colleague;  ///< Somebody else's, always in CBOR.
    json quiet_in;                             ///< Scopes of which the server's own entries are not told.
    std::vector<core::Bytes> said;
    std::optional<Close> close;
    bool alive = false;  // Pings are answered unseen.
};

/// The production device answers.
class GoldenDevice final : public GoldenSide {
public:
    GoldenDevice(const std::string& name, Encoding encoding);

private:
    void step(const json& line) override;
    void finish() override;
    void enrolled();
    void open();
    void act(const json& line);
    void closed(const json& line);
    void obey(const Actions& actions);
    void check_status(const json& wanted);
    void check_answer(const json& wanted);
    void check_seen(const json& wanted);

    FakeRandom random{8};
    std::unique_ptr<core::DeviceStore> store;
    std::unique_ptr<ClientSession> session;
    std::vector<core::Bytes> said;
    std::vector<Seen> seen;
    std::optional<Close> close;
    bool connecting = false;
    bool alive = false;
};

}  // namespace debrief::sync::test
