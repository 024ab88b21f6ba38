// Log entries as the server delivers them: others' changes are merged, own ones confirmed.
#include "core/device/device_store_impl.hpp"

#include "core/changes/sealed.hpp"
#include "core/defects.hpp"

namespace debrief::core {

Status DeviceStore::apply_log(std::string_view scope, const std::vector<LogEntry>& entries) {
    return impl_->records->transact([&]() -> Status {
        std::uint64_t position = 0, salt = 0;
        {
            auto query = impl_->db().prepare("SELECT position, salt FROM scope_cursor WHERE scope = ?1");
            if (!query) return query.error();
            const auto row = query->bind(1, scope).step();
            if (!row) return row.error();
            if (!*row)
                return Error{Errc::not_found, "This device does not read \"" + std::string{scope} + "\".", {}, {}};
            position = static_cast<std::uint64_t>(query->integer(0));
            salt = static_cast<std::uint64_t>(query->integer(1));
        }
        const auto before = position;
        DEBRIEF_TRY(impl_->records->together([&]() -> Status {
            for (const auto& entry : entries) {
                if (entry.position <= position) continue;
                if (entry.position != position + 1) {
                    return Error{Errc::corrupt,
                                 "The log of \"" + std::string{scope} + "\" goes from " + std::to_string(position) +
                                     " to " + std::to_string(entry.position) + ".",
                                 {},
                                 {}};
                }
                const bool skipped = defective(Defect::cursor_early) && entries.size() > 1 && &entry == &entries.back();
                if (!skipped) DEBRIEF_TRY(impl_->apply_entry(scope, entry));
                position = entry.position;
                salt = entry.salt;
            }
            return Ok{};
        }));
        if (position == before) return Ok{};
        DEBRIEF_TRY(impl_->outbox.advance());
        auto update = impl_->db().prepare("UPDATE scope_cursor SET position = ?2, salt = ?3 WHERE scope = ?1");
        if (!update) return update.error();
        return update->bind(1, scope)
            .bind(2, static_cast<std::int64_t>(position))
            .bind(3, static_cast<std::int64_t>(salt))
            .run();
    });
}

Status DeviceStore::Impl::apply_entry(std::string_view scope, const LogEntry& entry) {
    const bool own = entry.dot == dot(entry.dot.n);
    std::optional<OutboxRow> row;
    if (own) {
        auto found = outbox.find(entry.dot.n);
        if (!found) return found.error();
        row = std::move(*found);
    }
    // What was sealed when its scope was lost comes with its words, now that the scope is read again.
    const bool from_journal = row && !row->entry.payload.empty() && !is_sealed(row->entry.payload);
    if (entry.payload.empty() && !from_journal) {
        return Error{Errc::corrupt,
                     "The journal does not hold own change " + std::to_string(entry.dot.n) +
                         ", and the server sent it without its content.",
                     {},
                     {}};
    }
    auto changeset = decode_changeset(from_journal ? row->entry.payload : entry.payload);
    if (!changeset) return changeset.error();
    if (changeset->dot != entry.dot || changeset->scope != scope) {
        return Error{
            Errc::corrupt, "A log entry of \"" + std::string{scope} + "\" holds another change than it names.", {}, {}};
    }
    const Judged judged{std::move(*changeset), entry.author, entry.effective};
    const bool over_confirmed = from_journal && !row->applied && row->entry.state <= OutboxState::acknowledged;
    DEBRIEF_TRY(over_confirmed ? records->confirm(judged) : records->merge(judged));
    if (row && !from_journal) DEBRIEF_TRY(outbox.replace_payload(entry.dot.n, entry.payload));
    DEBRIEF_TRY(strip_own(judged.changeset.erases));
    return row ? outbox.set_applied(entry.dot.n, entry.position, entry.effective) : Status{Ok{}};
}

}  // namespace debrief::core
