// change.*: what was done on this device, taken back and done again in order. sync.pending: what of it still waits.
#include <algorithm>
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "core/changes/sealed.hpp"
#include "core/civil_date.hpp"
#include "platform/app/change_view.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/record_rules.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

constexpr std::size_t listed_usually = 100;
constexpr std::size_t page_bytes_max = 512U << 10U;
constexpr const char* discard_act = "sync.pending.discard";

core::Result<json> change_list(Context& context, const json& params) {
    core::Acts acts{*context.device};
    const auto all = acts.list();
    if (!all) return all.error();
    const auto limit = params.value("limit", listed_usually);
    json list = json::array();
    for (const auto& act : *all) {
        if (list.size() == limit) break;
        auto shown = act_json(context.store(), acts, act);
        if (!shown) return shown.error();
        list.push_back(std::move(*shown));
    }
    return json{{"acts", std::move(list)}};
}

core::Result<json> change_undo(Context& context, const json& params) {
    core::Acts acts{*context.device};
    const auto turn =
        acts.undo(params.contains("act") ? std::optional{params["act"].get<std::uint64_t>()} : std::nullopt);
    if (!turn) return turn.error();
    return turn_json(context.store(), acts, *turn);
}

core::Result<json> change_redo(Context& context, const json&) {
    core::Acts acts{*context.device};
    const auto turn = acts.redo();
    if (!turn) return turn.error();
    return turn_json(context.store(), acts, *turn);
}

/// Which waiting changes are taken back by another one, and which only do that.
struct Reversals {
    explicit Reversals(std::map<std::uint64_t, std::uint64_t> found) : by(std::move(found)) {
        for (const auto& [n, other] : by) reverses.emplace(other, n);
    }
    [[nodiscard]] bool taken_back(std::uint64_t n) const {
        bool back = false;
        for (auto found = by.find(n); found != by.end(); found = by.find(found->second)) back = !back;
        return back;
    }
    [[nodiscard]] std::string standing(std::uint64_t n, std::uint64_t settled) const {
        const auto reversed = reverses.find(n);
        if (reversed != reverses.end() && reversed->second > settled) return "takes_back";
        return taken_back(n) ? "taken_back" : "counts";
    }
    std::map<std::uint64_t, std::uint64_t> by, reverses;
};

/// A line that was said stays said, and what a conversation keeps about itself is not a person's to take back.
core::Status may_discard(Context& context, const core::Changeset& changeset) {
    constexpr std::array<std::string_view, 6> talk{"message",   "room",           "review",
                                                   "rehearsal", "rehearsal_turn", "focus_share"};
    if (!changeset.erases.empty()) {
        return Error{Errc::denied, "Words that are erased do not come back.", "n", {}};
    }
    for (const auto& write : changeset.records) {
        const auto* table = core::catalogue().table(write.table);
        if (table == nullptr || std::find(talk.begin(), talk.end(), write.table) != talk.end()) {
            return Error{Errc::denied, "What was said in a conversation stays, and is sent with it.", "n",
                         "Go on in that conversation: there the last line can be taken back."};
        }
        DEBRIEF_TRY(may_write(context, *table));
    }
    return core::Ok{};
}

core::Result<json> pending_json(Context& context, const core::OutboxEntry& entry) {
    json shown{{"n", entry.n},
               {"scope", entry.scope},
               {"at", core::instant_text(entry.at)},
               {"sealed", core::is_sealed(entry.payload)},
               {"discardable", false},
               {"records", json::array()}};
    if (shown["sealed"]) return shown;
    const auto changeset = core::decode_changeset(entry.payload);
    if (!changeset) return changeset.error();
    if (const auto account = account_of(context.store(), *changeset))
        shown["account"] = named_json({*account, name_in(context.store(), "account", *account)});
    for (const auto& write : changeset->records)
        shown["records"].push_back(changed_record_json(context.store(), write));
    shown["discardable"] = may_discard(context, *changeset).has_value();
    return shown;
}

core::Result<json> list_pending(Context& context, const json& params) {
    const auto settled = context.device->final_n();
    if (!settled) return settled.error();
    const auto first = std::max(*settled, params.value("after", std::uint64_t{0})) + 1;
    const auto entries = context.device->unsent(first, page_bytes_max);
    if (!entries) return entries.error();
    core::Acts acts{*context.device};
    auto taken = acts.taken_back();
    if (!taken) return taken.error();
    const Reversals reversals{std::move(*taken)};
    const auto limit = params.value("limit", listed_usually);
    json changes = json::array();
    auto listed = first - 1;
    for (const auto& entry : *entries) {
        if (changes.size() == limit) break;
        listed = entry.n;
        auto shown = pending_json(context, entry);
        if (!shown) return shown.error();
        const auto standing = reversals.standing(entry.n, *settled);
        (*shown)["standing"] = standing;
        if (standing != "counts") (*shown)["discardable"] = false;
        changes.push_back(std::move(*shown));
    }
    const auto more = context.device->unsent(listed + 1, 1);
    if (!more) return more.error();
    json result{{"changes", std::move(changes)}};
    if (!more->empty()) result["next"] = listed;
    return result;
}

core::Result<json> discard_pending(Context& context, const json& params) {
    const auto n = params["n"].get<std::uint64_t>();
    core::Acts acts{*context.device};
    const auto entry = context.device->own_change(n);
    if (!entry) return entry.error();
    if (*entry && core::is_sealed((*entry)->payload)) {
        return Error{
            Errc::denied,
            "This was written for an account that you do not serve any more: it goes to whoever looks after it.", "n",
            "Leave it: it is handed over with the next sync."};
    }
    if (*entry && !(*entry)->payload.empty()) {
        const auto changeset = core::decode_changeset((*entry)->payload);
        if (!changeset) return changeset.error();
        DEBRIEF_TRY(may_discard(context, *changeset));
    }
    const auto turn = acts.discard(n, discard_act);
    if (!turn) return turn.error();
    return turn_json(context.store(), acts, *turn);
}

}  // namespace

std::span<const Method> change_methods() {
    static constexpr std::array methods{Method{"change.list", change_list}, Method{"change.undo", change_undo},
                                        Method{"change.redo", change_redo}, Method{"sync.pending", list_pending},
                                        Method{"sync.pending.discard", discard_pending}};
    return methods;
}

}  // namespace debrief::platform
