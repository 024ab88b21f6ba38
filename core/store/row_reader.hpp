// Rows of one table as Records.
#pragma once

#include <string>

#include "core/store/records.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

class RowReader {
public:
    RowReader(Database& db, Records& records, const Table& table) : db_(db), records_(records), table_(table) {}

    /// `SELECT … FROM t JOIN record r`, ready for WHERE. Columns beyond those that `read` takes are the caller's.
    [[nodiscard]] std::string select() const;
    Result<Record> read(const Statement& row);

private:
    Result<std::vector<std::string>> conflicts(std::int64_t rid);

    Database& db_;
    Records& records_;
    const Table& table_;
};

Error unknown_table(std::string_view table);

}  // namespace debrief::core
