#include "sync/server/session_hub.hpp"

#include "core/defects.hpp"
#include "sync/server/access.hpp"
#include "sync/server/session_impl.hpp"

namespace debrief::sync {

SessionHub::SessionHub(ServerStore& store, core::ClockSource& clock, core::RandomSource& random)
    : impl_(std::make_unique<Impl>(store, clock, random)) {}
SessionHub::~SessionHub() = default;

bool SessionHub::has_work() const {
    return impl_->store.has_work();
}
std::size_t SessionHub::sessions() const {
    return impl_->sessions.size();
}
ServerStore& SessionHub::store() {
    return impl_->store;
}
void SessionHub::on_refused(std::function<void(const std::string&)> count) {
    impl_->refused = std::move(count);
}

void SessionHub::on_admin(Administer run) {
    impl_->administer = std::move(run);
}

core::Result<std::uint32_t> SessionHub::Impl::line(const std::string& scope) {
    if (const auto known = numbers.find(scope); known != numbers.end()) return known->second;
    const auto parsed = core::parse_scope(scope);
    if (!parsed) return core::Error{core::Errc::corrupt, "This is no scope: " + scope + ".", {}, {}};
    auto head = store.head(scope);
    if (!head) return head.error();
    const auto number = static_cast<std::uint32_t>(lines.size());
    lines.push_back({scope, *parsed, std::move(*head), {}});
    numbers.emplace(scope, number);
    return number;
}

core::Status SessionHub::commit() {
    auto& hub = *impl_;
    auto committed = hub.store.commit();
    if (!committed) {
        for (auto& [id, session] : hub.sessions) {
            if (session->pushes.empty()) continue;
            session->bye(bye::try_later, "The server cannot write now: " + committed.error().detail, 1013,
                         std::chrono::seconds{5});
            session->wake();
        }
        return committed.error();
    }
    hub.frames.forget(committed->rewritten);
    std::set<std::uint64_t> woken;
    for (const auto& answer : committed->answers) {
        const auto session = hub.sessions.find(answer.session);
        if (session == hub.sessions.end()) continue;  // Gone meanwhile: it will ask again.
        session->second->answer(answer);
        woken.insert(answer.session);
    }
    for (const auto id : woken) hub.sessions.at(id)->wake();
    hub.tell_access(*committed);
    hub.tell_inbox(*committed);
    for (const auto id : woken) hub.sessions.at(id)->take_presence_behind();
    DEBRIEF_TRY(hub.tell_growth(committed->scopes));
    for (const auto& device : committed->revoked) {
        const auto found = hub.by_device.find(device);
        if (found == hub.by_device.end()) continue;
        auto* session = found->second;  // Its goodbye takes it out of the map.
        session->bye(bye::revoked, "An administrator has cut this device off.", 1008);
        session->wake();
    }
    return core::Ok{};
}

core::Status SessionHub::Impl::tell_growth(const std::set<std::string>& scopes) {
    for (const auto& scope : scopes) {
        const auto number = numbers.find(scope);
        if (number == numbers.end()) continue;  // Nobody has ever listened.
        auto head = store.head(scope);
        if (!head) return head.error();
        auto& known = lines[number->second];
        known.head = std::move(*head);
        for (auto* listener : known.listeners) {
            listener->mark(number->second);
            listener->wake();
        }
    }
    return core::Ok{};
}

void SessionHub::Impl::tell_access(const Committed& committed) {
    if (!committed.people_changed && committed.accounts.empty()) return;
    if (core::defective(core::Defect::delivery_unchecked)) return;
    const auto& directory = store.directory();
    for (auto& [id, session] : sessions) {
        using Phase = ServerSession::Impl::Phase;
        if (session->user.is_nil() || session->phase == Phase::closing) continue;
        if (const auto person = directory.users.find(session->user);
            person == directory.users.end() || !person->second.active) {
            session->bye(bye::denied, "This user may not sign in.", 1008);
            session->wake();
            continue;
        }
        if (session->phase != Phase::greeted) continue;
        if (committed.people_changed) {
            session->follow_access(scopes_of(directory, session->user), [](const core::Scope&) { return true; });
        } else {
            // Only some accounts changed hands: nobody's other scopes are looked at.
            std::set<std::string> entitled;
            for (const auto& account : committed.accounts) {
                if (!may_read(directory, session->user, {core::ScopeKind::account, account, {}})) continue;
                entitled.insert(core::account_scope(account));
                entitled.insert(core::private_scope(session->user, account));
            }
            session->follow_access(entitled, [&](const core::Scope& scope) {
                return (scope.kind == core::ScopeKind::account && committed.accounts.count(scope.first) != 0) ||
                       (scope.kind == core::ScopeKind::private_account && committed.accounts.count(scope.second) != 0);
            });
        }
    }
}

void SessionHub::Impl::tell_inbox(const Committed& committed) {
    if (!committed.inbox_changed && !committed.people_changed && committed.accounts.empty()) return;
    for (auto& [id, session] : sessions) {
        if (session->phase == ServerSession::Impl::Phase::greeted && session->tell_inbox()) session->wake();
    }
}

void SessionHub::close_all(const std::string& reason) {
    for (auto& [id, session] : impl_->sessions) {
        session->bye(bye::restart, reason, 1001, std::chrono::seconds{1});
        session->wake();
    }
}

}  // namespace debrief::sync
