// What devices were told: cursor vectors by id, and scopes once opened for a user.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "core/store/database.hpp"

namespace debrief::sync {

/// Writes wait for `flush`, inside the caller's transaction: greetings must not cost a write to disk each.
/// Threads: one owner.
class GrantTable {
public:
    static core::Status create(core::Database& db);

    explicit GrantTable(core::Database& db) : db_(db) {}

    core::Result<std::optional<std::vector<core::ScopeCursor>>> cursor_set(const core::Uuid& device, std::uint64_t id);
    void keep_cursor_set(const core::Uuid& device, std::uint64_t id, std::uint64_t previous,
                         const std::vector<core::ScopeCursor>& cursors);

    void note_granted(const core::Uuid& user, const std::vector<std::string>& scopes);
    core::Result<bool> was_granted(const core::Uuid& user, std::string_view scope);

    [[nodiscard]] bool waiting() const { return !sets_.empty() || !grants_.empty(); }
    core::Status flush();
    /// What `flush` wrote is on disk.
    void flushed();

private:
    struct Waiting {
        std::uint64_t id = 0;
        std::uint64_t previous = 0;
        core::Bytes cursors;
    };
    core::Database& db_;
    std::map<core::Uuid, Waiting> sets_;
    std::vector<std::pair<core::Uuid, std::string>> grants_;
};

}  // namespace debrief::sync
