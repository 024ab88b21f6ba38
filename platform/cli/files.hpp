// Files that the user names, read and written whole, with errors that say what to do.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace debrief::platform::cli {

/// 64 MiB: more than any text that these commands are for.
inline constexpr std::size_t file_bytes_max = 64U << 20U;

/// Everything up to the end. Errors: `too_large`, `invalid` if it cannot be read, `cancelled` for Ctrl-C.
core::Result<std::string> read_all(int file);
core::Result<std::string> read_file(const std::string& path);
/// Writes beside `path` and renames: a reader sees the old file or the new one. Mode 0600.
core::Status write_file(const std::string& path, std::string_view bytes);

}  // namespace debrief::platform::cli
