#include "platform/app/export.hpp"

#include <vector>

#include <nlohmann/json.hpp>

#include "platform/app/json_codec.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;
using nlohmann::json;

core::Result<std::vector<Record>> records_of(core::Store& store, const core::Table& table,
                                             const std::optional<Uuid>& account) {
    core::Query query{.table = std::string{table.name}, .where = {}, .order = "id", .limit = 0, .after = {}};
    if (account) {
        if (table.name == "account") {
            query.where.push_back({"id", core::Where::Op::equal, *account});
        } else if (table.field("account") != nullptr) {
            query.where.push_back({"account", core::Where::Op::equal, *account});
        } else {
            return std::vector<Record>{};
        }
    }
    auto page = store.list(query);
    if (!page) return page.error();
    return std::move(page->records);
}

std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string(1, c);
    return quoted + "\"";
}

}  // namespace

core::Result<std::string> export_json(Context& context, const std::optional<Uuid>& account) {
    json tables = json::object();
    for (const auto& table : core::catalogue().tables) {
        const auto records = records_of(context.store(), table, account);
        if (!records) return records.error();
        json list = json::array();
        for (const auto& record : *records) list.push_back(record_json(record));
        if (!list.empty()) tables[std::string{table.name}] = std::move(list);
    }
    const json document{{"format", "debrief"},
                        {"version", core::catalogue().version},
                        {"workspace", context.identity().workspace_name},
                        {"tables", std::move(tables)}};
    return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

core::Result<std::string> export_csv(Context& context, const std::optional<Uuid>& account) {
    std::string text = "table,id,field,value\r\n";
    for (const auto& table : core::catalogue().tables) {
        const auto records = records_of(context.store(), table, account);
        if (!records) return records.error();
        for (const auto& record : *records) {
            for (const auto& [name, value] : record.fields) {
                if (core::is_null(value)) continue;
                const auto shown = value_json(value, table.field(name));
                text += std::string{table.name} + "," + record.id.text() + "," + name + "," +
                        cell(shown.is_string() ? shown.get<std::string>()
                                               : shown.dump(-1, ' ', false, json::error_handler_t::replace)) +
                        "\r\n";
            }
        }
    }
    return text;
}

}  // namespace debrief::platform
