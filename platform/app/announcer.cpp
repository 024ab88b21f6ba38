#include "platform/app/announcer.hpp"

#include <algorithm>
#include <map>

#include "bot/dialogue/conversation.hpp"
#include "core/civil_date.hpp"
#include "core/store/database.hpp"
#include "platform/app/account_views.hpp"
#include "platform/app/coaching_service.hpp"
#include "platform/app/context.hpp"
#include "platform/app/ended_meetings.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/message_view.hpp"
#include "platform/app/open_rooms.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

constexpr std::string_view reminded_key = "reminders.through";

/// Lines in the order in which they were said: a set has them by their ids, and the bot's are hashes.
std::vector<core::Record> as_said(core::Store& store, const std::set<core::Uuid>& ids) {
    std::map<core::Uuid, core::Record> records;
    std::vector<bot::Message> lines;
    for (const auto& id : ids) {
        auto record = store.get("message", id);
        if (!record || !*record) continue;
        bot::Message line;
        line.id = id;
        line.at = core::Instant{(*record)->integer("at").value_or(0)};
        line.follows = (*record)->ref("follows");
        lines.push_back(std::move(line));
        records.emplace(id, std::move(**record));
    }
    std::vector<core::Record> ordered;
    for (const auto& line : bot::in_order(std::move(lines))) ordered.push_back(std::move(records.at(line.id)));
    return ordered;
}

}  // namespace

void Announcer::tell(const std::string& method, const json& params) {
    if (notify_) notify_(method, params);
}

void Announcer::tell_news(const std::string& method, const json& params) {
    auto& last = last_[method];
    if (last == params) return;
    last = params;
    tell(method, params);
}

std::int64_t Announcer::commits_elsewhere() {
    const auto version = context_.store().database().integer("PRAGMA data_version");
    return version ? *version : seen_elsewhere_;
}

bool Announcer::pulled_elsewhere() {
    auto cursors = context_.device->cursors();
    if (!cursors) return true;
    const bool moved =
        !std::equal(cursors->begin(), cursors->end(), seen_cursors_.begin(), seen_cursors_.end(),
                    [](const auto& a, const auto& b) { return a.scope == b.scope && a.position == b.position; });
    seen_cursors_ = std::move(*cursors);
    return moved;
}

void Announcer::attach() {
    context_.store().on_change([this](const core::ChangeNotice& notice) { collect(notice); });
    seen_elsewhere_ = commits_elsewhere();
    pulled_elsewhere();
    const auto n = context_.device->last_n();
    seen_n_ = n ? *n : 0;
    changed_.clear();
    written_here_.clear();
    arrived_messages_.clear();
    more_ = false;
}

void Announcer::collect(const core::ChangeNotice& notice) {
    context_.views->touched(notice.records);
    context_.rooms->touched(notice.records);
    for (const auto& record : notice.records) {
        if (notice.local) {
            written_here_.insert(record);
        } else if (record.table == "message") {
            arrived_messages_.insert(record.id);
        }
        if (changed_.size() < listed_max) {
            changed_.insert(record);
        } else {
            more_ = true;
        }
    }
    // Told on the spot, so that the link sends while the method goes on.
    if (notice.local && context_.keeper) context_.keeper->store_changed();
}

void Announcer::look_elsewhere() {
    const auto commits = commits_elsewhere();
    if (commits == seen_elsewhere_) {
        if (written_here_.empty()) return;
        const auto last = context_.device->last_n();
        // Nobody else wrote in between: all up to here is ours.
        if (last && commits_elsewhere() == seen_elsewhere_) {
            seen_n_ = *last;
            written_here_.clear();
        }
        return;
    }
    seen_elsewhere_ = commits;
    context_.views->forget();
    if (pulled_elsewhere()) more_ = true;
    const auto last = context_.device->last_n();
    if (!last || *last <= seen_n_) return;
    // Another program on this store wrote something: its outbox entries say what, unless the server has them already.
    const auto entries = context_.device->unsent(seen_n_ + 1, 4U << 20U);
    if (!entries || entries->size() < *last - seen_n_) more_ = true;
    if (entries) {
        for (const auto& entry : *entries) {
            const auto changeset = core::decode_changeset(entry.payload);
            if (!changeset) continue;
            for (const auto& write : changeset->records) {
                const core::TouchedRecord record{write.table, write.record};
                if (written_here_.count(record) != 0) continue;
                changed_.insert(record);
                if (record.table == "message") arrived_messages_.insert(record.id);
            }
        }
    }
    seen_n_ = *last;
    written_here_.clear();
    if (context_.keeper) context_.keeper->store_changed();
}

bool Announcer::flush() {
    tell_arrived_messages();
    if (changed_.empty() && !more_) return false;
    json tables = json::array();
    json records = json::array();
    std::string last;
    for (const auto& record : changed_) {
        if (record.table != last) tables.push_back(record.table);
        last = record.table;
        records.push_back({{"table", record.table}, {"id", record.id.text()}});
    }
    json params{{"tables", std::move(tables)}, {"records", std::move(records)}};
    if (more_) params["more"] = true;
    changed_.clear();
    more_ = false;
    tell("changed", params);
    return true;
}

void Announcer::tell_arrived_messages() {
    if (arrived_messages_.empty()) return;
    const auto arrived = std::move(arrived_messages_);
    arrived_messages_.clear();
    for (const auto& record : as_said(context_.store(), arrived)) {
        auto message = message_view(context_.store(), record);
        if (!message) continue;
        const auto room = context_.store().get("room", record.ref("room").value_or(core::Uuid{}));
        if (room && *room && (*room)->text("kind") == "coaching" && record.text("author_kind") == "bot")
            (*message)["text"] =
                with_references(context_, (*room)->ref("rep").value_or(core::Uuid{}), record.text("text"));
        tell("message", {{"conversation", (*message)["conversation"]}, {"message", *message}});
    }
}

void Announcer::remind() {
    const auto now = context_.now();
    if (now == reminders_checked_) return;
    // Once a second is soon enough for people; a clock that was set back is looked at at once.
    if (now > reminders_checked_ && now - reminders_checked_ < std::chrono::seconds{1} && !context_.clock.is_fixed())
        return;
    reminders_checked_ = now;
    if (const auto ended = newly_ended_meetings(context_, now)) {
        for (const auto& params : *ended) tell("reminder", params);
    }
    auto& store = context_.store();
    const auto setting = store.setting(reminded_key);
    if (!setting) return;
    const std::int64_t through = *setting ? std::stoll(**setting) : 0;
    const auto due =
        store.list({.table = "task",
                    .where = {{"remind_at", core::Where::Op::greater, through},
                              {"remind_at", core::Where::Op::less_equal, static_cast<std::int64_t>(now.count())}},
                    .order = "remind_at",
                    .limit = 0,
                    .after = {}});
    if (!due || due->records.empty()) return;
    for (const auto& task : due->records) {
        const auto state = task.text("state");
        if (!state.empty() && state != "open") continue;
        json params{{"task", task.id.text()},
                    {"text", task.text("text")},
                    {"at", core::instant_text(core::Instant{task.integer("remind_at").value_or(0)})}};
        if (const auto account = task.ref("account")) params["account"] = account->text();
        if (const auto day = task.text("due"); !day.empty()) params["due"] = day;
        tell("reminder", params);
    }
    const auto newest = due->records.back().integer("remind_at").value_or(through);
    // A reminder that comes twice after a full disk is better than one that never comes.
    static_cast<void>(store.set_setting(reminded_key, std::to_string(newest)).has_value());
}

}  // namespace debrief::platform
