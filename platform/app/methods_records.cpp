// record.*, search: the store as it is, for programs that know what they want.
#include <array>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/device/acts.hpp"
#include "core/store/undo.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/link_keeper.hpp"
#include "platform/app/names.hpp"
#include "platform/app/record_rules.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/where.hpp"

namespace debrief::platform {
namespace {

using core::Uuid;
using nlohmann::json;

core::Status write_one(Context& context, const core::Edit& edit) {
    const auto written = context.store().write({edit});
    return written ? core::Status{core::Ok{}} : core::Status{written.error()};
}

core::Result<json> put(Context& context, const json& params) {
    const auto table = known_table(params["table"].get<std::string>());
    if (!table) return table.error();
    const auto given = id_param(params, "id");
    auto fields = fields_from_json(context, **table, params["fields"], given);
    if (!fields) return fields.error();
    core::Put edit{std::string{(*table)->name}, given.value_or(Uuid{}), std::move(*fields), std::nullopt};
    if (given) {
        // Of what the server refused: then it goes out again, and says this.
        DEBRIEF_TRY(may_write(context, **table));
        const auto fixed = context.device->fix_parked_record(edit);
        if (!fixed) return fixed.error();
        if (*fixed > 0) {
            context.keeper->store_changed();
            return json{{"id", edit.id.text()}};
        }
    }
    if (params.contains("scope")) edit.scope = params["scope"].get<std::string>();
    if (!given) edit.id = context.store().new_id();
    DEBRIEF_TRY(complete(context, **table, edit));
    const auto act = core::Acts{*context.device}.perform("record.put", [&] { return write_one(context, edit); });
    if (!act) return act.error();
    return with_act(json{{"id", edit.id.text()}}, *act);
}

core::Result<json> record_get(Context& context, const json& params) {
    const auto table = known_table(params["table"].get<std::string>());
    if (!table) return table.error();
    const auto record = need_record(context.store(), (*table)->name, *id_param(params, "id"), "id");
    if (!record) return record.error();
    return record_json(*record);
}

core::Result<json> record_list(Context& context, const json& params) {
    const auto table = known_table(params["table"].get<std::string>());
    if (!table) return table.error();
    core::Query query{.table = std::string{(*table)->name},
                      .where = {},
                      .order = text_param(params, "order", "id"),
                      .limit = params.value("limit", std::size_t{100}),
                      .after = text_param(params, "after")};
    const auto order = query.order.substr(query.order.rfind('-', 0) == 0 ? 1 : 0);
    if (order != "id" && (*table)->field(order) == nullptr) return unknown_field(**table, order, "order");
    if (params.contains("where")) {
        auto where = where_from_json(context.store(), **table, params["where"]);
        if (!where) return where.error();
        query.where = std::move(*where);
    }
    const auto page = context.store().list(query);
    if (!page) return page.error();
    json records = json::array();
    for (const auto& record : page->records) records.push_back(record_json(record));
    json result{{"records", std::move(records)}};
    if (!page->next.empty()) result["next"] = page->next;
    return result;
}

core::Result<json> remove(Context& context, const json& params) {
    const auto table = known_table(params["table"].get<std::string>());
    if (!table) return table.error();
    DEBRIEF_TRY(may_write(context, **table));
    const auto id = *id_param(params, "id");
    if (auto record = need_record(context.store(), (*table)->name, id, "id"); !record) return record.error();
    const auto act = core::Acts{*context.device}.perform("record.delete", [&] {
        return write_one(context, core::Delete{std::string{(*table)->name}, id});
    });
    if (!act) return act.error();
    return with_act(json::object(), *act);
}

core::Result<json> undo(Context& context, const json& params) {
    const auto table = known_table(params["table"].get<std::string>());
    if (!table) return table.error();
    DEBRIEF_TRY(may_write(context, **table));
    std::vector<std::string> fields;
    const auto act = core::Acts{*context.device}.perform("record.undo", [&]() -> core::Status {
        auto undone = core::undo(context.store(), (*table)->name, *id_param(params, "id"));
        if (!undone) return undone.error();
        fields = std::move(*undone);
        return core::Ok{};
    });
    if (!act) return act.error();
    return with_act(json{{"fields", fields}}, *act);
}

core::Result<json> history(Context& context, const json& params) {
    auto& store = context.store();
    const auto table = known_table(params["table"].get<std::string>());
    if (!table) return table.error();
    const auto wanted = text_param(params, "field");
    if (!wanted.empty() && wanted != core::deleted_field && (*table)->field(wanted) == nullptr)
        return unknown_field(**table, wanted, "field");
    const auto found = store.history((*table)->name, *id_param(params, "id"), wanted);
    if (!found) return found.error();
    if (found->versions.empty()) {
        if (auto record = need_record(store, (*table)->name, *id_param(params, "id"), "id"); !record)
            return record.error();
    }
    json versions = json::array();
    for (const auto& version : found->versions) {
        json shown{{"field", version.field},
                   {"value", value_json(version.value, (*table)->field(version.field))},
                   {"author", version.author.text()},
                   {"at", core::instant_text(version.at)},
                   {"device", version.dot.device.text()},
                   {"version", dot_text(version.dot)}};
        if (const auto name = name_in(store, "user", version.author); !name.empty()) shown["author_name"] = name;
        if (version.replaced_by) shown["replaced_by"] = dot_text(*version.replaced_by);
        versions.push_back(std::move(shown));
    }
    return json{{"versions", std::move(versions)}, {"complete", found->complete}};
}

core::Result<json> search(Context& context, const json& params) {
    auto& store = context.store();
    const auto query = params["query"].get<std::string>();
    const auto limit = params.value("limit", std::size_t{20});
    // The bot's lines repeat what people said; they would crowd it out. So some more are looked at than are shown.
    const auto found = store.search(query, limit * 8);
    if (!found) return found.error();
    json hits = json::array();
    for (const auto& hit : *found) {
        if (hits.size() == limit) break;
        json shown{{"table", hit.table}, {"id", hit.id.text()}, {"field", hit.field}, {"snippet", hit.snippet}};
        const auto record = store.get(hit.table, hit.id);
        if (record && *record) {
            if (hit.table == "message" && (*record)->text("author_kind") == "bot") continue;
            const auto account = hit.table == "account" ? std::optional{hit.id} : (*record)->ref("account");
            if (account) shown["account"] = account->text();
        }
        hits.push_back(std::move(shown));
    }
    return json{{"hits", std::move(hits)}};
}

}  // namespace

std::span<const Method> record_methods() {
    static constexpr std::array methods{
        Method{"record.put", put},       Method{"record.get", record_get}, Method{"record.list", record_list},
        Method{"record.delete", remove}, Method{"record.undo", undo},      Method{"record.history", history},
        Method{"search", search},
    };
    return methods;
}

}  // namespace debrief::platform
