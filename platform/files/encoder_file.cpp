#include "platform/files/encoder_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace debrief::platform {

std::string encoder_path(const std::string& wished) {
    if (wished == "off") return {};
    if (!wished.empty()) return wished;
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
    if (failed) return {};
    const auto path = program.parent_path().parent_path() / "share" / "debrief" / "encoder.bin";
    return std::filesystem::is_regular_file(path, failed) ? path.string() : std::string{};
}

core::Result<bot::encoder::Encoder> load_encoder(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        return core::Error{core::Errc::not_found, path + " is not there or cannot be read.", "DEBRIEF_ENCODER",
                           "'./dev deps' fetches the encoder, the build puts it in its place; 'off' goes without it."};
    }
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) return core::Error{core::Errc::io, path + " could not be read to its end.", "DEBRIEF_ENCODER", {}};
    return bot::encoder::Encoder::load(core::as_bytes(bytes));
}

}  // namespace debrief::platform
