#include "core/store/message_rows.hpp"

#include "core/store/schema.hpp"

namespace debrief::core {
namespace {

constexpr std::string_view user_word = "user";

}  // namespace

MessageRow message_row(const Record& message) {
    return {message.id,
            message.ref("room").value_or(Uuid{}),
            Instant{message.integer("at").value_or(0)},
            message.text("author_kind") == user_word,
            message.ref("author"),
            message.ref("follows"),
            message.text("text"),
            message.text("body"),
            message.flag("redacted")};
}

Result<std::vector<MessageRow>> read_messages(Store& store, const Uuid& room) {
    const auto* table = store.catalogue().table("message");
    if (table == nullptr) return std::vector<MessageRow>{};
    auto query = store.database().prepare(
        "SELECT r.id, t.at, t.author_kind, t.author, t.follows, t.text, t.body, t.redacted FROM " + sql_table(*table) +
        " t JOIN record r USING (rid) WHERE t._flags & 1 = 0 AND t.room = ?1");
    if (!query) return query.error();
    query->bind(1, room.view());
    std::vector<MessageRow> rows;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({uuid_from_bytes(query->bytes(0)).value_or(Uuid{}), room, Instant{query->integer(1)},
                        query->text(2) == user_word, uuid_from_bytes(query->bytes(3)), uuid_from_bytes(query->bytes(4)),
                        std::string{query->text(5)}, std::string{query->text(6)}, query->integer(7) != 0});
    }
}

}  // namespace debrief::core
