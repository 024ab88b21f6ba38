#include "tests/core/support/failing_vfs.hpp"

#include <sqlite3.h>

#include <cstring>

namespace debrief::core::test {
namespace {

std::int64_t left = FailingDisk::never, done = 0;
bool full = false;

struct File {
    sqlite3_file base;
    sqlite3_io_methods methods;
    const sqlite3_io_methods* real;
};
static_assert(sizeof(File) % 8 == 0);

sqlite3_file* below(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
}

bool stopped() {
    if (left <= 0) return true;
    --left;
    ++done;
    return false;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    if (stopped()) return full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return below(file)->pMethods->xWrite(below(file), data, size, at);
}
int sync(sqlite3_file* file, int flags) {
    if (stopped()) return SQLITE_IOERR_FSYNC;
    return below(file)->pMethods->xSync(below(file), flags);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (stopped()) return SQLITE_IOERR_TRUNCATE;
    return below(file)->pMethods->xTruncate(below(file), size);
}

int close(sqlite3_file* file) {
    return below(file)->pMethods->xClose(below(file));
}
int read(sqlite3_file* file, void* data, int size, sqlite3_int64 at) {
    return below(file)->pMethods->xRead(below(file), data, size, at);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return below(file)->pMethods->xFileSize(below(file), size);
}
int lock(sqlite3_file* file, int kind) {
    return below(file)->pMethods->xLock(below(file), kind);
}
int unlock(sqlite3_file* file, int kind) {
    return below(file)->pMethods->xUnlock(below(file), kind);
}
int reserved(sqlite3_file* file, int* held) {
    return below(file)->pMethods->xCheckReservedLock(below(file), held);
}
int control(sqlite3_file* file, int op, void* arg) {
    return below(file)->pMethods->xFileControl(below(file), op, arg);
}
int sector(sqlite3_file* file) {
    return below(file)->pMethods->xSectorSize(below(file));
}
int traits(sqlite3_file* file) {
    return below(file)->pMethods->xDeviceCharacteristics(below(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return below(file)->pMethods->xShmMap(below(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return below(file)->pMethods->xShmLock(below(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) {
    below(file)->pMethods->xShmBarrier(below(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return below(file)->pMethods->xShmUnmap(below(file), remove);
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto* real = static_cast<sqlite3_vfs*>(vfs->pAppData);
    auto* wrapper = reinterpret_cast<File*>(file);
    std::memset(wrapper, 0, sizeof(File));
    const int code = real->xOpen(real, path, below(file), flags, out_flags);
    if (code != SQLITE_OK || below(file)->pMethods == nullptr) return code;
    auto& m = wrapper->methods;
    m.iVersion = below(file)->pMethods->iVersion < 2 ? 1 : 2;
    m.xClose = close, m.xRead = read, m.xWrite = write, m.xTruncate = truncate, m.xSync = sync, m.xFileSize = file_size;
    m.xLock = lock, m.xUnlock = unlock, m.xCheckReservedLock = reserved, m.xFileControl = control;
    m.xSectorSize = sector, m.xDeviceCharacteristics = traits;
    m.xShmMap = shm_map, m.xShmLock = shm_lock, m.xShmBarrier = shm_barrier, m.xShmUnmap = shm_unmap;
    file->pMethods = &m;
    return SQLITE_OK;
}

void register_once() {
    static sqlite3_vfs vfs;
    if (vfs.zName != nullptr) return;
    sqlite3_initialize();
    auto* real = sqlite3_vfs_find(nullptr);
    vfs = *real;
    vfs.zName = FailingDisk::name;
    vfs.pNext = nullptr;
    vfs.pAppData = real;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    vfs.xOpen = open;
    sqlite3_vfs_register(&vfs, 0);
}

}  // namespace

void FailingDisk::stop_after(std::int64_t operations) {
    register_once();
    left = operations;
    done = 0;
}
std::int64_t FailingDisk::operations() {
    return done;
}
void FailingDisk::say_full(bool is_full) {
    full = is_full;
}

}  // namespace debrief::core::test
