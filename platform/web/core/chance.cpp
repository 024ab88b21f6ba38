#include "platform/web/core/chance.hpp"

#include <sodium.h>

#include "platform/web/core/host.h"

namespace debrief::platform {
namespace {

const char* host_name() {
    return "host";
}

std::uint32_t one_number() {
    std::uint32_t number = 0;
    host_random(&number, sizeof number);
    return number;
}

void fill_with_chance(void* const into, const std::size_t size) {
    host_random(into, static_cast<int>(size));
}

}  // namespace

void use_host_chance() {
    static randombytes_implementation host{.implementation_name = host_name,
                                           .random = one_number,
                                           .stir = nullptr,
                                           .uniform = nullptr,
                                           .buf = fill_with_chance,
                                           .close = nullptr};
    randombytes_set_implementation(&host);
}

}  // namespace debrief::platform
