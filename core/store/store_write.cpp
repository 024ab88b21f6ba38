// A local write: from edits to changesets, one a scope, in one durable transaction.
#include <algorithm>

#include "core/changes/state_codec.hpp"
#include "core/store/store_impl.hpp"
#include "core/store/write_plan.hpp"

namespace debrief::core {
namespace {

/// The scopes in the order in which the edits first name them.
std::vector<std::string> scopes_of(const std::vector<PlannedRecord>& planned) {
    std::vector<std::string> scopes;
    for (const auto& record : planned) {
        if (std::find(scopes.begin(), scopes.end(), record.home) == scopes.end()) scopes.push_back(record.home);
    }
    return scopes;
}

}  // namespace

Result<std::vector<TouchedRecord>> Store::write(const std::vector<Edit>& edits) {
    std::vector<TouchedRecord> written;
    auto& s = *impl_;
    const auto status = transact([&]() -> Status {
        DEBRIEF_TRY(s.settle_run());
        WritePlan plan{s.records, s.catalogue, s.identity.user};
        for (const auto& edit : edits) DEBRIEF_TRY(plan.add(edit));
        return s.carry_out(plan, written);
    });
    if (!status) return status.error();
    return written;
}

Status Store::Impl::carry_out(WritePlan& plan, std::vector<TouchedRecord>& written) {
    DEBRIEF_TRY(plan.settle());
    std::optional<HybridTime> time;
    for (const auto& scope : scopes_of(plan.planned())) {
        DEBRIEF_TRY(write_scope(plan.planned(), scope, time, written));
    }
    notice.local = true;
    return Ok{};
}

Status Store::Impl::write_scope(std::vector<PlannedRecord>& planned, const std::string& scope,
                                std::optional<HybridTime>& time, std::vector<TouchedRecord>& written) {
    // A number is taken only if something differs: n is dense. A deletion covers its own dot, so n must be known first.
    const auto anything = [&](const PlannedRecord& record) {
        return record.home == scope && (record.is_new() || !writes_of(record, {}).fields.empty());
    };
    if (std::none_of(planned.begin(), planned.end(), anything)) return Ok{};
    const auto n = sink == nullptr ? own_n() : sink->next_n();
    if (!n) return n.error();
    if (!time) time = stamp();

    Changeset changeset{{identity.device, identity.incarnation, *n}, scope, *time, catalogue.version, {}, {}};
    const bool awaits_judge = sink != nullptr && sink->pending();
    for (auto& record : planned) {
        if (record.home != scope) continue;
        auto write = writes_of(record, changeset.dot);
        if (write.fields.empty()) continue;
        RecordWrite scratch;
        const auto let_in = admitted(write, scratch);
        if (!let_in) return let_in.error();
        if (*let_in == &scratch) write = std::move(scratch);
        auto& stored = record.stored;
        const bool is_new = record.is_new();
        if (awaits_judge) {
            if (!stored.confirmed) stored.confirmed = is_new ? Bytes{} : encode(stored.state);
            ++stored.pending;
        }
        auto after = stored.state;
        const auto superseded = apply(after, write, changeset.dot, *time, identity.user);
        DEBRIEF_TRY(records.save(stored, std::move(after)));
        if (awaits_judge && !is_new) DEBRIEF_TRY(records.save_overlay(stored));
        for (const auto& old : superseded)
            DEBRIEF_TRY(records.add_history(stored.rid, old, identity.user, awaits_judge));
        touched(stored.state);
        written.push_back({stored.state.table, stored.state.id});
        changeset.records.push_back(std::move(write));
    }
    const auto payload = encode(changeset);
    if (payload.size() > changeset_bytes_max) {
        return Error{
            Errc::too_large,
            "One transaction may write at most 4 MiB; this one has " + std::to_string(payload.size()) + " bytes.",
            {},
            "Split it over several."};
    }
    return sink == nullptr ? Status{Ok{}} : sink->take(changeset, payload);
}

}  // namespace debrief::core
