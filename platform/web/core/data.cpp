#include "platform/web/core/data.hpp"

#include <utility>

#include "bot/understanding/models.hpp"

namespace debrief::embedded {
// Of the models the module carries none; see take_language_data.
extern const std::string_view understanding_models;
const std::string_view understanding_models{};
// Nor of the sample's largest file: it would be an eighth of the whole.
extern const std::string_view sample_pipeline;
const std::string_view sample_pipeline{};
}  // namespace debrief::embedded

namespace debrief::platform {
namespace {

core::Bytes& encoder_bytes() {
    static core::Bytes bytes;
    return bytes;
}

}  // namespace

core::Status take_language_data(std::string_view name, core::Bytes bytes) {
    if (name == "models.bin") return bot::understanding::install_models(bytes);
    if (name != "encoder.bin")
        return core::Error{core::Errc::invalid, "There is no language data of this name.", "name", {}};
    encoder_bytes() = std::move(bytes);
    return core::Ok{};
}

core::ByteView language_data(std::string_view name) {
    return name == "encoder.bin" ? core::ByteView{encoder_bytes()} : core::ByteView{};
}

}  // namespace debrief::platform
