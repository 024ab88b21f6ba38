#include "sync/server/device_table.hpp"

#include "sync/server/secrets.hpp"

namespace debrief::sync {
namespace {

using core::Bytes;
using core::ByteView;
using core::Errc;
using core::Error;
using core::Instant;
using core::Uuid;

// One wording for a wrong, a used and an expired secret.
Error no_invitation() {
    return Error{Errc::denied, "This invitation is not valid: it is wrong, used or expired.", "invitation",
                 "Ask your administrator for a new invitation."};
}
Error not_signed_in() {
    return Error{
        Errc::denied, "The server does not know this device, or no longer.", {}, "Join again with a new invitation."};
}

Uuid uuid(ByteView bytes) {
    return core::uuid_from_bytes(bytes).value_or(Uuid{});
}
Instant expiry(Instant now) {
    return now + std::chrono::duration_cast<std::chrono::milliseconds>(ServerStore::token_life);
}

}  // namespace

core::Status DeviceTable::create(core::Database& db) {
    return db.run(R"sql(
        CREATE TABLE IF NOT EXISTS device(id BLOB PRIMARY KEY, user BLOB NOT NULL, name TEXT NOT NULL,
            incarnation INTEGER NOT NULL, token BLOB NOT NULL, expires INTEGER NOT NULL, next_token BLOB, next_expires INTEGER,
            enrolled_at INTEGER NOT NULL, seen_at INTEGER, revoked INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS invitation(hash BLOB PRIMARY KEY, user BLOB NOT NULL, expires INTEGER NOT NULL,
            device BLOB) WITHOUT ROWID)sql");
}

core::Result<Bytes> DeviceTable::invite(const Uuid& user, Instant expires) {
    auto secret = make_secret(random_);
    const auto hash = hash_of(secret);
    auto insert = db_.prepare("INSERT INTO invitation(hash, user, expires) VALUES(?1, ?2, ?3)");
    if (!insert) return insert.error();
    DEBRIEF_TRY(insert->bind(1, ByteView{hash}).bind(2, user.view()).bind(3, expires.count()).run());
    return secret;
}

core::Result<Enrolled> DeviceTable::enrol(ByteView secret, std::string_view name, std::uint64_t incarnation,
                                          const Uuid& fresh_id, Instant now) {
    const auto hash = hash_of(secret);
    Enrolled enrolled;
    bool used = false;
    {
        auto query = db_.prepare("SELECT user, expires, device FROM invitation WHERE hash = ?1");
        if (!query) return query.error();
        query->bind(1, ByteView{hash});
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row || query->integer(1) <= now.count()) return no_invitation();
        enrolled.user = uuid(query->bytes(0));
        used = !query->is_null(2);
        enrolled.device = used ? uuid(query->bytes(2)) : fresh_id;
    }
    enrolled.token = make_secret(random_);
    const auto token = hash_of(enrolled.token);
    if (used) {
        auto again = db_.prepare(
            "UPDATE device SET token = ?2, expires = ?3 WHERE id = ?1 AND incarnation = ?4 AND seen_at IS NULL AND "
            "revoked = 0");
        if (!again) return again.error();
        again->bind(1, enrolled.device.view()).bind(2, ByteView{token}).bind(3, expiry(now).count());
        DEBRIEF_TRY(again->bind(4, static_cast<std::int64_t>(incarnation)).run());
        if (db_.changes() == 0) return no_invitation();
        return enrolled;
    }
    auto insert = db_.prepare(
        "INSERT INTO device(id, user, name, incarnation, token, expires, enrolled_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, "
        "?7)");
    if (!insert) return insert.error();
    insert->bind(1, enrolled.device.view()).bind(2, enrolled.user.view()).bind(3, name);
    insert->bind(4, static_cast<std::int64_t>(incarnation)).bind(5, ByteView{token}).bind(6, expiry(now).count());
    DEBRIEF_TRY(insert->bind(7, now.count()).run());
    auto use = db_.prepare("UPDATE invitation SET device = ?2 WHERE hash = ?1");
    if (!use) return use.error();
    DEBRIEF_TRY(use->bind(1, ByteView{hash}).bind(2, enrolled.device.view()).run());
    return enrolled;
}

core::Result<SignedIn> DeviceTable::sign_in(const Uuid& device, ByteView token, Instant now) {
    const auto hash = hash_of(token);
    SignedIn signed_in;
    bool promoted = false;
    {
        auto query =
            db_.prepare("SELECT user, token, expires, next_token, next_expires, revoked FROM device WHERE id = ?1");
        if (!query) return query.error();
        query->bind(1, device.view());
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row || query->integer(5) != 0) return not_signed_in();
        promoted = !query->is_null(3) && same_secret(hash, query->bytes(3));
        if (!promoted && !same_secret(hash, query->bytes(1))) return not_signed_in();
        signed_in.device = device;
        signed_in.user = uuid(query->bytes(0));
        signed_in.expires_at = Instant{query->integer(promoted ? 4 : 2)};
    }
    if (signed_in.expires_at <= now) return not_signed_in();
    // The fresh token has arrived: the old one ends.
    auto update = db_.prepare(promoted ? "UPDATE device SET seen_at = ?2, token = next_token, expires = next_expires, "
                                         "next_token = NULL, next_expires = NULL WHERE id = ?1"
                                       : "UPDATE device SET seen_at = ?2 WHERE id = ?1");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, device.view()).bind(2, now.count()).run());
    if (signed_in.expires_at - now < ServerStore::token_life / 2) {
        auto fresh = renew(device, now);
        if (!fresh) return fresh.error();
        signed_in.fresh_token = std::move(*fresh);
    }
    return signed_in;
}

core::Result<Bytes> DeviceTable::renew(const Uuid& device, Instant now) {
    auto token = make_secret(random_);
    const auto hash = hash_of(token);
    auto update = db_.prepare("UPDATE device SET next_token = ?2, next_expires = ?3 WHERE id = ?1");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, device.view()).bind(2, ByteView{hash}).bind(3, expiry(now).count()).run());
    return token;
}

core::Result<std::vector<DeviceInfo>> DeviceTable::list() {
    std::vector<DeviceInfo> devices;
    auto query = db_.prepare(
        "SELECT id, user, name, enrolled_at, seen_at, max(expires, coalesce(next_expires, 0)), revoked "
        "FROM device ORDER BY enrolled_at, id");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return devices;
        DeviceInfo info;
        info.id = uuid(query->bytes(0));
        info.user = uuid(query->bytes(1));
        info.name = std::string{query->text(2)};
        info.enrolled_at = Instant{query->integer(3)};
        if (!query->is_null(4)) info.seen_at = Instant{query->integer(4)};
        info.expires_at = Instant{query->integer(5)};
        info.revoked = query->integer(6) != 0;
        devices.push_back(std::move(info));
    }
}

core::Result<bool> DeviceTable::revoke(const Uuid& device) {
    auto update = db_.prepare("UPDATE device SET revoked = 1, next_token = NULL WHERE id = ?1 AND revoked = 0");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, device.view()).run());
    return db_.changes() != 0;
}

}  // namespace debrief::sync
