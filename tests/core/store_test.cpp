#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

Put account(const Uuid& id, std::string name) {
    return {"account", id, {{"name", std::move(name)}}, std::nullopt};
}

}  // namespace

SCENARIO("what was written is read again", "[core][store]") {
    GIVEN("a store with one account") {
        Device device{1};
        const auto acme = device->new_id();
        const auto written = must(device->write({Put{"account",
                                                     acme,
                                                     {{"name", "Acme"},
                                                      {"industry", "retail"},
                                                      {"employees", std::int64_t{120}},
                                                      {"invented", true},
                                                      {"owner", id_of(1)},
                                                      {"founded", "1998"}},
                                                     std::nullopt}}));
        REQUIRE(written == std::vector<TouchedRecord>{{"account", acme}});

        THEN("every field comes back with its type and the record lives in its own scope") {
            const auto record = must(device->get("account", acme));
            REQUIRE(record);
            CHECK(record->text("name") == "Acme");
            CHECK(record->integer("employees") == 120);
            CHECK(record->flag("invented"));
            CHECK(record->ref("owner") == id_of(1));
            CHECK(record->fields.size() == 6);
            CHECK(record->scope == "account/" + acme.text());
            CHECK(record->conflicts.empty());
        }
        WHEN("the same values are put again") {
            const auto again = must(device->write({account(acme, "Acme")}));
            THEN("nothing is written") {
                CHECK(again.empty());
                CHECK(must(device.store->last_n()) == 1);
            }
        }
        WHEN("a field is changed and another cleared") {
            must(device->write({Put{"account", acme, {{"name", "Acme Ltd"}, {"industry", Null{}}}, std::nullopt}}));
            THEN("history names the old value, who and what replaced it") {
                const auto record = must(device->get("account", acme));
                CHECK(record->text("name") == "Acme Ltd");
                CHECK(record->find("industry") == nullptr);
                const auto history = must(device->history("account", acme, "name"));
                REQUIRE(history.versions.size() == 2);
                CHECK(history.versions[0].value == Value{"Acme"});
                CHECK(history.versions[0].author == id_of(1));
                CHECK(history.versions[0].replaced_by == history.versions[1].dot);
                CHECK(history.complete);
            }
        }
        WHEN("it is deleted") {
            must(device->write({Delete{"account", acme}}));
            THEN("it is nowhere to be seen, and cannot be deleted twice") {
                CHECK_FALSE(must(device->get("account", acme)));
                CHECK(must(device->list({.table = "account"})).records.empty());
                CHECK(must(device->search("acme")).empty());
                CHECK(device->write({Delete{"account", acme}}).error().code == Errc::not_found);
            }
            AND_WHEN("somebody who knows writes to it") {
                must(device->write({account(acme, "Acme again")}));
                THEN("it is back without a conflict") {
                    CHECK(must(device->get("account", acme))->text("name") == "Acme again");
                    CHECK(must(device->conflicts()).empty());
                    CHECK(must(device->search("again")).size() == 1);
                }
            }
        }
    }
}

TEST_CASE("one write over several scopes makes one changeset a scope", "[core][store]") {
    Device device{1};
    const auto acme = device->new_id(), contact = device->new_id(), goal = device->new_id();
    must(device->write({account(acme, "Acme"), Put{"goal", goal, {{"text", "Listen"}}, std::nullopt},
                        Put{"contact", contact, {{"account", acme}, {"name", "Ada"}}, std::nullopt}}));
    const auto entries = must(device.store->unsent(1, 1U << 20U));
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].scope == "account/" + acme.text());
    CHECK(entries[1].scope == "user/" + id_of(1).text());
    const auto first = must(decode_changeset(entries[0].payload));
    CHECK(first.records.size() == 2);
    CHECK(first.time == must(decode_changeset(entries[1].payload)).time);
}

TEST_CASE("a wrong write changes nothing and says what is wrong", "[core][store]") {
    Device device{1};
    const auto acme = device->new_id(), other = device->new_id();
    const auto refused = [&](const Edit& edit, Errc code, const std::string& field) {
        const auto written = device->write({account(other, "Other"), edit});
        REQUIRE_FALSE(written);
        CHECK(written.error().code == code);
        CHECK(written.error().field == field);
        CHECK_FALSE(must(device->get("account", other)));
        CHECK(must(device.store->last_n()) == 0);
    };
    refused(Put{"account", acme, {{"industry", "retail"}}, std::nullopt}, Errc::invalid, "name");
    refused(Put{"account", acme, {{"name", "A"}, {"colour", "red"}}, std::nullopt}, Errc::invalid, "colour");
    refused(Put{"account", acme, {{"name", std::string(70'000, 'a')}}, std::nullopt}, Errc::too_large, "name");
    refused(Put{"account", acme, {{"name", "\xC0\xAF"}}, std::nullopt}, Errc::invalid, "name");
    refused(Put{"account", acme, {{"name", std::string("a\0b", 3)}}, std::nullopt}, Errc::invalid, "name");
    refused(Put{"account", acme, {{"name", std::int64_t{3}}}, std::nullopt}, Errc::invalid, "name");
    refused(Put{"account", acme, {{"name", "A"}, {"founded", "soon"}}, std::nullopt}, Errc::invalid, "founded");
    refused(Put{"account", acme, {{"name", "A"}}, "workspace"}, Errc::invalid, "scope");
    refused(Put{"nonsense", acme, {{"name", "A"}}, std::nullopt}, Errc::invalid, "table");
    refused(Put{"contact", acme, {{"name", "A"}}, std::nullopt}, Errc::invalid, "account");
    refused(Put{"message", acme, {{"room", other}, {"at", std::int64_t{1}}, {"author_kind", "robot"}}, std::nullopt},
            Errc::invalid, "author_kind");
    refused(Delete{"account", acme}, Errc::not_found, "id");
    refused(Put{"contact", other, {{"name", "A"}}, std::nullopt}, Errc::not_found, "id");
}

TEST_CASE("a message lives where its room lives, also when both are new", "[core][store]") {
    Device device{1};
    const auto acme = device->new_id(), room = device->new_id(), message = device->new_id();
    must(device->write(
        {Put{"message", message, {{"room", room}, {"at", std::int64_t{1}}, {"author_kind", "user"}}, std::nullopt},
         Put{"room", room, {{"account", acme}, {"kind", "deal_review"}}, account_scope(acme)}}));
    CHECK(must(device->get("message", message))->scope == account_scope(acme));
    const auto orphan = device->write({Put{"message",
                                           device->new_id(),
                                           {{"room", id_of(7)}, {"at", std::int64_t{1}}, {"author_kind", "user"}},
                                           std::nullopt}});
    CHECK(orphan.error().field == "room");
}

TEST_CASE("elements of a set are written one by one", "[core][store]") {
    Device device{1};
    const auto meeting = device->new_id();
    const auto put = [&](UuidSet contacts) {
        must(device->write({Put{"meeting",
                                meeting,
                                {{"account", id_of(1)}, {"at", std::int64_t{5}}, {"contacts", std::move(contacts)}},
                                std::nullopt}}));
    };
    put({id_of(3), id_of(2), id_of(3)});
    auto expected = UuidSet{id_of(2), id_of(3)};
    std::sort(expected.begin(), expected.end());
    CHECK(*must(device->get("meeting", meeting))->find("contacts") == Value{expected});
    CHECK(must(device->list({.table = "meeting", .where = {{"contacts", Where::Op::contains, id_of(2)}}}))
              .records.size() == 1);
    put({id_of(3), id_of(4)});
    const auto last = must(decode_changeset(must(device.store->unsent(2, 1)).front().payload));
    REQUIRE(last.records.front().fields.size() == 2);
    CHECK(last.records.front().fields[0].field.starts_with("contacts/"));
    put({});
    CHECK(must(device->get("meeting", meeting))->find("contacts") == nullptr);
}

TEST_CASE("ids sort as they were made, also within one millisecond", "[core][store]") {
    Device device{1};
    auto before = device->new_id();
    for (int i = 0; i < 10'000; ++i) {
        const auto next = device->new_id();
        REQUIRE(before < next);
        before = next;
    }
}

TEST_CASE("a listener hears once of each committed write, and not of a failed one", "[core][store]") {
    Device device{1};
    std::vector<ChangeNotice> heard;
    device->on_change([&](const ChangeNotice& notice) { heard.push_back(notice); });
    const auto acme = device->new_id();
    must(device->write({account(acme, "Acme")}));
    CHECK_FALSE(device->write({account(acme, "Acme 2"), Delete{"account", id_of(1)}}));
    must(device->write({account(acme, "Acme")}));
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].local);
    CHECK(heard[0].records == std::set<TouchedRecord>{{"account", acme}});
}
