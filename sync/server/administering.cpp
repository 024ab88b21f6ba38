// A greeted device that does more than sync: an administrator's orders, and what a manager has to file.
#include "core/error_names.hpp"
#include "sync/server/access.hpp"
#include "sync/server/handover.hpp"
#include "sync/server/session_impl.hpp"

namespace debrief::sync {

void ServerSession::Impl::administer(const AdminFrame& frame) {
    if (urgent_bytes > queue_bytes_max) {
        return bye(bye::protocol, "Too much was ordered without reading the answers.", 1008);
    }
    AdministeredFrame said;
    said.order = frame.order;
    const auto refuse = [&](const core::Error& error) {
        said.code = core::name_of(error.code);
        said.text = error.detail;
        said.field = error.field;
        said.hint = error.hint;
    };
    // Judged now, not at the greeting: a role may have been taken away since.
    if (duty_of(hub.store.directory(), user) == Duty::none) {
        refuse(not_an_administrator());
    } else if (!hub.administer) {
        refuse({core::Errc::unavailable, "This server is not administered over a connection.", {}, {}});
    } else if (auto done = hub.administer(user, frame.words)) {
        said.result = std::move(*done);
    } else {
        refuse(done.error());
    }
    say(said);
}

bool ServerSession::Impl::tell_inbox() {
    auto counts = hub.store.inbox_of(user);
    if (!counts) return false;  // Cannot be read now: the next change or greeting tells.
    InboxFrame now;
    for (auto& count : *counts) now.items.push_back({std::move(count.scope), count.author, count.changes, count.since});
    if (inbox ? inbox->items == now.items : now.items.empty()) return false;
    say(now);
    inbox = now.items.empty() ? nullptr : std::make_unique<InboxFrame>(std::move(now));
    return true;
}

}  // namespace debrief::sync
