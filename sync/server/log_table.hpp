// The log of every scope: its changesets in the order in which the server judged them, positions dense from 1.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "core/sources.hpp"
#include "core/store/database.hpp"

namespace debrief::sync {

/// Threads: one owner.
class LogTable {
public:
    static core::Status create(core::Database& db);

    LogTable(core::Database& db, core::RandomSource& random) : db_(db), random_(random) {}

    /// Takes the next place; fills in `position` and `salt`. Inside the caller's transaction.
    core::Status append(std::string_view scope, core::LogEntry& entry);
    /// From here to `write_heads`, which belongs into the same transaction, heads of scopes are written once for all
    /// that is appended.
    void hold_heads() { held_.emplace(); }
    core::Status write_heads();
    /// What is held still goes: the transaction was rolled back.
    void drop_heads() { held_.reset(); }
    core::Result<core::ScopeCursor> head(std::string_view scope);
    core::Result<std::optional<std::uint64_t>> salt_at(std::string_view scope, std::uint64_t position);
    core::Result<std::vector<core::LogEntry>> read(std::string_view scope, std::uint64_t position,
                                                   std::size_t bytes_max);

    /// Takes erased words out of the payloads that are kept of this scope; everything else of an entry stays.
    core::Status strip(core::Store& store, std::string_view scope, const std::vector<core::Erasure>& erasures);
    /// Scopes whose entries are not what they were since this was last asked.
    std::set<std::string> take_rewritten() { return std::exchange(rewritten_, {}); }
    /// Scopes that `append` was called for since this was last asked; more than were committed, if a write failed.
    std::set<std::string> take_grown() { return std::exchange(grown_, {}); }
    [[nodiscard]] bool has_grown() const { return !grown_.empty(); }

private:
    struct Head {
        std::int64_t id = 0;  // Of the scope; 0: it has no log.
        std::uint64_t position = 0;
        std::uint64_t salt = 0;
    };
    core::Result<Head> find(std::string_view scope);
    core::Result<Head> read_head(std::string_view scope);
    core::Status write_head(const Head& head);

    std::optional<std::map<std::string, Head, std::less<>>> held_;
    core::Database& db_;
    core::RandomSource& random_;
    std::set<std::string> grown_, rewritten_;
};

/// 63 bits, never 0, so that they stand in SQLite as they are.
std::uint64_t draw_number(core::RandomSource& random);

}  // namespace debrief::sync
