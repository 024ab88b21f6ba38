// The bytes of a changeset: {c catalogue, d devices, e erases, h original hash, n, r records, s scope, t time, v
// format, w was}. An erasure is {i id, k kept, o only}. A record is {f fields, i id, t table}; a field {b base, c
// covers, f name, r replaces, v value}; what is empty is left out.
#include "core/changes/changeset.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "core/changes/dot_codec.hpp"
#include "core/changes/erasure_codec.hpp"
#include "core/digest.hpp"
#include "core/value_codec.hpp"

namespace debrief::core {
namespace {

constexpr std::uint64_t format = 1;
constexpr std::size_t name_max = 120;  // Bytes of a table's or field's name.

ReplicaList replicas_of(const Changeset& changeset) {
    std::set<Dot> others;
    const auto note = [&](const Dot& dot) { others.insert({dot.device, dot.incarnation, 0}); };
    for (const auto& record : changeset.records) {
        for (const auto& field : record.fields) {
            std::for_each(field.replaces.begin(), field.replaces.end(), note);
            std::for_each(field.covers.begin(), field.covers.end(), note);
        }
    }
    for (const auto& was : changeset.was) note(was.dot);
    ReplicaList list;
    list.add(changeset.dot);
    for (const auto& dot : others) list.add(dot);
    return list;
}

void write_field(CborWriter& out, const FieldWrite& field, const ReplicaList& replicas) {
    out.map(std::size_t{2} + (field.base.empty() ? 0 : 1) + (field.covers.empty() ? 0 : 1) +
            (field.replaces.empty() ? 0 : 1));
    if (!field.base.empty()) {
        out.text("b");
        out.text(field.base);
    }
    if (!field.covers.empty()) {
        out.text("c");
        replicas.write_dots(out, field.covers);
    }
    out.text("f");
    out.text(field.field);
    if (!field.replaces.empty()) {
        out.text("r");
        replicas.write_dots(out, field.replaces);
    }
    out.text("v");
    write_value(out, field.value);
}

FieldWrite read_field(CborReader& in, const ReplicaList& replicas) {
    FieldWrite field;
    bool named = false, valued = false;
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        const auto key = in.text();
        if (key == "b") {
            field.base = in.text();
            if (field.base.empty()) in.fail();
        } else if (key == "c") {
            field.covers = replicas.read_dots(in);
            if (field.covers.empty()) in.fail();
        } else if (key == "f") {
            field.field = in.text();
            named = !field.field.empty() && field.field.size() <= name_max;
        } else if (key == "r") {
            field.replaces = replicas.read_dots(in);
            if (field.replaces.empty()) in.fail();
        } else if (key == "v") {
            field.value = read_value(in);
            valued = true;
        } else {
            in.skip();
        }
    }
    if (!named || !valued) in.fail();
    return field;
}

RecordWrite read_record(CborReader& in, const ReplicaList& replicas) {
    RecordWrite record;
    bool fields = false, id = false;
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        const auto key = in.text();
        if (key == "f") {
            fields = true;
            for (auto left = in.array(); left > 0 && in.ok(); --left) {
                record.fields.push_back(read_field(in, replicas));
                const auto count = record.fields.size();
                if (count > 1 && !(record.fields[count - 2].field < record.fields[count - 1].field)) in.fail();
            }
        } else if (key == "i") {
            const auto read = uuid_from_bytes(in.bytes());
            id = read.has_value();
            record.record = read.value_or(Uuid{});
        } else if (key == "t") {
            record.table = in.text();
        } else {
            in.skip();
        }
    }
    if (!fields || !id || record.table.empty() || record.table.size() > name_max) in.fail();
    return record;
}

void write_names(CborWriter& out, const std::vector<std::string>& names) {
    out.array(names.size());
    for (const auto& name : names) out.text(name);
}

std::vector<std::string> read_names(CborReader& in) {
    std::vector<std::string> names;
    for (auto left = in.array(); left > 0 && in.ok(); --left) {
        names.emplace_back(in.text());
        const auto count = names.size();
        if (names.back().empty() || names.back().size() > name_max) in.fail();
        if (count > 1 && !(names[count - 2] < names[count - 1])) in.fail();
    }
    if (names.empty()) in.fail();
    return names;
}

}  // namespace

void write_erasure(CborWriter& out, const Erasure& erasure) {
    out.map(std::size_t{1} + (erasure.kept.empty() ? 0 : 1) + (erasure.only.empty() ? 0 : 1));
    out.text("i");
    out.bytes(erasure.record.view());
    if (!erasure.kept.empty()) {
        out.text("k");
        write_names(out, erasure.kept);
    }
    if (!erasure.only.empty()) {
        out.text("o");
        write_names(out, erasure.only);
    }
}

Erasure read_erasure(CborReader& in) {
    Erasure erasure;
    bool id = false;
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        const auto key = in.text();
        if (key == "i") {
            const auto read = uuid_from_bytes(in.bytes());
            id = read.has_value();
            erasure.record = read.value_or(Uuid{});
        } else if (key == "k") {
            erasure.kept = read_names(in);
        } else if (key == "o") {
            erasure.only = read_names(in);
        } else {
            in.skip();
        }
    }
    if (!id || (!erasure.kept.empty() && !erasure.only.empty())) in.fail();
    return erasure;
}

namespace {

std::vector<Was> read_was(CborReader& in, const ReplicaList& replicas) {
    if (in.array() != 3) in.fail();
    Was was;
    was.dot = replicas.read_dot(in);
    const auto hash = in.bytes();
    was.hash.assign(hash.begin(), hash.end());
    return {was};
}

}  // namespace

Bytes encode(const Changeset& changeset) {
    const auto replicas = replicas_of(changeset);
    CborWriter out;
    out.reserve(1024);
    out.map(std::size_t{7} + (changeset.was.empty() ? 0 : 1) + (changeset.erases.empty() ? 0 : 1) +
            (changeset.original.empty() ? 0 : 1));
    out.text("c");
    out.unsigned_integer(changeset.catalogue);
    out.text("d");
    replicas.write(out);
    if (!changeset.erases.empty()) {
        out.text("e");
        out.array(changeset.erases.size());
        for (const auto& erasure : changeset.erases) write_erasure(out, erasure);
    }
    if (!changeset.original.empty()) {
        out.text("h");
        out.bytes(changeset.original);
    }
    out.text("n");
    out.unsigned_integer(changeset.dot.n);
    out.text("r");
    out.array(changeset.records.size());
    for (const auto& record : changeset.records) {
        out.map(3);
        out.text("f");
        out.array(record.fields.size());
        for (const auto& field : record.fields) write_field(out, field, replicas);
        out.text("i");
        out.bytes(record.record.view());
        out.text("t");
        out.text(record.table);
    }
    out.text("s");
    out.text(changeset.scope);
    out.text("t");
    out.unsigned_integer(changeset.time.packed);
    out.text("v");
    out.unsigned_integer(format);
    if (!changeset.was.empty()) {
        out.text("w");
        out.array(3);
        replicas.write_dot(out, changeset.was.front().dot);
        out.bytes(changeset.was.front().hash);
    }
    return out.take();
}

Result<Changeset> decode_changeset(ByteView bytes) {
    if (bytes.size() > changeset_bytes_max) {
        return Error{
            Errc::too_large, "A changeset of " + std::to_string(bytes.size()) + " bytes is over the limit.", {}, {}};
    }
    DEBRIEF_TRY(validate_cbor(bytes, {.depth = 8, .items = 1U << 20U, .text = field_text_max, .bytes = 64}));
    CborReader in{bytes};
    Changeset changeset;
    ReplicaList replicas;
    // Keys come in ascending order, so the devices ("d") are known before anything that names a dot.
    bool catalogue = false, devices = false, number = false, records = false, scope = false, time = false,
         known = false;
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        const auto key = in.text();
        if (key == "c") {
            const auto version = in.unsigned_integer();
            catalogue = version <= std::numeric_limits<std::uint32_t>::max();
            changeset.catalogue = static_cast<std::uint32_t>(version);
        } else if (key == "d") {
            replicas = ReplicaList::read(in);
            devices = replicas.known(0);
        } else if (key == "e") {
            for (auto left = in.array(); left > 0 && in.ok(); --left) {
                changeset.erases.push_back(read_erasure(in));
                const auto count = changeset.erases.size();
                if (count > 1 && !(changeset.erases[count - 2].record < changeset.erases[count - 1].record)) in.fail();
            }
            if (changeset.erases.empty()) in.fail();
        } else if (key == "h") {
            const auto hash = in.bytes();
            if (hash.size() != hash_bytes) in.fail();
            changeset.original.assign(hash.begin(), hash.end());
        } else if (key == "n") {
            changeset.dot.n = in.unsigned_integer();
            number = changeset.dot.n > 0 && changeset.dot.n <= number_max;
        } else if (key == "r") {
            records = true;
            for (auto left = in.array(); left > 0 && in.ok(); --left)
                changeset.records.push_back(read_record(in, replicas));
        } else if (key == "s") {
            changeset.scope = in.text();
            scope = !changeset.scope.empty() && changeset.scope.size() <= name_max;
        } else if (key == "t") {
            changeset.time.packed = in.unsigned_integer();
            time = changeset.time.packed <= number_max;
        } else if (key == "v") {
            known = in.unsigned_integer() == format;
        } else if (key == "w") {
            changeset.was = read_was(in, replicas);
        } else {
            in.skip();
        }
    }
    if (!in.ok()) return in.error("a changeset");
    if (!catalogue || !devices || !number || !records || !scope || !time || !known) {
        return Error{Errc::corrupt, "Cannot read a changeset: a part is missing or out of range.", {}, {}};
    }
    changeset.dot = replicas.dot(0, changeset.dot.n);
    // One meaning, one spelling: else two payloads of one change would have two hashes.
    if (replicas_of(changeset) != replicas) return in.error("the devices of a changeset");
    return changeset;
}

Bytes payload_hash(ByteView payload) {
    const auto digest = sha256(payload);
    return {digest.begin(), digest.end()};
}

Bytes known_hash(ByteView payload) {
    // The key and the head of its value. Few payloads have it, and only those are worth decoding twice.
    constexpr std::string_view mark{"\x61h\x58\x20", 4};
    if (as_text(payload).find(mark) != std::string_view::npos) {
        if (auto changeset = decode_changeset(payload); changeset && !changeset->original.empty()) {
            return std::move(changeset->original);
        }
    }
    return payload_hash(payload);
}

}  // namespace debrief::core
