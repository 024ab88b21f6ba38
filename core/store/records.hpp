// Rows to record states and back: the shown values in real columns, versions packed beside them, the rest in side
// tables. Everything here runs inside the caller's transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "core/changes/merge.hpp"
#include "core/store/database.hpp"
#include "core/store/names.hpp"
#include "core/store/search_index.hpp"

namespace debrief::core {

/// Bits of a row's `_flags`.
inline constexpr std::int64_t flag_hidden = 1;    ///< Deleted, nothing unseen.
inline constexpr std::int64_t flag_cells = 2;     ///< Some heads stand in `cell`.
inline constexpr std::int64_t flag_conflict = 4;  ///< Some fields stand in `conflict`.

/// A record as it is kept.
struct StoredRecord {
    std::int64_t rid = 0;          ///< 0: not stored yet.
    const Table* table = nullptr;  ///< Null: a table that this build does not know.
    RecordState state;             ///< As shown.
    std::int64_t flags = 0;
    std::int64_t pending = 0;        ///< Own changes over the confirmed state.
    std::optional<Bytes> confirmed;  ///< Encoded state without them; nothing: it is the shown one.

    [[nodiscard]] bool visible() const { return rid != 0 && (flags & flag_hidden) == 0; }
};

class Records {
public:
    Records(Database& db, const Catalogue& catalogue, bool search);

    /// The record with all its heads; nothing if unknown here.
    Result<std::optional<StoredRecord>> find(const Uuid& id);
    /// The record in a row of `select_record`, to which the caller adds WHERE.
    static constexpr std::string_view select_record = "SELECT rid, tbl, scope, pending, confirmed, id FROM record ";
    Result<StoredRecord> load(const Statement& row);
    /// Where a record lives; nothing if unknown here.
    struct Place {
        std::int64_t rid = 0;
        std::string table, scope;
    };
    Result<std::optional<Place>> locate(const Uuid& id);

    /// Stores `after` in place of what `record` was, writing only what differs; `record` then says what is stored.
    /// `pending` and `confirmed` of a new record are written as they stand.
    Status save(StoredRecord& record, RecordState after);
    /// Stores a record that is as confirmed; `record` then says what is stored. False if there is one of this id.
    Result<bool> add(StoredRecord& record, const RecordState& state);
    /// Writes `pending` and `confirmed` of a record that is stored already.
    Status save_overlay(const StoredRecord& record);
    /// The one own change that a record is made of is confirmed as it stands. False if it is made of anything else.
    Result<bool> settle_new(const Uuid& id);
    Status remove(const StoredRecord& record);
    /// Moves heads that an older build kept aside into the columns that this one has for them.
    Status adopt(const Uuid& id);

    Status add_history(std::int64_t rid, const Superseded& old, const Uuid& by_author, bool local);
    Status drop_local_history(std::int64_t rid);
    /// The time that the server gave a version which is history by now.
    Status adopt_time(std::int64_t rid, const std::string& field, const Dot& dot, HybridTime time);

    /// The value to show for a field: chosen among its heads, merged or gathered from elements.
    static Value shown_value(const RecordState& state, const Field& field);
    /// The same without a copy, of a field that is no set; `made` holds the value where no head has it.
    static const Value& shown_value(const Field& field, const Heads& heads, Value& made);
    /// Whether a person has to choose: the rule for each kind of field, `deleted` included.
    static std::vector<std::string> conflicts_of(const Table& table, const RecordState& state);

    /// New records enter the search index a batch at a time: one by one, each save would pay for a piece of index of
    /// its own. How many wait; `index_waiting` takes them all in. Every search does that first, so nobody sees the
    /// difference.
    [[nodiscard]] std::int64_t waiting() const { return search_ ? newest_ - indexed_ : 0; }
    static constexpr std::int64_t waiting_max = 64;
    Status index_waiting();
    /// While it is on, new records enter the index as they are added, in this one transaction: for many at a time.
    Status index_at_once(bool on);
    /// Reads again what another process may have changed.
    Status refresh();

    Names& scopes() { return scopes_; }
    Names& tables() { return tables_; }
    Replicas& replicas() { return replicas_; }
    /// After a rollback: what was cached may never have been written.
    void forget();

private:
    /// The SQL of one table, worked out once.
    struct Shape {
        std::string select, insert, searchable;
        std::map<std::uint64_t, std::string> updates;  ///< By the columns that changed.
    };
    Shape& shape(const Table& table);
    Status insert(StoredRecord& record, const RecordState& state);
    Status write(StoredRecord& record, RecordState after, bool is_new);
    Status load_row(StoredRecord& record);
    Status load_cells(StoredRecord& record);
    Status save_row(const StoredRecord& record, const RecordState& after, std::int64_t flags, bool is_new);
    Status save_search(const StoredRecord& record, const RecordState& after, std::int64_t flags, bool is_new);
    Status save_cells(const StoredRecord& record, const RecordState& after);
    Status save_conflicts(const StoredRecord& record, const std::vector<std::string>& conflicts);
    Result<Bytes> versions(const Table& table, const std::vector<const Heads*>& heads);

    [[nodiscard]] bool is_waiting(std::int64_t rid) const { return rid > indexed_; }
    Status index_row(std::int64_t rid, const Table& table);
    Status note_indexed();

    Database& db_;
    const Catalogue& catalogue_;
    std::int64_t indexed_ = 0;  ///< Records up to this one are in the search index.
    std::int64_t newest_ = 0;
    bool at_once_ = false;
    Names scopes_, tables_;
    Replicas replicas_;
    std::optional<SearchIndex> search_;
    std::map<const Table*, Shape> shapes_;
};

}  // namespace debrief::core
