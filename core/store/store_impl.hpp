// What stands behind a Store. Only the .cpp files of this folder include it.
#pragma once

#include "core/store/records.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

class MergeRun;
class WritePlan;
struct PlannedRecord;

/// The confirmed state that is kept beside the shown one of a record with own changes over it.
Result<RecordState> confirmed_of(const StoredRecord& stored);

struct Store::Impl {
    Impl(std::unique_ptr<Database> database, const Catalogue& known, bool search, ClockSource& clock_source,
         RandomSource& random_source)
        : db(std::move(database)),
          catalogue(known),
          clock(clock_source),
          random(random_source),
          records(*db, known, search),
          search_on(search) {}

    Result<std::optional<std::string>> meta(std::string_view key);
    Status set_meta(std::string_view key, std::string_view value);
    /// Reads again what another process may have changed.
    Status refresh();
    Status load_identity();
    Status load_time();
    Status save_time();
    HybridTime stamp();
    void observe(HybridTime seen);
    /// The next n where no sink gives one.
    Result<std::uint64_t> own_n();

    /// Runs `work` in the transaction that the caller holds, else in one of its own. The caller passes an error on, so
    /// that its transaction goes as a whole: a savepoint a change costs more than the change.
    Status inside(Store& store, const std::function<Status()>& work) {
        return db->in_transaction() ? work() : store.transact(work);
    }
    Status carry_out(WritePlan& plan, std::vector<TouchedRecord>& written);
    Status write_scope(std::vector<PlannedRecord>& planned, const std::string& scope, std::optional<HybridTime>& time,
                       std::vector<TouchedRecord>& written);

    void touched(TouchedRecord record) { notice.records.insert(std::move(record)); }
    void touched(const RecordState& state) { touched(TouchedRecord{state.table, state.id}); }
    /// The record that `write` is about, new if it is not here. Errors: `not_found` if it lives elsewhere.
    Result<StoredRecord> target_of(const RecordWrite& write, const std::string& scope);
    Status show_record(const Changeset& changeset, const RecordWrite& write);
    /// The write as it may be stored: without words that were erased. `scratch` holds it where it differs.
    Result<const RecordWrite*> admitted(const RecordWrite& write, RecordWrite& scratch);
    Result<ErasedFields> erased_fields(const Uuid& record);
    /// Notes an erasure and overwrites what is here: shown, confirmed and superseded values.
    Status erase_record(const std::string& scope, const Erasure& erasure);
    Status note_erasure(std::int64_t scope, const Erasure& erasure);
    Status erase_all(const Changeset& changeset);
    Status erase_versions(std::int64_t rid, const ErasedFields& fields);
    Status rebase_record(const TouchedRecord& touched, const std::vector<Changeset>& pending);
    /// Writes what changes that enter together hold back, before somebody looks at the tables.
    Status settle_run();

    std::unique_ptr<Database> db;
    const Catalogue& catalogue;
    ClockSource& clock;
    RandomSource& random;
    Records records;
    bool search_on;
    std::optional<bool> any_erased;  ///< Unknown after another process wrote.
    bool words_went = false;         ///< By the transaction that is open.
    bool scrub_due = false;          ///< Somebody read while the write-ahead log was to be cut.

    Identity identity;
    MergeRun* run = nullptr;  ///< While changes enter together.
    HybridClock hybrid;
    bool time_moved = false;
    std::int64_t seen_version = -1;  ///< PRAGMA data_version when the cached parts were read.
    std::uint64_t commits = 0;
    ChangesetSink* sink = nullptr;
    std::function<void(const ChangeNotice&)> listener;
    ChangeNotice notice;
    Instant id_time{};
    std::uint16_t id_counter = 0;
};

}  // namespace debrief::core
