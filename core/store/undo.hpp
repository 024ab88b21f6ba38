// Taking back what was just written: a new change with the former values, never a rewriting of history. So it syncs,
// is judged and is seen like any other, and undoing it again brings the change back.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace debrief::core {

/// Own changes to one record, to be taken back together.
struct OwnWrites {
    std::string table;
    Uuid record;
    std::set<Dot> dots;
    std::set<std::string> replacing{};  ///< Fields where they replaced something, as far as the caller knows.
};

/// Why something is not taken back: else a value would go that somebody has not seen, or nobody knows the former one.
struct InTheWay {
    enum class Why {
        changed,  ///< The field says something else by now, `by` whom `on` which device.
        erased,   ///< Its words are gone for ever.
        unknown,  ///< The former value is not here any more.
        refused,  ///< The server did not take it: it counts nowhere, and is among the parked changes.
    } why = Why::changed;
    std::string table{};
    Uuid record{};
    std::string field{};  ///< `deleted` where the record itself went or came back.
    Uuid by{};            ///< Nil if nobody is known.
    Uuid on{};
};

/// What has to be written so that a record is as it was before.
struct Reversal {
    std::vector<Edit> edits{};       ///< None: what was written is not here any more, or something is in the way.
    std::set<std::string> fields{};  ///< `deleted` among them where the record goes or comes back.
    std::optional<InTheWay> in_the_way{};
};

/// Each field that these changes wrote gets the value that they replaced, a record that they made is deleted, one that
/// they deleted is back. Where own changes came after them, they must have been taken back first: the field must say
/// what these changes wrote, and this device must have said it last. Changes nothing. Errors: `not_found`.
Result<Reversal> reversal(Store& store, const OwnWrites& own);

/// Takes back the newest change that this store made to a record. Returns the fields, sorted; `deleted` among them
/// where the record went or came back. One transaction.
/// Errors: `not_found`; `invalid` if nothing here was written by this device, or if somebody wrote one of these fields
/// after it or without having seen it, with the field's name: then nothing is changed. As Store::write.
Result<std::vector<std::string>> undo(Store& store, std::string_view table, const Uuid& id);

}  // namespace debrief::core
