#include "sync/server/stripping.hpp"

#include <algorithm>
#include <utility>

namespace debrief::sync {
namespace {

bool names_any(core::ByteView payload, const std::vector<core::Erasure>& erasures) {
    const auto text = core::as_text(payload);
    return std::any_of(erasures.begin(), erasures.end(), [&](const core::Erasure& erasure) {
        return text.find(core::as_text(erasure.record.view())) != std::string_view::npos;
    });
}

}  // namespace

core::Result<bool> strip_payloads(core::Database& db, core::Store& store, core::Statement& rows,
                                  std::string_view update, const std::vector<core::Erasure>& erasures) {
    std::vector<std::pair<std::int64_t, core::Bytes>> changed;
    for (;;) {
        const auto row = rows.step();
        if (!row) return row.error();
        if (!*row) break;
        if (!names_any(rows.bytes(1), erasures)) continue;
        auto changeset = core::decode_changeset(rows.bytes(1));
        if (!changeset) return changeset.error();
        const auto stripped = store.strip(*changeset, core::payload_hash(rows.bytes(1)));
        if (!stripped) return stripped.error();
        if (*stripped) changed.emplace_back(rows.integer(0), core::encode(*changeset));
    }
    rows.reset();
    for (const auto& [id, payload] : changed) {
        auto write = db.prepare(update);
        if (!write) return write.error();
        DEBRIEF_TRY(write->bind(1, id).bind(2, core::ByteView{payload}).run());
    }
    return !changed.empty();
}

}  // namespace debrief::sync
