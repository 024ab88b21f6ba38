// Judged changes entering a store together: a record that several of them write to is read once and written once. What
// is kept in the end is what one after the other would have left.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/store/store_impl.hpp"

namespace debrief::core {

/// The record is known in another scope: `not_found`, as if it were not there.
Error lives_elsewhere(const Uuid& id);

/// Inside one transaction. Whoever reads or writes records in another way calls `finish` before. After an error it is
/// not to be used again.
class MergeRun {
public:
    explicit MergeRun(Store::Impl& store) : store_(store) {}

    /// Store::merge and Store::confirm.
    Status merge(const Judged& judged);
    Status confirm(const Judged& judged);
    /// Writes what is held; more may follow.
    Status finish();
    /// A record that is held; null if none is.
    [[nodiscard]] const RecordState* held(const Uuid& id) const {
        const auto place = places_.find(id);
        return place == places_.end() ? nullptr : &open_[place->second].after;
    }

private:
    struct Open {
        StoredRecord stored;                   ///< As it is in the tables.
        RecordState after;                     ///< As it will be shown.
        std::optional<RecordState> confirmed;  ///< Where own changes wait over it.
        bool overlay_moved = false;
        std::vector<std::pair<Superseded, Uuid>> history;  ///< With who wrote what came in its place.
    };

    Status merge_record(const Judged& judged, const RecordWrite& given);
    Status confirm_record(const Judged& judged, const RecordWrite& given);
    Status settle(Open& open, const Judged& judged, const RecordWrite& write);
    /// The record that `write` is about, new if it is not here. Errors: `not_found` if it lives elsewhere.
    Result<Open*> target_of(const RecordWrite& write, const std::string& scope);
    Result<Open*> hold(StoredRecord stored);
    Status write(Open& open);
    Status erase(const Changeset& changeset);
    static void remember(Open& open, std::vector<Superseded> superseded, const Uuid& author);

    Store::Impl& store_;
    std::vector<Open> open_;  ///< As they were first met.
    std::map<Uuid, std::size_t> places_;
};

}  // namespace debrief::core
