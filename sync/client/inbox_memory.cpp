#include "sync/client/inbox_memory.hpp"

#include "sync/invitation.hpp"

namespace debrief::sync {
namespace {

constexpr std::string_view setting_name = "sync.inbox";

}  // namespace

core::Status keep_inbox(core::Store& store, const InboxFrame& inbox) {
    const auto text = inbox.items.empty() ? std::string{} : base64url(encode(inbox));
    const auto before = store.setting(setting_name);
    if (!before) return before.error();
    if (before->value_or("") == text) return core::Ok{};
    return store.set_setting(setting_name, text);
}

InboxFrame kept_inbox(core::Store& store) {
    const auto text = store.setting(setting_name);
    if (!text || !*text || (*text)->empty()) return {};
    const auto bytes = parse_base64url(**text);
    if (!bytes) return {};
    auto frame = decode_frame(*bytes);
    auto* inbox = frame ? std::get_if<InboxFrame>(&*frame) : nullptr;
    return inbox == nullptr ? InboxFrame{} : std::move(*inbox);
}

}  // namespace debrief::sync
