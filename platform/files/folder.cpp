#include "platform/files/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace debrief::platform {
namespace {

core::Error io_error(const std::string& doing, const std::string& path, int number) {
    return {number == ENOSPC ? core::Errc::full : core::Errc::io,
            "Cannot " + doing + " " + path + ": " + std::strerror(number) + ".", "",
            "Choose another folder with --store or --data, or make this one writable for you."};
}

}  // namespace

core::Status prepare_folder(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        if (errno != ENOENT) return io_error("look at", path, errno);
        std::error_code error;
        const auto above = std::filesystem::path(path).parent_path();
        if (!above.empty()) std::filesystem::create_directories(above, error);
        if (error) return io_error("make the folder", above.string(), error.value());
        if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return io_error("make the folder", path, errno);
        if (::stat(path.c_str(), &info) != 0) return io_error("look at", path, errno);
    }
    if (!S_ISDIR(info.st_mode)) return io_error("use as a folder:", path, ENOTDIR);
    if ((info.st_mode & 0077U) != 0) {
        return core::Error{
            core::Errc::denied,
            "Other users of this machine can look into " + path + ". What lies in it is for its owner only.", "",
            "Run: chmod 700 '" + path + "'"};
    }
    return core::Ok{};
}

core::Status check_kept(const std::string& file) {
    struct stat info {};
    const bool missing = ::stat(file.c_str(), &info) != 0;
    if (!missing && (!S_ISREG(info.st_mode) || info.st_size > 0)) return core::Ok{};
    // One of no length is what SQLite leaves when a first run is killed; but not where a store was in use before.
    const bool marked = ::stat((file + ".kept").c_str(), &info) == 0;
    const bool logged = ::stat((file + "-wal").c_str(), &info) == 0 && info.st_size > 0;
    if (!marked && !logged) return core::Ok{};
    return core::Error{core::Errc::corrupt,
                       "The store is damaged: " + file + (missing ? " is missing" : " is empty") +
                           ", and it was not before. Nothing was written over it.",
                       "", "Keep a copy of the folder, then put the file back from a copy or begin in a new folder."};
}

core::Status mark_kept(const std::string& file) {
    const auto mark = file + ".kept";
    // Empty on purpose, so that a full disk does not refuse it; its name says what it means.
    const int descriptor = ::open(mark.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return errno == EEXIST ? core::Status{core::Ok{}} : io_error("write", mark, errno);
    const bool done = ::fsync(descriptor) == 0;
    const int number = errno;
    ::close(descriptor);
    if (!done) return io_error("write", mark, number);
    // The name itself is on disk once the folder is.
    const auto folder = std::filesystem::path{file}.parent_path();
    const int inside = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (inside >= 0) {
        ::fsync(inside);
        ::close(inside);
    }
    return core::Ok{};
}

core::Result<std::optional<FileLock>> FileLock::try_lock(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return io_error("open", path, errno);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return std::optional<FileLock>{FileLock{descriptor}};
    const int number = errno;
    ::close(descriptor);
    if (number == EWOULDBLOCK) return std::optional<FileLock>{};
    return io_error("lock", path, number);
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}
FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

}  // namespace debrief::platform
