// What becomes of own changes that the server refused: they are issued again as they are or corrected, or given up.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "core/catalogue/catalogue.hpp"
#include "core/changes/merge.hpp"
#include "core/changes/sealed.hpp"
#include "core/device/device_store_impl.hpp"
#include "core/device/reissue.hpp"

namespace debrief::core {
namespace {

constexpr std::string_view server_catalogue_setting = "sync.server_catalogue";

Error not_parked(std::uint64_t n) {
    return {Errc::not_found, "Change " + std::to_string(n) + " is not among those that the server refused.", "n",
            "'sync status' lists them."};
}

Error cannot_fix(std::string detail, std::string field, std::string hint = {}) {
    return {Errc::invalid, std::move(detail), std::move(field), std::move(hint)};
}

/// Refused for what it is. Who may write where does not change with the server's program.
bool judged_by_content(const std::string& code) {
    constexpr std::array<std::string_view, 4> codes{"corrupt", "denied", "invalid", "too_large"};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool writes(const RecordWrite& write, const std::string& name) {
    return std::any_of(write.fields.begin(), write.fields.end(),
                       [&](const FieldWrite& field) { return field.field == name; });
}

RecordWrite* write_of(Changeset& changeset, const Put& edit) {
    const auto found = std::find_if(changeset.records.begin(), changeset.records.end(), [&](const RecordWrite& write) {
        return write.record == edit.id && write.table == edit.table;
    });
    return found == changeset.records.end() ? nullptr : &*found;
}

}  // namespace

Status DeviceStore::Impl::follow_names(Changeset& changeset) {
    for (bool again = true; again;) {
        again = false;
        for (const auto& named : dots_named(changeset)) {
            if (named != dot(named.n)) continue;
            const auto row = outbox.find(named.n);
            if (!row) return row.error();
            if (!*row || (*row)->entry.state != OutboxState::withdrawn) continue;
            again = true;
            if ((*row)->entry.position > 0) {
                rename_dot(changeset, named, dot((*row)->entry.position));
                continue;
            }
            Changeset nothing;
            nothing.dot = named;
            // Of what was sealed nobody knows what it replaced, and nothing here builds on it.
            const bool unknown = (*row)->entry.payload.empty();
            const auto discarded = unknown ? nothing : decode_changeset((*row)->entry.payload);
            if (!discarded) return discarded.error();
            drop_dot(changeset, *discarded);
        }
    }
    return Ok{};
}

Status DeviceStore::Impl::reissue(const OutboxRow& row, Changeset changeset) {
    const auto last = outbox.last_n();
    if (!last) return last.error();
    // The oldest name is the one that others may know.
    if (changeset.was.empty()) changeset.was.push_back({changeset.dot, row.hash});
    changeset.dot = dot(*last + 1);
    changeset.original.clear();  // Under its new name it is a payload of its own.
    DEBRIEF_TRY(outbox.withdraw(row.entry.n, changeset.dot.n, {}));
    DEBRIEF_TRY(follow_names(changeset));
    DEBRIEF_TRY(outbox.append(changeset, encode(changeset), row.entry.at));
    return records->show(changeset);
}

Result<std::uint64_t> DeviceStore::Impl::reissue_parked(const std::function<bool(const OutboxRow&)>& wanted,
                                                        const std::function<Status(Changeset&)>& correct) {
    const auto parked = outbox.in_state(OutboxState::parked, 0, std::numeric_limits<std::size_t>::max());
    if (!parked) return parked.error();
    std::uint64_t count = 0;
    std::set<Uuid> touched;
    for (const auto& row : *parked) {
        if (is_sealed(row.entry.payload)) continue;
        auto changeset = decode_changeset(row.entry.payload);
        if (!changeset) return changeset.error();
        // With one goes what was built on it: it was refused for that reason.
        const bool depends = std::any_of(changeset->records.begin(), changeset->records.end(),
                                         [&](const RecordWrite& write) { return touched.contains(write.record); });
        const bool itself = wanted(row);
        if (!itself && !depends) continue;
        for (const auto& write : changeset->records) touched.insert(write.record);
        if (itself && correct) DEBRIEF_TRY(correct(*changeset));
        DEBRIEF_TRY(reissue(row, std::move(*changeset)));
        ++count;
    }
    return count;
}

Status DeviceStore::Impl::not_issued(std::uint64_t n) {
    const auto row = outbox.find(n);
    if (!row) return row.error();
    if (!*row || (*row)->entry.state != OutboxState::parked) return not_parked(n);
    return Error{Errc::invalid,
                 "Change " + std::to_string(n) +
                     " was written for an account that you do not serve any more: it is sealed, and only the server "
                     "could read it.",
                 "n", "Discard it, or export it for your administrator."};
}

Result<std::uint64_t> DeviceStore::retry_parked(std::optional<std::uint64_t> n) {
    std::uint64_t count = 0;
    DEBRIEF_TRY(impl_->records->transact([&]() -> Status {
        const auto issued = impl_->reissue_parked([&](const OutboxRow& row) { return !n || row.entry.n == *n; });
        if (!issued) return issued.error();
        count = *issued;
        return n && count == 0 ? impl_->not_issued(*n) : Status{Ok{}};
    }));
    return count;
}

Result<std::uint64_t> DeviceStore::meet_server(std::uint64_t catalogue) {
    const auto known = impl_->records->setting(server_catalogue_setting);
    if (!known) return known.error();
    const auto version = std::to_string(catalogue);
    if (catalogue == 0 || *known == version) return std::uint64_t{0};
    std::uint64_t before = 0;  // Also where what stands there is no number.
    if (*known) std::from_chars((*known)->data(), (*known)->data() + (*known)->size(), before);
    const bool newer = before < catalogue;
    std::uint64_t count = 0;
    DEBRIEF_TRY(impl_->records->transact([&]() -> Status {
        DEBRIEF_TRY(impl_->records->set_setting(server_catalogue_setting, version));
        if (!newer) return Ok{};
        const auto issued =
            impl_->reissue_parked([](const OutboxRow& row) { return judged_by_content(row.entry.code); });
        if (!issued) return issued.error();
        count = *issued;
        return Ok{};
    }));
    return count;
}

Result<std::uint64_t> DeviceStore::fix_parked(std::uint64_t n, const std::vector<Put>& corrections) {
    std::uint64_t count = 0;
    DEBRIEF_TRY(impl_->records->transact([&]() -> Status {
        const auto issued = impl_->reissue_parked([&](const OutboxRow& row) { return row.entry.n == n; },
                                                  [&](Changeset& changeset) -> Status {
                                                      for (const auto& edit : corrections)
                                                          DEBRIEF_TRY(impl_->correct(changeset, edit));
                                                      return Ok{};
                                                  });
        if (!issued) return issued.error();
        count = *issued;
        return count == 0 ? impl_->not_issued(n) : Status{Ok{}};
    }));
    return count;
}

Result<std::uint64_t> DeviceStore::fix_parked_record(const Put& edit) {
    const auto known = impl_->records->locate(edit.id);
    if (!known) return known.error();
    auto parked = impl_->outbox.in_state(OutboxState::parked, 0, std::numeric_limits<std::size_t>::max());
    if (!parked) return parked.error();
    // Of the fields given: which parked change would have to say something else.
    std::map<std::uint64_t, Put> corrections;
    auto rest = edit.fields;
    for (const auto& row : *parked) {
        if (is_sealed(row.entry.payload)) continue;
        auto changeset = decode_changeset(row.entry.payload);
        if (!changeset) return changeset.error();
        const auto* write = write_of(*changeset, edit);
        if (write == nullptr) continue;
        Put correction{edit.table, edit.id, {}, {}};
        const bool makes = !*known && corrections.empty();
        for (const auto& [name, value] : edit.fields) {
            if (!makes && !writes(*write, name)) continue;
            correction.fields[name] = value;
            rest.erase(name);
        }
        if (!*known || !correction.fields.empty()) corrections[row.entry.n] = std::move(correction);
    }
    if (corrections.empty()) return std::uint64_t{0};
    std::uint64_t count = 0;
    DEBRIEF_TRY(impl_->records->transact([&]() -> Status {
        const auto issued = impl_->reissue_parked(
            [&](const OutboxRow& row) { return corrections.contains(row.entry.n); },
            [&](Changeset& changeset) { return impl_->correct(changeset, corrections[changeset.dot.n]); });
        if (!issued) return issued.error();
        count = *issued;
        if (rest.empty()) return Ok{};
        const auto written = impl_->records->write({Put{edit.table, edit.id, rest, {}}});
        return written ? Status{Ok{}} : Status{written.error()};
    }));
    return count;
}

Status DeviceStore::Impl::correct(Changeset& changeset, const Put& edit) {
    auto* write = write_of(changeset, edit);
    if (write == nullptr) {
        return cannot_fix(
            "Change " + std::to_string(changeset.dot.n) + " does not write " + edit.table + " " + edit.id.text() + ".",
            "id", "'sync status' lists what it writes.");
    }
    const auto* table = records->catalogue().table(edit.table);
    if (table == nullptr) return cannot_fix("This version does not know the table \"" + edit.table + "\".", "table");
    const auto known = records->locate(edit.id);
    if (!known) return known.error();
    for (const auto& [name, value] : edit.fields) {
        const auto* field = table->field(name);
        if (field == nullptr || field->type == FieldType::refs)
            return cannot_fix("There is no single value \"" + name + "\" to correct.", name);
        DEBRIEF_TRY(check_value(*table, *field, value));
        if (field->required && is_null(value)) return cannot_fix("\"" + name + "\" cannot be empty.", name);
        const auto at =
            std::lower_bound(write->fields.begin(), write->fields.end(), name,
                             [](const FieldWrite& one, const std::string& wanted) { return one.field < wanted; });
        if (at != write->fields.end() && at->field == name) {
            at->value = value;
        } else if (*known) {
            // It has versions that this change never replaced.
            return cannot_fix("Change " + std::to_string(changeset.dot.n) + " does not write \"" + name + "\".", name,
                              "Change the record itself.");
        } else {
            write->fields.insert(at, FieldWrite{name, value, {}, {}, {}});
        }
    }
    if (*known) return Ok{};
    FieldMap fields;
    for (const auto& field : write->fields) fields[field.field] = field.value;
    return check_scope(*table, edit.id, fields, std::nullopt, changeset.scope);
}

Status DeviceStore::discard_parked(std::uint64_t n) {
    return impl_->records->transact([&]() -> Status {
        const auto row = impl_->outbox.find(n);
        if (!row) return row.error();
        if (!*row || (*row)->entry.state != OutboxState::parked) return not_parked(n);
        if (is_sealed((*row)->entry.payload)) return impl_->outbox.withdraw(n, 0, {});
        auto refused = decode_changeset((*row)->entry.payload);
        if (!refused) return refused.error();
        // What it had replaced must stay known, for later changes that were built on it; its words need not.
        for (auto& record : refused->records) {
            for (auto& field : record.fields) {
                field.value = Null{};
                field.base.clear();
            }
        }
        return impl_->outbox.withdraw(n, 0, encode(*refused));
    });
}

}  // namespace debrief::core
