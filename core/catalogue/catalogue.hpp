// The tables and fields that this build knows: data, compiled in and versioned. SQL tables are made from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/value.hpp"

namespace debrief::core {

enum class FieldType {
    text,     ///< One value of UTF-8, at most 64 KiB.
    prose,    ///< Text that several people may edit: merged by three ways at read.
    integer,  ///< 64 bits, signed.
    boolean,
    instant,  ///< Milliseconds since the Unix epoch, UTC. ISO 8601 with offset at the doors.
    civil,    ///< A civil date as said: 2025-03-18, 2025-W12, 2025-03, 2025-Q2, 2025-H1, 2025-SP, 2025.
    ref,      ///< The id of a record, in `target`; its record may be missing here.
    refs,     ///< A set of ids, each element merged on its own.
    word,     ///< One of `words`; an unknown one from a newer version is kept and shown as it is.
    json,     ///< A JSON document, as text.
};
std::string_view name_of(FieldType type);

enum class ScopeRule {
    workspace,        ///< `workspace`: read by all, written by administrators.
    account,          ///< `account/A`; the account table's own id, else the field `account`.
    account_or_user,  ///< `account/A` if the record names an account, else `user/U`.
    private_account,  ///< `private/U/A` if the record names an account, else `user/U`.
    observation,      ///< `private/U/A` while proposed, `account/A` once confirmed.
    user,             ///< `user/U`.
    coaching,         ///< `coaching/U/M` if shared, else `user/M` of its author.
    room,             ///< Where its room lives.
    directory,        ///< Written by the server only; `workspace`, or `account/A` if it names an account.
};
std::string_view name_of(ScopeRule rule);

struct Field {
    std::string_view name;
    FieldType type = FieldType::text;
    std::string_view target = {};                  ///< `ref`, `refs`: the table, or empty for any.
    std::span<const std::string_view> words = {};  ///< `word`: what is allowed.
    bool required = false;                         ///< Must not be missing or empty in a new record.
    bool indexed = false;
    bool searchable = false;  ///< In the full-text index.
};

struct Table {
    std::string_view name;
    ScopeRule scope = ScopeRule::account;
    std::span<const Field> fields;

    [[nodiscard]] const Field* field(std::string_view name) const;
};

struct Catalogue {
    std::uint32_t version = 1;
    std::span<const Table> tables;

    [[nodiscard]] const Table* table(std::string_view name) const;
};

/// The catalogue of this build.
const Catalogue& catalogue();

/// Checks one value against its field: type, UTF-8, length, allowed words, civil form.
/// Errors: `invalid` or `too_large`, naming the field and what would be right.
Status check_value(const Table& table, const Field& field, const Value& value);

/// The home scope of a new record with these fields, written by `user`.
/// `room_scope` is where the record's room lives, for tables with the rule `room`. Errors: `invalid` if a field that
/// the rule needs is missing.
Result<std::string> home_scope(const Table& table, const Uuid& id, const FieldMap& fields, const Uuid& user,
                               const std::optional<std::string>& room_scope);

/// Whether the rule allows a record with these fields to live in `scope`: its kind and the account that it names. Who
/// may write there is the server's to judge. Errors: `invalid`, field `scope`.
Status check_scope(const Table& table, const Uuid& id, const FieldMap& fields,
                   const std::optional<std::string>& room_scope, std::string_view scope);

}  // namespace debrief::core
