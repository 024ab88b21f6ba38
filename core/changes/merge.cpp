#include "core/changes/merge.hpp"

#include <algorithm>
#include <set>

#include "core/defects.hpp"

namespace debrief::core {

const Heads& heads_of(const RecordState& state, std::string_view field) {
    static const Heads none;
    const auto found = state.fields.find(field);
    return found == state.fields.end() ? none : found->second;
}

std::vector<Superseded> apply(RecordState& state, const RecordWrite& write, const Dot& dot, HybridTime time,
                              const Uuid& author) {
    std::vector<Superseded> superseded;
    for (const auto& field : write.fields) {
        auto& heads = state.fields[field.field];
        const auto by_dot = [](const Head& head, const Dot& wanted) { return head.dot < wanted; };
        const auto known = std::lower_bound(heads.begin(), heads.end(), dot, by_dot);
        if (known != heads.end() && known->dot == dot) continue;
        for (const auto& replaced : field.replaces) {
            const auto found = std::lower_bound(heads.begin(), heads.end(), replaced, by_dot);
            if (found == heads.end() || found->dot != replaced) continue;
            superseded.push_back({field.field, std::move(*found), dot});
            heads.erase(found);
        }
        if (defective(Defect::loser_dropped)) heads.clear();
        const auto place = std::lower_bound(heads.begin(), heads.end(), dot, by_dot);
        heads.insert(place, Head{dot, time, author, field.value, field.covers, field.base});
    }
    return superseded;
}

const Head& shown(const Heads& heads) {
    DEBRIEF_CHECK(!heads.empty());
    return *std::max_element(heads.begin(), heads.end(), [](const Head& a, const Head& b) {
        return a.time != b.time ? a.time < b.time : a.dot < b.dot;
    });
}

bool in_conflict(const Heads& heads) {
    return std::any_of(heads.begin(), heads.end(),
                       [&](const Head& head) { return !same_value(head.value, heads.front().value); });
}

bool is_hidden(const RecordState& state) {
    const auto& deleted = heads_of(state, deleted_field);
    if (deleted.empty()) return false;
    std::set<Dot> covered;
    for (const auto& head : deleted) {
        const auto* flag = std::get_if<bool>(&head.value);
        if (flag == nullptr || !*flag) return false;
        covered.insert(head.covers.begin(), head.covers.end());
    }
    for (const auto& [field, heads] : state.fields) {
        if (field == deleted_field) continue;
        for (const auto& head : heads) {
            if (!covered.contains(head.dot)) return false;
        }
    }
    return true;
}

}  // namespace debrief::core
