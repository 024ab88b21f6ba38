#include "tests/sync/support/world.hpp"

#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"

namespace debrief::sync::test {
namespace {

namespace fs = std::filesystem;

std::string new_folder() {
    static int count = 0;
    const fs::path base = fs::exists("/dev/shm") ? fs::path{"/dev/shm"} : fs::temp_directory_path();
    const auto folder = base / ("debrief-sync-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder.string();
}

template <typename T>
T must(core::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return std::move(*result);
}
void must_do(const core::Status& status) {
    if (!status) throw std::runtime_error(status.error().detail);
}

}  // namespace

World::World(std::uint64_t seed) : World(seed, Options{}) {}

World::World(std::uint64_t seed, Options options)
    : random(seed),
      options_(options),
      folder_(options.simulated_disks ? std::string{} : new_folder()),
      secrets_(seed + 1'000'003) {
    if (options.simulated_disks) server_disk_ = std::make_unique<sim::SimDisk>();
    open_server();
}

World::~World() {
    for (auto& device : devices_) {
        device->wire.reset();
        device->session.reset();
        device->store.reset();
    }
    hub_.reset();
    server_.reset();
    if (!folder_.empty()) fs::remove_all(folder_);
}

core::Store::Config World::config_for(const std::string& path, const sim::SimDisk* disk,
                                      const core::Catalogue* catalogue) const {
    core::Store::Config config;
    config.path = path;
    config.search = disk != nullptr;
    config.catalogue = catalogue;
    if (disk != nullptr) config.vfs = disk->name();
    return config;
}

void World::open_server() {
    auto config = config_for(folder_ + "/server.db", server_disk_.get(), server_catalogue_);
    config.search = false;
    server_ = must(ServerStore::open(config, clock, secrets_, "Sales"));
    hub_ = std::make_unique<SessionHub>(*server_, clock, secrets_);
}

void World::open_device(Device& device) {
    device.store = must(core::DeviceStore::open(config_for(device.path, device.disk.get(), device.catalogue),
                                                device.clock, device.random));
    ClientConfig config;
    config.encoding = options_.encoding;
    device.session = std::make_unique<ClientSession>(*device.store, device.clock, device.random, config);
}

core::Uuid World::user(const std::string& name, const std::string& role, const std::string& team_name) {
    UserSpec spec;
    spec.name = name;
    spec.role = role;
    if (!team_name.empty()) spec.team = team_name;
    return must(add_user(*server_, spec));
}

core::Uuid World::team(const std::string& name, const std::string& manager, const std::string& parent) {
    TeamSpec spec;
    spec.name = name;
    if (!manager.empty()) spec.manager = manager;
    if (!parent.empty()) spec.parent = parent;
    return must(add_team(*server_, spec));
}

core::Uuid World::account(const std::string& name, const std::string& user_or_team) {
    const auto id = server_->records().new_id();
    must(server_->write({core::Put{"account", id, {{"name", name}}, {}}}));
    if (!user_or_team.empty()) assign(name, user_or_team);
    return id;
}

void World::assign(const std::string& account, const std::string& user_or_team) {
    must_do(sync::assign(*server_, account, user_or_team));
}
void World::unassign(const std::string& account, const std::string& user_or_team) {
    must_do(sync::unassign(*server_, account, user_or_team));
}

std::size_t World::device(const std::string& user, const core::Catalogue* catalogue) {
    const auto number = device_without_settling(user, catalogue);
    settle();
    auto& device = *devices_[number];
    if (!device.session->joined()) throw std::runtime_error("the device never heard whether it has joined");
    must_do(*device.session->joined());
    return number;
}

std::size_t World::device_without_settling(const std::string& user, const core::Catalogue* catalogue) {
    auto made = std::make_unique<Device>();
    auto& device = *made;
    device.user = user;
    device.number = devices_.size();
    device.catalogue = catalogue;
    if (options_.simulated_disks) device.disk = std::make_unique<sim::SimDisk>();
    device.path = folder_ + "/device" + std::to_string(devices_.size()) + ".db";
    device.random = FakeRandom{random.next()};
    device.clock.set(clock.now());
    open_device(device);
    devices_.push_back(std::move(made));
    const auto secret = must(sync::invite(*server_, user));
    const auto invitation = must(parse_invitation(invitation_url("http://server", secret)));
    carry_out(device, must(device.session->join(invitation, user + "'s device")));
    return devices_.size() - 1;
}

core::Store& World::store(std::size_t device) {
    return devices_[device]->store->records();
}
core::DeviceStore& World::device_store(std::size_t device) {
    return *devices_[device]->store;
}
ClientSession& World::session(std::size_t device) {
    return *devices_[device]->session;
}
ServerStore& World::server() {
    return *server_;
}
SessionHub& World::hub() {
    return *hub_;
}
const std::string& World::received(std::size_t device) const {
    return devices_[device]->received;
}
std::size_t World::wire_bytes(std::size_t device) const {
    return devices_[device]->bytes;
}
std::size_t World::messages(std::size_t device) const {
    return devices_[device]->count;
}

core::Uuid World::put(std::size_t device, const std::string& table, core::FieldMap fields, std::optional<core::Uuid> id,
                      std::optional<std::string> scope) {
    auto& at = *devices_[device];
    const auto record = id.value_or(at.store->records().new_id());
    must(at.store->records().write({core::Put{table, record, std::move(fields), std::move(scope)}}));
    carry_out(at, at.session->on_store_changed());
    return record;
}

void World::remove(std::size_t device, const std::string& table, const core::Uuid& id) {
    auto& at = *devices_[device];
    must(at.store->records().write({core::Delete{table, id}}));
    carry_out(at, at.session->on_store_changed());
}

void World::skew(std::size_t device, std::chrono::milliseconds by) {
    devices_[device]->clock.skew(by);
}

void World::offline(std::size_t device) {
    devices_[device]->reachable = false;
    lose(*devices_[device], "no network");
}

void World::online(std::size_t device) {
    auto& at = *devices_[device];
    at.reachable = true;
    at.budget.reset();
    carry_out(at, at.session->retry_now());
}

void World::cut(std::size_t device) {
    lose(*devices_[device], "cut");
}
void World::cut_after(std::size_t device, std::size_t bytes) {
    devices_[device]->budget = bytes;
}

core::Status World::try_write(std::size_t device, const std::vector<core::Edit>& edits) {
    auto& at = *devices_[device];
    const auto written = at.store->records().write(edits);
    if (!written) return written.error();
    store_changed(device);
    return core::Ok{};
}
void World::store_changed(std::size_t device) {
    auto& at = *devices_[device];
    carry_out(at, at.session->on_store_changed());
}

void World::tell_presence(std::size_t device, const core::Uuid& room, const std::string& scope, PresenceState state) {
    auto& at = *devices_[device];
    carry_out(at, at.session->tell_presence(room, scope, state));
}

void World::drop_device(Device& device) {
    if (device.wire) device.wire->server->on_closed();
    device.wire.reset();
    device.timers.clear();
    device.connecting.reset();
    device.session.reset();
    device.store.reset();
}

void World::crash_device(std::size_t device) {
    auto& at = *devices_[device];
    drop_device(at);
    open_device(at);
    carry_out(at, must(at.session->start()));
}
void World::crash_device(std::size_t device, sim::PowerCut cut) {
    auto& at = *devices_[device];
    at.disk->kill();
    drop_device(at);
    at.disk->power_on(cut, random);
    open_device(at);
    carry_out(at, must(at.session->start()));
}
void World::upgrade(std::size_t device, const core::Catalogue* catalogue) {
    devices_[device]->catalogue = catalogue;
    crash_device(device);
}

std::vector<World::Device*> World::drop_server() {
    std::vector<Device*> cut_off;
    for (auto& device : devices_) {
        if (!device->wire) continue;
        device->wire.reset();
        cut_off.push_back(device.get());
    }
    hub_.reset();
    server_.reset();
    return cut_off;
}
void World::return_to(const std::vector<Device*>& cut_off) {
    open_server();
    for (auto* device : cut_off) carry_out(*device, device->session->on_closed({"the server is gone", true}));
}

void World::crash_server() {
    return_to(drop_server());
}
void World::crash_server(sim::PowerCut cut) {
    server_disk_->kill();
    const auto cut_off = drop_server();
    server_disk_->power_on(cut, random);
    return_to(cut_off);
}
void World::upgrade_server(const core::Catalogue* catalogue) {
    server_catalogue_ = catalogue;
    crash_server();
}

void World::deafen(std::size_t device, bool upwards) {
    auto& wire = devices_[device]->wire;
    if (!wire) return;
    (upwards ? wire->deaf_up : wire->deaf_down) = true;
}

void World::note(std::uint64_t kind, std::size_t device, core::ByteView bytes) {
    // Source: Fowler, Noll, Vo, FNV-1a.
    const auto mix = [&](std::uint64_t value) { trace_ = (trace_ ^ value) * 0x100000001B3ULL; };
    mix(kind);
    mix(device);
    for (const auto byte : bytes) mix(byte);
}

}  // namespace debrief::sync::test
