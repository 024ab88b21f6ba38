#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "core/catalogue/scope.hpp"
#include "core/store/database.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), ada = id_of(2), ben = id_of(3);

Put contact(const Uuid& id, std::string name, std::string role) {
    return {"contact", id, {{"account", acme}, {"name", std::move(name)}, {"role", std::move(role)}}, std::nullopt};
}
Put role(const Uuid& id, std::string role) {
    return {"contact", id, {{"role", std::move(role)}}, std::nullopt};
}

/// A server that refuses what says `word`, and what stands on that.
std::function<std::string(const Changeset&)> refusing(const std::string& word, std::string code) {
    return [word, code = std::move(code), refused = std::set<Uuid>{}](const Changeset& changeset) mutable {
        for (const auto& write : changeset.records) {
            const auto says = [&](const FieldWrite& field) { return field.value == Value{word}; };
            const auto names = [](const FieldWrite& field) { return field.field == "name"; };
            const bool makes = std::any_of(write.fields.begin(), write.fields.end(), names);
            if (std::any_of(write.fields.begin(), write.fields.end(), says)) {
                refused.insert(write.record);
                return code;
            }
            if (makes) refused.erase(write.record);
            if (refused.contains(write.record)) return std::string{"depends 2"};
        }
        return std::string{};
    };
}

}  // namespace

SCENARIO("a server of a newer version gets what an older one refused", "[core][device][parked]") {
    const Folder folder;
    LittleServer server;
    std::optional<Device> rep;
    rep.emplace(1, folder.file());
    must(rep->store->meet_server(3));
    must((*rep)->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt}}));
    must((*rep)->write({contact(ada, "Ada", "alien")}));
    must((*rep)->write({role(ada, "CEO")}));
    server.judge = refusing("alien", "invalid");
    server.push(*rep);
    server.pull(*rep);
    REQUIRE(must(rep->store->parked()).size() == 2);
    REQUIRE_FALSE(must((*rep)->get("contact", ada)));
    REQUIRE(must(rep->store->final_n()) == 3);

    GIVEN("the program is started anew") {
        rep.reset();
        rep.emplace(1, folder.file());
        WHEN("the server is as it was, or older, or does not say") {
            CHECK(must(rep->store->meet_server(3)) == 0);
            CHECK(must(rep->store->meet_server(0)) == 0);
            CHECK(must(rep->store->meet_server(2)) == 0);
            THEN("nothing is sent again") {
                CHECK(must(rep->store->parked()).size() == 2);
                CHECK(must(rep->store->unsent(1, 1U << 20U)).empty());
            }
        }
        WHEN("the server is newer") {
            CHECK(must(rep->store->meet_server(4)) == 2);
            CHECK(must(rep->store->meet_server(4)) == 0);
            rep.reset();
            rep.emplace(1, folder.file());
            THEN("they wait under new numbers, and count once it takes them") {
                const auto entries = must(rep->store->unsent(1, 1U << 20U));
                REQUIRE(entries.size() == 2);
                CHECK(entries[0].n == 4);
                CHECK(must(decode_changeset(entries[0].payload)).was.at(0).dot.n == 2);
                server.judge = [](const Changeset&) { return std::string{}; };
                server.push(*rep);
                server.pull(*rep);
                CHECK(must(rep->store->parked()).empty());
                CHECK(must((*rep)->get("contact", ada))->text("role") == "CEO");
                CHECK(must((*rep)->conflicts()).empty());
            }
            THEN("what it refuses as well stays parked until there is a newer one still") {
                server.judge = refusing("alien", "invalid");
                server.push(*rep);
                CHECK(must(rep->store->parked()).size() == 2);
                CHECK(must(rep->store->meet_server(4)) == 0);
                CHECK(must(rep->store->meet_server(5)) == 2);
            }
        }
    }
}

TEST_CASE("who may not write there may not because the server is newer", "[core][device][parked]") {
    LittleServer server;
    Device rep{1};
    must(rep.store->meet_server(1));
    must(rep->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt}}));
    must(rep->write({contact(ada, "Ada", "alien")}));
    const auto* code = GENERATE("not_found", "clone", "try_later");
    server.judge = refusing("alien", code);
    server.push(rep);
    CHECK(must(rep.store->meet_server(2)) == 0);
    CHECK(must(rep.store->parked()).size() == 1);
}

SCENARIO("a refused change is corrected", "[core][device][parked]") {
    GIVEN("a refused contact, an edit on it, and another contact that was taken") {
        LittleServer server;
        Device rep{1};
        must(rep->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt}}));
        must(rep->write({contact(ada, "Ada", "alien")}));
        must(rep->write({Put{"contact", ada, {{"email", "ada@acme.example"}}, std::nullopt}}));
        must(rep->write({contact(ben, "Ben", "CFO")}));
        server.judge = refusing("alien", "invalid");
        server.push(rep);
        server.pull(rep);
        REQUIRE(must(rep.store->parked()).size() == 2);

        WHEN("its value is put right") {
            CHECK(must(rep.store->fix_parked(2, {Put{"contact", ada, {{"role", "CEO"}, {"phone", "123"}}, {}}})) == 2);
            THEN("it is shown at once, and goes out with what was built on it") {
                auto shown = must(rep->get("contact", ada));
                REQUIRE(shown);
                CHECK(shown->text("role") == "CEO");
                server.push(rep);
                server.pull(rep);
                shown = must(rep->get("contact", ada));
                CHECK(shown->text("role") == "CEO");
                CHECK(shown->text("phone") == "123");
                CHECK(shown->text("email") == "ada@acme.example");
                CHECK(must(rep.store->parked()).empty());
                CHECK(must(rep->conflicts()).empty());
                const auto& log = server.log(account_scope(acme));
                REQUIRE(log.size() == 4);
                CHECK(log[2].dot.n == 5);
                CHECK(log[3].dot.n == 6);
            }
        }
        WHEN("the correction is no better") {
            const auto refused = [&](const Put& edit) {
                const auto fixed = rep.store->fix_parked(2, {edit});
                REQUIRE_FALSE(fixed);
                return fixed.error().code == Errc::invalid ? fixed.error().field : fixed.error().detail;
            };
            CHECK(refused({"contact", ada, {{"name", Null{}}}, {}}) == "name");
            CHECK(refused({"contact", ada, {{"role", std::int64_t{7}}}, {}}) == "role");
            CHECK(refused({"contact", ada, {{"shoe", "42"}}, {}}) == "shoe");
            CHECK(refused({"contact", ada, {{"account", ben}}, {}}) == "scope");
            CHECK(refused({"contact", ben, {{"role", "CEO"}}, {}}) == "id");
            CHECK(rep.store->fix_parked(1, {}).error().code == Errc::not_found);
            THEN("nothing has changed") {
                CHECK(must(rep.store->parked()).size() == 2);
                CHECK(must(rep.store->last_n()) == 4);
                CHECK_FALSE(must(rep->get("contact", ada)));
            }
        }
    }
    GIVEN("a refused contact, and edits of its role and its phone that stand on it") {
        LittleServer server;
        Device rep{1};
        must(rep->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt}}));
        must(rep->write({contact(ada, "Ada", "alien")}));
        must(rep->write({role(ada, "CIO")}));
        must(rep->write({Put{"contact", ada, {{"phone", "1"}}, std::nullopt}}));
        server.judge = refusing("alien", "invalid");
        server.push(rep);
        server.pull(rep);
        REQUIRE(must(rep.store->parked()).size() == 3);
        WHEN("its role and its note are written again, as if nothing had happened") {
            CHECK(must(rep.store->fix_parked_record({"contact", ada, {{"role", "CEO"}, {"note", "met in May"}}, {}})) ==
                  3);
            server.push(rep);
            server.pull(rep);
            THEN("everything of it goes out again, with the new values") {
                CHECK(must(rep.store->parked()).empty());
                const auto shown = must(rep->get("contact", ada));
                REQUIRE(shown);
                CHECK(shown->text("role") == "CEO");
                CHECK(shown->text("note") == "met in May");
                CHECK(server.log(account_scope(acme)).size() == 4);
                CHECK(shown->text("phone") == "1");
                CHECK(must(rep->conflicts()).empty());
            }
        }
        WHEN("another record is written") {
            CHECK(must(rep.store->fix_parked_record(contact(ben, "Ben", "CFO"))) == 0);
            CHECK(must(rep.store->last_n()) == 4);
            CHECK_FALSE(must(rep->get("contact", ben)));
        }
        WHEN("what is written again is no better") {
            CHECK(rep.store->fix_parked_record({"contact", ada, {{"name", Null{}}}, {}}).error().field == "name");
            CHECK(must(rep.store->parked()).size() == 3);
        }
    }
    GIVEN("a refused edit of a contact that is known") {
        LittleServer server;
        Device rep{1};
        must(rep->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt}, contact(ada, "Ada", "CFO")}));
        must(rep->write({role(ada, "alien")}));
        server.judge = refusing("alien", "invalid");
        server.push(rep);
        server.pull(rep);
        THEN("the value that it wrote can be another one, and no other field") {
            CHECK(rep.store->fix_parked(2, {Put{"contact", ada, {{"phone", "123"}}, {}}}).error().field == "phone");
            CHECK(must(rep.store->fix_parked(2, {role(ada, "CEO")})) == 1);
            server.judge = [](const Changeset&) { return std::string{}; };
            server.push(rep);
            server.pull(rep);
            CHECK(must(rep->get("contact", ada))->text("role") == "CEO");
            CHECK(must(rep->conflicts()).empty());
        }
        THEN("writing that field again, and another one, goes out in its place; the other one alone does not") {
            CHECK(must(rep.store->fix_parked_record({"contact", ada, {{"phone", "1"}}, {}})) == 0);
            CHECK(must(rep.store->fix_parked_record({"contact", ada, {{"phone", "1"}, {"role", "CEO"}}, {}})) == 1);
            server.judge = [](const Changeset&) { return std::string{}; };
            server.push(rep);
            server.pull(rep);
            CHECK(must(rep.store->parked()).empty());
            const auto shown = must(rep->get("contact", ada));
            CHECK(shown->text("role") == "CEO");
            CHECK(shown->text("phone") == "1");
            CHECK(must(rep->conflicts()).empty());
            CHECK(server.log(account_scope(acme)).size() == 3);
        }
    }
}
