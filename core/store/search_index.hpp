// Full-text search over what is shown. One entry a field, named by the record's number and the field's place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "core/store/database.hpp"

namespace debrief::core {

class SearchIndex {
public:
    explicit SearchIndex(Database& db) : db_(db) {}

    /// Puts `after` where `before` stood; empty text has no entry.
    Status replace(std::int64_t rid, std::size_t field, std::string_view before, std::string_view after);
    Status remove(std::int64_t rid, std::size_t field);
    /// Writes the index anew from what it holds now, so that no removed word stays in its pages. FTS5's own `optimize`
    /// may keep the marks of removed texts, words and all, where the levels of its tree are not as it expects.
    Status rewrite();

    struct Hit {
        std::int64_t rid = 0;
        std::size_t field = 0;
        std::string snippet;
    };
    /// Best first. `words` is what a person typed: every word must occur, the last one may be a beginning.
    Result<std::vector<Hit>> find(std::string_view words, std::size_t limit);

private:
    Database& db_;
};

/// What a person typed as an FTS5 expression: only quoted words, so that nothing typed is syntax. Empty if no word is
/// left.
std::string search_expression(std::string_view words);

}  // namespace debrief::core
