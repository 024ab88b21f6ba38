// The files of a store's folder, and files that a user names.
#pragma once

#include <string>

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

}  // namespace debrief::platform
