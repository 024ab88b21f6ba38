// The server's side of the truth: the records of a workspace, the log of every scope, the results given to devices,
// invitations and tokens, in one SQLite file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/store/store.hpp"
#include "sync/frames/wipe_frames.hpp"
#include "sync/server/directory.hpp"

namespace debrief::sync {

/// What a device gets when it enrols. The token is shown once.
struct Enrolled {
    core::Uuid device;
    core::Bytes token;  ///< 32 bytes.
    core::Uuid user;
};

/// A device as an administrator sees it.
struct DeviceInfo {
    core::Uuid id;
    core::Uuid user;
    std::string name;
    core::Instant enrolled_at{};
    std::optional<core::Instant> seen_at;  ///< To the minute.
    bool revoked = false;
    std::optional<core::Instant> wiped_at;  ///< When it was first told to remove its store, after it was revoked.
};

/// A device that an administrator cut off. What it still has is taken over, within bounds; nothing is given to it.
struct CutOff {
    static constexpr std::uint64_t bytes_max = 16U << 20U;  ///< Of all that is taken over from one device, ever.
    core::Uuid user;
    core::Instant at{};             ///< 0 where that was not noted.
    std::uint64_t handed_over = 0;  ///< Changes taken over since.
    std::uint64_t bytes_left = 0;
};

/// A device that has shown its token, or proved that it holds its key.
struct SignedIn {
    core::Uuid device;
    core::Uuid user;
    core::Instant expires_at{};  ///< Of the token that counts now.
    core::Bytes fresh_token;     ///< After a proof: to be handed to the device.
};

/// Changesets of one device, n dense from `first`.
struct Push {
    std::uint64_t session = 0;
    core::Uuid device;
    core::Uuid user;
    std::uint64_t incarnation = 0;
    std::uint64_t first = 0;
    std::vector<core::Bytes> payloads;
    bool leaving = false;  ///< Of a device that was cut off: all of it is handed over.
};

/// The answer to one push.
struct Answer {
    std::uint64_t session = 0;
    std::vector<core::PushResult> results;  ///< Dense; duplicates get the result stored first.
    std::vector<bool> duplicate;            ///< One a result.
    std::uint64_t expected = 0;             ///< The n that the device must send next.
    bool full = false;                      ///< Of a device that was cut off: no more is taken.
};

/// What a commit brought, to be told to sessions only now.
struct Committed {
    std::vector<Answer> answers;
    std::set<std::string> scopes;     ///< Their logs have grown.
    std::set<std::string> rewritten;  ///< Words were erased from entries that may have been read already.
    std::set<core::Uuid> accounts;    ///< Others serve them than before.
    bool people_changed = false;      ///< Users, teams or members: anybody's scopes may be other ones.
    std::set<core::Uuid> revoked;     ///< Devices that must be cut.
    bool inbox_changed = false;       ///< Something was handed over, filed or dropped.
};

struct Handover;
struct HandoverCount;

/// Threads: one owner; calls must not overlap.
class ServerStore {
public:
    static constexpr std::chrono::hours invitation_life{72};
    static constexpr std::chrono::minutes token_life{60};

    /// Opens or creates. A new file gets a workspace of this name (empty: "Workspace"). Errors: as core::Store::open.
    static core::Result<std::unique_ptr<ServerStore>> open(const core::Store::Config& config, core::ClockSource& clock,
                                                           core::RandomSource& random, std::string_view workspace = {});
    ~ServerStore();

    [[nodiscard]] const core::Uuid& server_id() const;
    [[nodiscard]] const core::Identity& identity() const;
    /// The key to which devices seal what they may not read any more and could not send yet.
    [[nodiscard]] const core::Bytes& seal_key() const;
    /// As committed; read again after it was changed. Valid until the next write.
    const Directory& directory();
    core::Store& records();
    core::Instant now();

    /// Writes as the server itself, into the logs as well: the directory, imports. Told to sessions with the next
    /// commit.
    core::Result<std::vector<core::TouchedRecord>> write(const std::vector<core::Edit>& edits);
    /// The same in the name of a user: what has its home with its author then lives with that user.
    core::Result<std::vector<core::TouchedRecord>> write_as(const core::Uuid& user,
                                                            const std::vector<core::Edit>& edits);

    /// Erases a contact or a message and all that quotes it, in whatever scope. Errors: `not_found`.
    core::Result<std::vector<core::TouchedRecord>> erase(const core::Uuid& record);

    /// A single-use secret that lets one device enrol for `user` within 72 hours.
    core::Result<core::Bytes> invite(const core::Uuid& user);
    /// Errors: `denied`, in the same words for a wrong, a used and an expired secret.
    /// `key` is the public half of the device's own key.
    core::Result<Enrolled> enrol(core::ByteView secret, std::string_view device_name, std::uint64_t incarnation,
                                 core::ByteView key);
    /// Errors: `denied` for an unknown device, a wrong or expired token, a revoked device, an inactive user. A proof is
    /// then asked for, whatever the reason.
    core::Result<SignedIn> sign_in(const core::Uuid& device, core::ByteView token);
    /// Checks the signature over this server's `nonce`, and gives a fresh token, which replaces the present one.
    /// Errors: `denied`, in the same words and after the same work for an unknown device and a wrong signature; only
    /// who has proved to be the device learns that it is revoked (field `revoked`) or its user inactive.
    core::Result<SignedIn> prove(const core::Uuid& device, std::uint64_t incarnation, core::ByteView nonce,
                                 core::ByteView signature);
    core::Result<std::vector<DeviceInfo>> devices();
    core::Status revoke(const core::Uuid& device);
    /// Errors: `not_found` if it was not revoked.
    core::Result<CutOff> cut_off(const core::Uuid& device);
    /// The public half of the key that signs orders to wipe.
    [[nodiscard]] const core::Bytes& order_key() const;
    /// A signed order for a revoked device to remove its store. `full`: it need not have sent everything.
    core::Result<WipeFrame> order_wipe(const core::Uuid& device, std::uint64_t incarnation, bool full);

    /// Queues changesets; the answer comes with `commit`.
    void submit(Push push);
    /// Something waits for `commit`.
    [[nodiscard]] bool has_work() const;
    /// Judges everything queued in one durable transaction. On error nothing was stored and nobody was answered.
    core::Result<Committed> commit();

    /// The n that this device must send next.
    core::Result<std::uint64_t> expected_n(const core::Uuid& device, std::uint64_t incarnation);
    /// The newest position of a scope and its salt; 0 if nothing was ever written there.
    core::Result<core::ScopeCursor> head(std::string_view scope);
    /// The salt of one position, nothing if there is no such position.
    core::Result<std::optional<std::uint64_t>> salt_at(std::string_view scope, std::uint64_t position);
    /// Entries after `position`, oldest first, at most `bytes_max` of payload but at least one.
    core::Result<std::vector<core::LogEntry>> read_log(std::string_view scope, std::uint64_t position,
                                                       std::size_t bytes_max);

    /// Cursor vectors as devices reported them, so that a greeting only sends differences. Id 0 is the empty one.
    core::Result<std::optional<std::vector<core::ScopeCursor>>> cursor_set(const core::Uuid& device, std::uint64_t id);
    /// Keeps `cursors` under a new id, and the one named `previous`; older ones go. On disk with the next commit.
    std::uint64_t keep_cursor_set(const core::Uuid& device, std::uint64_t previous,
                                  const std::vector<core::ScopeCursor>& cursors);
    /// Remembers that these scopes were opened for a user, so that unsent work is taken over once they are lost. On
    /// disk with the next commit.
    void note_granted(const core::Uuid& user, const std::vector<std::string>& scopes);
    /// Changesets that wait in the handover inbox.
    core::Result<std::uint64_t> handed_over();
    /// Those, oldest first; and what becomes of one: sync/server/handover.hpp.
    core::Result<std::vector<Handover>> handovers();
    /// How many of one author wait in one scope, for those whom `user` may file.
    core::Result<std::vector<HandoverCount>> inbox_of(const core::Uuid& user);
    core::Status file_handover(std::int64_t id, const std::optional<core::Uuid>& as);
    core::Status drop_handover(std::int64_t id);

private:
    struct Impl;
    explicit ServerStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::sync
