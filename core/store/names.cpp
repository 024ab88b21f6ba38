#include "core/store/names.hpp"

namespace debrief::core {
namespace {

Error unknown(std::string_view what) {
    return {Errc::corrupt,
            "The store is damaged: a row names an unknown " + std::string{what} + ".",
            {},
            "Keep a copy of the folder, then run 'debrief doctor' or join again in a new folder."};
}

}  // namespace

Result<std::optional<std::int64_t>> Names::find(const std::string& name) {
    if (const auto known = numbers_.find(name); known != numbers_.end()) return std::optional{known->second};
    auto query = db_.prepare("SELECT number FROM " + sql_table_ + " WHERE name = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, std::string_view{name}).step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::int64_t>{};
    const auto found = query->integer(0);
    numbers_.emplace(name, found);
    names_.emplace(found, name);
    return std::optional{found};
}

Result<std::int64_t> Names::number(const std::string& name) {
    const auto found = find(name);
    if (!found) return found.error();
    if (*found) return **found;
    auto insert = db_.prepare("INSERT INTO " + sql_table_ + "(name) VALUES (?1)");
    if (!insert) return insert.error();
    DEBRIEF_TRY(insert->bind(1, std::string_view{name}).run());
    const auto made = db_.last_rowid();
    numbers_.emplace(name, made);
    names_.emplace(made, name);
    return made;
}

Result<std::string> Names::name(std::int64_t number) {
    if (const auto known = names_.find(number); known != names_.end()) return known->second;
    auto query = db_.prepare("SELECT name FROM " + sql_table_ + " WHERE number = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, number).step();
    if (!row) return row.error();
    if (!*row) return unknown(sql_table_);
    return names_.emplace(number, query->text(0)).first->second;
}

void Names::forget() {
    numbers_.clear();
    names_.clear();
}

Result<std::int64_t> Replicas::number(const Replica& replica) {
    if (const auto known = numbers_.find(replica); known != numbers_.end()) return known->second;
    const auto incarnation = static_cast<std::int64_t>(replica.incarnation);
    auto query = db_.prepare("SELECT number FROM replica WHERE device = ?1 AND incarnation = ?2 AND author = ?3");
    if (!query) return query.error();
    const auto row = query->bind(1, replica.device.view()).bind(2, incarnation).bind(3, replica.author.view()).step();
    if (!row) return row.error();
    std::int64_t found = 0;
    if (*row) {
        found = query->integer(0);
    } else {
        auto insert = db_.prepare("INSERT INTO replica(device, incarnation, author) VALUES (?1, ?2, ?3)");
        if (!insert) return insert.error();
        DEBRIEF_TRY(insert->bind(1, replica.device.view()).bind(2, incarnation).bind(3, replica.author.view()).run());
        found = db_.last_rowid();
    }
    numbers_.emplace(replica, found);
    replicas_.emplace(found, replica);
    return found;
}

Result<Replica> Replicas::replica(std::int64_t number) {
    if (const auto known = replicas_.find(number); known != replicas_.end()) return known->second;
    auto query = db_.prepare("SELECT device, incarnation, author FROM replica WHERE number = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, number).step();
    if (!row) return row.error();
    if (!*row) return unknown("author");
    const auto device = uuid_from_bytes(query->bytes(0));
    const auto author = uuid_from_bytes(query->bytes(2));
    if (!device || !author) return unknown("author");
    const Replica found{*device, static_cast<std::uint64_t>(query->integer(1)), *author};
    numbers_.emplace(found, number);
    replicas_.emplace(number, found);
    return found;
}

void Replicas::forget() {
    numbers_.clear();
    replicas_.clear();
}

}  // namespace debrief::core
