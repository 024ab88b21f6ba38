// A whole fleet in memory: devices with their stores and production sessions, a server, and a network between them that
// loses, delays and cuts. One seed decides everything that happens.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "sync/client/client_session.hpp"
#include "sync/frames/wire.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/server_session.hpp"
#include "sync/server/server_store.hpp"
#include "sync/server/session_hub.hpp"
#include "tests/sim/support/sim_disk.hpp"
#include "tests/sync/support/fakes.hpp"

namespace debrief::sync::test {

/// A literal alone would become a truth value of a field.
inline std::string text(const char* words) {
    return words;
}

class World {
public:
    struct Options {
        Encoding encoding = Encoding::cbor;
        std::uint64_t state_after = 256;  ///< Entries of a log that is not sent to a new device.
        bool simulated_disks = false;     ///< Instead of files; searched, as the real ones are.
    };
    explicit World(std::uint64_t seed);
    World(std::uint64_t seed, Options options);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // People. All by name; a failure ends the test.
    core::Uuid user(const std::string& name, const std::string& role = "rep", const std::string& team = {});
    core::Uuid team(const std::string& name, const std::string& manager = {}, const std::string& parent = {});
    core::Uuid account(const std::string& name, const std::string& user_or_team = {});
    void assign(const std::string& account, const std::string& user_or_team);
    void unassign(const std::string& account, const std::string& user_or_team);

    // Devices are numbered from 0.
    std::size_t device(const std::string& user, const core::Catalogue* catalogue = nullptr);
    /// It joins as time passes.
    std::size_t device_without_settling(const std::string& user, const core::Catalogue* catalogue = nullptr);
    core::Store& store(std::size_t device);
    core::DeviceStore& device_store(std::size_t device);
    ClientSession& session(std::size_t device);
    [[nodiscard]] std::size_t devices() const { return devices_.size(); }
    /// Writes on a device and tells its session. Gives the id of the record.
    core::Uuid put(std::size_t device, const std::string& table, core::FieldMap fields,
                   std::optional<core::Uuid> id = {}, std::optional<std::string> scope = {});
    void remove(std::size_t device, const std::string& table, const core::Uuid& id);

    /// The same where the disk may fail: an error is the caller's to judge.
    core::Status try_write(std::size_t device, const std::vector<core::Edit>& edits);
    /// What the store was told behind the session's back.
    void store_changed(std::size_t device);
    void tell_presence(std::size_t device, const core::Uuid& room, const std::string& scope, PresenceState state);

    void skew(std::size_t device, std::chrono::milliseconds by);

    // Faults.
    void offline(std::size_t device);  ///< Cut, and no way back until `online`.
    void online(std::size_t device);
    void cut(std::size_t device);  ///< Whatever was under way is lost.
    void crash_device(std::size_t device);
    void crash_server();
    /// With simulated disks: what nobody had synced goes as `cut` says.
    void crash_device(std::size_t device, sim::PowerCut cut);
    void crash_server(sim::PowerCut cut);
    /// The program ends and another version of it begins.
    void upgrade(std::size_t device, const core::Catalogue* catalogue);
    void upgrade_server(const core::Catalogue* catalogue);
    sim::SimDisk& disk(std::size_t device) { return *devices_[device]->disk; }
    sim::SimDisk& server_disk() { return *server_disk_; }
    /// Messages in one direction vanish, unseen by both ends, for as long as this connection lives.
    void deafen(std::size_t device, bool upwards);
    [[nodiscard]] bool connected(std::size_t device) const { return devices_[device]->wire != nullptr; }
    /// Cuts the device's connection once so many bytes have passed in both directions; counted from now.
    void cut_after(std::size_t device, std::size_t bytes);

    /// One event, chosen by chance. False if nothing can happen without time passing.
    bool step();
    void pass(std::chrono::milliseconds time);
    /// Lets everything happen until nobody has anything left. A test that never gets there fails.
    void settle();

    ServerStore& server();
    SessionHub& hub();
    FakeClock clock;
    FakeRandom random;

    /// Called with each message at the moment when the server's socket takes it.
    std::function<void(std::size_t device, core::ByteView message)> on_handed;
    /// A hash of everything that has happened: two runs of one seed have the same.
    [[nodiscard]] std::uint64_t trace() const { return trace_; }

    /// Where the files of the server and of every device lie.
    [[nodiscard]] const std::string& folder() const { return folder_; }
    /// Every byte that the server ever sent to a device.
    [[nodiscard]] const std::string& received(std::size_t device) const;
    /// Bytes over the wire in both directions, so far.
    [[nodiscard]] std::size_t wire_bytes(std::size_t device) const;
    [[nodiscard]] std::size_t messages(std::size_t device) const;

    /// Sees each message from the server just before it is delivered, and may change it.
    std::function<void(std::size_t device, core::Bytes& message)> on_down;

    /// Called when a device has done what a message asked of it.
    std::function<void(std::size_t device)> on_heard;

    /// Sizes of the messages, in the order in which they were delivered since `record_sizes`.
    std::vector<std::size_t> sizes;

private:
    struct Message {
        SharedBytes bytes;
        bool urgent = false;
    };
    struct Wire {
        explicit Wire(Encoding encoding) : observer(encoding) {}
        std::unique_ptr<ServerSession> server;
        Unpacker observer;
        std::deque<Message> up, down;
        std::map<Timer, core::Instant> timers;  // Of the server's side.
        bool woken = false;
        bool deaf_up = false, deaf_down = false;
        bool client_closing = false;
        bool server_closing = false;
    };
    struct Device {
        std::unique_ptr<sim::SimDisk> disk;  // Outlives the store.
        const core::Catalogue* catalogue = nullptr;
        std::size_t number = 0;
        std::string user;
        std::string path;
        FakeClock clock;
        FakeRandom random{0};
        std::unique_ptr<core::DeviceStore> store;
        std::unique_ptr<ClientSession> session;
        std::unique_ptr<Wire> wire;
        std::map<Timer, core::Instant> timers;
        std::optional<std::string> connecting;
        bool reachable = true;
        std::optional<std::size_t> budget;
        std::string received;
        std::size_t bytes = 0;
        std::size_t count = 0;
    };

    void open_device(Device& device);
    void open_server();
    void carry_out(Device& device, Actions actions);
    void server_actions(Device& device, Actions actions);
    void pump(Device& device);
    void lose(Device& device, const std::string& reason);
    bool spend(Device& device, std::size_t bytes);
    void deliver_up(Device& device);
    void deliver_down(Device& device);
    void connect(Device& device);
    bool finish_closing(Device& device);
    bool fire_due(Device& device);
    std::optional<core::Instant> next_deadline() const;
    bool all_quiet();
    std::string states();
    void note(std::uint64_t kind, std::size_t device, core::ByteView bytes = {});
    core::Store::Config config_for(const std::string& path, const sim::SimDisk* disk,
                                   const core::Catalogue* catalogue) const;
    std::vector<Device*> drop_server();
    void return_to(const std::vector<Device*>& cut_off);
    void drop_device(Device& device);

    Options options_;
    std::string folder_;
    std::unique_ptr<sim::SimDisk> server_disk_;
    const core::Catalogue* server_catalogue_ = nullptr;
    std::uint64_t trace_ = 0xCBF29CE484222325ULL;
    FakeRandom secrets_;
    std::unique_ptr<ServerStore> server_;
    std::unique_ptr<SessionHub> hub_;
    std::vector<std::unique_ptr<Device>> devices_;
};

/// Everything that a store shows, one text a record: fields, conflicts with all their versions.
std::map<std::string, std::string> content(core::Store& store);
/// What `content` gives of the server, as far as `user` may read it.
std::map<std::string, std::string> content_for(ServerStore& server, const core::Uuid& user);

}  // namespace debrief::sync::test
