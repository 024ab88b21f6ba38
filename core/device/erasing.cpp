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

}  // namespace debrief::core
