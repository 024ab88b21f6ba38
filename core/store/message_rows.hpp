// The lines of a room without a detour over whole records: a room with thousands of them opens while one looks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

/// A row of the table `message`, shown values; what is not there is nil, empty or false.
struct MessageRow {
    Uuid id, room;
    Instant at{};
    bool by_user = false;  ///< Else the bot's.
    std::optional<Uuid> author, follows;
    std::string text, body;
    bool redacted = false;
};
MessageRow message_row(const Record& message);
/// All lines of a room, in no particular order. Errors: those of Store::list.
Result<std::vector<MessageRow>> read_messages(Store& store, const Uuid& room);

}  // namespace debrief::core
