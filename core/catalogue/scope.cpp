#include "core/catalogue/scope.hpp"

#include <array>

namespace debrief::core {
namespace {

struct Spelling {
    ScopeKind kind;
    std::string_view prefix;
    std::size_t ids;
};
constexpr std::array<Spelling, 6> spellings{{{ScopeKind::workspace, "workspace", 0},
                                             {ScopeKind::team, "team", 1},
                                             {ScopeKind::account, "account", 1},
                                             {ScopeKind::user, "user", 1},
                                             {ScopeKind::private_account, "private", 2},
                                             {ScopeKind::coaching, "coaching", 2}}};

/// Takes `/<id>` off the front of `rest`.
std::optional<Uuid> take_id(std::string_view& rest) {
    constexpr std::size_t size = 37;
    if (rest.size() < size || rest[0] != '/') return std::nullopt;
    const auto spelled = rest.substr(1, size - 1);
    const auto id = parse_uuid(spelled);
    // One spelling only: two would be two scopes to everybody who compares text.
    if (!id || id->text() != spelled) return std::nullopt;
    rest.remove_prefix(size);
    return id;
}

}  // namespace

std::string text_of(const Scope& scope) {
    const auto& spelling = spellings[static_cast<std::size_t>(scope.kind)];
    std::string text{spelling.prefix};
    if (spelling.ids > 0) text += '/' + scope.first.text();
    if (spelling.ids > 1) text += '/' + scope.second.text();
    return text;
}

std::optional<Scope> parse_scope(std::string_view text) {
    const auto prefix = text.substr(0, text.find('/'));
    for (const auto& spelling : spellings) {
        if (spelling.prefix != prefix) continue;
        Scope scope{spelling.kind, {}, {}};
        auto rest = text.substr(prefix.size());
        for (std::size_t at = 0; at < spelling.ids; ++at) {
            const auto id = take_id(rest);
            if (!id) return std::nullopt;
            (at == 0 ? scope.first : scope.second) = *id;
        }
        if (!rest.empty()) return std::nullopt;
        return scope;
    }
    return std::nullopt;
}

std::string account_scope(const Uuid& account) {
    return text_of({ScopeKind::account, account, {}});
}
std::string user_scope(const Uuid& user) {
    return text_of({ScopeKind::user, user, {}});
}
std::string private_scope(const Uuid& user, const Uuid& account) {
    return text_of({ScopeKind::private_account, user, account});
}

}  // namespace debrief::core
