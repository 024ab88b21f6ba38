#include "sync/server/judge.hpp"

#include <algorithm>

#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"
#include "core/defects.hpp"
#include "sync/server/access.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::PushResult;
using core::Result;
using core::ScopeKind;
using Objection = std::optional<std::string>;

PushResult rejected(std::uint64_t n, std::string code) {
    return {n, PushResult::Kind::rejected, 0, {}, std::move(code)};
}
Objection object(std::string_view code) {
    return std::string{code};
}

core::FieldMap fields_of(const core::RecordWrite& write) {
    core::FieldMap fields;
    for (const auto& field : write.fields) fields[field.field] = field.value;
    return fields;
}

// The account that a scope belongs to, if it belongs to one.
std::optional<core::Uuid> account_of(const core::Scope& scope) {
    if (scope.kind == ScopeKind::account) return scope.first;
    if (scope.kind == ScopeKind::private_account) return scope.second;
    return std::nullopt;
}

bool is_admin(const Directory& directory, const core::Uuid& user) {
    const auto found = directory.users.find(user);
    return found != directory.users.end() && found->second.active && found->second.role == "admin";
}

// Administrators may erase what they may not read.
bool erases_as_admin(const Directory& directory, const core::Uuid& user, const core::Changeset& changeset) {
    return changeset.records.empty() && !changeset.erases.empty() && is_admin(directory, user);
}

// What a merge may refuse without the disk being at fault.
Objection objection_in(const core::Error& error) {
    switch (error.code) {
        case Errc::not_found:
            return object(refused::not_found);
        case Errc::invalid:
            return object(refused::invalid);
        case Errc::too_large:
            return object(refused::too_large);
        default:
            return std::nullopt;
    }
}

}  // namespace

Result<PushResult> Judge::judge(const Push& push, std::uint64_t n, core::ByteView payload, core::ByteView hash,
                                Directory& directory, Came came) {
    const core::Dot dot{push.device, push.incarnation, n};
    if (payload.size() > core::changeset_bytes_max) return rejected(n, std::string{refused::too_large});
    auto decoded = core::decode_changeset(payload);
    if (!decoded) return rejected(n, std::string{refused::corrupt});
    auto& changeset = *decoded;
    const auto scope = core::parse_scope(changeset.scope);
    if (changeset.dot != dot || !scope) return rejected(n, std::string{refused::corrupt});

    // Whatever is tried goes as one piece, or not at all.
    std::optional<std::string> refusal;
    std::optional<core::Uuid> claimed;
    bool strange = false;  // The author never was there.
    core::Bytes rest;
    PushResult result{n, PushResult::Kind::ok, 0, {}, {}};
    const auto object_to_it = [&](std::string code) {
        refusal = std::move(code);
        return core::Error{Errc::cancelled, "refused", {}, {}};
    };
    bool written = false;
    const auto attempt = [&]() -> core::Status {
        // Words that were erased meanwhile are not kept anywhere, whatever becomes of the rest.
        const auto stripped = store_.strip(changeset, hash);
        if (!stripped) return stripped.error();
        rest = *stripped ? core::encode(changeset) : core::Bytes(payload.begin(), payload.end());
        if (!may_read(directory, push.user, *scope) && !erases_as_admin(directory, push.user, changeset) &&
            !core::defective(core::Defect::push_unchecked)) {
            const auto claim = claimed_account(changeset, *scope);
            if (!claim) return claim.error();
            const auto user = directory.users.find(push.user);
            if (!*claim || user == directory.users.end() || !user->second.active) {
                const auto had = grants_.was_granted(push.user, changeset.scope);
                if (!had) return had.error();
                strange = !*had;
                if (strange) return object_to_it(std::string{refused::not_found});
                result.kind = PushResult::Kind::handed_over;
                if (core::defective(core::Defect::handover_dropped)) return core::Ok{};
                return results_.hand_over(dot, push.user, changeset.scope, store_.now(), rest);
            }
            written = true;
            DEBRIEF_TRY(give_to(push.user, **claim, directory));
            claimed = *claim;
        }
        auto why = objection(push, changeset, directory);
        if (!why) return why.error();
        if (*why) return object_to_it(std::move(**why));
        const auto reached = reach_of(changeset);
        if (!reached) return reached.error();

        const bool believed = core::defective(core::Defect::clock_unclamped);
        result.effective = believed ? changeset.time : core::HybridClock::clamp(changeset.time, store_.now());
        written = true;
        if (const auto merged = store_.merge({changeset, push.user, result.effective}); !merged) {
            auto objects = objection_in(merged.error());
            if (!objects) return merged.error();
            return object_to_it(std::move(*objects));
        }
        core::LogEntry entry{0, 0, dot, push.user, result.effective, rest};
        if (!core::defective(core::Defect::log_forgotten)) DEBRIEF_TRY(log_.append(changeset.scope, entry));
        result.position = entry.position;
        return erase_along(changeset, *reached);
    };
    const auto tried = isolates_ ? store_.transact(attempt) : attempt();
    if (tried) return result;
    if (claimed) directory.assignments.erase(*claimed);
    if (!refusal) return tried.error();
    if (written && !isolates_) {
        must_isolate_ = true;
        return tried.error();
    }
    if (came == Came::sealed && !strange) {
        DEBRIEF_TRY(results_.hand_over(dot, push.user, changeset.scope, store_.now(), rest));
        return PushResult{n, PushResult::Kind::handed_over, 0, {}, {}};
    }
    return refuse(changeset, std::move(*refusal));
}

Result<PushResult> Judge::take_over(const Push& push, std::uint64_t n, core::ByteView payload, core::ByteView hash,
                                    const Directory& directory) {
    if (payload.size() > core::changeset_bytes_max) return rejected(n, std::string{refused::too_large});
    auto changeset = core::decode_changeset(payload);
    if (!changeset) return rejected(n, std::string{refused::corrupt});
    const auto scope = core::parse_scope(changeset->scope);
    const core::Dot dot{push.device, push.incarnation, n};
    if (changeset->dot != dot || !scope) return rejected(n, std::string{refused::corrupt});
    const auto theirs = was_theirs(push.user, changeset->scope, *scope, directory);
    if (!theirs) return theirs.error();
    if (!*theirs) return rejected(n, std::string{refused::not_found});
    // Words that were erased meanwhile are not kept here either.
    const auto stripped = store_.strip(*changeset, hash);
    if (!stripped) return stripped.error();
    const auto rest = *stripped ? core::encode(*changeset) : core::Bytes(payload.begin(), payload.end());
    DEBRIEF_TRY(results_.hand_over(dot, push.user, changeset->scope, store_.now(), rest));
    return PushResult{n, PushResult::Kind::handed_over, 0, {}, {}};
}

Result<bool> Judge::was_theirs(const core::Uuid& user, const std::string& name, const core::Scope& scope,
                               const Directory& directory) {
    const bool own = scope.kind == ScopeKind::user || scope.kind == ScopeKind::private_account;
    if (own) return scope.first == user;
    if (may_read(directory, user, scope)) return true;
    if (scope.kind == ScopeKind::account) {
        const auto known = store_.locate(scope.first);
        if (!known) return known.error();
        const auto head = log_.head(name);
        if (!head) return head.error();
        if (!*known && head->position == 0) return true;
    }
    return grants_.was_granted(user, name);
}

Result<Objection> Judge::objection(const Push& push, const core::Changeset& changeset, const Directory& directory) {
    for (const auto& write : changeset.records) {
        auto why = objection_to(write, changeset, push, directory);
        if (!why || *why) return why;
    }
    for (const auto& erasure : changeset.erases) {
        auto why = objection_to(erasure, changeset, push, directory);
        if (!why || *why) return why;
    }
    return Objection{};
}

namespace {

/// A field keeps its type for ever, so only words may be ones that a newer catalogue has added.
bool values_fit(const core::Catalogue& catalogue, const core::RecordWrite& write, std::uint32_t written_under) {
    const auto* table = catalogue.table(write.table);
    if (table == nullptr) return true;
    return std::all_of(write.fields.begin(), write.fields.end(), [&](const core::FieldWrite& written) {
        const auto* field = table->field(written.field);
        if (field == nullptr) return true;
        if (core::is_null(written.value)) return !field->required;
        if (field->type == core::FieldType::word && written_under > catalogue.version) {
            return std::holds_alternative<std::string>(written.value);
        }
        return core::check_value(*table, *field, written.value).has_value();
    });
}

}  // namespace

namespace {

/// A line in a room is its speaker's: nobody puts words into a colleague's mouth.
bool names_another_speaker(const core::RecordWrite& write, const core::Uuid& user) {
    if (write.table != "message") return false;
    return std::any_of(write.fields.begin(), write.fields.end(), [&](const core::FieldWrite& written) {
        const auto* speaker = std::get_if<core::Uuid>(&written.value);
        return written.field == "author" && speaker != nullptr && *speaker != user;
    });
}

}  // namespace

Result<Objection> Judge::misfit(const core::Changeset& changeset) {
    for (const auto& write : changeset.records) {
        if (!values_fit(store_.catalogue(), write, changeset.catalogue)) return object(refused::invalid);
        const auto* table = store_.catalogue().table(write.table);
        if (table != nullptr &&
            (table->scope == core::ScopeRule::directory || table->scope == core::ScopeRule::workspace))
            return object(refused::denied);
        const auto known = store_.locate(write.record);
        if (!known) return known.error();
        if (*known && (*known)->table != write.table) return object(refused::not_found);
        if (!*known && table != nullptr) {
            const auto fields = fields_of(write);
            for (const auto& field : table->fields) {
                if (field.required && !fields.contains(std::string{field.name})) return object(refused::depends);
            }
        }
        auto why = home_objection(write, changeset, known->has_value());
        if (!why || *why) return why;
    }
    for (const auto& erasure : changeset.erases) {
        const auto place = store_.place(erasure.record);
        if (!place) return place.error();
        if (!*place || (*place)->scope != changeset.scope) return object(refused::not_found);
    }
    return Objection{};
}

Result<Objection> Judge::objection_to(const core::RecordWrite& write, const core::Changeset& changeset,
                                      const Push& push, const Directory& directory) {
    const auto scope = core::parse_scope(changeset.scope);
    const bool may = may_write(directory, push.user, *scope, write.table);
    if (!may && !core::defective(core::Defect::push_unchecked)) {
        const auto* table = store_.catalogue().table(write.table);
        const bool reserved = table != nullptr && (table->scope == core::ScopeRule::directory ||
                                                   table->scope == core::ScopeRule::workspace);
        return object(reserved || scope->kind == ScopeKind::workspace ? refused::denied : refused::invalid);
    }
    if (!values_fit(store_.catalogue(), write, changeset.catalogue)) return object(refused::invalid);
    if (names_another_speaker(write, push.user)) return object(refused::denied);
    // What replaces a refused version would stand on nothing.
    for (const auto& field : write.fields) {
        for (const auto& replaced : field.replaces) {
            if (replaced.device != push.device || replaced.incarnation != push.incarnation) continue;
            const auto known = results_.find(replaced);
            if (!known) return known.error();
            if (*known && (*known)->result.kind == PushResult::Kind::rejected) {
                return Objection{std::string{refused::depends} + " " + std::to_string(replaced.n)};
            }
        }
    }
    const auto known = store_.locate(write.record);
    if (!known) return known.error();
    if (*known) {
        // A record in another table is as good as missing; in another scope, the merge says the same.
        if ((*known)->table != write.table) return object(refused::not_found);
    } else {
        const auto creator = results_.refused(write.record, changeset.dot);
        if (!creator) return creator.error();
        const bool reissued =
            *creator && std::any_of(changeset.was.begin(), changeset.was.end(), [&](const core::Was& was) {
                return was.dot.n == (*creator)->first_n && was.dot.device == push.device;
            });
        if (*creator && !reissued)
            return Objection{std::string{refused::depends} + " " + std::to_string((*creator)->n)};
    }
    return home_objection(write, changeset, known->has_value());
}

Result<Objection> Judge::objection_to(const core::Erasure& erasure, const core::Changeset& changeset, const Push& push,
                                      const Directory& directory) {
    const auto place = store_.place(erasure.record);
    if (!place) return place.error();
    if (!*place) {
        // The same changeset may make what it erases; else it may have been refused.
        const bool made = std::any_of(changeset.records.begin(), changeset.records.end(),
                                      [&](const auto& write) { return write.record == erasure.record; });
        if (made) return Objection{};
        const auto creator = results_.refused(erasure.record, changeset.dot);
        if (!creator) return creator.error();
        if (*creator) return Objection{std::string{refused::depends} + " " + std::to_string((*creator)->n)};
        return object(refused::not_found);
    }
    if ((*place)->scope != changeset.scope) return object(refused::not_found);
    const auto* table = store_.catalogue().table((*place)->table);
    if (table != nullptr && (table->scope == core::ScopeRule::directory || table->scope == core::ScopeRule::workspace))
        return object(refused::denied);
    const auto scope = core::parse_scope(changeset.scope);
    const bool may = may_write(directory, push.user, *scope, (*place)->table) || is_admin(directory, push.user);
    return may ? Objection{} : object(refused::invalid);
}

Result<std::vector<core::Erasure>> Judge::reach_of(const core::Changeset& changeset) {
    std::vector<core::Uuid> subjects;
    for (const auto& erasure : changeset.erases) {
        if (erasure.only.empty()) subjects.push_back(erasure.record);
    }
    if (subjects.empty()) return std::vector<core::Erasure>{};
    return store_.quoting(subjects);
}

core::Status Judge::erase_along(const core::Changeset& changeset, const std::vector<core::Erasure>& reached) {
    if (!changeset.erases.empty()) {
        DEBRIEF_TRY(log_.strip(store_, changeset.scope, changeset.erases));
        DEBRIEF_TRY(results_.strip(store_, changeset.erases));
    }
    const auto along = store_.erase(reached);
    if (!along) return along.error();
    const auto owed = store_.owed(changeset);
    if (!owed) return owed.error();
    const auto late = store_.erase(*owed);
    return late ? core::Status{core::Ok{}} : core::Status{late.error()};
}

Result<Objection> Judge::home_objection(const core::RecordWrite& write, const core::Changeset& changeset, bool known) {
    const auto* table = store_.catalogue().table(write.table);
    if (table == nullptr) return Objection{};
    const auto scope = core::parse_scope(changeset.scope);

    // A record may not be made to name an account whose readers are others.
    const auto named = std::find_if(write.fields.begin(), write.fields.end(),
                                    [](const core::FieldWrite& field) { return field.field == "account"; });
    if (named != write.fields.end() && table->field("account") != nullptr) {
        const auto* id = std::get_if<core::Uuid>(&named->value);
        const auto home = account_of(*scope);
        if (id != nullptr && home && *id != *home) return object(refused::invalid);
    }
    if (known) return Objection{};

    const auto fields = fields_of(write);
    std::optional<std::string> room_scope;
    if (table->scope == core::ScopeRule::room) {
        const auto room = fields.find("room");
        const auto* id = room == fields.end() ? nullptr : std::get_if<core::Uuid>(&room->second);
        if (id != nullptr) {
            const auto found = store_.get("room", *id);
            if (!found) return found.error();
            if (*found) room_scope = (*found)->scope;
        }
    }
    const auto fits = core::check_scope(*table, write.record, fields, room_scope, changeset.scope);
    return fits ? Objection{} : object(refused::invalid);
}

Result<std::optional<core::Uuid>> Judge::claimed_account(const core::Changeset& changeset, const core::Scope& scope) {
    using Claimed = std::optional<core::Uuid>;
    if (scope.kind != ScopeKind::account) return Claimed{};
    const bool makes_it = std::any_of(
        changeset.records.begin(), changeset.records.end(),
        [&](const core::RecordWrite& write) { return write.table == "account" && write.record == scope.first; });
    if (!makes_it) return Claimed{};
    const auto known = store_.locate(scope.first);
    if (!known) return known.error();
    const auto head = log_.head(changeset.scope);
    if (!head) return head.error();
    if (*known || head->position != 0) return Claimed{};
    return Claimed{scope.first};
}

core::Status Judge::give_to(const core::Uuid& user, const core::Uuid& account, Directory& directory) {
    const auto record = store_.new_id();
    const auto written = store_.write({core::Put{
        "assignment", record, {{"account", account}, {"user", user}, {"owner", true}}, core::account_scope(account)}});
    if (!written) return written.error();
    directory.assignments[account].push_back({record, user, {}, true});
    return core::Ok{};
}

Result<PushResult> Judge::refuse(const core::Changeset& changeset, std::string code) {
    const bool again = !changeset.was.empty() && changeset.was.front().dot.device == changeset.dot.device;
    const auto first_n = again ? changeset.was.front().dot.n : changeset.dot.n;
    for (const auto& write : changeset.records) {
        const auto known = store_.locate(write.record);
        if (!known) return known.error();
        if (!*known) DEBRIEF_TRY(results_.note_refused(write.record, changeset.dot, first_n));
    }
    return rejected(changeset.dot.n, std::move(code));
}

}  // namespace debrief::sync
