// What one local transaction wrote in one scope, all or nothing: the unit of sync.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/hybrid_time.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "core/value.hpp"

namespace debrief::core {

/// BLAKE2b of a change's bytes.
constexpr std::size_t hash_bytes = 32;
/// The largest n, incarnation or time: SQLite's integers have a sign.
constexpr std::uint64_t number_max = std::numeric_limits<std::int64_t>::max();

/// The name of a changeset. `n` is dense from 1 within (device, incarnation).
struct Dot {
    Uuid device;
    std::uint64_t incarnation = 0;
    std::uint64_t n = 0;
    auto operator<=>(const Dot&) const = default;
};

/// One field written. `field` is a catalogue field, `deleted`, or `<set field>/<uuid>` for an element of a set.
struct FieldWrite {
    std::string field;
    Value value;
    std::vector<Dot> replaces;  ///< The heads that the writer had seen. Sorted.
    std::vector<Dot> covers;    ///< `deleted` only: every field head that its writer saw. Sorted.
    std::string base;           ///< `prose` only: the text that the edit began from.
};

struct RecordWrite {
    std::string table;
    Uuid record;
    std::vector<FieldWrite> fields;  ///< Sorted by field; no field twice.
};

/// The change that this one is a re-issue of, after a restore, a fork or a refusal.
struct Was {
    Dot dot;
    Bytes hash;
};

/// Words that must go for ever, whoever wrote them and whenever: ids only. core/changes/erasure.hpp says what follows.
struct Erasure {
    Uuid record;
    std::vector<std::string> only;  ///< Just these fields. Sorted; empty: every field that holds text, except `kept`.
    std::vector<std::string> kept;  ///< Text that is structure, as a state or a date. Sorted; empty if `only` is not.
    auto operator<=>(const Erasure&) const = default;
};

struct Changeset {
    Dot dot;
    std::string scope;
    HybridTime time;              ///< As the author's clock claimed it.
    std::uint32_t catalogue = 0;  ///< Version of the catalogue that it was written under.
    std::vector<RecordWrite> records;
    std::vector<Was> was{};         ///< Empty or one.
    std::vector<Erasure> erases{};  ///< After the records. Sorted by record, no record twice.
    Bytes original{};               ///< The hash that this payload had before words were erased from it; else empty.
};

inline constexpr std::size_t changeset_bytes_max = 4U << 20U;
inline constexpr std::size_t field_text_max = 64U << 10U;  ///< Bytes of UTF-8 in one field.

/// Deterministic: equal changesets give equal bytes.
Bytes encode(const Changeset& changeset);
/// Errors: `corrupt` with the offset for anything that `encode` could not have made; `too_large`. Unknown map keys are
/// skipped.
Result<Changeset> decode_changeset(ByteView bytes);
/// SHA-256 of an encoded changeset.
Bytes payload_hash(ByteView payload);
/// The hash by which a changeset is known again: that of its payload as it was before words were erased from it.
Bytes known_hash(ByteView payload);

}  // namespace debrief::core
