// erase: the words of a person or of a line go, wherever they are.
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "core/changes/erasure.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Uuid;
using nlohmann::json;

struct Subject {
    Uuid id;
    std::string name;  ///< Of a contact that is not erased yet.
};

core::Result<Subject> subject_of(core::Store& store, const json& params) {
    if (params.contains("contact") == params.contains("message")) {
        return Error{Errc::invalid, "Name either a contact or a message.", "contact", {}};
    }
    if (params.contains("message")) {
        const auto message = need_record(store, "message", *id_param(params, "message"), "message");
        if (!message) return message.error();
        return Subject{message->id, {}};
    }
    const auto contact = resolve_param(store, "contact", params, "contact");
    if (!contact) return contact.error();
    const auto record = need_record(store, "contact", **contact, "contact");
    if (!record) return record.error();
    auto name = record->text("name");
    return Subject{record->id, name == core::erased_text ? std::string{} : std::move(name)};
}

/// What a person confirmed. Errors: `not_found`, `invalid` naming `also`.
core::Result<std::vector<core::Erasure>> confirmed(core::Store& store, const json& params) {
    std::vector<core::Erasure> erasures;
    for (const auto& given : params.value("also", json::array())) {
        const auto id = core::parse_uuid(given["id"].get<std::string>());
        const auto place = id ? store.locate(*id) : core::Result<std::optional<core::TouchedRecord>>{std::nullopt};
        if (!place) return place.error();
        if (!*place) return Error{Errc::not_found, "There is no record with this id.", "also", {}};
        const auto* table = core::catalogue().table((*place)->table);
        if (table != nullptr &&
            (table->scope == core::ScopeRule::directory || table->scope == core::ScopeRule::workspace))
            return Error{Errc::denied, "What the whole workspace reads is not erased from a device.", "also",
                         "Ask your administrator to change it."};
        if (!given.contains("field")) {
            erasures.push_back(core::whole_record(table, *id));
            continue;
        }
        const auto field = given["field"].get<std::string>();
        const auto* known = table == nullptr ? nullptr : table->field(field);
        const bool text =
            known != nullptr && (known->type == core::FieldType::text || known->type == core::FieldType::prose ||
                                 known->type == core::FieldType::json);
        if (!text) {
            return Error{
                Errc::invalid, "A " + (*place)->table + " has no text in a field '" + field + "'.", "also", {}};
        }
        erasures.push_back({*id, {field}, {}});
    }
    return erasures;
}

core::Result<json> erase_words(Context& context, const json& params) {
    auto& store = context.store();
    const auto subject = subject_of(store, params);
    if (!subject) return subject.error();
    const auto also = confirmed(store, params);
    if (!also) return also.error();

    std::vector<core::SearchHit> named;
    std::map<std::string, int> removed;
    DEBRIEF_TRY(store.transact([&]() -> core::Status {
        auto reached = store.quoting({subject->id});
        if (!reached) return reached.error();
        reached->insert(reached->end(), also->begin(), also->end());
        auto found = store.mentions(subject->name, *reached);
        if (!found) return found.error();
        named = std::move(*found);
        const auto erased = store.erase(*reached);
        if (!erased) return erased.error();
        for (const auto& record : *erased) ++removed[record.table];
        return context.device->drop_drafts_naming(subject->name);
    }));
    json to_confirm = json::array();
    for (const auto& hit : named) {
        to_confirm.push_back(
            {{"table", hit.table}, {"id", hit.id.text()}, {"field", hit.field}, {"snippet", hit.snippet}});
    }
    json counts = json::object();
    for (const auto& [table, count] : removed) counts[table] = count;
    return json{{"removed", std::move(counts)}, {"to_confirm", std::move(to_confirm)}};
}

}  // namespace

std::span<const Method> erase_methods() {
    static constexpr std::array methods{Method{"erase", erase_words}};
    return methods;
}

}  // namespace debrief::platform
