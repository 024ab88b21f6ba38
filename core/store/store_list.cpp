// Lists: a query in our terms as one SQL statement, made of catalogue names and parameters only.
#include <algorithm>

#include "core/digest.hpp"
#include "core/store/columns.hpp"
#include "core/store/row_reader.hpp"
#include "core/store/schema.hpp"
#include "core/store/store_impl.hpp"
#include "core/utf8.hpp"
#include "core/value_codec.hpp"

namespace debrief::core {
namespace {

Error invalid(std::string detail, std::string field, std::string hint = {}) {
    return {Errc::invalid, std::move(detail), std::move(field), std::move(hint)};
}

/// The statement while it grows, with what is bound to it.
struct Building {
    std::string sql;
    std::vector<Value> values;

    std::string place(Value value) {
        values.push_back(std::move(value));
        return "?" + std::to_string(values.size());
    }
};

std::string_view sign_of(Where::Op op) {
    switch (op) {
        case Where::Op::less:
            return " < ";
        case Where::Op::less_equal:
            return " <= ";
        case Where::Op::greater:
            return " > ";
        case Where::Op::greater_equal:
            return " >= ";
        case Where::Op::not_equal:
            return " IS NOT ";
        default:
            return " = ";
    }
}

Status add_condition(Building& building, const Table& table, const Where& where, const std::string& scope_column) {
    const auto* field = table.field(where.field);
    if (field == nullptr && where.field != "id" && where.field != "scope") {
        return invalid("A " + std::string{table.name} + " has no field \"" + where.field + "\".", where.field,
                       "'catalogue.get' lists the fields of each table.");
    }
    const auto column = field != nullptr ? "t." + sql_name(field->name) : where.field == "id" ? "r.id" : scope_column;
    const bool empty = where.op == Where::Op::is_null || (is_null(where.value) && where.op == Where::Op::equal);
    if (empty) {
        building.sql += column + " IS NULL";
    } else if (is_null(where.value) && where.op == Where::Op::not_equal) {
        building.sql += column + " IS NOT NULL";
    } else if (where.op != Where::Op::contains) {
        building.sql += column + std::string{sign_of(where.op)} + building.place(where.value);
    } else if (field != nullptr && field->type == FieldType::refs) {
        building.sql += "instr(" + column + ", " + building.place(where.value) + ") % 16 = 1";
    } else {
        const auto* text = std::get_if<std::string>(&where.value);
        if (text == nullptr) return invalid("\"contains\" needs text to look for.", where.field);
        building.sql += "instr(fold(" + column + "), " + building.place(fold(*text)) + ") > 0";
    }
    return Ok{};
}

/// Where a page ended: the value that it was ordered by, and the id.
struct Mark {
    Value value;
    Uuid id;
};

std::string text_of(const Mark& mark) {
    CborWriter out;
    out.array(2);
    write_value(out, mark.value);
    out.bytes(mark.id.view());
    return hex(out.view());
}

std::optional<Mark> parse_mark(std::string_view text) {
    Bytes bytes;
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        const int high = digit(text[at]), low = digit(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    if (!validate_cbor(bytes)) return std::nullopt;
    CborReader in{bytes};
    if (in.array() != 2) in.fail();
    Mark mark;
    mark.value = read_value(in);
    const auto id = uuid_from_bytes(in.bytes());
    if (!in.ok() || !id) return std::nullopt;
    mark.id = *id;
    return mark;
}

/// Rows after the mark. In SQLite nothing sorts before everything.
void add_mark(Building& building, const std::string& column, bool descending, const Mark& mark) {
    const std::string later = descending ? " < " : " > ";
    const auto id = "r.id" + later + building.place(mark.id);
    if (column == "r.id") {
        building.sql += id;
    } else if (is_null(mark.value)) {
        building.sql +=
            descending ? "(" + column + " IS NULL AND " + id + ")" : "(" + column + " IS NOT NULL OR " + id + ")";
    } else {
        const auto value = building.place(mark.value);
        building.sql += "(" + column + later + value + " OR (" + column + " = " + value + " AND " + id + ")" +
                        (descending ? " OR " + column + " IS NULL)" : ")");
    }
}

}  // namespace

Result<Page> Store::list(const Query& query) {
    auto& s = *impl_;
    const auto* table = s.catalogue.table(query.table);
    if (table == nullptr) return unknown_table(query.table);
    const bool descending = query.order.starts_with('-');
    const auto order = std::string_view{query.order}.substr(descending ? 1 : 0);
    const auto* by = table->field(order);
    if (by == nullptr && order != "id") {
        return invalid("A " + query.table + " cannot be ordered by \"" + std::string{order} + "\".", "order");
    }
    const auto column = by == nullptr ? std::string{"r.id"} : "t." + sql_name(by->name);

    RowReader reader{*s.db, s.records, *table};
    Building building{reader.select() + " WHERE t._flags & 1 = 0", {}};
    for (const auto& where : query.where) {
        building.sql += " AND ";
        DEBRIEF_TRY(add_condition(building, *table, where, "(SELECT name FROM scope_name WHERE number = r.scope)"));
    }
    if (!query.after.empty()) {
        const auto mark = parse_mark(query.after);
        if (!mark) return invalid("This is not the end of a page.", "after", "Pass on the 'next' of the page before.");
        building.sql += " AND ";
        add_mark(building, column, descending, *mark);
    }
    const std::string direction = descending ? " DESC" : "";
    // All of a small table in a store of many records: sorting it is quicker than walking the ids of every table, which
    // is what the index on ids would be used for. The plus forbids that.
    const std::string id_order = (query.limit == 0 ? "+r.id" : "r.id") + direction;
    building.sql += " ORDER BY " + (by == nullptr ? id_order : column + direction + ", " + id_order);
    if (query.limit > 0) {
        const auto most = std::min<std::uint64_t>(query.limit, std::uint64_t{1} << 40U);
        building.sql += " LIMIT " + building.place(static_cast<std::int64_t>(most) + 1);
    }

    auto statement = s.db->prepare(building.sql);
    if (!statement) return statement.error();
    std::vector<Bytes> scratch(building.values.size());
    for (std::size_t at = 0; at < building.values.size(); ++at) {
        bind_value(*statement, static_cast<int>(at) + 1, building.values[at], scratch[at]);
    }
    Page page;
    for (;;) {
        const auto row = statement->step();
        if (!row) return row.error();
        if (!*row) return page;
        if (query.limit > 0 && page.records.size() == query.limit) {
            const auto& last = page.records.back();
            const auto* value = by == nullptr ? nullptr : last.find(by->name);
            const bool plain = value != nullptr && !std::holds_alternative<UuidSet>(*value);
            page.next = text_of({plain ? *value : Value{}, last.id});
            return page;
        }
        auto record = reader.read(*statement);
        if (!record) return record.error();
        page.records.push_back(std::move(*record));
    }
}

}  // namespace debrief::core
