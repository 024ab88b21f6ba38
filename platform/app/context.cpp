#include "platform/app/context.hpp"

#include <exception>
#include <new>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/account_views.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/open_rooms.hpp"
#include "platform/app/presence.hpp"
#include "platform/app/rejoin.hpp"
#include "platform/app/wiping.hpp"
#include "platform/files/encoder_file.hpp"
#include "platform/files/folder.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/log/log.hpp"

namespace debrief::platform {
namespace {

constexpr std::string_view runs_key = "random.runs";

}  // namespace

void answer_with(const Answer& answer, const std::function<core::Result<nlohmann::json>()>& work) {
    core::Result<nlohmann::json> result{nlohmann::json(nullptr)};
    try {
        result = work();
    } catch (const std::bad_alloc&) {
        result = core::Error{core::Errc::too_large, "There is not enough memory for this.", {}, {}};
    } catch (const std::exception& failure) {
        result = core::Error{core::Errc::internal, std::string{"This failed: "} + failure.what(), {}, {}};
    }
    answer(result);
}

Context::Context(AppConfig with)
    : config(std::move(with)),
      clock(config.test_clock),
      random(config.seed),
      announcer(std::make_unique<Announcer>(*this)),
      presence(std::make_unique<RoomPresence>(*this)),
      keeper(std::make_unique<LinkKeeper>(*this)),
      views(std::make_unique<AccountViews>()),
      rooms(std::make_unique<OpenRooms>()) {}

Context::~Context() {
    rejoin.reset();
    close_store();
}

std::string Context::language() {
    const auto chosen = store().setting(language_setting);
    if (chosen && *chosen && !(*chosen)->empty()) return **chosen;
    return identity().language.empty() ? "en" : identity().language;
}

std::chrono::sys_days Context::day_of(core::Instant instant) const {
    return core::day_of(instant, config.utc_offset);
}

std::chrono::sys_days Context::today() {
    return day_of(now());
}

core::Status Context::open_store() {
    DEBRIEF_TRY(finish_swap(config.folder));
    wiped = wiped_in(config.folder);
    DEBRIEF_TRY(open_device(record_file(config.folder)));
    // Without the mark a store works all the same: a full disk must not keep anybody from it.
    static_cast<void>(mark_kept(record_file(config.folder)));
    return attach();
}

void Context::open_empty_store() {
    const auto opened = open_store();
    if (opened) return;
    log(LogLevel::error, "empty_store_not_opened", {{"why", opened.error().detail}});
    const auto in_memory = open_device(":memory:");
    DEBRIEF_CHECK(in_memory.has_value());
    static_cast<void>(attach().has_value());
}

core::Status Context::open_device(const std::string& path) {
    auto opened = core::DeviceStore::open({.path = path, .vfs = {}}, clock, random);
    if (!opened) return opened.error();
    device = std::move(*opened);
    return core::Ok{};
}

core::Status Context::attach() {
    views->forget();
    rooms->forget();
    DEBRIEF_TRY(key_random());
    announcer->attach();
    keeper->attach();
    return core::Ok{};
}

void Context::close_store() {
    keeper->detach();
    device.reset();
}

core::Status Context::key_random() {
    if (!random.is_seeded()) return core::Ok{};
    std::uint64_t run = 0;
    // Counted in one transaction: two programs that open the store together must not draw the same bytes.
    const auto counted = store().transact([&]() -> core::Status {
        const auto runs = store().setting(runs_key);
        if (!runs) return runs.error();
        run = (*runs ? std::stoull(**runs) : 0) + 1;
        return store().set_setting(runs_key, std::to_string(run));
    });
    if (!counted) return counted.error();
    random.key(identity().device, identity().incarnation, run);
    return core::Ok{};
}

core::Result<nlohmann::json> Context::answer_later(Later begin) {
    later_ = std::move(begin);
    return nlohmann::json(nullptr);
}

void Context::poll(std::chrono::milliseconds wait) {
    if (!rejoin) {
        keeper->poll(wait);
        // Not from within the link's own call, for now it goes.
        if (const auto order = keeper->take_wipe()) wipe_store(*this, *order);
        return;
    }
    keeper->poll(std::chrono::milliseconds{0});
    Rejoin::poll(*this, wait);
}

const bot::encoder::Encoder* Context::encoder() {
    if (!encoder_sought_ && !config.encoder.empty()) {
        auto loaded = load_encoder(config.encoder);
        // One that is not there may still come: a page fetches it.
        encoder_sought_ = loaded || loaded.error().code != core::Errc::not_found;
        if (loaded) encoder_.emplace(std::move(*loaded));
    }
    return encoder_ ? &*encoder_ : nullptr;
}

}  // namespace debrief::platform
