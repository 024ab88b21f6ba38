#include "sync/server/server_sink.hpp"

#include "core/catalogue/scope.hpp"

namespace debrief::sync {

core::Status ServerSink::create(core::Database& db) {
    return db.run(R"sql(
        CREATE TABLE IF NOT EXISTS own_n(id INTEGER PRIMARY KEY CHECK(id = 1), n INTEGER NOT NULL);
        INSERT OR IGNORE INTO own_n VALUES(1, 0))sql");
}

core::Result<std::uint64_t> ServerSink::next_n() {
    const auto last = store_.database().integer("SELECT n FROM own_n");
    if (!last) return last.error();
    return static_cast<std::uint64_t>(*last) + 1;
}

core::Status ServerSink::take(const core::Changeset& changeset, core::ByteView payload) {
    return append(changeset, payload, store_.identity().user, changeset.time);
}

core::Status ServerSink::append(const core::Changeset& changeset, core::ByteView payload, const core::Uuid& author,
                                core::HybridTime effective) {
    auto update = store_.database().prepare("UPDATE own_n SET n = ?1");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, static_cast<std::int64_t>(changeset.dot.n)).run());
    core::LogEntry entry{0, 0, changeset.dot, author, effective, core::Bytes(payload.begin(), payload.end())};
    DEBRIEF_TRY(log_.append(changeset.scope, entry));
    if (!changeset.erases.empty()) {
        DEBRIEF_TRY(log_.strip(store_, changeset.scope, changeset.erases));
        DEBRIEF_TRY(results_.strip(store_, changeset.erases));
    }
    for (const auto& write : changeset.records) {
        if (write.table == "user" || write.table == "team" || write.table == "member") stale_ = people_changed_ = true;
        if (write.table != "assignment") continue;
        stale_ = true;
        if (const auto scope = core::parse_scope(changeset.scope)) accounts_.insert(scope->first);
    }
    return core::Ok{};
}

}  // namespace debrief::sync
