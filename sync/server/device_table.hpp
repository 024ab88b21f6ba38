// Devices, their tokens, and the invitations with which they came in.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/sources.hpp"
#include "core/store/database.hpp"
#include "sync/server/server_store.hpp"

namespace debrief::sync {

/// Threads: one owner. Each call is inside the caller's transaction.
class DeviceTable {
public:
    static core::Status create(core::Database& db);

    DeviceTable(core::Database& db, core::RandomSource& random) : db_(db), random_(random) {}

    core::Result<core::Bytes> invite(const core::Uuid& user, core::Instant expires);
    /// Uses the invitation up. The same device, known by its incarnation and key, may ask again until it has signed in:
    /// the first answer may have been lost. Errors: `denied`.
    core::Result<Enrolled> enrol(core::ByteView secret, std::string_view name, std::uint64_t incarnation,
                                 core::ByteView key, const core::Uuid& fresh_id, core::Instant now);
    /// Errors: `denied`.
    core::Result<SignedIn> sign_in(const core::Uuid& device, core::ByteView token, core::Instant now);
    /// Errors: `denied`; field `revoked` where the signature is right and the device cut off.
    core::Result<SignedIn> prove(const core::Uuid& device, core::ByteView message, core::ByteView signature,
                                 core::Instant now);

    core::Result<std::vector<DeviceInfo>> list();
    /// False if there is no such device, or it is revoked already.
    core::Result<bool> revoke(const core::Uuid& device, core::Instant now);
    /// Of a device that is revoked. Errors: `not_found`.
    core::Result<CutOff> cut_off(const core::Uuid& device);
    /// Counts a change of a revoked device. False, and not counted, where that would be more than is taken over.
    core::Result<bool> count_taken_over(const core::Uuid& device, std::size_t payload_bytes);
    /// It was told to remove its store.
    core::Status note_wiped(const core::Uuid& device, core::Instant now);

private:
    core::Status seen(const core::Uuid& device, core::Instant now);

    core::Database& db_;
    core::RandomSource& random_;
};

}  // namespace debrief::sync
