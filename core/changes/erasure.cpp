#include "core/changes/erasure.hpp"

#include <algorithm>

namespace debrief::core {

void ErasedFields::add(const Erasure& erasure) {
    only.insert(erasure.only.begin(), erasure.only.end());
    if (!erasure.only.empty()) return;
    whole = true;
    kept.insert(erasure.kept.begin(), erasure.kept.end());
}

bool strip(Value& value) {
    auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || text->empty() || *text == erased_text) return false;
    *text = erased_text;
    return true;
}

bool strip(RecordWrite& write, const ErasedFields& fields) {
    bool found = false;
    for (auto& field : write.fields) {
        if (!fields.takes(field.field)) continue;
        found = strip(field.value) || found;
        found = !field.base.empty() || found;
        field.base.clear();
    }
    return found;
}

bool strip(RecordState& state, const ErasedFields& fields) {
    bool found = false;
    for (auto& [name, heads] : state.fields) {
        if (!fields.takes(name)) continue;
        for (auto& head : heads) {
            found = strip(head.value) || found;
            found = !head.base.empty() || found;
            head.base.clear();
        }
    }
    return found;
}

Erasure whole_record(const Table* table, const Uuid& record) {
    Erasure erasure{record, {}, {}};
    if (table == nullptr) return erasure;
    for (const auto& field : table->fields) {
        if (field.type == FieldType::word || field.type == FieldType::civil) erasure.kept.emplace_back(field.name);
    }
    std::sort(erasure.kept.begin(), erasure.kept.end());
    return erasure;
}

}  // namespace debrief::core
