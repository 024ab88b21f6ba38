// What a method works with: the open store, time, chance, the link to a server, and a way to tell the owner something.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "bot/encoder/encoder.hpp"
#include "core/device/device_store.hpp"
#include "platform/app/app.hpp"
#include "platform/app/sources.hpp"
#include "platform/link/cut_off.hpp"

namespace debrief::platform {

class LinkKeeper;
class Announcer;
class AccountViews;
class OpenRooms;
class RoomPresence;
class Rejoin;

/// The device's own setting behind Context::language.
inline constexpr std::string_view language_setting = "language";

/// Takes the answer of a method, once.
using Answer = std::function<void(core::Result<nlohmann::json>)>;
/// What a method still has to wait for: begins it, and gives the answer when it is done, in a later poll.
using Later = std::function<void(Answer answer)>;

/// Gives what `work` returns, or what it threw, as the answer. For what goes on after a wait.
void answer_with(const Answer& answer, const std::function<core::Result<nlohmann::json>()>& work);

/// Threads: one owner.
struct Context {
    explicit Context(AppConfig with);
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    AppConfig config;
    AppClock clock;
    AppRandom random;
    std::unique_ptr<core::DeviceStore> device;
    std::unique_ptr<Announcer> announcer;
    std::unique_ptr<RoomPresence> presence;
    std::unique_ptr<LinkKeeper> keeper;
    std::unique_ptr<AccountViews> views;
    std::unique_ptr<OpenRooms> rooms;
    std::optional<CutOffStore> wiped;  ///< The store before this one, if it was removed and nobody has joined since.
    std::unique_ptr<Rejoin> rejoin;    ///< While a store with an owner joins a workspace.

    /// For a method that waits for the server: returned in place of a result, it has `begin` called when the handler
    /// has returned.
    core::Result<nlohmann::json> answer_later(Later begin);
    /// What the method that has just run left to be waited for; empty if nothing.
    Later take_later() { return std::exchange(later_, {}); }
    /// Runs the network, waiting at most `wait` for something to do.
    void poll(std::chrono::milliseconds wait);

    /// Loaded when it is first asked for; null if there is none, or none that can be read.
    const bot::encoder::Encoder* encoder();
    core::Store& store() { return device->records(); }
    [[nodiscard]] const core::Identity& identity() const { return device->records().identity(); }
    /// What texts are written in here, `en` or `de`: chosen for this device, else the user's.
    [[nodiscard]] std::string language();
    [[nodiscard]] core::Instant now() { return clock.now(); }
    /// The user's civil day.
    [[nodiscard]] std::chrono::sys_days today();
    [[nodiscard]] std::chrono::sys_days day_of(core::Instant instant) const;

    /// Opens (or opens again) the record file and everything that hangs on it. Errors: as Store::open.
    core::Status open_store();
    /// Opens the store that stands in place of one that was removed; where even that fails, one in memory.
    void open_empty_store();
    /// Closes what open_store opened.
    void close_store();
    /// A seeded source must never repeat itself: call after the identity has changed.
    core::Status key_random();

private:
    core::Status open_device(const std::string& path);
    /// Everything that hangs on the store that has just been opened.
    core::Status attach();

    Later later_;
    bool encoder_sought_ = false;
    std::optional<bot::encoder::Encoder> encoder_;
};

}  // namespace debrief::platform
