#include "platform/app/rejoin.hpp"

#include <array>
#include <filesystem>
#include <system_error>

#include "platform/app/announcer.hpp"
#include "platform/app/context.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/store_folder.hpp"
#include "platform/app/upload.hpp"
#include "platform/net/sync_driver.hpp"

namespace debrief::platform {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::Error;

// The fresh store while it enrols; the old one while its records wait to be carried over, or for nothing.
constexpr const char* joining_file = "joining.db";
constexpr const char* upload_file = "upload.db";
constexpr const char* discard_file = "discard.db";

std::string in(const std::string& folder, const char* file) {
    return folder + "/" + file;
}

void remove_store(const std::string& path) {
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) fs::remove(path + tail, ignored);
}

core::Status move_store(const std::string& from, const std::string& to) {
    std::error_code failed;
    // The log goes first: a file without its log is older, a log without its file is nothing.
    for (const char* tail : {"-wal", ""}) {
        if (!fs::exists(from + tail, failed)) continue;
        fs::rename(from + tail, to + tail, failed);
        if (failed) return Error{Errc::io, "Cannot rename " + from + ": " + failed.message() + ".", {}, {}};
    }
    fs::remove(from + "-shm", failed);
    return core::Ok{};
}

core::Result<core::Enrolment> enrol_fresh(Context& context, const std::string& invitation, const std::string& ca) {
    const auto path = in(context.config.folder, joining_file);
    remove_store(path);
    auto fresh = core::DeviceStore::open({.path = path, .vfs = {}}, context.clock, context.random);
    if (!fresh) return fresh.error();
    const LinkSetup setup{**fresh, context.clock, context.random, [] {}, context.config.stop};
    const auto link = context.config.link ? context.config.link(setup) : websocket_link(setup);
    DEBRIEF_TRY(link->join(invitation, ca, SyncLink::join_timeout));
    const auto enrolment = (*fresh)->enrolment();
    if (!enrolment) return enrolment.error();
    if (!*enrolment) return Error{Errc::internal, "The server enrolled this device, but it kept no enrolment.", {}, {}};
    return **enrolment;
}

}  // namespace

core::Result<bool> has_local_records(Context& context) {
    for (const auto& table : core::catalogue().tables) {
        if (table.scope == core::ScopeRule::directory) continue;
        const auto page = context.store().list(
            {.table = std::string{table.name}, .where = {}, .order = "id", .limit = 1, .after = {}});
        if (!page) return page.error();
        if (!page->records.empty()) return true;
    }
    return false;
}

core::Status join_afresh(Context& context, const std::string& invitation, const std::string& ca, LocalRecords local) {
    const auto& folder = context.config.folder;
    if (auto enrolled = enrol_fresh(context, invitation, ca); !enrolled) {
        remove_store(in(folder, joining_file));
        return enrolled.error();
    }
    context.close_store();
    const auto old_place = in(folder, local == LocalRecords::upload ? upload_file : discard_file);
    remove_store(old_place);
    auto moved = move_store(record_file(folder), old_place);
    auto opened = context.open_store();  // Puts the fresh one into its place.
    if (!moved) return moved.error();
    return opened;
}

core::Status finish_swap(const std::string& folder) {
    std::error_code failed;
    const auto joining = in(folder, joining_file);
    if (fs::exists(joining, failed)) {
        if (!fs::exists(record_file(folder), failed)) {
            DEBRIEF_TRY(move_store(joining, record_file(folder)));
        } else {
            remove_store(
                joining);  // It never came to the swap; the invitation may be used up, the records are all here.
        }
    }
    remove_store(in(folder, discard_file));
    return core::Ok{};
}

bool upload_waits(const Context& context) {
    std::error_code failed;
    return fs::exists(in(context.config.folder, upload_file), failed);
}

core::Result<std::uint64_t> upload_waiting(Context& context) {
    if (!upload_waits(context)) return std::uint64_t{0};
    const auto path = in(context.config.folder, upload_file);
    auto old = core::DeviceStore::open({.path = path, .vfs = {}}, context.clock, context.random);
    if (!old) return old.error();
    const auto uploaded = upload_records((*old)->records(), context.store());
    if (!uploaded) return uploaded.error();
    old->reset();
    remove_store(path);
    return *uploaded;
}

}  // namespace debrief::platform
