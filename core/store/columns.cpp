#include "core/store/columns.hpp"

namespace debrief::core {

bool fits_column(FieldType type, const Value& value) {
    if (is_null(value)) return true;
    switch (type) {
        case FieldType::integer:
        case FieldType::instant:
            return std::holds_alternative<std::int64_t>(value);
        case FieldType::boolean:
            return std::holds_alternative<bool>(value);
        case FieldType::ref:
            return std::holds_alternative<Uuid>(value);
        case FieldType::refs:
            return std::holds_alternative<UuidSet>(value);
        default:
            return std::holds_alternative<std::string>(value);
    }
}

void bind_value(Statement& statement, int parameter, const Value& value, Bytes& scratch) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        statement.bind(parameter, std::int64_t{*flag});
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        statement.bind(parameter, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        statement.bind(parameter, std::string_view{*text});
    } else if (const auto* id = std::get_if<Uuid>(&value)) {
        statement.bind(parameter, id->view());
    } else if (const auto* set = std::get_if<UuidSet>(&value); set != nullptr && !set->empty()) {
        scratch.clear();
        for (const auto& element : *set) scratch.insert(scratch.end(), element.bytes.begin(), element.bytes.end());
        statement.bind(parameter, ByteView{scratch});
    } else {
        statement.bind_null(parameter);
    }
}

Value read_column(const Statement& statement, int column, FieldType type) {
    if (statement.is_null(column)) return Null{};
    switch (type) {
        case FieldType::integer:
        case FieldType::instant:
            return statement.integer(column);
        case FieldType::boolean:
            return statement.integer(column) != 0;
        case FieldType::ref: {
            const auto id = uuid_from_bytes(statement.bytes(column));
            return id ? Value{*id} : Value{Null{}};
        }
        case FieldType::refs: {
            UuidSet set;
            constexpr std::size_t size = 16;
            for (auto bytes = statement.bytes(column); bytes.size() >= size; bytes = bytes.subspan(size)) {
                set.push_back(*uuid_from_bytes(bytes.first(size)));
            }
            return set;
        }
        default:
            return std::string{statement.text(column)};
    }
}

}  // namespace debrief::core
