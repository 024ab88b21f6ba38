#include "platform/cli/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

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
    const std::string beside = path + ".tmp";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return unwritable(path, errno);
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int error = errno;
            ::close(file);
            ::unlink(beside.c_str());
            return unwritable(path, error);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file) != 0 || ::close(file) != 0 || ::rename(beside.c_str(), path.c_str()) != 0)
        return unwritable(path, errno);
    return core::Ok{};
}

}  // namespace debrief::platform::cli
