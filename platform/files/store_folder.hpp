// The files of a store's folder, and files that a user names. What the façade asks of a place that keeps files, and no
// more: on a machine that is a folder (the .cpp files beside this), in a browser the storage of the site
// (platform/web/core/files.cpp).
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace debrief::platform {

/// The folder, private to its owner, and the record file in it.
/// Errors: `denied` with the chmod to run if others can read either; `corrupt` for what is left of a store that was cut
/// off, also to nothing; `io`.
core::Status prepare_store_folder(const std::string& folder);
std::string record_file(const std::string& folder);

/// Errors: `not_found`, `io`, `too_large` over `bytes_max`.
core::Result<std::string> read_file(const std::string& path, std::size_t bytes_max);
/// Replaces the file whole, mode 0600. Errors: `full`, `io`.
core::Status write_file(const std::string& path, const std::string& text);

/// What was written of it is on the disk, as far as the system can promise it. Errors: `full`, `io`.
core::Status sync_file(const std::string& path);
/// Writes zeros over the whole file, then removes it. What a disk or a file system keeps elsewhere is out of reach.
/// Nothing happens if it is not there. Errors: `io` if it is still there.
core::Status shred_file(const std::string& path);

bool file_exists(const std::string& path);
/// Nothing happens if it is not there.
void remove_file(const std::string& path);
/// At once: after a crash it has the one name or the other. Nothing may have the new name. Errors: `io`.
core::Status rename_file(const std::string& from, const std::string& to);

/// The file itself; of a folder those in it that end with `ending`, in order. Errors: `not_found` if there is none.
core::Result<std::vector<std::string>> files_at(const std::string& path, const std::string& ending);

}  // namespace debrief::platform
