#include <catch2/catch.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"
#include "sync/server/access.hpp"
#include "tests/sync/support/world.hpp"

namespace debrief::sync::test {
namespace {

std::string text_of_value(const core::Value& value) {
    struct Print {
        std::string operator()(core::Null) const { return "-"; }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(const std::string& text) const { return "'" + text + "'"; }
        std::string operator()(const core::Uuid& id) const { return id.text(); }
        std::string operator()(const core::UuidSet& ids) const {
            std::string all;
            for (const auto& id : ids) all += id.text() + ",";
            return "{" + all + "}";
        }
    };
    return std::visit(Print{}, value);
}

}  // namespace

std::map<std::string, std::string> content(core::Store& store) {
    std::map<std::string, std::string> all;
    for (const auto& table : core::catalogue().tables) {
        core::Query query;
        query.table = std::string{table.name};
        const auto page = store.list(query);
        REQUIRE(page);
        for (const auto& record : page->records) {
            auto& text = all[record.scope + " " + record.table + " " + record.id.text()];
            for (const auto& [field, value] : record.fields) text += field + "=" + text_of_value(value) + " ";
        }
    }
    const auto conflicts = store.conflicts();
    REQUIRE(conflicts);
    for (const auto& conflict : *conflicts) {
        const auto found = store.get(conflict.table, conflict.record);
        REQUIRE(found);
        if (!*found) continue;  // Of a record that is deleted.
        auto& text = all[(*found)->scope + " conflict " + conflict.id];
        for (const auto& head : conflict.versions) {
            text += text_of_value(head.value) + " by " + head.author.text() + " at " +
                    std::to_string(head.time.packed) + "; ";
        }
    }
    return all;
}

std::map<std::string, std::string> content_for(ServerStore& server, const core::Uuid& user) {
    std::map<std::string, std::string> readable;
    for (auto& [key, text] : content(server.records())) {
        const auto scope = core::parse_scope(key.substr(0, key.find(' ')));
        REQUIRE(scope);
        if (may_read(server.directory(), user, *scope)) readable[key] = text;
    }
    return readable;
}

}  // namespace debrief::sync::test
