#include "core/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>

namespace debrief::core {

std::string_view name_of(FieldType type) {
    static constexpr std::array<std::string_view, 10> names{"text",  "prose", "integer", "boolean", "instant",
                                                            "civil", "ref",   "refs",    "word",    "json"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(ScopeRule rule) {
    static constexpr std::array<std::string_view, 9> names{"workspace",       "account",     "account_or_user",
                                                           "private_account", "observation", "user",
                                                           "coaching",        "room",        "directory"};
    return names[static_cast<std::size_t>(rule)];
}

const Field* Table::field(std::string_view wanted) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == wanted; });
    return found == fields.end() ? nullptr : &*found;
}

const Table* Catalogue::table(std::string_view wanted) const {
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.name == wanted; });
    return found == tables.end() ? nullptr : &*found;
}

}  // namespace debrief::core
