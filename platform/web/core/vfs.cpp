#include "platform/web/core/vfs.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/web/core/host.h"

namespace debrief::platform {
namespace {

/// One open file. A store is opened once, by the one tab that owns it: so locks are always free, and what SQLite would
/// share over memory (the index of its log) is memory of our own.
struct HostFile {
    sqlite3_file base;
    int file;
    bool temporary;  ///< Goes when it is closed.
    char name[64];
    std::vector<std::unique_ptr<char[]>>* shared;
};

HostFile& as_host(sqlite3_file* file) {
    return *reinterpret_cast<HostFile*>(file);
}

std::string_view name_of(const char* path) {
    const std::string_view all{path};
    return all.substr(all.rfind('/') + 1);
}

int close_file(sqlite3_file* file) {
    auto& open = as_host(file);
    host_file_close(open.file);
    delete std::exchange(open.shared, nullptr);
    if (open.temporary) host_file_remove(open.name);
    return SQLITE_OK;
}

int read_file_at(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    const int got = host_file_read(as_host(file).file, into, count, static_cast<double>(offset));
    if (got < 0) return SQLITE_IOERR_READ;
    if (got == count) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + got, 0, static_cast<std::size_t>(count - got));
    return SQLITE_IOERR_SHORT_READ;
}

int write_file_at(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    switch (host_file_write(as_host(file).file, from, count, static_cast<double>(offset))) {
        case host_done:
            return SQLITE_OK;
        case host_full:
            return SQLITE_FULL;
        default:
            return SQLITE_IOERR_WRITE;
    }
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    return host_file_truncate(as_host(file).file, static_cast<double>(size)) == host_done ? SQLITE_OK
                                                                                          : SQLITE_IOERR_TRUNCATE;
}

int sync_file(sqlite3_file* file, int) {
    switch (host_file_sync(as_host(file).file)) {
        case host_done:
            return SQLITE_OK;
        case host_full:
            return SQLITE_FULL;
        default:
            return SQLITE_IOERR_FSYNC;
    }
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    const double bytes = host_file_size(as_host(file).file);
    if (bytes < 0) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(bytes);
    return SQLITE_OK;
}

int take_lock(sqlite3_file*, int) {
    return SQLITE_OK;
}

int see_lock(sqlite3_file*, int* locked) {
    *locked = 0;
    return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
    return 4096;
}

int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** at) {
    auto& regions = *as_host(file).shared;
    const auto wanted = static_cast<std::size_t>(region);
    *at = nullptr;
    if (wanted >= regions.size()) {
        if (extend == 0) return SQLITE_OK;
        regions.resize(wanted + 1);
    }
    if (!regions[wanted]) {
        regions[wanted].reset(new (std::nothrow) char[static_cast<std::size_t>(size)]());
        if (!regions[wanted]) return SQLITE_NOMEM;
    }
    *at = regions[wanted].get();
    return SQLITE_OK;
}

int lock_shared(sqlite3_file*, int, int, int) {
    return SQLITE_OK;
}

void order_shared(sqlite3_file*) {}

int unmap_shared(sqlite3_file* file, int) {
    as_host(file).shared->clear();
    return SQLITE_OK;
}

const sqlite3_io_methods file_methods{.iVersion = 2,
                                      .xClose = close_file,
                                      .xRead = read_file_at,
                                      .xWrite = write_file_at,
                                      .xTruncate = truncate_file,
                                      .xSync = sync_file,
                                      .xFileSize = size_of_file,
                                      .xLock = take_lock,
                                      .xUnlock = take_lock,
                                      .xCheckReservedLock = see_lock,
                                      .xFileControl = control_file,
                                      .xSectorSize = sector_size,
                                      .xDeviceCharacteristics = characteristics,
                                      .xShmMap = map_shared,
                                      .xShmLock = lock_shared,
                                      .xShmBarrier = order_shared,
                                      .xShmUnmap = unmap_shared,
                                      .xFetch = nullptr,
                                      .xUnfetch = nullptr};

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* given) {
    auto& open = as_host(file);
    open.base.pMethods = nullptr;
    const auto name = path == nullptr ? std::string_view{"temporary"} : name_of(path);
    if (name.size() >= sizeof open.name) return SQLITE_CANTOPEN;
    std::memcpy(open.name, name.data(), name.size());
    open.name[name.size()] = '\0';
    open.temporary = path == nullptr || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    open.file = host_file_open(open.name, (flags & SQLITE_OPEN_CREATE) != 0 ? 1 : 0);
    if (open.file < 0) return SQLITE_CANTOPEN;
    open.shared = new (std::nothrow) std::vector<std::unique_ptr<char[]>>;
    if (open.shared == nullptr) return SQLITE_NOMEM;
    open.base.pMethods = &file_methods;
    if (given != nullptr) *given = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* path, int) {
    const std::string_view name = name_of(path);
    return host_file_remove(name.data()) == host_done ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int look_at_file(sqlite3_vfs*, const char* path, int, int* there) {
    *there = host_file_exists(name_of(path).data());
    return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* path, int size, char* out) {
    const std::size_t length = std::strlen(path);
    if (length >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::memcpy(out, path, length + 1);
    return SQLITE_OK;
}

int random_bytes(sqlite3_vfs*, int count, char* out) {
    host_random(out, count);
    return count;
}

int sleep_for(sqlite3_vfs*, int) {
    return 0;  // Nobody else holds the file, so there is nothing to wait for.
}

int current_time(sqlite3_vfs*, sqlite3_int64* now) {
    using namespace std::chrono;
    // SQLite counts milliseconds since noon in Greenwich on 24 November 4714 BC.
    constexpr sqlite3_int64 unix_epoch = 210'866'760'000'000;
    *now = unix_epoch + duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    return SQLITE_OK;
}

int current_day(sqlite3_vfs* vfs, double* day) {
    sqlite3_int64 now = 0;
    const int code = current_time(vfs, &now);
    *day = static_cast<double>(now) / 86'400'000.0;
    return code;
}

int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

sqlite3_vfs host_vfs{.iVersion = 2,
                     .szOsFile = sizeof(HostFile),
                     .mxPathname = 512,
                     .pNext = nullptr,
                     .zName = "host",
                     .pAppData = nullptr,
                     .xOpen = open_file,
                     .xDelete = delete_file,
                     .xAccess = look_at_file,
                     .xFullPathname = full_name,
                     .xDlOpen = nullptr,
                     .xDlError = nullptr,
                     .xDlSym = nullptr,
                     .xDlClose = nullptr,
                     .xRandomness = random_bytes,
                     .xSleep = sleep_for,
                     .xCurrentTime = current_day,
                     .xGetLastError = last_error,
                     .xCurrentTimeInt64 = current_time,
                     .xSetSystemCall = nullptr,
                     .xGetSystemCall = nullptr,
                     .xNextSystemCall = nullptr};

}  // namespace

core::Status use_host_files() {
    if (sqlite3_initialize() == SQLITE_OK && sqlite3_vfs_find("host") != nullptr) return core::Ok{};
    return core::Error{core::Errc::internal, "The browser's files cannot be used by the store.", {}, {}};
}

}  // namespace debrief::platform

// SQLite asks for its files by these names when it is built without an operating system's.
extern "C" {
int sqlite3_os_init() {
    return sqlite3_vfs_register(&debrief::platform::host_vfs, 1);
}
int sqlite3_os_end() {
    return SQLITE_OK;
}
}
