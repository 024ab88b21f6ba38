#include "tests/core/support/fakes.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace debrief::core::test {

Device::Device(std::uint64_t number, std::string path, Store::Config config) : random(number) {
    config.path = std::move(path);
    store = must(DeviceStore::open(config, clock, random));
    if (!records().identity().device.is_nil()) return;
    Identity identity;
    identity.workspace = id_of(1000);
    identity.user = id_of(number);
    identity.device = id_of(500 + number);
    identity.incarnation = 1;
    must(records().set_identity(identity));
}

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "debrief-core-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

bool contains(const Folder& folder, const std::string& word) {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream file{entry.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        if (bytes.find(word) != std::string::npos) return true;
    }
    return false;
}

}  // namespace debrief::core::test
