// Scopes: the unit of access and of order. Spelled `workspace`, `team/T`, `account/A`, `user/U`, `private/U/A`,
// `coaching/U/M`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/uuid.hpp"

namespace debrief::core {

enum class ScopeKind { workspace, team, account, user, private_account, coaching };

struct Scope {
    ScopeKind kind = ScopeKind::workspace;
    Uuid first;   ///< T, A, or U. Nil for the workspace.
    Uuid second;  ///< The A of `private/U/A`, the M of `coaching/U/M`.
    auto operator<=>(const Scope&) const = default;
};

/// The one spelling; ids in lower case.
std::string text_of(const Scope& scope);
/// Accepts only what `text_of` makes.
std::optional<Scope> parse_scope(std::string_view text);

std::string account_scope(const Uuid& account);
std::string user_scope(const Uuid& user);
std::string private_scope(const Uuid& user, const Uuid& account);
inline constexpr std::string_view workspace_scope = "workspace";

}  // namespace debrief::core
