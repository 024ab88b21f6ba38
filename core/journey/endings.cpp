#include "core/journey/endings.hpp"

#include "core/store/schema.hpp"

namespace debrief::core {

Result<std::vector<Ending>> load_endings(Store& store) {
    const auto* table = store.catalogue().table("opportunity");
    if (table == nullptr) return std::vector<Ending>{};
    // Thousands of rows of which few columns are wanted: as Records they would take five times as long.
    auto query = store.database().prepare(
        "SELECT r.id, t.account, t.owner, t.product, t.outcome, t.outcome_inferred, t.engaged_on, t.ended_on FROM " +
        sql_table(*table) + " t JOIN record r USING (rid) WHERE t._flags & 1 = 0");
    if (!query) return query.error();
    std::vector<Ending> endings;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return endings;
        Ending one;
        one.id = uuid_from_bytes(query->bytes(0)).value_or(Uuid{});
        one.account = uuid_from_bytes(query->bytes(1));
        one.owner = uuid_from_bytes(query->bytes(2));
        one.product = query->text(3);
        one.outcome = query->text(4);
        if (one.outcome.empty()) one.outcome = "open";
        one.inferred = query->text(5);
        one.engaged_on = query->text(6);
        one.ended_on = query->text(7);
        endings.push_back(std::move(one));
    }
}

}  // namespace debrief::core
