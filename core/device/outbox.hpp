// Own changesets on disk: those that wait for the server's word (the outbox), those that it took (the journal), those
// that it refused (parked). Everything here runs inside the caller's transaction.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/store/database.hpp"

namespace debrief::core {

/// A row of the outbox with what only we need of it.
struct OutboxRow {
    OutboxEntry entry;
    Bytes hash;            ///< Of the payload as it was written, whatever became of it since.
    bool applied = false;  ///< Its log entry has come back: it is in the confirmed state.
};

class Outbox {
public:
    explicit Outbox(Database& db) : db_(db) {}

    /// Makes the tables if they are not there.
    Status prepare();
    Result<std::uint64_t> last_n();
    /// The newest n that has its final result, with all before it.
    Result<std::uint64_t> final_n();
    /// Appends, and goes on with the hash chain over all own changesets.
    Status append(const Changeset& changeset, ByteView payload, Instant at);
    /// The stamp of the newest own change.
    Result<HybridTime> last_time();
    /// Moves `final_n` on over what has its result now; after each `set_result` and `set_applied`.
    Status advance();
    struct Brief {
        std::uint64_t n = 0;
        std::string scope;
        bool applied = false;
        bool sealed = false;
    };
    /// What stands beside the payloads of these numbers, both included, in order; fewer where rows are missing.
    Result<std::vector<Brief>> briefs(std::uint64_t first, std::uint64_t last);
    Result<std::optional<OutboxRow>> find(std::uint64_t n);
    /// Those in `state` from `first` on, oldest first, until their payloads exceed `bytes_max`; at least one.
    Result<std::vector<OutboxRow>> in_state(OutboxState state, std::uint64_t first, std::size_t bytes_max);
    /// What lies over the confirmed state: waiting, or taken but not yet come back.
    Result<std::vector<Changeset>> overlay();

    Status set_result(const PushResult& result, OutboxState state);
    Status set_applied(std::uint64_t n, std::uint64_t position, HybridTime effective);
    /// Own changes of a scope up to a position of its log are in the confirmed state.
    Status set_applied_through(std::string_view scope, std::uint64_t position);
    /// A refused change that has become change `reissued`, or nothing if that is 0. `rest` is what stays of it.
    Status withdraw(std::uint64_t n, std::uint64_t reissued, ByteView rest);
    /// Forgets the words of a change; its place in the chain stays.
    Status clear(std::uint64_t n);
    /// Puts a payload without some of its words in place of the one that is kept; `hash` and the chain stay.
    Status replace_payload(std::uint64_t n, ByteView payload);
    /// Numbers of those that wait and were written in this scope, oldest first.
    Result<std::vector<std::uint64_t>> waiting_in(std::string_view scope);
    /// Numbers of those that wait and are sealed, oldest first.
    Result<std::vector<std::uint64_t>> sealed_waiting();
    /// Those whose bytes name one of these records; what is sealed names nothing.
    Result<std::vector<OutboxRow>> naming(const std::vector<Erasure>& erasures);
    /// How long, and how much, the journal keeps. Source: design, "time travel".
    static constexpr std::chrono::hours journal_age_max{120 * 24};
    static constexpr std::int64_t journal_bytes_max = 64 << 20;
    /// Forgets the words of journal entries that came back in the log and are older than that or, the newest first, do
    /// not fit into `bytes_max`. What waits or was refused is never touched; places in the chain stay.
    Status trim_journal(Instant now, std::int64_t bytes_max = journal_bytes_max);
    /// Forgets the words of all journal entries of a scope.
    Status clear_journal(std::string_view scope);
    Result<std::uint64_t> count(OutboxState state);

private:
    Result<std::vector<OutboxRow>> rows(Statement& query, std::size_t bytes_max);
    /// The numbers that this statement gives. Its first parameter is the newest n that does not wait any more.
    Result<std::vector<std::uint64_t>> waiting(Statement& query);

    Database& db_;
};

}  // namespace debrief::core
