#include "sync/client/credentials.hpp"

#include <array>

#include "core/catalogue/catalogue.hpp"
#include "core/digest.hpp"
#include "sync/device_key.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;

constexpr std::string_view incarnation_setting = "sync.incarnation";
constexpr std::string_view order_key_setting = "sync.order_key";  // base64url.
constexpr std::string_view joining_setting = "sync.joining";      // "hash of the invitation's secret:seed", base64url.

std::uint64_t draw(core::RandomSource& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t drawn = 0;
    for (const auto byte : bytes) drawn = (drawn << 8U) | byte;
    return (drawn >> 1U) | 1U;  // Fits SQLite's signed integers, and is never 0, which means "none".
}

}  // namespace

core::Result<std::uint64_t> Credentials::incarnation() {
    const auto known = store_.records().setting(incarnation_setting);
    if (!known) return known.error();
    if (*known) return static_cast<std::uint64_t>(std::stoull(**known));
    const auto drawn = draw(random_);
    DEBRIEF_TRY(store_.records().set_setting(incarnation_setting, std::to_string(drawn)));
    return drawn;
}

core::Result<core::Bytes> Credentials::joining_seed(core::ByteView secret) {
    const auto hash = core::sha256(secret);
    const auto mark = base64url(hash) + ":";
    const auto known = store_.records().setting(joining_setting);
    if (!known) return known.error();
    if (*known && (*known)->rfind(mark, 0) == 0) {
        auto seed = parse_base64url(std::string_view{**known}.substr(mark.size()));
        if (seed && seed->size() == seed_bytes) return seed;
    }
    core::Bytes seed(seed_bytes);
    random_.fill(seed);
    DEBRIEF_TRY(store_.records().set_setting(joining_setting, mark + base64url(seed)));
    return seed;
}

core::Result<core::Enrolment> Credentials::enrolment() {
    auto kept = store_.enrolment();
    if (!kept) return kept.error();
    if (!*kept) return Error{Errc::denied, "This device has not joined a server.", {}, {}};
    return std::move(**kept);
}

core::Result<EnrolFrame> Credentials::enrol(const Invitation& invitation, std::string_view device_name) {
    const auto own = incarnation();
    if (!own) return own.error();
    const auto seed = joining_seed(invitation.secret);
    if (!seed) return seed.error();
    return EnrolFrame{invitation.secret, std::string{device_name}, *own, public_key(*seed), core::catalogue().version};
}

core::Status Credentials::keep(const Invitation& invitation, const EnrolledFrame& frame) {
    core::Identity identity = store_.records().identity();
    identity.workspace = frame.workspace;
    identity.workspace_name = frame.workspace_name;
    identity.user = frame.user;
    identity.user_name = frame.user_name;
    identity.role = frame.role;
    identity.device = frame.device;
    if (!frame.language.empty()) identity.language = frame.language;
    const auto own = incarnation();
    if (!own) return own.error();
    identity.incarnation = *own;
    const auto seed = joining_seed(invitation.secret);
    if (!seed) return seed.error();
    DEBRIEF_TRY(store_.records().set_identity(identity));
    return store_.records().transact([&]() -> core::Status {
        DEBRIEF_TRY(store_.set_enrolment(
            {invitation.url, base64url(frame.token), frame.server.text(), base64url(*seed), invitation.ca}));
        DEBRIEF_TRY(store_.records().set_setting(order_key_setting, ""));
        return store_.records().set_setting(joining_setting, "");
    });
}

core::Status Credentials::keep_token(core::ByteView token) {
    auto renewed = enrolment();
    if (!renewed) return renewed.error();
    renewed->token = base64url(token);
    return store_.set_enrolment(*renewed);
}

core::Status Credentials::check_server(const core::Uuid& server) {
    const auto own = enrolment();
    if (!own) return own.error();
    if (own->server_id == server.text()) return core::Ok{};
    return Error{Errc::denied, "This is not the server that this device was enrolled with. Nothing was sent.", {}, {}};
}

core::Status Credentials::keep_order_key(core::ByteView key) {
    const auto known = store_.records().setting(order_key_setting);
    if (!known) return known.error();
    if (key.empty() || (*known && !(*known)->empty())) return core::Ok{};
    return store_.records().set_setting(order_key_setting, base64url(key));
}

bool Credentials::knows_order_key() {
    const auto known = store_.records().setting(order_key_setting);
    return known && *known && !(*known)->empty();
}

core::Status Credentials::check_order(const WipeFrame& order) {
    DEBRIEF_TRY(check_server(order.server));
    const auto known = store_.records().setting(order_key_setting);
    if (!known) return known.error();
    const auto key = parse_base64url(known->value_or(""));
    const auto& identity = store_.records().identity();
    if (key && verify(*key, wipe_message(order, identity.device, identity.incarnation), order.signature))
        return core::Ok{};
    return Error{Errc::denied,
                 "Somebody told this device to remove its store who is not the server that it was enrolled with. "
                 "Nothing was removed.",
                 {},
                 {}};
}

core::Result<ProveFrame> Credentials::prove(const ChallengeFrame& frame) {
    DEBRIEF_TRY(check_server(frame.server));
    const auto own = enrolment();
    if (!own) return own.error();
    const auto seed = parse_base64url(own->key);
    if (!seed || seed->size() != seed_bytes) {
        return Error{Errc::denied,
                     "This device has no key to prove itself with. Join the server again with a new invitation.",
                     {},
                     {}};
    }
    const auto& identity = store_.records().identity();
    return ProveFrame{sign(*seed, proof_message(frame.server, identity.device, identity.incarnation, frame.nonce))};
}

}  // namespace debrief::sync
