// A device's store: the records plus what syncing needs: outbox, journal, parked changes, cursors.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace debrief::core {

/// What has become of an own changeset.
/// `withdrawn`: refused, then issued again under another n, or discarded.
enum class OutboxState { pending, acknowledged, parked, handed_over, withdrawn };

struct OutboxEntry {
    std::uint64_t n = 0;
    std::string scope;
    Bytes payload;
    OutboxState state = OutboxState::pending;
    std::string code;            ///< Why it was refused: `not_found`, `depends`, `invalid`, `try_later` …
    std::uint64_t position = 0;  ///< In its scope's log, once acknowledged.
    Instant at{};                ///< When it was written here.
};

/// The server's final word on one n.
struct PushResult {
    std::uint64_t n = 0;
    enum class Kind { ok, rejected, handed_over } kind = Kind::ok;
    std::uint64_t position = 0;  ///< ok: the place in the scope's log.
    HybridTime effective{};      ///< ok: as clamped.
    std::string code{};          ///< rejected.
};

/// One place in a scope's log as delivered. An own changeset comes without payload: the journal has it.
struct LogEntry {
    std::uint64_t position = 0;
    std::uint64_t salt = 0;  ///< Drawn for this position: tells a restored server from the one we knew.
    Dot dot{};
    Uuid author{};
    HybridTime effective{};
    Bytes payload{};  ///< Empty: our own, and the journal still has it. After `close_scope` it does not: a scope
                      ///< that is read again from its start must come with every payload.
};

struct ScopeCursor {
    std::string scope;
    std::uint64_t position = 0;  ///< Applied up to here, included.
    std::uint64_t salt = 0;
};

/// How much of a scope's state is staged here: read at `position`, up to the record `last`.
struct StatePlace {
    std::string scope;
    std::uint64_t position = 0;
    std::uint64_t salt = 0;     ///< Of `position`.
    Uuid last{};                ///< Nil: nothing yet.
    std::uint64_t records = 0;  ///< Known to the device only.
};
/// Records of a scope's state, in order of their ids.
struct StatePiece {
    StatePlace after;    ///< `last` is the record before the first of these; nil begins anew.
    bool again = false;  ///< Records that changed while the state was read, in any order; `last` says nothing.
    struct Item {
        Bytes state;         ///< An encoded RecordState.
        bool older = false;  ///< As KeptState::older.
    };
    std::vector<Item> records;
};
/// Nothing is missing: what was staged is the state at `position`, if its digest says so.
struct StateEnd {
    std::string scope;
    std::uint64_t position = 0;
    std::uint64_t salt = 0;
    std::uint64_t records = 0;
    Bytes digest;  ///< 16 bytes: changes/digest.hpp.
    std::vector<Erasure> erasures;
};

/// Link to a server, as enrolled.
struct Enrolment {
    std::string url;        ///< ws://host:port/sync
    std::string token;      ///< A secret: never logged.
    std::string server_id;  ///< Identity that the server showed at enrolment.
    std::string key{};      ///< Seed of this device's key, base64url. A secret: never logged, never sent.
    std::string ca{};       ///< PEM of the authority that signs the server's certificate; empty: the system's own.
};

struct SyncCounts {
    std::uint64_t pending = 0;
    std::uint64_t parked = 0;
    std::uint64_t conflicts = 0;
    std::uint64_t scopes = 0;
};

/// Threads: one owner, as Store.
class DeviceStore final : public ChangesetSink {
public:
    /// Errors: as Store::open.
    static Result<std::unique_ptr<DeviceStore>> open(const Store::Config& config, ClockSource& clock,
                                                     RandomSource& random);
    ~DeviceStore() override;

    Store& records();

    Result<std::optional<Enrolment>> enrolment();
    Status set_enrolment(const Enrolment& enrolment);

    /// Own changesets that have no final result yet, from `first` on, oldest first, at most `bytes_max` (at least one).
    Result<std::vector<OutboxEntry>> unsent(std::uint64_t first, std::size_t bytes_max);
    Result<std::vector<OutboxEntry>> parked();
    /// Own change `n`, or what a refused one was issued again as. Nothing if it was given up.
    Result<std::optional<OutboxEntry>> own_change(std::uint64_t n);
    Result<std::uint64_t> last_n();   ///< The newest own n, 0 if none.
    Result<std::uint64_t> final_n();  ///< The newest own n that has its final result.
    /// Records the server's results, dense from `final_n() + 1`; older ones are ignored. One transaction.
    /// A refused change leaves the shown state and is parked. Errors: `corrupt` for a gap.
    Status settle(const std::vector<PushResult>& results);
    /// Puts parked changes (all, or the named n) into the outbox again under new n; what they were is kept in `was`.
    Result<std::uint64_t> retry_parked(std::optional<std::uint64_t> n);
    Status discard_parked(std::uint64_t n);
    /// Retries one with other values. Each correction names a record that the change writes, and fields that it writes
    /// (of a record that it makes: any). Errors: `not_found`, `invalid` naming the field; nothing is changed then.
    Result<std::uint64_t> fix_parked(std::uint64_t n, const std::vector<Put>& corrections);
    /// The same where somebody changes a record again that parked changes write: if they write one of these fields, or
    /// would make the record, they are retried with the new values, and what is left is written after them. Gives how
    /// many; 0 if it is a write like any other, and nothing was done. Errors: as fix_parked and Store::write.
    Result<std::uint64_t> fix_parked_record(const Put& edit);
    /// The server has this version of the catalogue (0: it does not say). Where that is newer than the one last met,
    /// what was refused for what it is, not for who wrote it, is retried. Gives how many. One transaction.
    Result<std::uint64_t> meet_server(std::uint64_t catalogue);

    Result<std::vector<ScopeCursor>> cursors();
    /// A scope that this device may read from now on; the cursor starts at 0 if it is new.
    Status open_scope(std::string_view scope);
    /// Removes the scope with all that it held here, the words of its journal entries and its drafts included. What
    /// still waits or is parked stays in the outbox until the server has taken it over.
    Status close_scope(std::string_view scope);
    /// The same for a scope that was lost: what still waits there is sealed to the server's key and stays in the outbox
    /// like that, what was refused there is issued again and sealed as well. One transaction; no word of it is left.
    /// Errors: `invalid` for what is no key.
    Status lose_scope(std::string_view scope, ByteView key);
    /// Numbers of own changesets that wait sealed: their words are not here any more.
    Result<std::vector<std::uint64_t>> sealed();
    /// Scopes that hold records here, were never opened, and of whose changes none waits: what was made here and given
    /// to others before the first answer arrived. Nobody else can tell this device to close them.
    Result<std::vector<std::string>> strays();
    /// Applies consecutive log entries of one scope and moves its cursor: one transaction. Entries at or before the
    /// cursor are skipped. Errors: `corrupt` for a gap or an undecodable payload; nothing is applied then.
    Status apply_log(std::string_view scope, const std::vector<LogEntry>& entries);

    /// Scopes whose state is staged in part, and how far; what was held in memory is on disk then.
    Result<std::vector<StatePlace>> staged();
    /// Stages what comes next of a scope's state; nobody sees it yet. Two megabytes may be held in memory: what is
    /// lost with it is asked for again. Errors: `corrupt` if it does not follow what is staged.
    Status stage(StatePiece piece);
    /// Puts on disk what `stage` holds in memory.
    Status keep_staged();
    /// Makes what is staged the confirmed state of the scope and moves its cursor: one transaction. Own changes lie
    /// over it. False if the digest differs: the stage is dropped, everything else is as before.
    Result<bool> adopt_state(const StateEnd& end);
    Status drop_staged(std::string_view scope);

    Result<SyncCounts> counts();

    /// A line that the user has typed but not sent: device-only, never synced or searched.
    Status set_draft(const Uuid& conversation, std::string_view text);
    Result<std::string> draft(const Uuid& conversation);
    /// Drops the unsent lines that name somebody who is being erased.
    Status drop_drafts_naming(std::string_view name);

    // ChangesetSink
    Result<std::uint64_t> next_n() override;
    Status take(const Changeset& changeset, ByteView payload) override;
    Result<HybridTime> last_time() override;
    [[nodiscard]] bool keeps_time() const override { return true; }
    [[nodiscard]] bool pending() const override;

private:
    struct Impl;
    explicit DeviceStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::core
