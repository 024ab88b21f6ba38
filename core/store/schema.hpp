// Makes the file what this build expects, or refuses it without having touched it.
#pragma once

#include "core/catalogue/catalogue.hpp"
#include "core/store/database.hpp"

namespace debrief::core {

/// `DBRF`: tells a Debrief store from any other SQLite file. Source:
/// https://sqlite.org/pragma.html#pragma_application_id
inline constexpr std::int64_t store_application_id = 0x44425246;
inline constexpr std::int64_t store_layout = 3;  ///< Version of the tables below those of the catalogue.

/// What `PRAGMA user_version` says of a store: grows with the layout and with the catalogue.
constexpr std::int64_t store_version(const Catalogue& catalogue) {
    return store_layout * 1'000'000 + static_cast<std::int64_t>(catalogue.version);
}

/// Checks, then creates or upgrades. Sets durability: WAL, synchronous=FULL.
/// Errors: `too_new` and `corrupt` (not ours), both with the file untouched; `busy`, `full`, `io`.
Status open_schema(Database& db, const Catalogue& catalogue, bool search);

/// The SQL table and column names, quoted.
std::string sql_table(const Table& table);
std::string sql_name(std::string_view name);

}  // namespace debrief::core
