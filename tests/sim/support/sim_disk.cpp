#include "tests/sim/support/sim_disk.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "tests/sim/support/sim_vfs.hpp"

namespace debrief::sim {

struct SimDisk::Vfs {
    sqlite3_vfs vfs{};
};

SimDisk::SimDisk() : vfs_(std::make_unique<Vfs>()) {
    static std::uint64_t count = 0;
    name_ = "sim" + std::to_string(++count);
    fill_vfs(vfs_->vfs, *this);
    sqlite3_initialize();
    sqlite3_vfs_register(&vfs_->vfs, 0);
}
SimDisk::~SimDisk() {
    sqlite3_vfs_unregister(&vfs_->vfs);
}

void SimDisk::fail_at(std::uint64_t calls, DiskFault fault) {
    heal();
    fail_at_ = calls;
    fault_ = fault;
}
void SimDisk::heal() {
    calls_ = 0;
    fail_at_ = 0;
    fault_ = DiskFault::none;
    met_ = false;
    half_ = false;
}
void SimDisk::kill() {
    fault_ = DiskFault::dies;
    met_ = true;
}

int SimDisk::meet(Call call) {
    half_ = false;
    ++calls_;
    const bool first = fail_at_ != 0 && calls_ == fail_at_;
    if (first) met_ = true;
    if (!met_) return SQLITE_OK;
    const bool once = fault_ == DiskFault::error_once || fault_ == DiskFault::short_write;
    if (once && !first) return SQLITE_OK;
    if (fault_ == DiskFault::full) return call == Call::write ? SQLITE_FULL : SQLITE_OK;
    half_ = call == Call::write && (fault_ == DiskFault::short_write || (fault_ == DiskFault::dies && first));
    switch (call) {
        case Call::write:
            return SQLITE_IOERR_WRITE;
        case Call::sync:
            return SQLITE_IOERR_FSYNC;
        case Call::truncate:
            return SQLITE_IOERR_TRUNCATE;
        case Call::remove:
            return SQLITE_IOERR_DELETE;
    }
    return SQLITE_IOERR;
}

std::shared_ptr<SimDisk::File> SimDisk::open(const std::string& path, bool create) {
    const auto found = files_.find(path);
    if (found != files_.end()) return found->second;
    if (!create) return nullptr;
    return files_.emplace(path, std::make_shared<File>()).first->second;
}
void SimDisk::remove(const std::string& path) {
    files_.erase(path);
}

void SimDisk::write(File& file, const char* data, std::size_t size, std::size_t at) {
    if (file.shown.size() < at + size) file.shown.resize(at + size);
    file.shown.replace(at, size, data, size);
    for (auto part = at / sector; part <= (at + size - 1) / sector; ++part) file.unsynced.insert(part);
}
void SimDisk::truncate(File& file, std::size_t size) {
    if (size >= file.shown.size()) return;
    for (auto part = size / sector; part <= file.shown.size() / sector; ++part) file.unsynced.insert(part);
    file.shown.resize(size);
}

namespace {

// The size that a file has once `part` of it is as shown: sectors carry the file's end with them.
void settle(SimDisk::File& file, std::size_t part) {
    const auto from = part * SimDisk::sector;
    const auto size = from < file.shown.size() ? std::min(SimDisk::sector, file.shown.size() - from) : 0;
    if (size == 0) return;
    if (file.durable.size() < from + size) file.durable.resize(from + size);
    file.durable.replace(from, size, file.shown, from, size);
}

}  // namespace

void SimDisk::sync(File& file) {
    for (const auto part : file.unsynced) settle(file, part);
    file.durable.resize(file.shown.size());
    file.unsynced.clear();
}

void SimDisk::power_on(PowerCut cut, sync::test::FakeRandom& random) {
    for (auto& [path, file] : files_) {
        if (cut == PowerCut::none) {
            file->shared.clear();
            continue;  // Still to be written, all of it.
        }
        if (cut == PowerCut::torn) {
            for (const auto part : file->unsynced) {
                if (random.one_in(2)) settle(*file, part);
            }
            if (file->shown.size() < file->durable.size() && random.one_in(2)) file->durable.resize(file->shown.size());
        }
        file->shown = file->durable;
        file->unsynced.clear();
        file->shared.clear();
    }
    heal();
}

SimDisk::Image SimDisk::image() const {
    Image all;
    for (const auto& [path, file] : files_) all[path] = file->shown;
    return all;
}
void SimDisk::load(const Image& image) {
    files_.clear();
    for (const auto& [path, bytes] : image) {
        auto file = std::make_shared<File>();
        file->shown = file->durable = bytes;
        files_.emplace(path, std::move(file));
    }
    heal();
}

bool SimDisk::holds(std::string_view word) const {
    return std::any_of(files_.begin(), files_.end(), [&](const auto& at) {
        return at.second->shown.find(word) != std::string::npos || at.second->durable.find(word) != std::string::npos;
    });
}
std::set<std::string> SimDisk::words(std::string_view prefix, std::size_t length) const {
    std::set<std::string> found;
    for (const auto& [path, file] : files_) {
        for (const auto* bytes : {&file->shown, &file->durable}) {
            for (auto at = bytes->find(prefix); at != std::string::npos; at = bytes->find(prefix, at + 1))
                found.insert(bytes->substr(at, length));
        }
    }
    return found;
}
std::size_t SimDisk::bytes() const {
    std::size_t all = 0;
    for (const auto& [path, file] : files_) all += file->shown.size();
    return all;
}

}  // namespace debrief::sim
