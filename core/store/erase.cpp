// Erasing words in the store: what is here is overwritten in place, what comes later is stripped at the door.
#include <algorithm>

#include "core/changes/state_codec.hpp"
#include "core/defects.hpp"
#include "core/store/cells.hpp"
#include "core/store/store_impl.hpp"

namespace debrief::core {
namespace {

bool is_done(const ErasedFields& fields, const Erasure& erasure) {
    if (erasure.only.empty()) return fields.whole;
    return std::all_of(erasure.only.begin(), erasure.only.end(),
                       [&](const std::string& field) { return fields.takes(field); });
}

/// By scope, in the order in which they are first named; each list as a changeset wants it.
std::vector<std::pair<std::string, std::vector<Erasure>>> by_scope(
    const std::vector<std::pair<std::string, Erasure>>& erasures) {
    std::vector<std::pair<std::string, std::vector<Erasure>>> groups;
    for (const auto& placed : erasures) {
        const auto& erasure = placed.second;
        auto group =
            std::find_if(groups.begin(), groups.end(), [&](const auto& at) { return at.first == placed.first; });
        if (group == groups.end()) group = groups.insert(groups.end(), {placed.first, {}});
        auto& list = group->second;
        const auto place = std::lower_bound(list.begin(), list.end(), erasure,
                                            [](const Erasure& a, const Erasure& b) { return a.record < b.record; });
        if (place == list.end() || place->record != erasure.record) {
            list.insert(place, erasure);
        } else if (erasure.only.empty()) {
            *place = erasure;  // All of it says more than some of it.
        } else if (!place->only.empty()) {
            place->only.insert(place->only.end(), erasure.only.begin(), erasure.only.end());
            std::sort(place->only.begin(), place->only.end());
            place->only.erase(std::unique(place->only.begin(), place->only.end()), place->only.end());
        }
    }
    return groups;
}

}  // namespace

Result<std::vector<TouchedRecord>> Store::erase(const std::vector<Erasure>& erasures) {
    auto& s = *impl_;
    std::vector<TouchedRecord> touched;
    if (erasures.empty()) return touched;
    const auto status = transact([&]() -> Status {
        DEBRIEF_TRY(s.settle_run());
        std::vector<std::pair<std::string, Erasure>> placed;
        for (const auto& erasure : erasures) {
            const auto place = s.records.locate(erasure.record);
            if (!place) return place.error();
            if (!*place) {
                return Error{Errc::not_found, "There is no record " + erasure.record.text() + " here.", "id", {}};
            }
            const auto before = s.erased_fields(erasure.record);
            if (!before) return before.error();
            if (is_done(*before, erasure)) continue;
            placed.emplace_back((*place)->scope, erasure);
            touched.push_back({(*place)->table, erasure.record});
        }
        if (placed.empty()) return Ok{};
        const auto time = s.stamp();
        for (auto& [scope, list] : by_scope(placed)) {
            const auto n = s.sink == nullptr ? s.own_n() : s.sink->next_n();
            if (!n) return n.error();
            Changeset changeset;
            changeset.dot = {s.identity.device, s.identity.incarnation, *n};
            changeset.scope = scope;
            changeset.time = time;
            changeset.catalogue = s.catalogue.version;
            changeset.erases = std::move(list);
            DEBRIEF_TRY(s.erase_all(changeset));
            if (s.sink != nullptr) DEBRIEF_TRY(s.sink->take(changeset, encode(changeset)));
        }
        s.notice.local = true;
        return Ok{};
    });
    if (!status) return status.error();
    return touched;
}

Result<ErasedFields> Store::erased(const Uuid& record) {
    return impl_->erased_fields(record);
}

Result<bool> Store::strip(Changeset& changeset, ByteView hash) {
    bool found = false;
    if (defective(Defect::late_words)) return found;
    for (auto& write : changeset.records) {
        const auto fields = impl_->erased_fields(write.record);
        if (!fields) return fields.error();
        if (fields->any() && core::strip(write, *fields)) found = true;
    }
    if (found && changeset.original.empty()) changeset.original.assign(hash.begin(), hash.end());
    return found;
}

Result<ErasedFields> Store::Impl::erased_fields(const Uuid& record) {
    ErasedFields fields;
    // Erasures are rare: a write must not pay for looking where there are none.
    if (!any_erased) {
        const auto any = db->integer("SELECT EXISTS(SELECT 1 FROM erasure)");
        if (!any) return any.error();
        any_erased = *any != 0;
    }
    if (!*any_erased) return fields;
    auto query = db->prepare("SELECT field, kept FROM erasure WHERE record = ?1");
    if (!query) return query.error();
    query->bind(1, record.view());
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return fields;
        std::string field{query->text(0)};
        if (field.empty()) {
            fields.whole = true;
        } else {
            (query->integer(1) != 0 ? fields.kept : fields.only).insert(std::move(field));
        }
    }
}

Result<const RecordWrite*> Store::Impl::admitted(const RecordWrite& write, RecordWrite& scratch) {
    const auto fields = erased_fields(write.record);
    if (!fields) return fields.error();
    if (!fields->any()) return &write;
    scratch = write;
    return core::strip(scratch, *fields) ? &scratch : &write;
}

Status Store::Impl::erase_all(const Changeset& changeset) {
    for (const auto& erasure : changeset.erases) DEBRIEF_TRY(erase_record(changeset.scope, erasure));
    return Ok{};
}

Status Store::Impl::erase_record(const std::string& scope, const Erasure& erasure) {
    const auto number = records.scopes().number(scope);
    if (!number) return number.error();
    any_erased = true;
    DEBRIEF_TRY(note_erasure(*number, erasure));
    auto found = records.find(erasure.record);
    if (!found) return found.error();
    if (!*found) return Ok{};  // Not here yet: it will be stripped at the door.
    auto stored = std::move(**found);
    if (stored.state.scope != scope) {
        return Error{Errc::not_found, "There is no record " + erasure.record.text() + " in this place.", {}, {}};
    }
    const auto fields = erased_fields(erasure.record);
    if (!fields) return fields.error();
    auto after = stored.state;
    if (core::strip(after, *fields)) DEBRIEF_TRY(records.save(stored, std::move(after)));
    if (stored.confirmed && !stored.confirmed->empty()) {
        auto confirmed = decode_state(*stored.confirmed);
        if (!confirmed) return confirmed.error();
        if (core::strip(*confirmed, *fields)) {
            stored.confirmed = encode(*confirmed);
            DEBRIEF_TRY(records.save_overlay(stored));
        }
    }
    DEBRIEF_TRY(erase_versions(stored.rid, *fields));
    {
        auto forget = db->prepare("DELETE FROM imported WHERE rid = ?1");
        if (!forget) return forget.error();
        DEBRIEF_TRY(forget->bind(1, stored.rid).run());
    }
    touched(stored.state);
    words_went = true;
    return Ok{};
}

Status Store::Impl::note_erasure(std::int64_t scope, const Erasure& erasure) {
    const auto note = [&](std::string_view field, bool kept) -> Status {
        auto insert = db->prepare(
            "INSERT INTO erasure(record, field, scope, kept) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT DO UPDATE SET kept = min(kept, excluded.kept)");
        if (!insert) return insert.error();
        return insert->bind(1, erasure.record.view()).bind(2, field).bind(3, scope).bind(4, std::int64_t{kept}).run();
    };
    for (const auto& field : erasure.only) DEBRIEF_TRY(note(field, false));
    if (!erasure.only.empty()) return Ok{};
    DEBRIEF_TRY(note({}, false));
    for (const auto& field : erasure.kept) DEBRIEF_TRY(note(field, true));
    return Ok{};
}

Status Store::Impl::erase_versions(std::int64_t rid, const ErasedFields& fields) {
    struct Row {
        std::string field;
        std::int64_t replica = 0, n = 0, by_replica = 0, by_n = 0;
    };
    std::vector<Row> rows;
    {
        auto query = db->prepare("SELECT field, replica, n, by_replica, by_n, value FROM version WHERE rid = ?1");
        if (!query) return query.error();
        query->bind(1, rid);
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            Row at{std::string{query->text(0)}, query->integer(1), query->integer(2), query->integer(3),
                   query->integer(4)};
            if (!fields.takes(at.field)) continue;
            auto value = value_from(query->bytes(5));
            if (!value) return value.error();
            if (core::strip(*value)) rows.push_back(std::move(at));
        }
    }
    const auto constant = value_bytes(std::string{erased_text});
    for (const auto& row : rows) {
        auto update = db->prepare(
            "UPDATE version SET value = ?7 WHERE rid = ?1 AND field = ?2 AND replica = ?3 AND n = ?4 AND by_replica = "
            "?5 AND by_n = ?6");
        if (!update) return update.error();
        update->bind(1, rid).bind(2, std::string_view{row.field}).bind(3, row.replica).bind(4, row.n);
        DEBRIEF_TRY(update->bind(5, row.by_replica).bind(6, row.by_n).bind(7, ByteView{constant}).run());
    }
    return Ok{};
}

}  // namespace debrief::core
