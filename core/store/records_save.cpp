// Writing a record's new state over its old one: only the columns, cells, conflicts and search entries that differ.
#include <algorithm>

#include "core/store/cells.hpp"
#include "core/store/columns.hpp"
#include "core/store/records.hpp"
#include "core/store/schema.hpp"
#include "core/store/version_blob.hpp"

namespace debrief::core {
namespace {

bool in_cells(const Table* table, std::string_view name, const Heads& heads) {
    if (heads.empty()) return false;
    const auto* field = table == nullptr ? nullptr : table->field(name);
    return field == nullptr || !fits_row(*field, heads);
}

std::string_view searchable_text(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

}  // namespace

Status Records::save(StoredRecord& record, RecordState after) {
    const bool is_new = record.rid == 0;
    if (is_new) {
        record.table = catalogue_.table(after.table);
        DEBRIEF_TRY(insert(record, after));
    }
    return write(record, std::move(after), is_new);
}

Status Records::write(StoredRecord& record, RecordState after, bool is_new) {
    std::int64_t flags = 0;
    if (record.table != nullptr) {
        if (is_hidden(after)) flags |= flag_hidden;
        const auto spilled = [&](const auto& field) { return in_cells(record.table, field.first, field.second); };
        if (std::any_of(after.fields.begin(), after.fields.end(), spilled)) flags |= flag_cells;
        const auto conflicts =
            (flags & flag_cells) == 0 ? std::vector<std::string>{} : conflicts_of(*record.table, after);
        if (!conflicts.empty()) flags |= flag_conflict;
        DEBRIEF_TRY(save_conflicts(record, conflicts));
        DEBRIEF_TRY(save_row(record, after, flags, is_new));
        DEBRIEF_TRY(save_search(record, after, flags, is_new));
    }
    DEBRIEF_TRY(save_cells(record, after));
    record.flags = flags;
    record.state = std::move(after);
    return Ok{};
}

Result<Bytes> Records::versions(const Table& table, const std::vector<const Heads*>& all) {
    std::vector<VersionGroup> groups;
    for (std::size_t at = 0; at < table.fields.size(); ++at) {
        const auto& heads = *all[at];
        if (heads.empty() || !fits_row(table.fields[at], heads)) continue;
        const auto& head = heads.front();
        const auto replica = replicas_.number(head.dot, head.author);
        if (!replica) return replica.error();
        const std::uint64_t bit = std::uint64_t{1} << at;
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const VersionGroup& group) {
            return group.replica == *replica && group.n == head.dot.n && group.time == head.time.packed;
        });
        if (same != groups.end()) {
            same->fields |= bit;
        } else {
            groups.push_back({*replica, head.dot.n, head.time.packed, bit});
        }
    }
    return pack(groups);
}

Status Records::save_row(const StoredRecord& record, const RecordState& after, std::int64_t flags, bool is_new) {
    const auto& table = *record.table;
    const auto count = table.fields.size();
    const bool all = is_new || record.state.fields.empty();
    std::uint64_t changed = 0;
    bool moved = all;
    std::vector<const Heads*> heads(count);
    for (std::size_t at = 0; at < count; ++at) {
        const auto& field = table.fields[at];
        heads[at] = &heads_of(after, field.name);
        bool differs = all;
        if (!all && field.type == FieldType::refs) {
            // The elements of a set have fields of their own.
            differs = shown_value(after, field) != shown_value(record.state, field);
        } else if (const auto& before = heads_of(record.state, field.name); !all && !same_heads(before, *heads[at])) {
            moved = true;
            Value then, now;
            differs = shown_value(field, before, then) != shown_value(field, *heads[at], now);
        }
        if (differs) changed |= std::uint64_t{1} << at;
    }
    if (!moved && changed == 0 && flags == record.flags) return Ok{};
    const auto version = versions(table, heads);
    if (!version) return version.error();

    auto& known = shape(table);
    std::string* sql = &known.insert;
    if (!is_new) {
        sql = &known.updates[changed];
        if (sql->empty()) {
            *sql = "UPDATE " + sql_table(table) + " SET ";
            for (std::size_t at = 0; at < count; ++at) {
                if ((changed >> at & 1U) != 0)
                    *sql += sql_name(table.fields[at].name) + " = ?" + std::to_string(at + 2) + ", ";
            }
            *sql +=
                "_flags = ?" + std::to_string(count + 2) + ", _ver = ?" + std::to_string(count + 3) + " WHERE rid = ?1";
        }
    }
    auto statement = db_.prepare(*sql);
    if (!statement) return statement.error();
    std::vector<Value> made(count);
    std::vector<Bytes> scratch(count);
    statement->bind(1, record.rid);
    for (std::size_t at = 0; at < count; ++at) {
        if ((changed >> at & 1U) == 0) continue;
        const auto& field = table.fields[at];
        const bool set = field.type == FieldType::refs;
        if (set) made[at] = shown_value(after, field);
        const auto& value = set ? made[at] : shown_value(field, *heads[at], made[at]);
        bind_value(*statement, static_cast<int>(at) + 2, value, scratch[at]);
    }
    statement->bind(static_cast<int>(count) + 2, flags).bind(static_cast<int>(count) + 3, ByteView{*version});
    return statement->run();
}

Status Records::save_search(const StoredRecord& record, const RecordState& after, std::int64_t flags, bool is_new) {
    if (!search_ || is_waiting(record.rid)) return Ok{};
    const bool was_visible = !is_new && record.visible();
    const bool is_visible = (flags & flag_hidden) == 0;
    static const Heads nothing;
    for (std::size_t at = 0; at < record.table->fields.size(); ++at) {
        const auto& field = record.table->fields[at];
        if (!field.searchable) continue;
        Value then, now;
        const auto& before = shown_value(field, was_visible ? heads_of(record.state, field.name) : nothing, then);
        const auto& shows = shown_value(field, is_visible ? heads_of(after, field.name) : nothing, now);
        DEBRIEF_TRY(search_->replace(record.rid, at, searchable_text(before), searchable_text(shows)));
    }
    return Ok{};
}

Status Records::save_cells(const StoredRecord& record, const RecordState& after) {
    static const Heads none;
    const auto kept = [&](const std::string& name, const Heads& heads) -> const Heads& {
        return in_cells(record.table, name, heads) ? heads : none;
    };
    for (const auto& [name, heads] : record.state.fields) {
        const auto& before = kept(name, heads);
        const auto& now = kept(name, heads_of(after, name));
        for (const auto& head : before) {
            if (!holds(now, head)) DEBRIEF_TRY(remove_cell(db_, replicas_, record.rid, name, head));
        }
    }
    for (const auto& [name, heads] : after.fields) {
        const auto& now = kept(name, heads);
        const auto& before = kept(name, heads_of(record.state, name));
        for (const auto& head : now) {
            if (!holds(before, head)) DEBRIEF_TRY(insert_cell(db_, replicas_, record.rid, name, head));
        }
    }
    return Ok{};
}

Status Records::adopt(const Uuid& id) {
    const auto place = locate(id);
    if (!place) return place.error();
    StoredRecord record;
    record.table = *place ? catalogue_.table((*place)->table) : nullptr;
    if (record.table == nullptr) return Ok{};
    record.rid = (*place)->rid;
    record.state = {(*place)->table, id, (*place)->scope, {}};
    bool has_row = false;
    {
        auto query = db_.prepare("SELECT 1 FROM " + sql_table(*record.table) + " WHERE rid = ?1");
        if (!query) return query.error();
        const auto row = query->bind(1, record.rid).step();
        if (!row) return row.error();
        has_row = *row;
    }
    if (has_row) DEBRIEF_TRY(load_row(record));
    DEBRIEF_TRY(load_cells(record));
    // Everything that was derived is made again from the heads.
    for (std::size_t at = 0; search_ && at < record.table->fields.size(); ++at) {
        DEBRIEF_TRY(search_->remove(record.rid, at));
    }
    auto cells = db_.prepare("DELETE FROM cell WHERE rid = ?1");
    if (!cells) return cells.error();
    DEBRIEF_TRY(cells->bind(1, record.rid).run());
    auto after = std::exchange(record.state, RecordState{(*place)->table, id, (*place)->scope, {}});
    record.flags = flag_conflict;
    return write(record, std::move(after), !has_row);
}

Status Records::save_conflicts(const StoredRecord& record, const std::vector<std::string>& conflicts) {
    if (conflicts.empty() && (record.flags & flag_conflict) == 0) return Ok{};
    const bool marked = record.rid != 0 && (record.flags & flag_conflict) != 0 && !record.state.fields.empty();
    if (marked && conflicts == conflicts_of(*record.table, record.state)) return Ok{};
    auto remove = db_.prepare("DELETE FROM conflict WHERE rid = ?1");
    if (!remove) return remove.error();
    DEBRIEF_TRY(remove->bind(1, record.rid).run());
    for (const auto& field : conflicts) {
        auto insert = db_.prepare("INSERT INTO conflict(rid, field) VALUES (?1, ?2)");
        if (!insert) return insert.error();
        DEBRIEF_TRY(insert->bind(1, record.rid).bind(2, std::string_view{field}).run());
    }
    return Ok{};
}

}  // namespace debrief::core
