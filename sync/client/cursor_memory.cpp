#include "sync/client/cursor_memory.hpp"

#include "core/cbor.hpp"
#include "sync/invitation.hpp"

namespace debrief::sync {
namespace {

constexpr std::string_view cursors_setting = "sync.cursors";

}  // namespace

CursorMemory CursorMemory::load(core::Store& store) {
    CursorMemory memory;
    const auto text = store.setting(cursors_setting);
    if (!text || !*text) return memory;
    const auto bytes = parse_base64url(**text);
    if (!bytes || !core::validate_cbor(*bytes)) return memory;
    core::CborReader in{*bytes};
    if (in.array() != 2) return memory;
    const auto set = in.unsigned_integer();
    std::map<std::string, core::ScopeCursor> cursors;
    for (auto left = in.array(); left > 0 && in.ok(); --left) {
        if (in.array() != 3) return memory;
        core::ScopeCursor cursor;
        cursor.scope = std::string{in.text()};
        cursor.position = in.unsigned_integer();
        cursor.salt = in.unsigned_integer();
        cursors[cursor.scope] = cursor;
    }
    if (!in.ok()) return memory;
    memory.set_ = set;
    memory.cursors_ = std::move(cursors);
    return memory;
}

CursorDifference CursorMemory::difference(const std::vector<core::ScopeCursor>& now) const {
    CursorDifference difference;
    difference.set = set_;
    std::map<std::string, bool> held;
    for (const auto& cursor : now) {
        held[cursor.scope] = true;
        const auto known = cursors_.find(cursor.scope);
        if (known == cursors_.end() || known->second.position != cursor.position || known->second.salt != cursor.salt) {
            difference.changed.push_back(cursor);
        }
    }
    for (const auto& [scope, cursor] : cursors_) {
        if (held.count(scope) == 0) difference.gone.push_back(scope);
    }
    return difference;
}

core::Status CursorMemory::adopt(core::Store& store, std::uint64_t set, const std::vector<core::ScopeCursor>& cursors) {
    set_ = set;
    cursors_.clear();
    core::CborWriter out;
    out.array(2);
    out.unsigned_integer(set);
    out.array(cursors.size());
    for (const auto& cursor : cursors) {
        cursors_[cursor.scope] = cursor;
        out.array(3);
        out.text(cursor.scope);
        out.unsigned_integer(cursor.position);
        out.unsigned_integer(cursor.salt);
    }
    return store.set_setting(cursors_setting, base64url(out.view()));
}

void CursorMemory::forget() {
    set_ = 0;
    cursors_.clear();
}

}  // namespace debrief::sync
