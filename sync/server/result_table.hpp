// The final word given on every changeset of every device, and what follows from a refusal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/changes/changeset.hpp"
#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "core/store/database.hpp"
#include "core/store/store.hpp"

namespace debrief::sync {

struct StoredResult {
    core::PushResult result;
    core::Bytes hash;  ///< Of the payload that it was given for.
};

/// Threads: one owner.
class ResultTable {
public:
    static core::Status create(core::Database& db);

    explicit ResultTable(core::Database& db) : db_(db) {}

    /// The n that must come next.
    core::Result<std::uint64_t> expected(const core::Uuid& device, std::uint64_t incarnation);
    core::Result<std::optional<StoredResult>> find(const core::Dot& dot);
    core::Status keep(const core::Dot& dot, const StoredResult& result);

    /// The change that would have created a record.
    struct Refused {
        std::uint64_t n = 0;
        std::uint64_t first_n = 0;  ///< The same change when it was refused first, before it was issued again.
    };
    /// What else the device writes to this record depends on the refused change.
    core::Status note_refused(const core::Uuid& record, const core::Dot& dot, std::uint64_t first_n);
    core::Result<std::optional<Refused>> refused(const core::Uuid& record, const core::Dot& by);

    /// Takes over work for a scope that its author lost, for whoever serves the account now.
    core::Status hand_over(const core::Dot& dot, const core::Uuid& user, std::string_view scope, core::Instant at,
                           core::ByteView payload);
    core::Result<std::uint64_t> handed_over();
    /// Takes erased words out of what was handed over.
    core::Status strip(core::Store& store, const std::vector<core::Erasure>& erasures);

private:
    core::Database& db_;
};

}  // namespace debrief::sync
