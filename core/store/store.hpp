// The records of one workspace in one SQLite file: rows as ordinary columns, their versions, the search index.
// A device and a server keep the same store; they differ in where a local write's changesets go (ChangesetSink).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "core/changes/changeset.hpp"
#include "core/changes/erasure.hpp"
#include "core/changes/merge.hpp"
#include "core/result.hpp"
#include "core/sources.hpp"
#include "core/value.hpp"

namespace debrief::core {

class Database;  // core/store/database.hpp: the wrapper around SQLite.

/// Who writes here. All nil until the store has been given an owner.
struct Identity {
    Uuid workspace;
    std::string workspace_name;
    Uuid user;
    std::string user_name;
    std::string role;  ///< rep, manager, admin; empty for a server.
    Uuid device;
    std::uint64_t incarnation = 0;
    std::string language = "en";
};

struct Record {
    std::string table;
    Uuid id;
    std::string scope;
    FieldMap fields;                     ///< Known fields that hold something; shown values.
    std::vector<std::string> conflicts;  ///< Fields whose heads hold more than one distinct value.

    [[nodiscard]] const Value* find(std::string_view field) const;
    [[nodiscard]] std::string text(std::string_view field) const;  ///< Empty if absent.
    [[nodiscard]] std::optional<Uuid> ref(std::string_view field) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view field) const;
    [[nodiscard]] bool flag(std::string_view field) const;  ///< False if absent.
};

/// Creates or changes a record. A field set to Null is cleared; a field that already shows the same value and has no
/// conflict is not written. `scope` only for a new record; it must be one that the record's rule allows.
struct Put {
    std::string table{};
    Uuid id{};
    FieldMap fields{};
    std::optional<std::string> scope{};
};
struct Delete {
    std::string table{};
    Uuid id{};
};
using Edit = std::variant<Put, Delete>;

struct Where {
    std::string field{};  ///< A catalogue field, or `id` or `scope`.
    enum class Op { equal, not_equal, less, less_equal, greater, greater_equal, contains, is_null } op = Op::equal;
    Value value{};
};
struct Query {
    std::string table{};
    std::vector<Where> where{};
    std::string order = "id";  ///< A field, or `id`; a leading `-` reverses. Ties by id.
    std::size_t limit = 0;     ///< 0: all.
    std::string after{};       ///< The `next` of the page before.
};
struct Page {
    std::vector<Record> records;
    std::string next;  ///< Empty on the last page.
};

struct Version {
    std::string field;
    Value value;
    Uuid author;
    Instant at{};
    Dot dot;
    std::optional<Dot> replaced_by;
};
struct History {
    std::vector<Version> versions;  ///< Oldest first.
    bool complete = true;           ///< False where this device holds less than the server.
};

struct SearchHit {
    std::string table;
    Uuid id;
    std::string field;
    std::string snippet;  ///< The hit in [brackets].
};

struct Conflict {
    std::string id;  ///< Stable: `<record>:<field>`.
    std::string table;
    Uuid record;
    std::string field;
    std::vector<Head> versions;  ///< One a distinct value; the shown one first.
};

struct TouchedRecord {
    std::string table;
    Uuid id;
    auto operator<=>(const TouchedRecord&) const = default;
};
/// What a transaction changed, told to listeners after it is on disk.
struct ChangeNotice {
    std::set<TouchedRecord> records;
    bool local = false;
};

/// Whether `text` names somebody by a word of `name`, as `Store::mentions` looks for it.
bool mentions(std::string_view text, std::string_view name);

/// Where the changesets of a local write go, inside its transaction: a device's outbox, a server's log.
class ChangesetSink {
public:
    virtual ~ChangesetSink() = default;
    /// The next n of this store's dots.
    virtual Result<std::uint64_t> next_n() = 0;
    virtual Status take(const Changeset& changeset, ByteView payload) = 0;
    /// The stamp of the newest changeset taken, if the sink keeps it: the store then need not write it a second time.
    virtual Result<HybridTime> last_time() { return HybridTime{}; }
    [[nodiscard]] virtual bool keeps_time() const { return false; }
    /// True where local writes await a judge: their rows keep the confirmed state beside the shown one.
    [[nodiscard]] virtual bool pending() const = 0;
};

/// A changeset that the server has judged.
struct Judged {
    Changeset changeset;
    Uuid author;             ///< As the server says.
    HybridTime effective{};  ///< As the server clamped it.
};

/// A record as a scope's state carries it: what others know of it, without own pending changes.
struct KeptState {
    RecordState state;
    bool older = false;  ///< There were versions before these heads, and the state does not hold them.
};

/// Threads: one owner; calls must not overlap. Several processes may hold the same file, each with a Store of its own.
class Store {
public:
    struct Config {
        std::string path{};                    ///< A file; `:memory:` in tests.
        std::string vfs{};                     ///< Empty: SQLite's own.
        bool search = true;                    ///< Keep the full-text index.
        const Catalogue* catalogue = nullptr;  ///< Null: that of this build. Outlives the store.
        std::chrono::milliseconds busy_wait{5000};
    };
    /// Creates the file (mode 0600) or opens it. Errors: `too_new`, `corrupt`, `busy`, `full`, `io`, each with what to
    /// do.
    static Result<std::unique_ptr<Store>> open(const Config& config, ClockSource& clock, RandomSource& random);
    ~Store();

    [[nodiscard]] const Catalogue& catalogue() const;  ///< The one that it was opened with.
    [[nodiscard]] const Identity& identity() const;
    Status set_identity(const Identity& identity);

    /// Small settings of this device, never synced.
    Result<std::optional<std::string>> setting(std::string_view key);
    Status set_setting(std::string_view key, std::string_view value);

    /// One durable transaction: rows, versions, search index, changesets. All or nothing.
    /// Errors: `invalid`, `too_large` (naming the field), `not_found` (deleting what is not there), `full`, `busy`,
    /// `io`.
    Result<std::vector<TouchedRecord>> write(const std::vector<Edit>& edits);

    Result<std::optional<Record>> get(std::string_view table, const Uuid& id);
    Result<Page> list(const Query& query);
    Result<History> history(std::string_view table, const Uuid& id, std::string_view field = {});
    Result<std::vector<SearchHit>> search(std::string_view words, std::size_t limit = 20);
    Result<std::vector<Conflict>> conflicts();
    /// Writes `value` over all heads. Errors: `not_found` if there is no such conflict.
    Status resolve(std::string_view conflict, const Value& value);
    /// Erases words for ever, here at once and, by changesets of their own, wherever these records are. Erased already:
    /// nothing happens. The words are in no file of the store afterwards. Errors: `not_found`.
    Result<std::vector<TouchedRecord>> erase(const std::vector<Erasure>& erasures);
    /// These and all that quotes them here, found by the ids that quotes carry: what `erase` must be given so that
    /// their words are gone. Of a line in which more was said, only the line itself and the bot's answers.
    Result<std::vector<Erasure>> quoting(const std::vector<Uuid>& subjects);
    /// Texts here that name somebody by a word of `name` without quoting them by id, leaving out what `beside` takes:
    /// for a person to look at. A word has at least three bytes; an ending of two more is let pass.
    Result<std::vector<SearchHit>> mentions(std::string_view name, const std::vector<Erasure>& beside);
    /// What must be erased at once, because these writes quote something that was erased before they came.
    Result<std::vector<Erasure>> owed(const Changeset& changeset);
    /// What of a record was erased, here or anywhere.
    Result<ErasedFields> erased(const Uuid& record);
    /// Takes what was erased out of a changeset; `original` then holds `hash`, unless it holds one already. True if
    /// there was something.
    Result<bool> strip(Changeset& changeset, ByteView hash);
    /// Which table a record is in, wherever it is; nothing if unknown here.
    Result<std::optional<TouchedRecord>> locate(const Uuid& id);
    struct Place {
        std::string table, scope;
    };
    /// The same with its home.
    Result<std::optional<Place>> place(const Uuid& id);

    /// Called after each committed transaction of this Store. One listener.
    void on_change(std::function<void(const ChangeNotice&)> listener);
    /// Grows when another process (or this one) has changed the file: cheap to poll. Source: PRAGMA data_version.
    Result<std::uint64_t> data_version();

    Uuid new_id();
    Instant now();

    // For core/device and sync/server: the parts below run inside one transaction that they hold.
    void set_sink(ChangesetSink* sink);
    Database& database();
    /// Runs `work` in one transaction; rolls back on error; tells the listener after commit.
    Status transact(const std::function<Status()>& work);
    /// Merges a judged changeset into the confirmed state, and into the shown one where nothing is pending over it.
    /// A record that is known under another scope is refused with `not_found`.
    Status merge(const Judged& judged);
    /// An own changeset has come back as the log's: it enters the confirmed state with the time that the server gave
    /// it, and the shown state adopts that time. Where nothing is pending any more, the record is as confirmed.
    Status confirm(const Judged& judged);
    /// Runs `work`, which merges and confirms many changes, so that a record that several of them write to is read once
    /// and written once. In one transaction. What is held back is written at the end, or before `work` calls `get`,
    /// `write`, `erase`, `quoting` or `owed`; `locate` and `place` know of it. `work` calls nothing else that looks at
    /// records.
    Status together(const std::function<Status()>& work);
    /// An own changeset made without `write` (a refused one under its new name) enters the shown state, as pending.
    Status show(const Changeset& changeset);
    /// Rebuilds rows whose pending changes were settled: confirmed state + `pending` in order.
    Status rebase(const std::vector<TouchedRecord>& records, const std::vector<Changeset>& pending);
    /// The confirmed state of each record of a scope that comes after `after`, by id, until `take` says false. Records
    /// that only own pending changes have made are left out.
    Status each_state(std::string_view scope, const Uuid& after,
                      const std::function<Result<bool>(const KeptState&)>& take);
    /// The same of one record; nothing if it is not confirmed, or not in this scope.
    Result<std::optional<KeptState>> state_of(std::string_view scope, const Uuid& id);
    /// Makes `each_state` fast in a store that holds many scopes.
    Status index_scopes();
    Result<std::uint64_t> count_records(std::string_view scope);
    /// Puts the state that the server keeps of a record in place of what was confirmed here. True if the record was
    /// here already: then `rebase` must lay own changes over it again. Errors: `not_found` if it lives elsewhere.
    Result<bool> adopt(const KeptState& kept);
    /// Runs `work`, which adopts many records, so that they enter the search index as they come. Inside the caller's
    /// transaction.
    Status gather(const std::function<Status()>& work);
    /// Confirmed records of the scope that are not among `kept` go. Gives those where own changes are left, for
    /// `rebase`.
    Result<std::vector<TouchedRecord>> forget_others(std::string_view scope, const std::set<Uuid>& kept);
    /// All that was erased in a scope: by record, one that erases all of it first.
    Result<std::vector<Erasure>> erasures(std::string_view scope);
    /// Notes erasures that came with a state, and overwrites what may be here of their words.
    Status adopt_erasures(std::string_view scope, const std::vector<Erasure>& erasures);
    /// Removes every row, version, index entry of a scope; after the commit the words are cut out of the files, at the
    /// latest when the store is opened again.
    Status remove_scope(std::string_view scope);

private:
    struct Impl;
    friend class MergeRun;
    /// Words were removed by a transaction that is committed now: they leave the files' bytes too.
    void settle_removal();
    /// Moves the write-ahead log into the file and cuts it.
    Status scrub();
    /// Values that an older build kept aside, now that this one has a column for them.
    Status adopt_known_fields();
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::core
