#include "core/store/search_index.hpp"

#include "core/store/version_blob.hpp"
#include "core/utf8.hpp"

namespace debrief::core {
namespace {

constexpr auto fields_max = static_cast<std::int64_t>(row_fields_max);
constexpr std::size_t words_max = 32;

std::int64_t entry_of(std::int64_t rid, std::size_t field) {
    return rid * fields_max + static_cast<std::int64_t>(field);
}

bool is_blank(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
}

}  // namespace

std::string search_expression(std::string_view words) {
    std::string expression, word;
    std::size_t count = 0;
    const auto flush = [&] {
        // A word without letters or numbers would be a phrase of nothing.
        if (count < words_max && has_word(word)) {
            if (!expression.empty()) expression += ' ';
            expression += '"' + word + '"';
            ++count;
        }
        word.clear();
    };
    for (const char c : words) {
        if (is_blank(c) || c == '"') {
            flush();
        } else {
            word += c;
        }
    }
    flush();
    if (!expression.empty()) expression += '*';
    return expression;
}

Status SearchIndex::replace(std::int64_t rid, std::size_t field, std::string_view before, std::string_view after) {
    if (before == after) return Ok{};
    if (!before.empty()) DEBRIEF_TRY(remove(rid, field));
    if (after.empty()) return Ok{};
    auto insert = db_.prepare("INSERT INTO search(rowid, text) VALUES (?1, ?2)");
    if (!insert) return insert.error();
    return insert->bind(1, entry_of(rid, field)).bind(2, after).run();
}

Status SearchIndex::remove(std::int64_t rid, std::size_t field) {
    auto statement = db_.prepare("DELETE FROM search WHERE rowid = ?1");
    if (!statement) return statement.error();
    return statement->bind(1, entry_of(rid, field)).run();
}

Status SearchIndex::rewrite() {
    return db_.run("INSERT INTO search(search) VALUES ('rebuild')");
}

Result<std::vector<SearchIndex::Hit>> SearchIndex::find(std::string_view words, std::size_t limit) {
    std::vector<Hit> hits;
    if (!is_utf8(words)) return Error{Errc::invalid, "The words to search for are not valid UTF-8.", "query", {}};
    const auto expression = search_expression(words);
    if (expression.empty() || limit == 0) return hits;
    auto query = db_.prepare(R"sql(
        SELECT rowid, snippet(search, 0, '[', ']', '…', 16) FROM search
        WHERE search MATCH ?1 ORDER BY rank, rowid DESC LIMIT ?2)sql");
    if (!query) return query.error();
    query->bind(1, std::string_view{expression}).bind(2, static_cast<std::int64_t>(limit));
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return hits;
        const auto entry = query->integer(0);
        hits.push_back({entry / fields_max, static_cast<std::size_t>(entry % fields_max), std::string{query->text(1)}});
    }
}

}  // namespace debrief::core
