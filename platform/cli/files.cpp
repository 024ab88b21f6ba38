#include "platform/cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "platform/cli/context.hpp"

namespace debrief::platform::cli {
namespace {

/// Not the store's fault, so not its exit code.
core::Error unreadable(const std::string& path, int error) {
    return {core::Errc::not_found, "'" + path + "' cannot be read. " + std::string{std::strerror(error)} + ".", "path",
            "ls -l " + path};
}

core::Error unwritable(const std::string& path, int error) {
    return {core::Errc::not_found, "'" + path + "' cannot be written. " + std::string{std::strerror(error)} + ".",
            "path", "Choose another file or folder."};
}

}  // namespace

core::Result<std::string> read_all(int file) {
    std::string all;
    std::array<char, 65536> buffer{};
    for (;;) {
        const auto got = ::read(file, buffer.data(), buffer.size());
        if (got == 0) return all;
        if (got < 0) {
            if (errno == EINTR && !interrupted()) continue;
            if (errno == EINTR) return core::Error{core::Errc::cancelled, "Reading was broken off.", "", ""};
            return unreadable("standard input", errno);
        }
        all.append(buffer.data(), static_cast<std::size_t>(got));
        if (all.size() > file_bytes_max) {
            return core::Error{core::Errc::too_large, "This is over 64 MiB. No text of this kind is that long.", "",
                               "Give a smaller file."};
        }
    }
}

core::Result<std::string> read_file(const std::string& path) {
    if (path == "-") return read_all(STDIN_FILENO);
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return unreadable(path, errno);
    auto read = read_all(file);
    ::close(file);
    return read;
}

core::Status write_file(const std::string& path, std::string_view bytes) {
    // A link stands for the file that it leads to. Only a plain file is put in place whole, by renaming: a device or a
    // pipe has nothing that could be replaced.
    std::error_code ignored;
    const auto led_to = std::filesystem::weakly_canonical(path, ignored);
    const std::string target = ignored ? path : led_to.string();
    struct stat info {};
    const bool in_place = ::stat(target.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
    const std::string written_to = in_place ? target : target + ".tmp";
    const int file = ::open(written_to.c_str(), O_WRONLY | O_CLOEXEC | (in_place ? 0 : O_CREAT | O_TRUNC), 0600);
    if (file < 0) return unwritable(path, errno);
    const auto give_up = [&](int error) {
        ::close(file);
        if (!in_place) ::unlink(written_to.c_str());
        return unwritable(path, error);
    };
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return give_up(errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    // Devices and pipes know no fsync.
    if (!in_place && ::fsync(file) != 0) return give_up(errno);
    if (::close(file) != 0) return unwritable(path, errno);
    if (!in_place && ::rename(written_to.c_str(), target.c_str()) != 0) return unwritable(path, errno);
    return core::Ok{};
}

}  // namespace debrief::platform::cli
