#include "platform/app/rejoin.hpp"

#include <array>

#include "platform/app/announcer.hpp"
#include "platform/app/context.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/upload.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/net/sync_driver.hpp"

namespace debrief::platform {
namespace {

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
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) remove_file(path + tail);
}

core::Status move_store(const std::string& from, const std::string& to) {
    // The log goes first: a file without its log is older, a log without its file is nothing.
    for (const char* tail : {"-wal", ""}) {
        if (file_exists(from + tail)) DEBRIEF_TRY(rename_file(from + tail, to + tail));
    }
    remove_file(from + "-shm");
    return core::Ok{};
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

namespace {

/// Puts the fresh store, which is closed, into the place of the present one.
core::Status swap_in(Context& context, LocalRecords local) {
    const auto& folder = context.config.folder;
    if (local == LocalRecords::none) {
        // Somebody may have gone on writing while the server was asked.
        const auto records = has_local_records(context);
        if (!records) return records.error();
        if (*records) local = LocalRecords::upload;
    }
    context.close_store();
    const auto old_place = in(folder, local == LocalRecords::upload ? upload_file : discard_file);
    remove_store(old_place);
    auto moved = move_store(record_file(folder), old_place);
    auto opened = context.open_store();  // Puts the fresh one into its place.
    if (!moved) return moved.error();
    return opened;
}

}  // namespace

Rejoin::~Rejoin() = default;

void Rejoin::begin(Context& context, const std::string& invitation, const std::string& ca, LocalRecords local,
                   Done done) {
    if (context.rejoin) return done(Error{Errc::busy, "This device is joining a workspace already.", {}, {}});
    const auto path = in(context.config.folder, joining_file);
    remove_store(path);
    auto fresh = core::DeviceStore::open({.path = path, .vfs = {}}, context.clock, context.random);
    if (!fresh) return done(fresh.error());
    context.rejoin.reset(new Rejoin{local, std::move(done)});
    auto& rejoin = *context.rejoin;
    rejoin.fresh_ = std::move(*fresh);
    const LinkSetup setup{*rejoin.fresh_, context.clock, context.random, [] {}, context.config.stop};
    rejoin.link_ = context.config.link ? context.config.link(setup) : websocket_link(setup);
    rejoin.link_->begin_join(invitation, ca, SyncLink::join_timeout,
                             [&rejoin](const core::Status& joined) { rejoin.joined_ = joined; });
}

core::Status Rejoin::enrolled() const {
    DEBRIEF_TRY(*joined_);
    const auto enrolment = fresh_->enrolment();
    if (!enrolment) return enrolment.error();
    if (!*enrolment) return Error{Errc::internal, "The server enrolled this device, but it kept no enrolment.", {}, {}};
    return core::Ok{};
}

void Rejoin::poll(Context& context, std::chrono::milliseconds wait) {
    if (!context.rejoin->joined_) context.rejoin->link_->poll(wait);
    if (!context.rejoin->joined_) return;
    // Not from within the link's own call, for now it goes.
    const auto rejoin = std::move(context.rejoin);
    auto outcome = rejoin->enrolled();
    rejoin->link_.reset();
    rejoin->fresh_.reset();
    if (outcome) {
        outcome = swap_in(context, rejoin->local_);
    } else {
        remove_store(in(context.config.folder, joining_file));
    }
    rejoin->done_(outcome);
}

core::Status finish_swap(const std::string& folder) {
    const auto joining = in(folder, joining_file);
    if (file_exists(joining)) {
        if (!file_exists(record_file(folder))) {
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
    return file_exists(in(context.config.folder, upload_file));
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
