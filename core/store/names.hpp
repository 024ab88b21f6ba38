// Long names that stand in many rows, kept once and meant by a small number: table names, scopes, replicas.
// Numbers are never used again, so what is cached stays right when another process adds more. After a rollback `forget`
// must be called: a number handed out in that transaction is gone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "core/changes/changeset.hpp"
#include "core/store/database.hpp"

namespace debrief::core {

class Names {
public:
    Names(Database& db, std::string_view sql_table) : db_(db), sql_table_(sql_table) {}

    /// The number of `name`; made if it is new.
    Result<std::int64_t> number(const std::string& name);
    /// Nothing if no row ever named it.
    Result<std::optional<std::int64_t>> find(const std::string& name);
    Result<std::string> name(std::int64_t number);
    void forget();

private:
    Database& db_;
    std::string sql_table_;
    std::map<std::string, std::int64_t, std::less<>> numbers_;
    std::map<std::int64_t, std::string> names_;
};

/// Who wrote: a dot without its n, and the author.
struct Replica {
    Uuid device;
    std::uint64_t incarnation = 0;
    Uuid author;
    auto operator<=>(const Replica&) const = default;
};

class Replicas {
public:
    explicit Replicas(Database& db) : db_(db) {}

    Result<std::int64_t> number(const Replica& replica);
    Result<std::int64_t> number(const Dot& dot, const Uuid& author) {
        return number({dot.device, dot.incarnation, author});
    }
    Result<Replica> replica(std::int64_t number);
    void forget();

private:
    Database& db_;
    std::map<Replica, std::int64_t> numbers_;
    std::map<std::int64_t, Replica> replicas_;
};

}  // namespace debrief::core
