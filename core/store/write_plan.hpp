// From edits to field writes: what each record becomes, where it lives, and which heads its writer has seen.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/records.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

/// All edits of one transaction to one record.
struct PlannedRecord {
    StoredRecord stored;
    FieldMap fields;                   ///< As put, later edits over earlier ones.
    std::optional<std::string> scope;  ///< As asked for; only for a new record.
    bool removed = false;
    bool kept = false;  ///< Stays, though another deleted it.
    std::string home;   ///< Where it lives.
    bool home_known = false;

    [[nodiscard]] bool is_new() const { return stored.rid == 0; }
};

class WritePlan {
public:
    WritePlan(Records& records, const Catalogue& catalogue, const Uuid& user)
        : records_(records), catalogue_(catalogue), user_(user) {}

    /// Errors: `invalid`, `too_large`, `not_found`.
    Status add(const Edit& edit);
    /// The record stays, though somebody who had not seen all of it deleted it.
    Status keep(const TouchedRecord& record);
    /// Checks new records and settles where they live.
    Status settle();
    std::vector<PlannedRecord>& planned() { return planned_; }

private:
    Status add(const Put& put);
    Status add(const Delete& removal);
    Result<PlannedRecord*> record(std::string_view table, const Uuid& id);
    Status settle_home(PlannedRecord& record);
    Result<std::optional<std::string>> room_scope(const PlannedRecord& record);

    Records& records_;
    const Catalogue& catalogue_;
    Uuid user_;
    std::vector<PlannedRecord> planned_;
    std::map<Uuid, std::size_t> places_;
};

/// What must be written so that `record` becomes as planned: only what differs. `dot` is the changeset's own.
RecordWrite writes_of(const PlannedRecord& record, const Dot& dot);

}  // namespace debrief::core
