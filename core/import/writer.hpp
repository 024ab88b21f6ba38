// Brings planned records into a store: finds what is there already, writes only what differs, some hundred records a
// transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/import/import.hpp"
#include "core/import/pulse.hpp"
#include "core/store/imported.hpp"

namespace debrief::core::intake {

/// The records of one table by something that names them.
using KeyIndex = std::map<std::string, Uuid, std::less<>>;

/// What a table holds already, as far as an importer needs it to find its own again.
struct Known {
    KeyIndex by_key;  ///< By `external_key`.
    std::map<std::string, std::vector<Uuid>, std::less<>>
        by_name;  ///< Records without such a key, by `name` as it stands.

    DeletedIndex deleted;  ///< What was deleted here, by `external_key`.

    /// Whether this was deleted here, and stands under the key no more.
    [[nodiscard]] bool is_deleted(std::string_view key) const { return !by_key.contains(key) && deleted.contains(key); }
    /// The record with this key; else the only one of that name that no other import has claimed.
    [[nodiscard]] std::optional<Uuid> find(std::string_view key, std::string_view name) const;
};
/// Reads a table page by page. Errors: as Store::list; `cancelled`.
Result<Known> known_records(Store& store, std::string_view table, Pulse& pulse);

/// Who is right where the file and the store differ.
enum class Wins {
    /// What the file said the last time is old news, and what was entered here since then stands; a new value goes in,
    /// also one that the file has had before. Where no import noted what it said: a value that the field has held.
    news,
    /// The file is where this is kept (a calendar's times).
    file,
    /// What stands here, whatever it is: only empty fields are filled.
    here,
};

struct WriterRow {
    Put put;
    bool exists = false;
    Wins wins = Wins::news;
    std::string file;  ///< For refusals.
    std::size_t line = 0;
};

/// Threads: one owner.
class Writer {
public:
    static constexpr std::size_t batch = 500;

    /// `total` records are expected, for the progress.
    Writer(Store& store, const ImportOptions& options, Pulse& pulse, ImportReport& report, std::size_t total);

    /// `more` records are expected beside those that were.
    void expect(std::size_t more) { total_ += more; }

    /// Takes a record; writes when a batch is full. A value that the catalogue does not allow makes the row a refusal.
    /// Errors: as Store::write; `cancelled`.
    Status put(WriterRow row);
    /// Counts a row of which no record is made. Errors: `cancelled`.
    Status pass();
    /// Takes away a record that an earlier import made and this one no longer supports.
    Status remove(std::string_view table, const Uuid& id);
    /// Writes what is waiting. Call once at the end.
    Status finish();

    /// Fields where what was entered here stood against an old value of the file.
    [[nodiscard]] std::size_t kept_here() const { return kept_here_; }
    [[nodiscard]] std::vector<RejectedRow>& refused() { return refused_; }

private:
    Result<bool> keep_differences(WriterRow& row);
    Result<bool> is_news(const Uuid& id, const std::string& field, const Value& value, const Imported& before,
                         std::optional<History>& history, std::string_view table);
    Status flush();
    Status look_up();

    Store& store_;
    const ImportOptions& options_;
    Pulse& pulse_;
    ImportReport& report_;
    std::size_t total_;
    std::size_t done_ = 0;
    std::size_t looked_up_ = 0;  // What `done_` was when the progress was last told.
    std::size_t kept_here_ = 0;
    std::vector<Edit> waiting_;
    std::map<Uuid, Imported> noted_;  ///< What the file says of the records in `waiting_`, and of others.
    std::vector<RejectedRow> refused_;
};

}  // namespace debrief::core::intake
