#include "platform/app/upload.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "core/catalogue/scope.hpp"
#include "core/utf8.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

using core::Uuid;
using core::Value;

constexpr std::size_t batch = 200;

class Upload {
public:
    Upload(core::Store& from, core::Store& to) : from_(from), to_(to) {}

    core::Result<std::uint64_t> run() {
        DEBRIEF_TRY(match_users());
        for (const auto& table : core::catalogue().tables) {
            if (table.scope == core::ScopeRule::directory) continue;
            DEBRIEF_TRY(match_imported(table));
        }
        for (const auto& table : core::catalogue().tables) {
            if (table.scope == core::ScopeRule::directory) continue;
            // Of the workspace's own tables only administrators may write.
            if (table.scope == core::ScopeRule::workspace && to_.identity().role != "admin") continue;
            DEBRIEF_TRY(write_table(table));
        }
        DEBRIEF_TRY(flush());
        return written_;
    }

private:
    core::Status match_users() {
        const auto theirs = all_records(to_, "user");
        if (!theirs) return theirs.error();
        std::map<std::string, Uuid> by_name;
        for (const auto& user : *theirs) by_name.emplace(core::fold(user.text("name")), user.id);
        const auto ours = all_records(from_, "user");
        if (!ours) return ours.error();
        for (const auto& user : *ours) {
            const auto found = by_name.find(core::fold(user.text("name")));
            same_[user.id] = found == by_name.end() ? to_.identity().user : found->second;
        }
        same_[from_.identity().user] = to_.identity().user;
        return core::Ok{};
    }

    core::Status match_imported(const core::Table& table) {
        if (table.field("external_key") == nullptr) return core::Ok{};
        const auto theirs = all_records(to_, table.name);
        if (!theirs) return theirs.error();
        std::map<std::pair<std::string, std::string>, Uuid> by_key;
        for (const auto& record : *theirs) {
            if (const auto key = record.text("external_key"); !key.empty())
                by_key.emplace(std::pair{record.text("source"), key}, record.id);
        }
        if (by_key.empty()) return core::Ok{};
        const auto ours = all_records(from_, table.name);
        if (!ours) return ours.error();
        for (const auto& record : *ours) {
            const auto found = by_key.find({record.text("source"), record.text("external_key")});
            if (found != by_key.end() && found->second != record.id) same_[record.id] = found->second;
        }
        return core::Ok{};
    }

    Value translated(const Value& value) const {
        if (const auto* id = std::get_if<Uuid>(&value)) return now_called(*id);
        if (const auto* set = std::get_if<core::UuidSet>(&value)) {
            core::UuidSet ids;
            for (const auto& id : *set) ids.push_back(now_called(id));
            std::sort(ids.begin(), ids.end());
            ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
            return ids;
        }
        return value;
    }
    Uuid now_called(const Uuid& id) const {
        const auto found = same_.find(id);
        return found == same_.end() ? id : found->second;
    }

    core::Status write_table(const core::Table& table) {
        const auto records = all_records(from_, table.name);
        if (!records) return records.error();
        for (const auto& record : *records) {
            core::Put put{record.table, now_called(record.id), {}, std::nullopt};
            const auto there = to_.get(record.table, put.id);
            if (!there) return there.error();
            for (const auto& [field, value] : record.fields) {
                if (core::is_null(value) || (*there && (*there)->find(field) != nullptr)) continue;
                put.fields[field] = translated(value);
            }
            if (put.fields.empty()) continue;
            // What lay with another user (an agent's opportunity without an account) goes to that one's like, not to
            // us.
            const auto scope = core::parse_scope(record.scope);
            if (!*there && scope && scope->kind == core::ScopeKind::user)
                put.scope = core::user_scope(now_called(scope->first));
            waiting_.emplace_back(std::move(put));
            if (waiting_.size() >= batch) DEBRIEF_TRY(flush());
        }
        // Lines need the room that they stand in to be there.
        return flush();
    }

    core::Status flush() {
        if (waiting_.empty()) return core::Ok{};
        const auto written = to_.write(waiting_);
        if (!written) return written.error();
        written_ += waiting_.size();
        waiting_.clear();
        return core::Ok{};
    }

    core::Store& from_;
    core::Store& to_;
    std::map<Uuid, Uuid> same_;  // Ids here → ids in the workspace.
    std::vector<core::Edit> waiting_;
    std::uint64_t written_ = 0;
};

}  // namespace

core::Result<std::uint64_t> upload_records(core::Store& from, core::Store& to) {
    return Upload{from, to}.run();
}

}  // namespace debrief::platform
