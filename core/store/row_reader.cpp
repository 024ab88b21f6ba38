#include "core/store/row_reader.hpp"

#include "core/store/columns.hpp"
#include "core/store/schema.hpp"

namespace debrief::core {

std::string RowReader::select() const {
    std::string sql = "SELECT r.id, r.scope, t.rid, t._flags";
    for (const auto& field : table_.fields) sql += ", t." + sql_name(field.name);
    return sql + " FROM record r JOIN " + sql_table(table_) + " t USING (rid)";
}

Result<Record> RowReader::read(const Statement& row) {
    Record record;
    record.table = table_.name;
    record.id = uuid_from_bytes(row.bytes(0)).value_or(Uuid{});
    auto scope = records_.scopes().name(row.integer(1));
    if (!scope) return scope.error();
    record.scope = std::move(*scope);
    if ((row.integer(3) & flag_conflict) != 0) {
        auto fields = conflicts(row.integer(2));
        if (!fields) return fields.error();
        record.conflicts = std::move(*fields);
    }
    int column = 4;
    for (const auto& field : table_.fields) {
        auto value = read_column(row, column++, field.type);
        if (!is_null(value)) record.fields.emplace(field.name, std::move(value));
    }
    return record;
}

Result<std::vector<std::string>> RowReader::conflicts(std::int64_t rid) {
    std::vector<std::string> fields;
    auto query = db_.prepare("SELECT field FROM conflict WHERE rid = ?1 ORDER BY field");
    if (!query) return query.error();
    query->bind(1, rid);
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return fields;
        fields.emplace_back(query->text(0));
    }
}

Error unknown_table(std::string_view table) {
    return {Errc::invalid, "There is no table \"" + std::string{table} + "\".", "table",
            "'catalogue.get' lists the tables."};
}

}  // namespace debrief::core
