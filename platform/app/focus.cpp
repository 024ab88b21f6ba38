#include "platform/app/focus.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "bot/dialogue/codec.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "platform/app/context.hpp"
#include "platform/app/names.hpp"
#include "sync/server/access.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;
using nlohmann::json;

core::Result<std::map<Uuid, std::vector<bot::Message>>> lines_of(core::Store& store, const std::set<Uuid>& rooms) {
    std::map<Uuid, std::vector<bot::Message>> lines;
    const auto records = all_records(store, "message");
    if (!records) return records.error();
    const auto nameless = [](const Uuid&) { return std::string{}; };
    for (const auto& record : *records) {
        const auto room = record.ref("room");
        if (!room || !rooms.contains(*room)) continue;
        auto message = bot::message_of(record, nameless);
        if (message) lines[*room].push_back(std::move(*message));
    }
    return lines;
}

FocusCount count_of(const std::vector<bot::Message>& lines, const Uuid& user) {
    std::set<Uuid> undone;
    for (const auto& line : lines) {
        if (line.step && line.step->undone) undone.insert(*line.step->undone);
    }
    FocusCount count;
    for (const auto& line : lines) {
        if (line.author != bot::AuthorKind::user || line.user.id != user || undone.contains(line.id)) continue;
        for (const auto& sentence : line.focus) {
            if (sentence.focus == core::Focus::customer) ++count.customer;
            if (sentence.focus == core::Focus::seller) ++count.seller;
            if (sentence.focus == core::Focus::neutral) ++count.neutral;
        }
    }
    return count;
}

std::string month_of(const std::string& day) {
    return day.substr(0, 7);
}

int percent(int part, int all) {
    return all == 0 ? 0 : (200 * part + all) / (2 * all);
}

}  // namespace

core::Result<std::vector<FocusTalk>> focus_talks(Context& context, const std::string& kind) {
    const auto& me = context.identity().user;
    const auto rooms = all_records(context.store(), "room");
    if (!rooms) return rooms.error();
    std::vector<const Record*> own;
    std::set<Uuid> ids;
    for (const auto& room : *rooms) {
        const auto scope = core::parse_scope(room.scope);
        const bool mine = scope && scope->first == me &&
                          (scope->kind == core::ScopeKind::private_account || scope->kind == core::ScopeKind::user);
        if (!mine || room.text("kind") != kind || room.text("phase") != "done") continue;
        own.push_back(&room);
        ids.insert(room.id);
    }
    const auto lines = lines_of(context.store(), ids);
    if (!lines) return lines.error();
    std::vector<FocusTalk> talks;
    for (const auto* room : own) {
        FocusTalk talk;
        talk.account = room->ref("account");
        talk.opportunity = room->ref("opportunity");
        talk.day = core::civil_text(context.day_of(core::Instant{room->integer("started_at").value_or(0)}));
        talk.month = month_of(talk.day);
        if (const auto found = lines->find(room->id); found != lines->end()) talk.count = count_of(found->second, me);
        if (talk.count.all() > 0) talks.push_back(std::move(talk));
    }
    return talks;
}

FocusMonths by_month(const std::vector<FocusTalk>& talks) {
    FocusMonths months;
    for (const auto& talk : talks) {
        auto& month = months[talk.month];
        month.customer += talk.count.customer;
        month.seller += talk.count.seller;
        month.neutral += talk.count.neutral;
    }
    return months;
}

core::Status share_focus(Context& context) {
    const auto& me = context.identity().user;
    const auto directory = sync::load_directory(context.store());
    if (!directory) return directory.error();
    const auto managers = sync::direct_managers(*directory, me);
    if (managers.empty()) return core::Ok{};
    const auto talks = focus_talks(context, "debrief");
    if (!talks) return talks.error();
    for (const auto& manager : managers) {
        const auto scope = core::text_of({core::ScopeKind::coaching, me, manager});
        std::vector<core::Edit> edits;
        for (const auto& [month, count] : by_month(*talks)) {
            const auto id = core::derive_uuid("focus-share", scope + "/" + month);
            const auto known = context.store().get("focus_share", id);
            if (!known) return known.error();
            core::Put put{"focus_share", id, {}, {}};
            if (!*known) put.scope = scope;
            put.fields = {{"rep", me},
                          {"month", month},
                          {"customer", std::int64_t{count.customer}},
                          {"seller", std::int64_t{count.seller}},
                          {"neutral", std::int64_t{count.neutral}}};
            edits.emplace_back(std::move(put));
        }
        if (edits.empty()) continue;
        if (auto written = context.store().write(edits); !written) return written.error();
    }
    return core::Ok{};
}

core::Result<std::map<Uuid, FocusMonths>> shared_focus(Context& context) {
    const auto records = all_records(context.store(), "focus_share");
    if (!records) return records.error();
    std::map<Uuid, FocusMonths> reps;
    for (const auto& record : *records) {
        const auto scope = core::parse_scope(record.scope);
        // Whose talk it is, the place says: nobody can write of somebody else.
        if (!scope || scope->kind != core::ScopeKind::coaching) continue;
        const auto number = [&](const char* field) {
            return static_cast<int>(std::clamp<std::int64_t>(record.integer(field).value_or(0), 0, 1'000'000));
        };
        reps[scope->first][record.text("month")] = {number("customer"), number("seller"), number("neutral")};
    }
    return reps;
}

json months_json(const FocusMonths& months) {
    json list = json::array();
    for (const auto& [month, count] : months) {
        if (count.all() == 0) continue;
        const int customer = percent(count.customer, count.all()), seller = percent(count.seller, count.all());
        list.push_back({{"from", month + "-01"},
                        {"customer", customer},
                        {"seller", seller},
                        {"neutral", std::max(0, 100 - customer - seller)},
                        {"sentences", count.all()}});
    }
    return list;
}

}  // namespace debrief::platform
