#include "platform/app/names.hpp"

#include <vector>

#include <nlohmann/json.hpp>

#include "core/utf8.hpp"
#include "platform/app/schema_check.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Record;
using core::Uuid;

core::Query named_query(std::string_view table, const std::optional<Uuid>& account) {
    core::Query query{.table = std::string{table}, .where = {}, .order = "id", .limit = 0, .after = {}};
    if (account) query.where.push_back({"account", core::Where::Op::equal, *account});
    return query;
}

Error ambiguous(std::string_view table, const std::string& text, const std::string& field,
                const std::vector<Record>& fits) {
    std::string list;
    for (std::size_t i = 0; i < fits.size() && i < 5; ++i)
        list += (i == 0 ? "" : ", ") + fits[i].text("name") + " (" + fits[i].id.text() + ")";
    if (fits.size() > 5) list += ", …";
    return {
        .code = Errc::ambiguous,
        .detail = std::to_string(fits.size()) + " records of '" + std::string{table} + "' are called '" + text + "'.",
        .field = field,
        .hint = "Give the id of one: " + list + "."};
}

}  // namespace

core::Result<std::vector<Record>> all_records(core::Store& store, std::string_view table) {
    auto page = store.list({.table = std::string{table}, .where = {}, .order = "id", .limit = 0, .after = {}});
    if (!page) return page.error();
    return std::move(page->records);
}

core::Result<core::Record> need_record(core::Store& store, std::string_view table, const Uuid& id,
                                       const std::string& field) {
    auto found = store.get(table, id);
    if (!found) return found.error();
    if (!*found) {
        return Error{Errc::not_found, "There is no " + std::string{table} + " " + id.text() + " here.", field,
                     "record.list with table '" + std::string{table} + "' shows what is there."};
    }
    return **found;
}

core::Result<Uuid> resolve(core::Store& store, std::string_view table, const std::string& text,
                           const std::string& field, const std::optional<Uuid>& account) {
    if (const auto id = core::parse_uuid(text)) {
        const auto record = need_record(store, table, *id, field);
        if (!record) return record.error();
        return *id;
    }
    auto exact = named_query(table, account);
    exact.where.push_back({"name", core::Where::Op::equal, text});
    auto page = store.list(exact);
    if (!page) return page.error();
    if (page->records.size() == 1) return page->records.front().id;
    if (page->records.size() > 1) return ambiguous(table, text, field, page->records);

    page = store.list(named_query(table, account));
    if (!page) return page.error();
    const auto wanted = core::fold(text);
    std::vector<Record> fits;
    std::vector<std::string> names;
    for (const auto& record : page->records) {
        auto name = core::fold(record.text("name"));
        if (name == wanted) fits.push_back(record);
        names.push_back(std::move(name));
    }
    if (fits.size() == 1) return fits.front().id;
    if (fits.size() > 1) return ambiguous(table, text, field, fits);
    std::string hint;
    const auto near = nearest_word(wanted, names);
    for (const auto& record : page->records) {
        if (!near.empty() && core::fold(record.text("name")) == near)
            hint = "Did you mean '" + record.text("name") + "'?";
    }
    return Error{Errc::not_found, "There is no " + std::string{table} + " called '" + text + "' here.", field,
                 std::move(hint)};
}

core::Result<std::optional<Uuid>> resolve_param(core::Store& store, std::string_view table,
                                                const nlohmann::json& params, const std::string& name,
                                                const std::optional<Uuid>& account) {
    const auto given = params.find(name);
    if (given == params.end()) return std::optional<Uuid>{};
    auto id = resolve(store, table, given->get<std::string>(), name, account);
    if (!id) return id.error();
    return std::optional<Uuid>{*id};
}

std::string name_in(core::Store& store, std::string_view table, const Uuid& id) {
    const auto record = store.get(table, id);
    return record && *record ? (*record)->text("name") : std::string{};
}

}  // namespace debrief::platform
