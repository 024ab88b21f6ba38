#include "sync/client/inbox_memory.hpp"

#include "sync/invitation.hpp"

namespace debrief::sync {
namespace {

constexpr std::string_view inbox_setting = "sync.inbox";

}  // namespace

core::Status keep_inbox(core::Store& store, const InboxFrame& inbox) {
    const auto text = inbox.items.empty() ? std::string{} : base64url(encode(inbox));
    const auto before = store.setting(inbox_setting);
    if (!before) return before.error();
    if (before->value_or("") == text) return core::Ok{};
    return store.set_setting(inbox_setting, text);
}

InboxFrame kept_inbox(core::Store& store) {
    const auto text = store.setting(inbox_setting);
    if (!text || !*text || (*text)->empty()) return {};
    const auto bytes = parse_base64url(**text);
    if (!bytes) return {};
    auto frame = decode_frame(*bytes);
    auto* inbox = frame ? std::get_if<InboxFrame>(&*frame) : nullptr;
    return inbox == nullptr ? InboxFrame{} : std::move(*inbox);
}

}  // namespace debrief::sync
