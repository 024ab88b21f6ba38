#include "core/store/cells.hpp"

#include <algorithm>

#include "core/changes/dot_codec.hpp"
#include "core/store/columns.hpp"
#include "core/value_codec.hpp"

namespace debrief::core {
namespace {

Bytes covers_bytes(const std::vector<Dot>& covers) {
    ReplicaList list;
    for (const auto& dot : covers) list.add(dot);
    CborWriter out;
    out.array(2);
    list.write(out);
    list.write_dots(out, covers);
    return out.take();
}

Result<std::vector<Dot>> covers_from(ByteView bytes) {
    CborReader in{bytes};
    if (in.array() != 2) in.fail();
    const auto list = ReplicaList::read(in);
    auto dots = list.read_dots(in);
    if (!in.ok()) return in.error("a deletion");
    return dots;
}

bool same_head(const Head& a, const Head& b) {
    return a.dot == b.dot && a.time == b.time && a.author == b.author && a.value == b.value && a.covers == b.covers &&
           a.base == b.base;
}

}  // namespace

bool fits_row(const Field& field, const Heads& heads) {
    return field.type != FieldType::refs && heads.size() == 1 && fits_column(field.type, heads.front().value) &&
           heads.front().base.empty() && heads.front().covers.empty();
}

bool same_heads(const Heads& a, const Heads& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_head);
}

bool holds(const Heads& heads, const Head& head) {
    const auto found = std::lower_bound(heads.begin(), heads.end(), head.dot,
                                        [](const Head& one, const Dot& wanted) { return one.dot < wanted; });
    return found != heads.end() && same_head(*found, head);
}

Status remove_cell(Database& db, Replicas& replicas, std::int64_t rid, const std::string& field, const Head& head) {
    const auto replica = replicas.number(head.dot, head.author);
    if (!replica) return replica.error();
    auto remove = db.prepare("DELETE FROM cell WHERE rid = ?1 AND field = ?2 AND replica = ?3 AND n = ?4");
    if (!remove) return remove.error();
    remove->bind(1, rid).bind(2, std::string_view{field}).bind(3, *replica);
    return remove->bind(4, static_cast<std::int64_t>(head.dot.n)).run();
}

Status insert_cell(Database& db, Replicas& replicas, std::int64_t rid, const std::string& field, const Head& head) {
    const auto replica = replicas.number(head.dot, head.author);
    if (!replica) return replica.error();
    auto insert = db.prepare(
        "INSERT INTO cell(rid, field, replica, n, time, value, covers, base) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    if (!insert) return insert.error();
    const auto value = value_bytes(head.value);
    insert->bind(1, rid).bind(2, std::string_view{field}).bind(3, *replica);
    insert->bind(4, static_cast<std::int64_t>(head.dot.n)).bind(5, static_cast<std::int64_t>(head.time.packed));
    insert->bind(6, ByteView{value});
    Bytes covers;
    if (!head.covers.empty()) {
        covers = covers_bytes(head.covers);
        insert->bind(7, ByteView{covers});
    }
    if (!head.base.empty()) insert->bind(8, std::string_view{head.base});
    return insert->run();
}

Result<Head> read_cell(const Statement& row, int first, Replicas& replicas) {
    const auto replica = replicas.replica(row.integer(first));
    if (!replica) return replica.error();
    Head head;
    head.dot = {replica->device, replica->incarnation, static_cast<std::uint64_t>(row.integer(first + 1))};
    head.author = replica->author;
    head.time.packed = static_cast<std::uint64_t>(row.integer(first + 2));
    auto value = value_from(row.bytes(first + 3));
    if (!value) return value.error();
    head.value = std::move(*value);
    if (!row.is_null(first + 4)) {
        auto covers = covers_from(row.bytes(first + 4));
        if (!covers) return covers.error();
        head.covers = std::move(*covers);
    }
    head.base = row.text(first + 5);
    return head;
}

Bytes value_bytes(const Value& value) {
    CborWriter out;
    write_value(out, value);
    return out.take();
}

Result<Value> value_from(ByteView bytes) {
    CborReader in{bytes};
    auto value = read_value(in);
    if (!in.ok() || !in.at_end()) return in.error("a stored value");
    return value;
}

}  // namespace debrief::core
