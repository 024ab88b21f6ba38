// {a authors, d devices, f fields, i id, s scope, t table}; a field is [name, head…], a head is
// [device, n, time, author, value, covers, base].
#include "core/changes/state_codec.hpp"

#include <algorithm>

#include "core/changes/dot_codec.hpp"
#include "core/value_codec.hpp"

namespace debrief::core {
namespace {

void write_head(CborWriter& out, const Head& head, const ReplicaList& replicas, const std::vector<Uuid>& authors) {
    out.array(7);
    replicas.write_dot(out, head.dot);
    out.unsigned_integer(head.time.packed);
    const auto author = std::find(authors.begin(), authors.end(), head.author);
    out.unsigned_integer(static_cast<std::uint64_t>(author - authors.begin()));
    write_value(out, head.value);
    replicas.write_dots(out, head.covers);
    out.text(head.base);
}

Head read_head(CborReader& in, const ReplicaList& replicas, const std::vector<Uuid>& authors) {
    Head head;
    if (in.array() != 7) in.fail();
    head.dot = replicas.read_dot(in);
    head.time.packed = in.unsigned_integer();
    const auto author = in.unsigned_integer();
    if (author < authors.size()) {
        head.author = authors[static_cast<std::size_t>(author)];
    } else {
        in.fail();
    }
    head.value = read_value(in);
    head.covers = replicas.read_dots(in);
    head.base = in.text();
    return head;
}

Uuid read_id(CborReader& in) {
    const auto id = uuid_from_bytes(in.bytes());
    if (!id) in.fail();
    return id.value_or(Uuid{});
}

}  // namespace

Bytes encode(const RecordState& state) {
    ReplicaList replicas;
    std::vector<Uuid> authors;
    std::size_t fields = 0;
    for (const auto& [name, heads] : state.fields) {
        if (!heads.empty()) ++fields;
        for (const auto& head : heads) {
            replicas.add(head.dot);
            for (const auto& dot : head.covers) replicas.add(dot);
            if (std::find(authors.begin(), authors.end(), head.author) == authors.end()) authors.push_back(head.author);
        }
    }
    if (fields == 0) return {};
    CborWriter out;
    out.reserve(1024);
    out.map(6);
    out.text("a");
    out.array(authors.size());
    for (const auto& author : authors) out.bytes(author.view());
    out.text("d");
    replicas.write(out);
    out.text("f");
    out.array(fields);
    for (const auto& [name, heads] : state.fields) {
        if (heads.empty()) continue;
        out.array(1 + heads.size());
        out.text(name);
        for (const auto& head : heads) write_head(out, head, replicas, authors);
    }
    out.text("i");
    out.bytes(state.id.view());
    out.text("s");
    out.text(state.scope);
    out.text("t");
    out.text(state.table);
    return out.take();
}

Result<RecordState> decode_state(ByteView bytes) {
    RecordState state;
    if (bytes.empty()) return state;
    DEBRIEF_TRY(validate_cbor(bytes));
    CborReader in{bytes};
    std::vector<Uuid> authors;
    ReplicaList replicas;
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        const auto key = in.text();
        if (key == "a") {
            for (auto left = in.array(); left > 0 && in.ok(); --left) authors.push_back(read_id(in));
        } else if (key == "d") {
            replicas = ReplicaList::read(in);
        } else if (key == "f") {
            for (auto left = in.array(); left > 0 && in.ok(); --left) {
                auto items = in.array();
                if (items < 2) in.fail();
                auto& heads = state.fields[in.text()];
                for (; items > 1 && in.ok(); --items) heads.push_back(read_head(in, replicas, authors));
            }
        } else if (key == "i") {
            state.id = read_id(in);
        } else if (key == "s") {
            state.scope = in.text();
        } else if (key == "t") {
            state.table = in.text();
        } else {
            in.skip();
        }
    }
    if (!in.ok()) return in.error("a record's state");
    return state;
}

}  // namespace debrief::core
