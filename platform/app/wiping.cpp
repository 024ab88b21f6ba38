#include "platform/app/wiping.hpp"

#include <thread>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/context.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/presence.hpp"
#include "platform/files/folder.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/log/log.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr const char* note_file = "wiped.json";
constexpr std::chrono::seconds other_program_max{10};

std::string in_folder(const std::string& folder, const std::string& file) {
    return folder + "/" + file;
}

/// Everything that a store ever has; the files with the words first.
std::vector<std::string> store_files() {
    std::vector<std::string> files;
    for (const char* store : {"debrief.db", "joining.db", "upload.db", "discard.db"}) {
        for (const char* tail : {"", "-wal", "-journal", "-shm", ".kept"}) files.push_back(std::string{store} + tail);
    }
    for (const char* small : {"sync.state", "sync.state.new"}) files.emplace_back(small);
    return files;
}

core::Status write_note(const std::string& folder, const CutOffStore& store, bool removed) {
    const json note{{"removed", removed},
                    {"cut_off_at", store.cut_off_at.count()},
                    {"wiped_at", store.wiped_at.count()},
                    {"handed_over", store.handed_over},
                    {"lost", store.lost}};
    const auto path = in_folder(folder, note_file);
    DEBRIEF_TRY(write_file(path, note.dump() + "\n"));
    return sync_file(path);
}

json read_note(const std::string& folder) {
    const auto path = in_folder(folder, note_file);
    if (!file_exists(path)) return nullptr;
    const auto text = read_file(path, 64U << 10U);
    const auto note = text ? parsed(*text) : json(nullptr);
    return note.is_object() ? note : json::object();
}

CutOffStore store_of(const json& note) {
    const auto number = [&](const char* key) {
        return note.contains(key) && note[key].is_number_integer() ? note[key].get<std::int64_t>() : 0;
    };
    return {core::Instant{number("cut_off_at")}, core::Instant{number("wiped_at")},
            static_cast<std::uint64_t>(number("handed_over")), static_cast<std::uint64_t>(number("lost"))};
}

/// One program removes, the others wait for it.
core::Result<std::optional<FileLock>> lock_for_wiping(const std::string& folder) {
    const auto until = std::chrono::steady_clock::now() + other_program_max;
    for (;;) {
        auto lock = FileLock::try_lock(in_folder(folder, "wipe.lock"));
        if (!lock || *lock || std::chrono::steady_clock::now() > until) return lock;
        std::this_thread::sleep_for(20ms);
    }
}

}  // namespace

std::optional<CutOffStore> wiped_in(const std::string& folder) {
    const auto note = read_note(folder);
    if (note.is_null()) return std::nullopt;
    return store_of(note);
}

core::Status finish_wiping(const std::string& folder) {
    if (!file_exists(in_folder(folder, note_file))) return core::Ok{};
    const auto lock = lock_for_wiping(folder);
    if (!lock) return lock.error();
    if (!*lock)
        return core::Error{core::Errc::busy, "Another program is removing this store.", {}, "Try again in a moment."};
    const auto note = read_note(folder);
    if (note.is_null() || note.value("removed", false)) return core::Ok{};
    core::Status all = core::Ok{};
    for (const auto& file : store_files()) {
        if (const auto gone = shred_file(in_folder(folder, file)); !gone) all = gone.error();
    }
    DEBRIEF_TRY(all);
    return write_note(folder, store_of(note), true);
}

void wipe_store(Context& context, const sync::WipeOrder& order) {
    const auto& folder = context.config.folder;
    context.presence->forget_own();
    const CutOffStore store{order.cut_off_at, context.now(), order.handed_over, order.lost};
    // Without a note the files go all the same: on a full disk there is room for it afterwards.
    const auto noted = write_note(folder, store, false);
    context.close_store();
    auto done = finish_wiping(folder);
    if (!noted) {
        for (const auto& file : store_files()) static_cast<void>(shred_file(in_folder(folder, file)).has_value());
        done = write_note(folder, store, true);
    }
    if (!done) log(LogLevel::error, "wipe_unfinished", {{"why", done.error().detail}});
    context.open_empty_store();
    context.keeper->tell_status();
}

void notice_wiping(Context& context) {
    const bool noted = file_exists(in_folder(context.config.folder, note_file));
    if (noted == context.wiped.has_value()) return;
    if (!noted) return context.wiped.reset();
    context.close_store();
    if (const auto done = finish_wiping(context.config.folder); !done)
        log(LogLevel::error, "wipe_unfinished", {{"why", done.error().detail}});
    context.open_empty_store();
    context.keeper->tell_status();
}

void forget_wiping(Context& context) {
    remove_file(in_folder(context.config.folder, note_file));
    context.wiped.reset();
}

json wiped_json(const CutOffStore& store) {
    const auto instant = [](core::Instant at) { return at.count() > 0 ? json(core::instant_text(at)) : json(nullptr); };
    return {{"at", instant(store.wiped_at)},
            {"cut_off_at", instant(store.cut_off_at)},
            {"handed_over", store.handed_over},
            {"lost", store.lost}};
}

core::Error wiped_error(const CutOffStore& store) {
    return {core::Errc::denied, cut_off_words(store), {}, cut_off_hint};
}

}  // namespace debrief::platform
