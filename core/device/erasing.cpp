// Own changes lose erased words as well: what waits, what the server took, what it refused. Each keeps its hash, so
// that it is known again however much of it is left.
#include "core/device/device_store_impl.hpp"

namespace debrief::core {

Status DeviceStore::Impl::strip_own(const std::vector<Erasure>& erasures) {
    if (erasures.empty()) return Ok{};
    const auto rows = outbox.naming(erasures);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        auto changeset = decode_changeset(row.entry.payload);
        if (!changeset) return changeset.error();
        const auto stripped = records->strip(*changeset, row.hash);
        if (!stripped) return stripped.error();
        if (*stripped) DEBRIEF_TRY(outbox.replace_payload(row.entry.n, encode(*changeset)));
    }
    return Ok{};
}

Status DeviceStore::drop_drafts_naming(std::string_view name) {
    return impl_->records->transact([&]() -> Status {
        std::vector<Uuid> naming;
        {
            auto query = impl_->db().prepare("SELECT conversation, text FROM draft");
            if (!query) return query.error();
            for (;;) {
                const auto row = query->step();
                if (!row) return row.error();
                if (!*row) break;
                const auto id = uuid_from_bytes(query->bytes(0));
                if (id && mentions(query->text(1), name)) naming.push_back(*id);
            }
        }
        for (const auto& conversation : naming) DEBRIEF_TRY(set_draft(conversation, {}));
        return Ok{};
    });
}

}  // namespace debrief::core
