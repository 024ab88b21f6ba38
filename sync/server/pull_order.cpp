#include "sync/server/pull_order.hpp"

#include <chrono>

namespace debrief::sync {
namespace {

constexpr Urgency workspace = 0, own = 1, today = 2, this_week = 3, later = 4;
constexpr std::chrono::hours before{12}, ahead{24}, week{24 * 7};

}  // namespace

core::Result<std::map<core::Uuid, Urgency>> urgent_accounts(core::Store& store, core::Instant now) {
    using Op = core::Where::Op;
    core::Query query;
    query.table = "meeting";
    query.where = {{"at", Op::greater_equal, std::int64_t{(now - before).count()}},
                   {"at", Op::less, std::int64_t{(now + week).count()}}};
    const auto page = store.list(query);
    if (!page) return page.error();
    std::map<core::Uuid, Urgency> accounts;
    for (const auto& meeting : page->records) {
        const auto account = meeting.ref("account");
        const auto at = meeting.integer("at");
        if (!account || !at) continue;
        const auto urgency = *at < (now + ahead).count() ? today : this_week;
        const auto known = accounts.try_emplace(*account, urgency).first;
        known->second = std::min(known->second, urgency);
    }
    return accounts;
}

Urgency urgency_of(const core::Scope& scope, const std::map<core::Uuid, Urgency>& accounts) {
    using Kind = core::ScopeKind;
    if (scope.kind == Kind::workspace) return workspace;
    if (scope.kind != Kind::account && scope.kind != Kind::private_account) return own;
    const auto found = accounts.find(scope.kind == Kind::account ? scope.first : scope.second);
    return found == accounts.end() ? later : found->second;
}

}  // namespace debrief::sync
