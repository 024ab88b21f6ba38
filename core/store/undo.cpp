#include "core/store/undo.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace debrief::core {
namespace {

using Versions = std::vector<Version>;

std::optional<Dot> newest_own(const Versions& versions, const Identity& self) {
    std::optional<Dot> newest;
    for (const auto& version : versions) {
        const bool own = version.dot.device == self.device && version.dot.incarnation == self.incarnation;
        if (own && (!newest || newest->n < version.dot.n)) newest = version.dot;
    }
    return newest;
}

Error somebody_else(const std::string& field) {
    return {Errc::invalid, "The field \"" + field + "\" was changed by somebody else since; nothing was undone.", field,
            "'record.history' shows who wrote what; write the value that is right."};
}

std::optional<Value> wrote(const Versions& versions, const std::string& field, const Dot& dot) {
    for (const auto& version : versions) {
        if (version.field == field && version.dot == dot) return version.value;
    }
    return std::nullopt;
}

/// What `dot` wrote in `field` must stand alone: else the former value would go over somebody else's.
Status check_alone(const Versions& versions, const std::string& field, const Dot& dot) {
    for (const auto& version : versions) {
        if (version.field != field) continue;
        const bool replaced = version.dot == dot && version.replaced_by;
        const bool beside = version.dot != dot && !version.replaced_by;
        if (!replaced && !beside) continue;
        return somebody_else(field);
    }
    return Ok{};
}

/// The value that `dot` replaced in `field`; Null if it was the first one there. Of several (a settled conflict) the
/// newest, which is the one that was shown.
Value former(const Versions& versions, const std::string& field, const Dot& dot) {
    const Version* newest = nullptr;
    for (const auto& version : versions) {
        if (version.field == field && version.replaced_by == dot) newest = &version;  // They come oldest first.
    }
    return newest == nullptr ? Value{Null{}} : newest->value;
}

/// The whole set with one element as it was: a write names the set, its history names the elements.
void put_element(FieldMap& fields, const Record* shown, const std::string& field, std::size_t slash, const Value& was) {
    const auto set_name = field.substr(0, slash);
    const auto id = parse_uuid(std::string_view{field}.substr(slash + 1));
    if (!id) return;
    auto at = fields.find(set_name);
    if (at == fields.end()) {
        const auto* value = shown == nullptr ? nullptr : shown->find(set_name);
        const auto* set = value == nullptr ? nullptr : std::get_if<UuidSet>(value);
        at = fields.emplace(set_name, set == nullptr ? UuidSet{} : *set).first;
    }
    auto& set = std::get<UuidSet>(at->second);
    std::erase(set, *id);
    const auto* there = std::get_if<bool>(&was);
    if (there != nullptr && *there) set.push_back(*id);
}

}  // namespace

Result<std::vector<std::string>> undo(Store& store, std::string_view table, const Uuid& id) {
    std::set<std::string> undone;
    const auto status = store.transact([&]() -> Status {
        const auto history = store.history(table, id);
        if (!history) return history.error();
        const auto& versions = history->versions;
        const auto last = newest_own(versions, store.identity());
        if (!last) {
            return Error{Errc::invalid, "Nothing in this record was written on this device.", "id",
                         "Undo takes back only what this device wrote."};
        }
        bool whole = true;  // Nothing stood here before: the change made the record.
        std::set<std::string> fields;
        for (const auto& version : versions) {
            if (version.dot == *last) fields.insert(version.field);
            whole = whole && version.dot == *last;
        }
        for (const auto& field : fields) DEBRIEF_TRY(check_alone(versions, field, *last));
        const auto shown = store.get(table, id);
        if (!shown) return shown.error();

        Edit edit = Delete{std::string{table}, id};
        if (whole) {
            undone.emplace(deleted_field);
        } else {
            Put put{std::string{table}, id, {}, std::nullopt};
            for (const auto& field : fields) {
                undone.insert(field.substr(0, field.find('/')));
                if (field == deleted_field) continue;
                const auto was = former(versions, field, *last);
                const auto slash = field.find('/');
                if (slash == std::string::npos) {
                    put.fields.emplace(field, was);
                } else {
                    put_element(put.fields, *shown ? &**shown : nullptr, field, slash, was);
                }
            }
            const auto deletion = wrote(versions, std::string{deleted_field}, *last);
            if (deletion && *deletion == Value{true} && *shown) return somebody_else(std::string{deleted_field});
            // A record that it had brought back goes again.
            if (!deletion || *deletion != Value{false}) edit = std::move(put);
        }
        const auto written = store.write({edit});
        return written ? Status{Ok{}} : Status{written.error()};
    });
    if (!status) return status.error();
    return std::vector<std::string>{undone.begin(), undone.end()};
}

}  // namespace debrief::core
