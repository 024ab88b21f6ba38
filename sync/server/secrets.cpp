#include "sync/server/secrets.hpp"

#include <sodium.h>

#include "core/digest.hpp"

namespace debrief::sync {

core::Bytes make_secret(core::RandomSource& random) {
    core::Bytes secret(secret_bytes);
    random.fill(secret);
    return secret;
}

core::Bytes hash_of(core::ByteView secret) {
    const auto hash = core::sha256(secret);
    return {hash.begin(), hash.end()};
}

bool same_secret(core::ByteView a, core::ByteView b) {
    return a.size() == b.size() && !a.empty() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace debrief::sync
