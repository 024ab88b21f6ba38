// Fields that hold more than one distinct value: listing them, and writing the answer over all of them.
#include <algorithm>

#include "core/store/store_impl.hpp"
#include "core/store/write_plan.hpp"

namespace debrief::core {
namespace {

Conflict conflict_of(const StoredRecord& record, const std::string& field) {
    const auto& state = record.state;
    Conflict conflict{state.id.text() + ":" + field, state.table, state.id, field, {}};
    auto heads = state.fields.at(field);
    if (field == deleted_field) {
        // What stands against the deletion is the newest write that its author had not seen.
        Heads unseen;
        for (const auto& [name, others] : state.fields) {
            if (name != deleted_field) unseen.insert(unseen.end(), others.begin(), others.end());
        }
        std::erase_if(unseen, [&](const Head& head) {
            return std::any_of(heads.begin(), heads.end(), [&](const Head& deletion) {
                return std::binary_search(deletion.covers.begin(), deletion.covers.end(), head.dot);
            });
        });
        if (!unseen.empty()) {
            auto kept = shown(unseen);
            kept.value = false;
            heads.push_back(std::move(kept));
        }
    }
    std::sort(heads.begin(), heads.end(),
              [](const Head& a, const Head& b) { return a.time != b.time ? a.time > b.time : a.dot > b.dot; });
    for (auto& head : heads) {
        const bool known = std::any_of(conflict.versions.begin(), conflict.versions.end(),
                                       [&](const Head& other) { return same_value(other.value, head.value); });
        if (!known) conflict.versions.push_back(std::move(head));
    }
    return conflict;
}

}  // namespace

Result<std::vector<Conflict>> Store::conflicts() {
    std::vector<Conflict> conflicts;
    auto& s = *impl_;
    auto query = s.db->prepare("SELECT r.id, c.field FROM conflict c JOIN record r USING (rid) ORDER BY r.id, c.field");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return conflicts;
        const auto id = uuid_from_bytes(query->bytes(0));
        const auto record = s.records.find(id.value_or(Uuid{}));
        if (!record) return record.error();
        if (*record) conflicts.push_back(conflict_of(**record, std::string{query->text(1)}));
    }
}

Status Store::resolve(std::string_view conflict, const Value& value) {
    const Error unknown{Errc::not_found,
                        "There is no conflict \"" + std::string{conflict} + "\"; it may be settled already.", "id",
                        "List the conflicts again."};
    const auto colon = conflict.find(':');
    const auto id = parse_uuid(conflict.substr(0, colon));
    if (!id || colon == std::string_view::npos) return unknown;
    const std::string field{conflict.substr(colon + 1)};
    return transact([&]() -> Status {
        const auto found = impl_->records.find(*id);
        if (!found) return found.error();
        if (!*found || (*found)->table == nullptr) return unknown;
        const auto& record = **found;
        const auto fields = Records::conflicts_of(*record.table, record.state);
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) return unknown;
        if (field != deleted_field) {
            const auto written = write({Put{record.state.table, *id, {{field, value}}, std::nullopt}});
            return written ? Status{Ok{}} : Status{written.error()};
        }
        const auto* gone = std::get_if<bool>(&value);
        if (gone == nullptr)
            return Error{Errc::invalid, "Say true to delete the record, false to keep it.", "value", {}};
        if (*gone) {
            const auto written = write({Delete{record.state.table, *id}});
            return written ? Status{Ok{}} : Status{written.error()};
        }
        WritePlan plan{impl_->records, impl_->catalogue, impl_->identity.user};
        DEBRIEF_TRY(plan.keep({record.state.table, *id}));
        std::vector<TouchedRecord> written;
        return impl_->carry_out(plan, written);
    });
}

}  // namespace debrief::core
