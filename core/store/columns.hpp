// Values in SQL columns: each type of field in its natural SQL type.
#pragma once

#include "core/catalogue/catalogue.hpp"
#include "core/store/database.hpp"

namespace debrief::core {

/// Whether a field's column can hold this value and give the same back.
bool fits_column(FieldType type, const Value& value);
/// Binds what must outlive the statement's step: `scratch` keeps the bytes of a set.
void bind_value(Statement& statement, int parameter, const Value& value, Bytes& scratch);
Value read_column(const Statement& statement, int column, FieldType type);

}  // namespace debrief::core
