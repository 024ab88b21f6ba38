// sync.*: joining a workspace, the link to its server, and what the server refused.
#include <algorithm>
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "core/changes/changeset.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/parked.hpp"
#include "platform/app/record_rules.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/rejoin.hpp"
#include "platform/app/wiping.hpp"
#include "sync/invitation.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

constexpr std::chrono::seconds once_timeout{30};

json who_joined(Context& context) {
    const auto& identity = context.identity();
    return {{"workspace", identity.workspace.text()}, {"user", identity.user.text()},
            {"device", identity.device.text()},       {"workspace_name", identity.workspace_name},
            {"user_name", identity.user_name},        {"role", identity.role}};
}

core::Result<json> join(Context& context, const json& params) {
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    if (*enrolment) {
        return Error{Errc::invalid, "This device has joined " + context.identity().workspace_name + " already.",
                     "invitation", "Use another folder with --store for another workspace."};
    }
    // What is no invitation is said before anything is asked about the records here.
    const auto invitation = params["invitation"].get<std::string>();
    if (const auto parsed = sync::parse_invitation(invitation); !parsed) return parsed.error();
    const auto records = has_local_records(context);
    if (!records) return records.error();
    const auto wish = text_param(params, "local");
    if (*records && wish.empty()) {
        return Error{
            Errc::invalid,
            "There are records on this device that were made before. They come into the team's workspace, or they go.",
            "local",
            "Say what becomes of them: local \"upload\" brings them into the workspace, \"discard\" throws them away."};
    }
    const auto local = !*records ? LocalRecords::none : wish == "upload" ? LocalRecords::upload : LocalRecords::discard;
    const bool afresh = *records || !context.identity().user.is_nil();
    return context.answer_later([&context, invitation, ca = text_param(params, "ca"), local, afresh](Answer answer) {
        const auto joined = [&context, answer, afresh](const core::Status& done) {
            answer_with(answer, [&]() -> core::Result<json> {
                if (!done) return done.error();
                forget_wiping(context);
                if (!afresh) DEBRIEF_TRY(context.key_random());
                return who_joined(context);
            });
        };
        if (!afresh) return context.keeper->join(invitation, ca, SyncLink::join_timeout, joined);
        Rejoin::begin(context, invitation, ca, local, [&context, answer, joined](const core::Status& done) {
            if (!done || !upload_waits(context)) return joined(done);
            // Whom the old records name is known only once the directory has come.
            context.keeper->once(SyncLink::join_timeout, [&context, answer](const core::Result<LinkRound>& round) {
                answer_with(answer, [&]() -> core::Result<json> {
                    auto result = who_joined(context);
                    if (!round) return result;
                    const auto uploaded = upload_waiting(context);
                    if (!uploaded) return uploaded.error();
                    result["uploaded"] = *uploaded;
                    return result;
                });
            });
        });
    });
}

core::Result<json> connect(Context& context, const json&) {
    DEBRIEF_TRY(context.keeper->connect());
    return context.keeper->status();
}

core::Result<json> disconnect(Context& context, const json&) {
    context.keeper->disconnect();
    return context.keeper->status();
}

/// The accounts that this device holds.
core::Result<std::set<std::string>> accounts_held(Context& context) {
    const auto cursors = context.device->cursors();
    if (!cursors) return cursors.error();
    std::set<std::string> held;
    for (const auto& cursor : *cursors) {
        if (cursor.scope.rfind("account/", 0) == 0) held.insert(cursor.scope);
    }
    return held;
}

/// What one call of `sync.once` has seen so far.
struct RoundSoFar {
    std::set<std::string> held;  ///< Accounts, when it began.
    LinkRound sum;
};

core::Result<json> round_json(Context& context, const RoundSoFar& so_far) {
    const auto after = accounts_held(context);
    if (!after) return after.error();
    const auto closed =
        std::count_if(so_far.held.begin(), so_far.held.end(), [&](const auto& one) { return !after->contains(one); });
    json result{{"pushed", so_far.sum.pushed}, {"pulled", so_far.sum.pulled}, {"parked", so_far.sum.parked}};
    if (closed > 0) result["accounts_closed"] = closed;
    return result;
}

void go_round(Context& context, std::chrono::milliseconds timeout, RoundSoFar so_far, Answer answer) {
    context.keeper->once(timeout, [&context, timeout, so_far = std::move(so_far),
                                   answer = std::move(answer)](const core::Result<LinkRound>& round) mutable {
        bool again = false;
        const auto take = [&]() -> core::Result<json> {
            if (!round) return round.error();
            so_far.sum.pushed += round->pushed;
            so_far.sum.pulled += round->pulled;
            so_far.sum.parked += round->parked;
            again = upload_waits(context);
            if (!again) return round_json(context, so_far);
            if (auto uploaded = upload_waiting(context); !uploaded) return uploaded.error();
            return json(nullptr);
        };
        answer_with(
            [&](const core::Result<json>& result) {
                if (!again || !result) return answer(result);
                go_round(context, timeout, std::move(so_far), std::move(answer));
            },
            take);
    });
}

core::Result<json> once(Context& context, const json& params) {
    auto before = accounts_held(context);
    if (!before) return before.error();
    const auto timeout =
        params.contains("timeout_s") ? std::chrono::seconds{params["timeout_s"].get<int>()} : once_timeout;
    return context.answer_later([&context, timeout, held = std::move(*before)](Answer answer) {
        go_round(context, timeout, {held, {}}, std::move(answer));
    });
}

core::Result<json> sync_status(Context& context, const json&) {
    return context.keeper->status();
}

/// The parked changes that a call means: the one it names, or all.
core::Result<std::vector<core::OutboxEntry>> meant(Context& context, const json& params) {
    auto parked = context.device->parked();
    if (!parked) return parked.error();
    if (!params.contains("n")) return *parked;
    const auto n = params["n"].get<std::uint64_t>();
    for (const auto& entry : *parked) {
        if (entry.n == n) return std::vector{entry};
    }
    return Error{Errc::not_found, "There is no refused change " + std::to_string(n) + ".", "n",
                 "sync.status lists them as `parked`."};
}

core::Result<json> retry(Context& context, const json& params) {
    const auto entries = meant(context, params);
    if (!entries) return entries.error();
    if (entries->empty()) return json{{"retried", 0}};
    const auto retried = context.device->retry_parked(
        params.contains("n") ? std::optional{params["n"].get<std::uint64_t>()} : std::nullopt);
    if (!retried) return retried.error();
    context.keeper->store_changed();
    return json{{"retried", *retried}};
}

core::Result<json> discard(Context& context, const json& params) {
    const auto entries = meant(context, params);
    if (!entries) return entries.error();
    std::uint64_t discarded = 0;
    // Newest first: one that builds on another goes before it.
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
        DEBRIEF_TRY(context.device->discard_parked(entry->n));
        ++discarded;
    }
    context.keeper->tell_status();
    return json{{"discarded", discarded}};
}

core::Result<json> fix(Context& context, const json& params) {
    const auto entries = meant(context, params);
    if (!entries) return entries.error();
    const auto changeset = core::decode_changeset(entries->front().payload);
    if (!changeset) return changeset.error();
    // Most changes write one record: then it need not be named.
    const auto id = id_param(params, "id");
    const core::RecordWrite* write = nullptr;
    for (const auto& one : changeset->records) {
        if (id ? one.record != *id : changeset->records.size() > 1) continue;
        write = &one;
    }
    if (write == nullptr) {
        return Error{id ? Errc::not_found : Errc::invalid,
                     id ? "This change does not write that record." : "This change writes several records.", "id",
                     "Name one of them: sync.status lists what it writes."};
    }
    const auto table = known_table(write->table);
    if (!table) return table.error();
    auto fields = fields_from_json(context, **table, params["fields"], write->record);
    if (!fields) return fields.error();
    const auto fixed = context.device->fix_parked(
        entries->front().n, {core::Put{write->table, write->record, std::move(*fields), std::nullopt}});
    if (!fixed) return fixed.error();
    context.keeper->store_changed();
    return json{{"retried", *fixed}};
}

core::Result<json> export_parked(Context& context, const json& params) {
    const auto entries = meant(context, params);
    if (!entries) return entries.error();
    json list = json::array();
    for (const auto& entry : *entries) list.push_back(parked_json(entry));
    return json{{"text", list.dump(2, ' ', false, json::error_handler_t::replace) + "\n"}};
}

}  // namespace

std::span<const Method> sync_methods() {
    static constexpr std::array methods{
        Method{"sync.join", join, false},
        Method{"sync.connect", connect},
        Method{"sync.disconnect", disconnect},
        Method{"sync.once", once},
        Method{"sync.status", sync_status, false},
        Method{"sync.parked.retry", retry},
        Method{"sync.parked.discard", discard},
        Method{"sync.parked.export", export_parked},
        Method{"sync.parked.fix", fix},
    };
    return methods;
}

}  // namespace debrief::platform
