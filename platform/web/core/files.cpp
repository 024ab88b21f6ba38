// A store's files in a browser: names in the site's private storage, without folders. The same functions as
// platform/files has for a machine.
#include <algorithm>
#include <utility>

#include "platform/files/encoder_file.hpp"
#include "platform/files/folder.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/web/core/data.hpp"
#include "platform/web/core/host.h"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;

Error storage_error(const std::string& doing, int code) {
    if (code == host_full) {
        return {Errc::full,
                "The browser's storage is full; " + doing + " did not work.",
                {},
                "Free some space on this device, or take a copy of your notes out of the browser."};
    }
    return {Errc::io,
            "The browser's storage gave an error: " + doing + " did not work.",
            {},
            "Reload the page. What was saved before stays saved."};
}

const char* name_in(const std::string& path) {
    return path.c_str() + path.rfind('/') + 1;
}

/// Closes what it holds.
struct OpenFile {
    explicit OpenFile(int number) : file(number) {}
    ~OpenFile() {
        if (file >= 0) host_file_close(file);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int file;
};

double size_of(const std::string& path) {
    const OpenFile open{host_file_open(name_in(path), 0)};
    return open.file < 0 ? -1 : host_file_size(open.file);
}

}  // namespace

std::string record_file(const std::string& folder) {
    return folder + "/debrief.db";
}

core::Status prepare_store_folder(const std::string& folder) {
    const double size = size_of(record_file(folder));
    if (size > 0 && size < 512) {
        return Error{Errc::corrupt,
                     "The store is damaged: only " + std::to_string(static_cast<int>(size)) +
                         " bytes of it are left in this browser.",
                     {},
                     "Join again with a new invitation: what the server has comes back."};
    }
    return check_kept(record_file(folder));
}

// A browser that clears a site clears all of it, the mark as well: the page keeps one of its own (platform/web/worker).
core::Status check_kept(const std::string& file) {
    const bool marked = host_file_exists(name_in(file + ".kept")) != 0;
    if (!marked || size_of(file) > 0 || size_of(file + "-wal") > 0) return core::Ok{};
    return Error{Errc::corrupt,
                 "The store is damaged: it is empty, and it was not before.",
                 {},
                 "Join again with a new invitation: what the server has comes back."};
}

core::Status mark_kept(const std::string& file) {
    const OpenFile open{host_file_open(name_in(file + ".kept"), 1)};
    if (open.file < 0) return storage_error("marking the store", host_failed);
    const int done = host_file_sync(open.file);
    return done == host_done ? core::Status{core::Ok{}} : storage_error("marking the store", done);
}

core::Status prepare_folder(const std::string&) {
    return core::Ok{};
}

core::Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    const OpenFile open{host_file_open(name_in(path), 0)};
    if (open.file < 0) return Error{Errc::not_found, "There is no file " + path + ".", "path", {}};
    const double size = host_file_size(open.file);
    if (size > static_cast<double>(bytes_max)) return Error{Errc::too_large, path + " is too large.", "path", {}};
    std::string text(static_cast<std::size_t>(std::max(size, 0.0)), '\0');
    const int got = host_file_read(open.file, text.data(), static_cast<int>(text.size()), 0);
    if (size < 0 || got != static_cast<int>(text.size())) return storage_error("reading " + path, host_failed);
    return text;
}

core::Status write_file(const std::string& path, const std::string& text) {
    const auto fresh = path + ".new";
    int done = host_failed;
    {
        const OpenFile open{host_file_open(name_in(fresh), 1)};
        if (open.file >= 0) done = host_file_truncate(open.file, 0);
        if (done == host_done) done = host_file_write(open.file, text.data(), static_cast<int>(text.size()), 0);
    }
    if (done == host_done) done = host_file_rename(name_in(fresh), name_in(path));
    return done == host_done ? core::Status{core::Ok{}} : storage_error("writing " + path, done);
}

core::Status sync_file(const std::string& path) {
    const OpenFile open{host_file_open(name_in(path), 0)};
    const int done = open.file < 0 ? static_cast<int>(host_failed) : host_file_sync(open.file);
    return done == host_done ? core::Status{core::Ok{}} : storage_error("writing " + path, done);
}

core::Status shred_file(const std::string& path) {
    if (const OpenFile open{host_file_open(name_in(path), 0)}; open.file >= 0) {
        const std::string zeros(64U << 10U, '\0');
        const double size = host_file_size(open.file);
        for (double at = 0; at < size; at += static_cast<double>(zeros.size())) {
            const auto part = static_cast<int>(std::min(size - at, static_cast<double>(zeros.size())));
            if (host_file_write(open.file, zeros.data(), part, at) != host_done) break;  // Then it is only removed.
        }
        static_cast<void>(host_file_sync(open.file));
    }
    const int done = host_file_remove(name_in(path));
    return done == host_done ? core::Status{core::Ok{}} : storage_error("removing " + path, done);
}

bool file_exists(const std::string& path) {
    return host_file_exists(name_in(path)) != 0;
}

void remove_file(const std::string& path) {
    host_file_remove(name_in(path));
}

core::Status rename_file(const std::string& from, const std::string& to) {
    const int done = host_file_rename(name_in(from), name_in(to));
    return done == host_done ? core::Status{core::Ok{}} : storage_error("renaming " + from, done);
}

core::Result<std::vector<std::string>> files_at(const std::string&, const std::string&) {
    return Error{Errc::invalid, "A page cannot read files by their path.", "path",
                 "Choose the file on the page: its 'text' is imported."};
}

// The tab that runs this owns the store: the page has seen to that before the module was started.
core::Result<std::optional<FileLock>> FileLock::try_lock(const std::string&) {
    return std::optional<FileLock>{FileLock{0}};
}
FileLock::~FileLock() = default;
FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

core::Result<bot::encoder::Encoder> load_encoder(const std::string&) {
    const auto bytes = language_data("encoder.bin");
    if (bytes.empty()) return Error{Errc::not_found, "The sentence encoder has not been fetched yet.", {}, {}};
    return bot::encoder::Encoder::load(bytes);
}

}  // namespace debrief::platform
