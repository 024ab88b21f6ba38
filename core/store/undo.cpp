#include "core/store/undo.hpp"

#include <algorithm>
#include <map>

namespace debrief::core {
namespace {

using Versions = std::vector<Version>;
using Why = InTheWay::Why;

std::optional<Dot> newest_own(const Versions& versions, const Identity& self) {
    std::optional<Dot> newest;
    for (const auto& version : versions) {
        const bool own = version.dot.device == self.device && version.dot.incarnation == self.incarnation;
        if (own && (!newest || newest->n < version.dot.n)) newest = version.dot;
    }
    return newest;
}

bool nothing_stands(const Value& value) {
    const auto* there = std::get_if<bool>(&value);
    return is_null(value) || (there != nullptr && !*there);
}

/// One record, its versions, and the changes to it that are to be taken back.
class Past {
public:
    Past(const OwnWrites& own, const History& history, const Uuid& self)
        : own_(own), versions_(history.versions), complete_(history.complete), self_(self) {
        for (const auto& version : versions_) {
            if (own_.dots.contains(version.dot)) wrote_[version.field] = version.value;  // They come oldest first.
        }
    }

    [[nodiscard]] const std::map<std::string, Value>& wrote() const { return wrote_; }
    [[nodiscard]] const Value* deletion() const {
        const auto found = wrote_.find(std::string{deleted_field});
        return found == wrote_.end() ? nullptr : &found->second;
    }

    [[nodiscard]] InTheWay in_the_way(Why why, const std::string& field, const Version* by = nullptr) const {
        return {why,
                own_.table,
                own_.record,
                field,
                by == nullptr ? Uuid{} : by->author,
                by == nullptr ? Uuid{} : by->dot.device};
    }
    /// Whether the record is one that these changes made.
    [[nodiscard]] bool made(const Table* table) const {
        if (complete_) return !versions_.empty() && own_.dots.contains(versions_.front().dot);
        if (table == nullptr) return false;
        return std::any_of(table->fields.begin(), table->fields.end(), [&](const Field& field) {
            const std::string name{field.name};
            return field.required && wrote_.contains(name) && !own_.replacing.contains(name);
        });
    }
    /// Who made the record go, or kept it.
    [[nodiscard]] const Version* newest_of(std::string_view field) const {
        const Version* newest = nullptr;
        for (const auto& version : versions_) {
            if (version.field == field && !version.replaced_by) newest = &version;
        }
        return newest;
    }
    /// What these changes wrote in `field` must stand alone there, said last by this device.
    [[nodiscard]] std::optional<InTheWay> check_field(const std::string& field, const Value& value) const {
        for (const auto& version : versions_) {
            if (version.field != field || version.replaced_by) continue;
            if (version.dot.device == self_ && same_value(version.value, value)) continue;
            return in_the_way(Why::changed, field, &version);
        }
        return std::nullopt;
    }
    /// Of a record that these changes made: nothing but what they wrote may stand in it.
    [[nodiscard]] std::optional<InTheWay> check_whole() const {
        for (const auto& version : versions_) {
            if (version.replaced_by) continue;
            const auto found = wrote_.find(version.field);
            const bool ours =
                version.dot.device == self_ &&
                (found == wrote_.end() ? nothing_stands(version.value) : same_value(version.value, found->second));
            if (!ours) return in_the_way(Why::changed, version.field, &version);
        }
        return std::nullopt;
    }
    /// Nobody else may have written to the record since it was brought back.
    [[nodiscard]] std::optional<InTheWay> check_untouched() const {
        const auto back = std::find_if(versions_.begin(), versions_.end(), [&](const Version& version) {
            return version.field == deleted_field && own_.dots.contains(version.dot);
        });
        for (auto version = back; version != versions_.end(); ++version) {
            if (version->replaced_by || version->dot.device == self_) continue;
            return in_the_way(Why::changed, version->field, &*version);
        }
        return check_field(std::string{deleted_field}, false);
    }
    /// What a set holds by its elements: of a record that is not shown.
    [[nodiscard]] UuidSet elements(const std::string& set) const {
        UuidSet found;
        for (const auto& version : versions_) {
            if (version.replaced_by || version.field.rfind(set + "/", 0) != 0 || version.value != Value{true}) continue;
            if (const auto id = parse_uuid(std::string_view{version.field}.substr(set.size() + 1)))
                found.push_back(*id);
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
    /// The value that stood in `field` before; Null if these changes were the first there. Of several (a settled
    /// conflict) the newest, which is the one that was shown. Nothing if there was one that is not here any more.
    [[nodiscard]] std::optional<Value> former(const std::string& field) const {
        const Version* newest = nullptr;
        for (const auto& version : versions_) {
            const bool before =
                version.field == field && version.replaced_by && own_.dots.contains(*version.replaced_by);
            if (before && !own_.dots.contains(version.dot)) newest = &version;
        }
        if (newest != nullptr) return newest->value;
        if (own_.replacing.contains(field) && !complete_) return std::nullopt;
        return Value{Null{}};
    }

private:
    const OwnWrites& own_;
    const Versions& versions_;
    bool complete_;
    Uuid self_;
    std::map<std::string, Value> wrote_;
};

/// The whole set with one element as it was: a write names the set, its history names the elements.
void put_element(FieldMap& fields, UuidSet now, const std::string& field, std::size_t slash, const Value& was) {
    const auto id = parse_uuid(std::string_view{field}.substr(slash + 1));
    if (!id) return;
    auto& set = std::get<UuidSet>(fields.try_emplace(field.substr(0, slash), std::move(now)).first->second);
    std::erase(set, *id);
    const auto* there = std::get_if<bool>(&was);
    if (there != nullptr && *there) set.push_back(*id);
}

/// Field by field, of a record that was there before. Whether it is deleted is not looked at.
Reversal former_fields(const OwnWrites& own, const Past& past, const Record* shown, const ErasedFields& erased) {
    Reversal back;
    Put put{own.table, own.record, {}, std::nullopt};
    for (const auto& [field, value] : past.wrote()) {
        if (field == deleted_field) continue;
        const auto slash = field.find('/');
        const auto name = field.substr(0, slash);
        if (erased.takes(name)) return {{}, {}, past.in_the_way(Why::erased, name)};
        if (auto other = past.check_field(field, value)) return {{}, {}, std::move(other)};
        const auto was = past.former(field);
        if (!was) return {{}, {}, past.in_the_way(Why::unknown, name)};
        back.fields.insert(name);
        if (slash == std::string::npos) {
            put.fields.emplace(field, *was);
            continue;
        }
        const auto* now = shown == nullptr ? nullptr : shown->find(name);
        const auto* set = now == nullptr ? nullptr : std::get_if<UuidSet>(now);
        put_element(put.fields,
                    shown == nullptr ? past.elements(name)
                    : set == nullptr ? UuidSet{}
                                     : *set,
                    field, slash, *was);
    }
    if (!put.fields.empty()) back.edits.emplace_back(std::move(put));
    return back;
}

}  // namespace

Result<Reversal> reversal(Store& store, const OwnWrites& own) {
    const auto history = store.history(own.table, own.record);
    if (!history) return history.error();
    const Past past{own, *history, store.identity().device};
    Reversal back;
    if (past.wrote().empty()) return back;
    const auto shown = store.get(own.table, own.record);
    if (!shown) return shown.error();
    const auto erased = store.erased(own.record);
    if (!erased) return erased.error();

    const std::string deleted{deleted_field};
    const auto* record = *shown ? &**shown : nullptr;
    const auto* deletion = past.deletion();
    // A change that made a record, or brought one back, is taken back by deleting it.
    const bool brought_back = deletion != nullptr && *deletion == Value{false};
    if ((deletion == nullptr || brought_back) != (record != nullptr)) {
        back.in_the_way = past.in_the_way(Why::changed, deleted, past.newest_of(deleted_field));
        return back;
    }
    const bool made = deletion == nullptr && past.made(store.catalogue().table(own.table));
    if (made) back.in_the_way = past.check_whole();
    if (deletion != nullptr) back.in_the_way = brought_back ? past.check_untouched() : past.check_field(deleted, true);
    if (back.in_the_way) return back;
    if (!made) back = former_fields(own, past, record, *erased);
    if (back.in_the_way || (deletion == nullptr && !made)) return back;
    back.fields.insert(deleted);
    if (record != nullptr)
        back.edits.emplace_back(Delete{own.table, own.record});
    else
        back.edits.emplace(back.edits.begin(), Put{own.table, own.record, {}, std::nullopt});
    return back;
}

Result<std::vector<std::string>> undo(Store& store, std::string_view table, const Uuid& id) {
    std::set<std::string> undone;
    const auto status = store.transact([&]() -> Status {
        const auto history = store.history(table, id);
        if (!history) return history.error();
        const auto last = newest_own(history->versions, store.identity());
        if (!last) {
            return Error{Errc::invalid, "Nothing in this record was written on this device.", "id",
                         "Undo takes back only what this device wrote."};
        }
        auto back = reversal(store, {std::string{table}, id, {*last}, {}});
        if (!back) return back.error();
        if (back->in_the_way || back->edits.empty()) {
            const auto field = back->in_the_way ? back->in_the_way->field : std::string{};
            return Error{Errc::invalid,
                         "The field \"" + field + "\" was changed by somebody else since; nothing was undone.", field,
                         "'record.history' shows who wrote what; write the value that is right."};
        }
        undone = std::move(back->fields);
        const auto written = store.write(back->edits);
        return written ? Status{Ok{}} : Status{written.error()};
    });
    if (!status) return status.error();
    return std::vector<std::string>{undone.begin(), undone.end()};
}

}  // namespace debrief::core
