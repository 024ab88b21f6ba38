// Where a new record lives, for ever.
#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"

namespace debrief::core {
namespace {

std::optional<Uuid> id_in(const FieldMap& fields, const std::string& name) {
    const auto found = fields.find(name);
    if (found == fields.end()) return std::nullopt;
    const auto* id = std::get_if<Uuid>(&found->second);
    return id == nullptr || id->is_nil() ? std::nullopt : std::optional{*id};
}

bool flag_in(const FieldMap& fields, const std::string& name) {
    const auto found = fields.find(name);
    const auto* flag = found == fields.end() ? nullptr : std::get_if<bool>(&found->second);
    return flag != nullptr && *flag;
}

std::optional<Uuid> account_of(const Table& table, const Uuid& id, const FieldMap& fields) {
    return table.name == "account" ? std::optional{id} : id_in(fields, "account");
}

Error missing(const Table& table, std::string field) {
    auto detail = "A new " + std::string{table.name} + " must name its " + field + ": that decides who may read it.";
    return {Errc::invalid, std::move(detail), std::move(field), "Give the id of the record."};
}

}  // namespace

Result<std::string> home_scope(const Table& table, const Uuid& id, const FieldMap& fields, const Uuid& user,
                               const std::optional<std::string>& room_scope) {
    const auto account = account_of(table, id, fields);
    switch (table.scope) {
        case ScopeRule::workspace:
            return std::string{workspace_scope};
        case ScopeRule::directory:
            return account ? account_scope(*account) : std::string{workspace_scope};
        case ScopeRule::account:
            if (!account) return missing(table, "account");
            return account_scope(*account);
        case ScopeRule::account_or_user:
            return account ? account_scope(*account) : user_scope(user);
        case ScopeRule::private_account:
            return account ? private_scope(user, *account) : user_scope(user);
        case ScopeRule::observation: {
            if (!account) return missing(table, "account");
            const auto state = fields.find("state");
            const auto* word = state == fields.end() ? nullptr : std::get_if<std::string>(&state->second);
            const bool proposed = word == nullptr || *word == "proposed";
            return proposed ? private_scope(user, *account) : account_scope(*account);
        }
        case ScopeRule::user:
            return user_scope(user);
        case ScopeRule::coaching: {
            if (!flag_in(fields, "shared")) return user_scope(user);
            // A goal names no rep: it is its author's own until a copy is put into a talk's scope.
            if (table.field("rep") == nullptr) return user_scope(user);
            const auto rep = id_in(fields, "rep");
            if (!rep) return missing(table, "rep");
            return text_of({ScopeKind::coaching, *rep, user});
        }
        case ScopeRule::room:
            if (!room_scope) return missing(table, "room");
            return *room_scope;
    }
    return missing(table, "scope");
}

Status check_scope(const Table& table, const Uuid& id, const FieldMap& fields,
                   const std::optional<std::string>& room_scope, std::string_view scope) {
    const auto refuse = [&](std::string_view why) -> Status {
        return Error{
            Errc::invalid,
            "A " + std::string{table.name} + " cannot live in \"" + std::string{scope} + "\": " + std::string{why},
            "scope", "Leave the scope out: the record's fields decide it."};
    };
    const auto parsed = parse_scope(scope);
    if (!parsed) return refuse("no such kind of scope.");
    const auto account = account_of(table, id, fields);
    const bool own_account =
        account &&
        (parsed->kind == ScopeKind::account ? parsed->first == *account
                                            : parsed->kind == ScopeKind::private_account && parsed->second == *account);
    const bool in_account = own_account && parsed->kind == ScopeKind::account;
    bool allowed = false;
    switch (table.scope) {
        case ScopeRule::workspace:
            allowed = parsed->kind == ScopeKind::workspace;
            break;
        case ScopeRule::directory:
            allowed = account ? in_account : parsed->kind == ScopeKind::workspace;
            break;
        case ScopeRule::account:
            allowed = in_account;
            break;
        case ScopeRule::account_or_user:
            allowed = account ? in_account : parsed->kind == ScopeKind::user;
            break;
        case ScopeRule::private_account:
            // A review names `account/A` when it is made; a talk between rep and manager is theirs alone.
            allowed =
                own_account || (!account && parsed->kind == ScopeKind::user) || parsed->kind == ScopeKind::coaching;
            break;
        case ScopeRule::observation:
            allowed = own_account;
            break;
        case ScopeRule::user:
            allowed = parsed->kind == ScopeKind::user;
            break;
        case ScopeRule::coaching:
            allowed =
                parsed->kind == ScopeKind::coaching ||
                (parsed->kind == ScopeKind::user && (!flag_in(fields, "shared") || table.field("rep") == nullptr));
            break;
        case ScopeRule::room:
            allowed = !room_scope || *room_scope == scope;
            break;
    }
    if (!allowed) return refuse("the rule for this table is " + std::string{name_of(table.scope)} + ".");
    return Ok{};
}

}  // namespace debrief::core
