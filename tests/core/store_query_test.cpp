// Lists in pages and search over whatever a person types.
#include <catch2/catch.hpp>

#include "core/store/database.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

Put account(std::uint64_t number, FieldMap fields) {
    return {"account", id_of(number), std::move(fields), std::nullopt};
}

std::vector<std::string> names(const std::vector<Record>& records) {
    std::vector<std::string> out;
    for (const auto& record : records) out.push_back(record.text("name"));
    return out;
}

}  // namespace

TEST_CASE("lists are filtered, ordered and paged the same way every time", "[core][store][list]") {
    Device device{1};
    must(
        device->write({account(1, {{"name", "Beta"}, {"employees", std::int64_t{5}}}),
                       account(2, {{"name", "Alpha"}, {"employees", std::int64_t{9}}, {"industry", "Retail"}}),
                       account(3, {{"name", "Gamma"}}), account(4, {{"name", "Delta"}, {"employees", std::int64_t{5}}}),
                       account(5, {{"name", "Äpfel"}, {"industry", "retail banking"}})}));
    using Op = Where::Op;
    const auto found = [&](std::vector<Where> where) {
        return names(must(device->list({.table = "account", .where = std::move(where), .order = "name"})).records);
    };
    CHECK(found({}) == std::vector<std::string>{"Alpha", "Beta", "Delta", "Gamma", "Äpfel"});
    CHECK(found({{"employees", Op::equal, std::int64_t{5}}}) == std::vector<std::string>{"Beta", "Delta"});
    CHECK(found({{"employees", Op::greater, std::int64_t{5}}}) == std::vector<std::string>{"Alpha"});
    CHECK(found({{"employees", Op::less_equal, std::int64_t{9}}, {"name", Op::not_equal, "Beta"}}) ==
          std::vector<std::string>{"Alpha", "Delta"});
    CHECK(found({{"employees", Op::is_null, Null{}}}) == std::vector<std::string>{"Gamma", "Äpfel"});
    CHECK(found({{"employees", Op::not_equal, Null{}}}).size() == 3);
    CHECK(found({{"industry", Op::contains, "RETAIL"}}) == std::vector<std::string>{"Alpha", "Äpfel"});
    CHECK(found({{"name", Op::contains, "äP"}}) == std::vector<std::string>{"Äpfel"});
    CHECK(found({{"id", Op::equal, id_of(3)}}) == std::vector<std::string>{"Gamma"});
    CHECK(found({{"scope", Op::equal, "account/" + id_of(1).text()}}) == std::vector<std::string>{"Beta"});
    CHECK(found({{"name", Op::equal, "' OR 1=1 --"}}).empty());

    for (const std::string order : {"name", "-name", "employees", "-employees", "id", "-id"}) {
        INFO(order);
        const auto whole = must(device->list({.table = "account", .order = order})).records;
        for (const std::size_t limit : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{5}}) {
            std::vector<Record> pieces;
            std::string after;
            do {
                auto page = must(device->list({.table = "account", .order = order, .limit = limit, .after = after}));
                CHECK(page.records.size() <= limit);
                std::move(page.records.begin(), page.records.end(), std::back_inserter(pieces));
                after = page.next;
            } while (!after.empty());
            CHECK(names(pieces) == names(whole));
        }
        auto reversed =
            must(device->list({.table = "account", .order = order.starts_with('-') ? order.substr(1) : "-" + order}))
                .records;
        std::reverse(reversed.begin(), reversed.end());
        CHECK(names(reversed) == names(whole));
    }
    CHECK(device->list({.table = "nonsense"}).error().field == "table");
    CHECK(device->list({.table = "account", .order = "colour"}).error().field == "order");
    CHECK(device->list({.table = "account", .where = {{"colour", Op::equal, "red"}}}).error().field == "colour");
    CHECK(device->list({.table = "account", .after = "zz"}).error().field == "after");
    CHECK(device->list({.table = "account", .after = "8200"}).error().field == "after");
}

TEST_CASE("nothing that is typed into a search is syntax", "[core][store][search]") {
    Device device{1};
    must(device->write(
        {account(1, {{"name", "Müller & Söhne"}, {"note", "They said: the audit is in March (\"really\")."}}),
         account(2, {{"name", "NEAR OR AND NOT"}})}));
    const auto hits = [&](std::string_view words) { return must(device->search(words)); };
    REQUIRE(hits("audit").size() == 1);
    CHECK(hits("audit")[0].field == "note");
    CHECK(hits("audit")[0].table == "account");
    CHECK(hits("audit")[0].id == id_of(1));
    CHECK_THAT(hits("audit")[0].snippet, Catch::Contains("[audit]"));
    CHECK(hits("aud").size() == 1);
    CHECK(hits("aud march").empty());
    CHECK(hits("march aud").size() == 1);
    CHECK(hits("muller").size() == 1);
    CHECK(hits("MÜLLER").size() == 1);
    CHECK(hits("mu\xCC\x88ller").size() == 1);
    CHECK(hits("NOT").size() == 1);
    for (const std::string hostile :
         {"\"", "\"\"", "audit\"", "text:audit", "audit* OR", "NEAR(audit march, 5)", "a AND (", ")", "^audit",
          "-audit", "+", "{text}: audit", "*", "'", ";DROP TABLE record", "\\", "audit\n\t\r"}) {
        INFO(hostile);
        CHECK(device->search(hostile).has_value());
    }
    CHECK(device->search(std::string("au\0dit", 6)).has_value());
    CHECK(hits("").empty());
    CHECK(hits("   ").empty());
    CHECK(hits("!!! ???").empty());
    CHECK(device->search("\xFF").error().code == Errc::invalid);
    CHECK(hits(std::string(100'000, 'a')).empty());
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "audit ";
    CHECK(hits(many).size() == 1);
}

TEST_CASE("search follows what is shown, also for records that wait for their place in the index",
          "[core][store][search]") {
    Device device{1};
    for (std::uint64_t i = 0; i < 150; ++i)
        must(device->write({account(i, {{"name", "Acme number" + std::to_string(i)}})}));
    must(device->write({account(149, {{"name", "Renamed"}})}));
    must(device->write({Delete{"account", id_of(148)}}));
    CHECK(must(device->search("acme", 1000)).size() == 148);
    CHECK(must(device->search("renamed")).size() == 1);
    must(device->write({account(3, {{"name", "Renamed too"}})}));
    must(device->write({Delete{"account", id_of(4)}}));
    CHECK(must(device->search("acme", 1000)).size() == 146);
    CHECK(must(device->search("number3")).size() == 10);
    CHECK(must(device->search("acme", 7)).size() == 7);
    must(device->database().run("INSERT INTO search(search) VALUES ('integrity-check')"));
}
