#include "platform/files/web_folder.hpp"

#include <filesystem>

namespace debrief::platform {

std::string web_folder(const std::string& wished) {
    if (!wished.empty()) return wished;
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
    if (failed) return {};
    return (program.parent_path().parent_path() / "share" / "debrief" / "web").string();
}

}  // namespace debrief::platform
