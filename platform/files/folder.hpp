// Folders that hold somebody's data: nobody else may read them, and one process at a time may own them.
#pragma once

#include <optional>
#include <string>

#include "core/result.hpp"

namespace debrief::platform {

/// Makes the folder (and those above it) with mode 0700 if it is missing.
/// Errors: `io`, naming the folder; `denied` if others can read it, with the chmod to run.
core::Status prepare_folder(const std::string& path);

/// SQLite takes an empty file for a new database. So a mark beside a file says that a store is kept in it: with the
/// mark there, an empty or missing file is damage. Errors: `corrupt`, with what to do.
core::Status check_kept(const std::string& file);
/// Sets that mark, once there is something to keep. Durable. Errors: `io`, `full`.
core::Status mark_kept(const std::string& file);

/// An advisory lock on a file, held until destruction. Dies with the process, however it ends.
class FileLock {
public:
    /// Nothing if another process holds it. Errors: `io`.
    static core::Result<std::optional<FileLock>> try_lock(const std::string& path);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace debrief::platform
