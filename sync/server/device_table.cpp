#include "sync/server/device_table.hpp"

#include <algorithm>
#include <string>

#include "sync/device_key.hpp"
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

core::Status add_column(core::Database& db, const std::string& name, const std::string& type) {
    auto query = db.prepare("SELECT count(*) FROM pragma_table_info('device') WHERE name = ?1");
    if (!query) return query.error();
    query->bind(1, std::string_view{name});
    const auto row = query->step();
    if (!row) return row.error();
    if (query->integer(0) != 0) return core::Ok{};
    return db.run("ALTER TABLE device ADD COLUMN " + name + " " + type);
}

// What a change costs beside its bytes: the rows that are kept of it.
constexpr std::size_t row_bytes = 256;

}  // namespace

core::Status DeviceTable::create(core::Database& db) {
    DEBRIEF_TRY(db.run(R"sql(
        CREATE TABLE IF NOT EXISTS device(id BLOB PRIMARY KEY, user BLOB NOT NULL, name TEXT NOT NULL,
            incarnation INTEGER NOT NULL, key BLOB NOT NULL, token BLOB NOT NULL, expires INTEGER NOT NULL,
            enrolled_at INTEGER NOT NULL, seen_at INTEGER, revoked INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS invitation(hash BLOB PRIMARY KEY, user BLOB NOT NULL, expires INTEGER NOT NULL,
            device BLOB) WITHOUT ROWID)sql"));
    // Devices of a server from before there were keys: their token ends, then they join again.
    DEBRIEF_TRY(add_column(db, "key", "BLOB NOT NULL DEFAULT x''"));
    DEBRIEF_TRY(add_column(db, "revoked_at", "INTEGER"));
    DEBRIEF_TRY(add_column(db, "left_changes", "INTEGER NOT NULL DEFAULT 0"));
    DEBRIEF_TRY(add_column(db, "left_bytes", "INTEGER NOT NULL DEFAULT 0"));
    return add_column(db, "wiped_at", "INTEGER");
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
                                          ByteView key, const Uuid& fresh_id, Instant now) {
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
            "UPDATE device SET token = ?2, expires = ?3 WHERE id = ?1 AND incarnation = ?4 AND key = ?5 AND "
            "seen_at IS NULL AND revoked = 0");
        if (!again) return again.error();
        again->bind(1, enrolled.device.view()).bind(2, ByteView{token}).bind(3, expiry(now).count());
        DEBRIEF_TRY(again->bind(4, static_cast<std::int64_t>(incarnation)).bind(5, key).run());
        if (db_.changes() == 0) return no_invitation();
        return enrolled;
    }
    auto insert = db_.prepare(
        "INSERT INTO device(id, user, name, incarnation, key, token, expires, enrolled_at) VALUES(?1, ?2, ?3, ?4, ?5, "
        "?6, ?7, ?8)");
    if (!insert) return insert.error();
    insert->bind(1, enrolled.device.view()).bind(2, enrolled.user.view()).bind(3, name);
    insert->bind(4, static_cast<std::int64_t>(incarnation)).bind(5, key);
    DEBRIEF_TRY(insert->bind(6, ByteView{token}).bind(7, expiry(now).count()).bind(8, now.count()).run());
    auto use = db_.prepare("UPDATE invitation SET device = ?2 WHERE hash = ?1");
    if (!use) return use.error();
    DEBRIEF_TRY(use->bind(1, ByteView{hash}).bind(2, enrolled.device.view()).run());
    return enrolled;
}

core::Result<SignedIn> DeviceTable::sign_in(const Uuid& device, ByteView token, Instant now) {
    const auto hash = hash_of(token);
    SignedIn signed_in;
    {
        auto query = db_.prepare("SELECT user, token, expires, revoked FROM device WHERE id = ?1");
        if (!query) return query.error();
        query->bind(1, device.view());
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row || query->integer(3) != 0 || !same_secret(hash, query->bytes(1))) return not_signed_in();
        signed_in = {device, uuid(query->bytes(0)), Instant{query->integer(2)}, {}};
    }
    if (signed_in.expires_at <= now) return not_signed_in();
    DEBRIEF_TRY(seen(device, now));
    return signed_in;
}

core::Result<SignedIn> DeviceTable::prove(const Uuid& device, ByteView message, ByteView signature, Instant now) {
    SignedIn signed_in{device, {}, expiry(now), {}};
    bool revoked = false;
    // An unknown device costs the same work as a wrong signature.
    static const Bytes nobody = public_key(Bytes(seed_bytes, 0));
    Bytes key = nobody;
    bool known = false;
    {
        auto query = db_.prepare("SELECT user, key, revoked FROM device WHERE id = ?1");
        if (!query) return query.error();
        query->bind(1, device.view());
        const auto row = query->step();
        if (!row) return row.error();
        known = *row;
        if (known) {
            signed_in.user = uuid(query->bytes(0));
            const auto kept = query->bytes(1);
            key.assign(kept.begin(), kept.end());
            revoked = query->integer(2) != 0;
        }
    }
    if (!verify(key, message, signature) || !known) return not_signed_in();
    if (revoked) return Error{Errc::denied, "An administrator has cut this device off.", "revoked", {}};
    signed_in.fresh_token = make_secret(random_);
    const auto hash = hash_of(signed_in.fresh_token);
    auto update = db_.prepare("UPDATE device SET token = ?2, expires = ?3 WHERE id = ?1");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, device.view()).bind(2, ByteView{hash}).bind(3, signed_in.expires_at.count()).run());
    DEBRIEF_TRY(seen(device, now));
    return signed_in;
}

// Nobody asks for the second: a thousand devices that come back need not cost a thousand writes.
core::Status DeviceTable::seen(const Uuid& device, Instant now) {
    auto update =
        db_.prepare("UPDATE device SET seen_at = ?2 WHERE id = ?1 AND (seen_at IS NULL OR abs(?2 - seen_at) > 60000)");
    if (!update) return update.error();
    return update->bind(1, device.view()).bind(2, now.count()).run();
}

core::Result<std::vector<DeviceInfo>> DeviceTable::list() {
    std::vector<DeviceInfo> devices;
    auto query = db_.prepare(
        "SELECT id, user, name, enrolled_at, seen_at, revoked, wiped_at FROM device ORDER BY enrolled_at, id");
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
        info.revoked = query->integer(5) != 0;
        if (!query->is_null(6)) info.wiped_at = Instant{query->integer(6)};
        devices.push_back(std::move(info));
    }
}

core::Result<bool> DeviceTable::revoke(const Uuid& device, Instant now) {
    auto update = db_.prepare("UPDATE device SET revoked = 1, revoked_at = ?2 WHERE id = ?1 AND revoked = 0");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, device.view()).bind(2, now.count()).run());
    return db_.changes() != 0;
}

core::Result<CutOff> DeviceTable::cut_off(const Uuid& device) {
    auto query = db_.prepare(
        "SELECT user, coalesce(revoked_at, 0), left_changes, left_bytes FROM device WHERE id = ?1 AND revoked = 1");
    if (!query) return query.error();
    query->bind(1, device.view());
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::not_found, "No such device was cut off.", {}, {}};
    const auto bytes = static_cast<std::uint64_t>(query->integer(3));
    return CutOff{uuid(query->bytes(0)), Instant{query->integer(1)}, static_cast<std::uint64_t>(query->integer(2)),
                  CutOff::bytes_max - std::min(bytes, CutOff::bytes_max)};
}

core::Result<bool> DeviceTable::count_taken_over(const Uuid& device, std::size_t payload_bytes) {
    auto update = db_.prepare(
        "UPDATE device SET left_changes = left_changes + 1, left_bytes = left_bytes + ?2 "
        "WHERE id = ?1 AND revoked = 1 AND left_bytes + ?2 <= ?3");
    if (!update) return update.error();
    update->bind(1, device.view()).bind(2, static_cast<std::int64_t>(payload_bytes + row_bytes));
    DEBRIEF_TRY(update->bind(3, static_cast<std::int64_t>(CutOff::bytes_max)).run());
    return db_.changes() != 0;
}

core::Status DeviceTable::note_wiped(const Uuid& device, Instant now) {
    auto update = db_.prepare("UPDATE device SET wiped_at = ?2 WHERE id = ?1 AND wiped_at IS NULL");
    if (!update) return update.error();
    return update->bind(1, device.view()).bind(2, now.count()).run();
}

}  // namespace debrief::sync
