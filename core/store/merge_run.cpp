#include "core/store/merge_run.hpp"

#include <algorithm>

#include "core/changes/state_codec.hpp"

namespace debrief::core {

Error lives_elsewhere(const Uuid& id) {
    return {Errc::not_found, "There is no record " + id.text() + " in this place.", {}, {}};
}

Status MergeRun::merge(const Judged& judged) {
    store_.observe(judged.effective);
    for (const auto& write : judged.changeset.records) DEBRIEF_TRY(merge_record(judged, write));
    return erase(judged.changeset);
}

Status MergeRun::confirm(const Judged& judged) {
    store_.observe(judged.effective);
    for (const auto& write : judged.changeset.records) DEBRIEF_TRY(confirm_record(judged, write));
    return erase(judged.changeset);
}

Status MergeRun::erase(const Changeset& changeset) {
    if (changeset.erases.empty()) return Ok{};
    DEBRIEF_TRY(finish());
    return store_.erase_all(changeset);
}

Status MergeRun::finish() {
    for (auto& open : open_) DEBRIEF_TRY(write(open));
    open_.clear();
    places_.clear();
    return Ok{};
}

Status MergeRun::write(Open& open) {
    auto& stored = open.stored;
    if (open.overlay_moved) {
        stored.confirmed.reset();
        if (open.confirmed) stored.confirmed = encode(*open.confirmed);
    }
    DEBRIEF_TRY(store_.records.save(stored, std::move(open.after)));
    if (open.overlay_moved) DEBRIEF_TRY(store_.records.save_overlay(stored));
    for (const auto& [old, author] : open.history) {
        DEBRIEF_TRY(store_.records.add_history(stored.rid, old, author, false));
    }
    store_.touched(stored.state);
    return Ok{};
}

Result<MergeRun::Open*> MergeRun::hold(StoredRecord stored) {
    Open open;
    if (stored.confirmed) {
        auto confirmed = confirmed_of(stored);
        if (!confirmed) return confirmed.error();
        open.confirmed = std::move(*confirmed);
    }
    open.after = stored.state;
    places_.emplace(stored.state.id, open_.size());
    open.stored = std::move(stored);
    return &open_.emplace_back(std::move(open));
}

Result<MergeRun::Open*> MergeRun::target_of(const RecordWrite& write, const std::string& scope) {
    const auto fits = [&](const RecordState& state) { return state.scope == scope && state.table == write.table; };
    if (const auto place = places_.find(write.record); place != places_.end()) {
        auto& open = open_[place->second];
        if (!fits(open.after)) return lives_elsewhere(write.record);
        return &open;
    }
    auto stored = store_.target_of(write, scope);
    if (!stored) return stored.error();
    return hold(std::move(*stored));
}

void MergeRun::remember(Open& open, std::vector<Superseded> superseded, const Uuid& author) {
    for (auto& old : superseded) open.history.emplace_back(std::move(old), author);
}

Status MergeRun::merge_record(const Judged& judged, const RecordWrite& given) {
    const auto& changeset = judged.changeset;
    RecordWrite scratch;
    const auto let_in = store_.admitted(given, scratch);
    if (!let_in) return let_in.error();
    const auto& write = **let_in;
    const auto target = target_of(write, changeset.scope);
    if (!target) return target.error();
    auto& open = **target;
    const auto merged_into = [&](RecordState& state) {
        return apply(state, write, changeset.dot, judged.effective, judged.author);
    };
    if (open.confirmed) {
        remember(open, merged_into(*open.confirmed), judged.author);
        merged_into(open.after);
        open.overlay_moved = true;
    } else {
        remember(open, merged_into(open.after), judged.author);
    }
    return Ok{};
}

Status MergeRun::confirm_record(const Judged& judged, const RecordWrite& given) {
    RecordWrite scratch;
    const auto let_in = store_.admitted(given, scratch);
    if (!let_in) return let_in.error();
    const auto& write = **let_in;
    if (const auto place = places_.find(write.record); place != places_.end()) {
        auto& open = open_[place->second];
        return open.confirmed ? settle(open, judged, write) : merge_record(judged, write);
    }
    if (*let_in == &given && judged.effective == judged.changeset.time && judged.author == store_.identity.user) {
        // It is shown just as it was confirmed.
        const auto settled = store_.records.settle_new(write.record);
        if (!settled) return settled.error();
        if (*settled) return store_.touched(TouchedRecord{write.table, write.record}), Ok{};
    }
    auto found = store_.records.find(write.record);
    if (!found) return found.error();
    // Without an overlay the record left with its scope and came back, or this store holds it as confirmed already.
    if (!*found || !(*found)->confirmed) return merge_record(judged, write);
    const auto held = hold(std::move(**found));
    if (!held) return held.error();
    return settle(**held, judged, write);
}

// One own change less waits over what is confirmed.
Status MergeRun::settle(Open& open, const Judged& judged, const RecordWrite& write) {
    const auto& dot = judged.changeset.dot;
    remember(open, apply(*open.confirmed, write, dot, judged.effective, judged.author), judged.author);
    open.overlay_moved = true;
    open.stored.pending = std::max<std::int64_t>(open.stored.pending - 1, 0);
    if (open.stored.pending == 0) {
        DEBRIEF_TRY(store_.records.drop_local_history(open.stored.rid));
        open.after = std::move(*open.confirmed);
        open.confirmed.reset();
        return Ok{};
    }
    for (const auto& field : write.fields) {
        auto& heads = open.after.fields[field.field];
        const auto own = std::find_if(heads.begin(), heads.end(), [&](const Head& head) { return head.dot == dot; });
        if (own != heads.end()) {
            own->time = judged.effective;
            own->author = judged.author;
        } else {
            DEBRIEF_TRY(store_.records.adopt_time(open.stored.rid, field.field, dot, judged.effective));
        }
    }
    return Ok{};
}

}  // namespace debrief::core
