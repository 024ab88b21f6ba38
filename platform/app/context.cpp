#include "platform/app/context.hpp"

#include <filesystem>
#include <system_error>

#include "core/civil_date.hpp"
#include "platform/app/account_views.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/open_rooms.hpp"
#include "platform/app/presence.hpp"
#include "platform/app/rejoin.hpp"
#include "platform/app/store_folder.hpp"
#include "platform/files/encoder_file.hpp"
#include "platform/files/folder.hpp"

namespace debrief::platform {
namespace {

constexpr std::string_view runs_key = "random.runs";

}  // namespace

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
    close_store();
}

std::chrono::sys_days Context::day_of(core::Instant instant) const {
    return core::day_of(instant, config.utc_offset);
}

std::chrono::sys_days Context::today() {
    return day_of(now());
}

core::Status Context::open_store() {
    DEBRIEF_TRY(finish_swap(config.folder));
    auto opened = core::DeviceStore::open({.path = record_file(config.folder), .vfs = {}}, clock, random);
    if (!opened) return opened.error();
    // Without the mark a store works all the same: a full disk must not keep anybody from it.
    static_cast<void>(mark_kept(record_file(config.folder)));
    device = std::move(*opened);
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

const bot::encoder::Encoder* Context::encoder() {
    if (!encoder_sought_ && !config.encoder.empty()) {
        if (auto loaded = load_encoder(config.encoder)) encoder_.emplace(std::move(*loaded));
    }
    encoder_sought_ = true;
    return encoder_ ? &*encoder_ : nullptr;
}

}  // namespace debrief::platform
