#include "platform/files/store_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "platform/files/folder.hpp"

namespace debrief::platform {
namespace {

namespace fs = std::filesystem;
using core::Errc;
using core::Error;

Error disk_error(const std::string& doing, const std::string& path, int code) {
    return {.code = code == ENOSPC ? Errc::full : Errc::io,
            .detail = "Cannot " + doing + " " + path + ": " + std::strerror(code) + ".",
            .field = {},
            .hint = "Check that the disk is there, has room, and lets you write."};
}

}  // namespace

std::string record_file(const std::string& folder) {
    return folder + "/debrief.db";
}

core::Status prepare_store_folder(const std::string& folder) {
    std::error_code failed;
    // An empty folder holds no secret yet: closing it takes nothing from anybody.
    if (fs::is_directory(folder, failed) && fs::is_empty(folder, failed) && !failed) ::chmod(folder.c_str(), 0700);
    DEBRIEF_TRY(prepare_folder(folder));
    struct stat info {};
    const auto file = record_file(folder);
    if (::stat(file.c_str(), &info) != 0) return core::Ok{};
    // SQLite takes a file of less than its smallest page for an empty one, and would write over what is left of it.
    if (S_ISREG(info.st_mode) && info.st_size > 0 && info.st_size < 512) {
        return Error{Errc::corrupt,
                     "The store is damaged: " + file + " holds only " + std::to_string(info.st_size) + " bytes.", "",
                     "Keep a copy of the folder, then run 'debrief doctor' or join again in a new folder."};
    }
    DEBRIEF_TRY(check_kept(file));
    if ((info.st_mode & 077U) != 0) {
        return Error{Errc::denied,
                     "Other users of this machine can read " + file + ". Your notes about customers are kept in it.",
                     "", "Run: chmod 600 '" + file + "'"};
    }
    return core::Ok{};
}

core::Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    std::error_code failed;
    if (!fs::exists(path, failed))
        return Error{Errc::not_found, "There is no file " + path + ".", "path", "Check the spelling."};
    if (fs::is_regular_file(path, failed) && fs::file_size(path, failed) > bytes_max) {
        return Error{Errc::too_large, path + " is larger than " + std::to_string(bytes_max >> 20U) + " MB.", "path",
                     "Cut it into several files."};
    }
    std::ifstream in{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    if (!in.is_open() || in.bad()) return disk_error("read", path, in.is_open() ? EIO : errno);
    return text;
}

core::Status write_file(const std::string& path, const std::string& text) {
    const std::string fresh = path + ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return disk_error("write", fresh, errno);
    const auto written = ::write(file, text.data(), text.size());
    const int code = written < 0 ? errno : ENOSPC;
    ::close(file);
    if (written != static_cast<ssize_t>(text.size())) return disk_error("write", fresh, code);
    if (::rename(fresh.c_str(), path.c_str()) != 0) return disk_error("replace", path, errno);
    return core::Ok{};
}

core::Status sync_file(const std::string& path) {
    for (const auto& place : {path, fs::path{path}.parent_path().string()}) {
        const int file = ::open(place.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return disk_error("open", place, errno);
        const int code = ::fsync(file) == 0 ? 0 : errno;
        ::close(file);
        if (code != 0) return disk_error("write", place, code);
    }
    return core::Ok{};
}

core::Status shred_file(const std::string& path) {
    if (const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW); file >= 0) {
        struct stat info {};
        static constexpr std::array<char, 64U << 10U> zeros{};
        off_t left = ::fstat(file, &info) == 0 && S_ISREG(info.st_mode) ? info.st_size : 0;
        while (left > 0) {
            const auto part = std::min<off_t>(left, static_cast<off_t>(zeros.size()));
            const auto written = ::write(file, zeros.data(), static_cast<std::size_t>(part));
            if (written <= 0) break;  // Then it is only removed.
            left -= written;
        }
        ::fsync(file);
        ::close(file);
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return disk_error("remove", path, errno);
    return core::Ok{};
}

bool file_exists(const std::string& path) {
    std::error_code failed;
    return fs::exists(path, failed);
}

void remove_file(const std::string& path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

core::Status rename_file(const std::string& from, const std::string& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    if (failed) return Error{Errc::io, "Cannot rename " + from + ": " + failed.message() + ".", {}, {}};
    return core::Ok{};
}

core::Result<std::vector<std::string>> files_at(const std::string& path, const std::string& ending) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) return std::vector<std::string>{path};
    std::vector<std::string> paths;
    for (fs::directory_iterator entry{path, failed}, end; !failed && entry != end; entry.increment(failed)) {
        if (entry->path().extension() == ending) paths.push_back(entry->path().string());
    }
    if (paths.empty()) {
        return Error{Errc::not_found, "There is no file *" + ending + " in " + path + ".", "path",
                     "Name the file, or the folder that holds it."};
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace debrief::platform
