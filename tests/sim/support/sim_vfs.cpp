#include "tests/sim/support/sim_vfs.hpp"

#include <cstring>
#include <memory>
#include <new>
#include <string>

#include "tests/sim/support/sim_disk.hpp"

namespace debrief::sim {
namespace {

struct Open {
    SimDisk* disk = nullptr;
    std::shared_ptr<SimDisk::File> file;
    bool temporary = false;  // Never written to the disk: no fault, and gone with its closing.
};
struct Handle {
    sqlite3_file base;
    Open* open;
};

Open& at(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file)->open;
}
int meet(const Open& open, SimDisk::Call call) {
    return open.temporary ? SQLITE_OK : open.disk->meet(call);
}

int close(sqlite3_file* file) {
    delete reinterpret_cast<Handle*>(file)->open;
    file->pMethods = nullptr;
    return SQLITE_OK;
}
int read(sqlite3_file* file, void* data, int size, sqlite3_int64 from) {
    const auto& bytes = at(file).file->shown;
    const auto wanted = static_cast<std::size_t>(size), start = static_cast<std::size_t>(from);
    const auto there = start < bytes.size() ? std::min(wanted, bytes.size() - start) : 0;
    std::memcpy(data, bytes.data() + (there == 0 ? 0 : start), there);
    if (there == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(data) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
}
int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 to) {
    auto& open = at(file);
    const int code = meet(open, SimDisk::Call::write);
    auto length = static_cast<std::size_t>(size);
    if (code != SQLITE_OK) {
        if (open.temporary || !open.disk->half_written()) return code;
        length /= 2;
    }
    if (length > 0) SimDisk::write(*open.file, static_cast<const char*>(data), length, static_cast<std::size_t>(to));
    return code;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& open = at(file);
    if (const int code = meet(open, SimDisk::Call::truncate); code != SQLITE_OK) return code;
    SimDisk::truncate(*open.file, static_cast<std::size_t>(size));
    return SQLITE_OK;
}
int sync(sqlite3_file* file, int) {
    auto& open = at(file);
    if (const int code = meet(open, SimDisk::Call::sync); code != SQLITE_OK) {
        // As Linux has it: what could not be written counts as clean, and the next sync will not try it again.
        if (!open.temporary && open.disk->loses_failed_syncs()) open.file->unsynced.clear();
        return code;
    }
    SimDisk::sync(*open.file);
    return SQLITE_OK;
}
int size_of(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(at(file).file->shown.size());
    return SQLITE_OK;
}

// One program a machine: nobody to lock out.
int lock(sqlite3_file*, int) {
    return SQLITE_OK;
}
int reserved(sqlite3_file*, int* held) {
    *held = 0;
    return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return static_cast<int>(SimDisk::sector);
}
// As SQLite's own for Unix: what a write does not touch stays, also in the sector that it ends in.
int traits(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    auto& shared = at(file).file->shared;
    const auto wanted = static_cast<std::size_t>(region);
    *out = nullptr;
    if (shared.size() <= wanted) {
        if (extend == 0) return SQLITE_OK;
        // Addresses of earlier regions must not move.
        shared.reserve(64);
        while (shared.size() <= wanted) shared.emplace_back(static_cast<std::size_t>(size), '\0');
    }
    *out = shared[wanted].data();
    return SQLITE_OK;
}
int shm_lock(sqlite3_file*, int, int, int) {
    return SQLITE_OK;
}
void shm_barrier(sqlite3_file*) {}
int shm_unmap(sqlite3_file* file, int) {
    at(file).file->shared.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods methods = {2,        close,       read,      write,   truncate,    sync,   size_of,
                                    lock,     lock,        reserved,  control, sector_size, traits, shm_map,
                                    shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

SimDisk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<SimDisk*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto& disk = disk_of(vfs);
    file->pMethods = nullptr;
    auto made = std::make_unique<Open>();
    made->disk = &disk;
    made->temporary = path == nullptr || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    made->file = made->temporary ? std::make_shared<SimDisk::File>()
                                 : disk.open(path, (flags & SQLITE_OPEN_CREATE) != 0 && !disk.dead());
    if (made->file == nullptr) return SQLITE_CANTOPEN;
    reinterpret_cast<Handle*>(file)->open = made.release();
    file->pMethods = &methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}
int remove(sqlite3_vfs* vfs, const char* path, int) {
    auto& disk = disk_of(vfs);
    if (const int code = disk.meet(SimDisk::Call::remove); code != SQLITE_OK) return code;
    if (!disk.exists(path)) return SQLITE_IOERR_DELETE_NOENT;
    disk.remove(path);
    return SQLITE_OK;
}
int access(sqlite3_vfs* vfs, const char* path, int, int* result) {
    *result = disk_of(vfs).exists(path) ? 1 : 0;
    return SQLITE_OK;
}
int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
    if (std::strlen(path) >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::strcpy(out, path);
    return SQLITE_OK;
}
int randomness(sqlite3_vfs*, int size, char* out) {
    std::memset(out, 7, static_cast<std::size_t>(size));
    return size;
}
int sleep(sqlite3_vfs*, int microseconds) {
    return microseconds;
}
int julian_day_ms(sqlite3_vfs*, sqlite3_int64* now) {
    *now = 212'600'000'000'000;
    return SQLITE_OK;
}
int julian_day(sqlite3_vfs*, double* now) {
    *now = 2'460'000.0;
    return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

void fill_vfs(sqlite3_vfs& vfs, SimDisk& disk) {
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(Handle));
    vfs.mxPathname = 512;
    vfs.zName = disk.name().c_str();
    vfs.pAppData = &disk;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep;
    vfs.xCurrentTime = julian_day;
    vfs.xCurrentTimeInt64 = julian_day_ms;
    vfs.xGetLastError = last_error;
}

}  // namespace debrief::sim
