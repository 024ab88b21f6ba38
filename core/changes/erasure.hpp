// Erasure beats every write, earlier, concurrent or later: whatever text reaches an erased field becomes one constant.
// Dots, times and what they replace stay, so merging goes on as if the words had been those from the beginning, and
// every replica comes to the same. Pure: no SQL here.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/catalogue/catalogue.hpp"
#include "core/changes/merge.hpp"

namespace debrief::core {

/// What stands where words were. Valid in every field that holds text; in a `json` field it is no document.
inline constexpr std::string_view erased_text = "erased";

/// Which fields of one record have lost their words, by all erasures that name it.
struct ErasedFields {
    bool whole = false;          ///< Every field, except `kept`; also fields that are not known yet.
    std::set<std::string> only;  ///< These in any case.
    std::set<std::string> kept;

    [[nodiscard]] bool any() const { return whole || !only.empty(); }
    [[nodiscard]] bool takes(const std::string& field) const {
        return only.contains(field) || (whole && !kept.contains(field));
    }
    void add(const Erasure& erasure);
};

/// True if `value` was text with words in it.
bool strip(Value& value);
/// Each of these: true if a word was there. Bases of `prose` go with the words.
bool strip(RecordWrite& write, const ErasedFields& fields);
bool strip(RecordState& state, const ErasedFields& fields);

/// The erasure of all words in a record of this table. Kept: words of a list, civil dates.
Erasure whole_record(const Table* table, const Uuid& record);

}  // namespace debrief::core
