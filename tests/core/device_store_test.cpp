#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/store/database.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), ada = id_of(2);

Put account(std::string name) {
    return {"account", acme, {{"name", std::move(name)}}, std::nullopt};
}
Put role(std::string role) {
    return {"contact", ada, {{"role", std::move(role)}}, std::nullopt};
}
Put contact() {
    return {"contact", ada, {{"account", acme}, {"name", "Ada"}, {"role", "CFO"}}, std::nullopt};
}
std::string role_at(Device& device) {
    return must(device->get("contact", ada))->text("role");
}

}  // namespace

SCENARIO("two devices change one field while apart", "[core][device][conflict]") {
    GIVEN("a contact that both know") {
        LittleServer server;
        Device rep{1}, other{2};
        must(rep->write({account("Acme"), contact()}));
        server.push(rep);
        server.pull(rep);
        server.pull(other);
        REQUIRE(role_at(other) == "CFO");

        WHEN("both write, and then meet") {
            rep.clock.advance(Instant{1000});
            other.clock.advance(Instant{2000});
            must(rep->write({role("CEO")}));
            must(other->write({role("Chair")}));
            server.push(rep);
            server.push(other);
            server.pull(rep);
            server.pull(other);

            THEN("both show the later value and keep the other with author and time") {
                CHECK(role_at(rep) == "Chair");
                CHECK(role_at(other) == "Chair");
                for (auto* device : {&rep, &other}) {
                    const auto conflicts = must((*device)->conflicts());
                    REQUIRE(conflicts.size() == 1);
                    CHECK(conflicts[0].id == ada.text() + ":role");
                    REQUIRE(conflicts[0].versions.size() == 2);
                    CHECK(conflicts[0].versions[0].value == Value{"Chair"});
                    CHECK(conflicts[0].versions[0].author == id_of(2));
                    CHECK(conflicts[0].versions[1].value == Value{"CEO"});
                    CHECK(must((*device)->get("contact", ada))->conflicts == std::vector<std::string>{"role"});
                    CHECK(must(device->store->counts()).conflicts == 1);
                }
            }
            AND_WHEN("one of them deletes the contact") {
                must(rep->write({Delete{"contact", ada}}));
                server.push(rep);
                server.pull(rep);
                server.pull(other);
                THEN("nobody is asked to choose for what is gone") {
                    for (auto* device : {&rep, &other}) {
                        CHECK(must((*device)->conflicts()).empty());
                        CHECK(must(device->store->counts()).conflicts == 0);
                    }
                }
            }
            AND_WHEN("one of them says which is right") {
                must(rep->resolve(ada.text() + ":role", "CEO"));
                server.push(rep);
                server.pull(rep);
                server.pull(other);
                THEN("both agree, and history has all three") {
                    for (auto* device : {&rep, &other}) {
                        CHECK(role_at(*device) == "CEO");
                        CHECK(must((*device)->conflicts()).empty());
                        CHECK(must((*device)->history("contact", ada, "role")).versions.size() == 4);
                    }
                    CHECK(rep->resolve(ada.text() + ":role", "x").error().code == Errc::not_found);
                }
            }
        }
        WHEN("both write the same") {
            must(rep->write({role("CEO")}));
            must(other->write({role("CEO")}));
            server.push(rep);
            server.push(other);
            server.pull(rep);
            server.pull(other);
            THEN("there is nothing to choose") {
                CHECK(must(rep->conflicts()).empty());
                CHECK(must(other->conflicts()).empty());
            }
        }
        WHEN("one deletes what the other changes") {
            must(rep->write({Delete{"contact", ada}}));
            must(other->write({role("Chair")}));
            const bool deletion_first = GENERATE(true, false);
            server.push(deletion_first ? rep : other);
            server.push(deletion_first ? other : rep);
            server.pull(rep);
            server.pull(other);
            THEN("the edit brings it back, and somebody has to say whether it stays") {
                for (auto* device : {&rep, &other}) {
                    CHECK(role_at(*device) == "Chair");
                    const auto conflicts = must((*device)->conflicts());
                    REQUIRE(conflicts.size() == 1);
                    CHECK(conflicts[0].field == "deleted");
                    CHECK(conflicts[0].versions.size() == 2);
                }
                const bool gone = GENERATE(true, false);
                must(other->resolve(ada.text() + ":deleted", gone));
                server.push(other);
                server.pull(other);
                server.pull(rep);
                for (auto* device : {&rep, &other}) {
                    CHECK(must((*device)->conflicts()).empty());
                    CHECK(must((*device)->get("contact", ada)).has_value() == !gone);
                }
            }
        }
    }
}

SCENARIO("the server's word on own changes", "[core][device][settle]") {
    GIVEN("three changes of one contact that wait") {
        LittleServer server;
        Device rep{1};
        must(rep->write({account("Acme"), contact()}));
        must(rep->write({role("CEO")}));
        must(rep->write({role("Chair")}));
        REQUIRE(must(rep.store->counts()).pending == 3);

        WHEN("it takes them, with a clock of its own") {
            server.clock_lead = Instant{5000};
            server.push(rep);
            CHECK(must(rep.store->counts()).pending == 0);
            CHECK(must(rep.store->final_n()) == 3);
            server.pull(rep);
            THEN("times are the server's, and the history with them") {
                const auto versions = must(rep->history("contact", ada, "role")).versions;
                REQUIRE(versions.size() == 3);
                for (const auto& version : versions) CHECK(version.at == rep.clock.now() + Instant{5000});
                CHECK(role_at(rep) == "Chair");
                CHECK(must(rep.store->cursors()).front().position == 3);
                CHECK(must(rep->database().integer("SELECT count(*) FROM record WHERE confirmed IS NOT NULL")) == 0);
            }
        }
        WHEN("it refuses the middle one") {
            server.judge = [](const Changeset& c) {
                return std::string{c.dot.n == 2 ? "not_found" : c.dot.n == 3 ? "depends" : ""};
            };
            server.push(rep);
            server.pull(rep);
            THEN("what was refused is shown no more, but kept") {
                CHECK(role_at(rep) == "CFO");
                const auto parked = must(rep.store->parked());
                REQUIRE(parked.size() == 2);
                CHECK(parked[0].code == "not_found");
                CHECK(must(rep->history("contact", ada, "role")).versions.size() == 1);
                CHECK(must(rep->search("cfo")).size() == 1);
            }
            AND_WHEN("they are tried again") {
                server.judge = [](const Changeset&) { return std::string{}; };
                CHECK(must(rep.store->retry_parked(std::nullopt)) == 2);
                CHECK(role_at(rep) == "Chair");
                const auto entries = must(rep.store->unsent(1, 1U << 20U));
                REQUIRE(entries.size() == 2);
                const auto first = must(decode_changeset(entries[0].payload)),
                           second = must(decode_changeset(entries[1].payload));
                CHECK(first.dot.n == 4);
                CHECK(first.was.at(0).dot.n == 2);
                CHECK(second.records.at(0).fields.at(0).replaces == std::vector<Dot>{first.dot});
                server.push(rep);
                server.pull(rep);
                THEN("they count, without a conflict") {
                    CHECK(role_at(rep) == "Chair");
                    CHECK(must(rep->conflicts()).empty());
                    CHECK(must(rep.store->counts()).parked == 0);
                    CHECK(must(rep->history("contact", ada, "role")).versions.size() == 3);
                }
            }
            AND_WHEN("the first is discarded and the second tried again") {
                must(rep.store->discard_parked(2));
                CHECK(rep.store->discard_parked(2).error().code == Errc::not_found);
                CHECK(must(rep.store->retry_parked(3)) == 1);
                THEN("it replaces what the discarded one had replaced") {
                    const auto again = must(decode_changeset(must(rep.store->unsent(1, 1)).at(0).payload));
                    const auto replaces = again.records.at(0).fields.at(0).replaces;
                    REQUIRE(replaces.size() == 1);
                    CHECK(replaces[0].n == 1);
                    CHECK(role_at(rep) == "Chair");
                    CHECK(must(rep->conflicts()).empty());
                }
            }
        }
        WHEN("it refuses the one that made the record") {
            server.judge = [](const Changeset&) { return std::string{"not_found"}; };
            server.push(rep);
            THEN("nothing of it is shown or found") {
                CHECK_FALSE(must(rep->get("contact", ada)));
                CHECK_FALSE(must(rep->locate(ada)));
                CHECK(must(rep->search("ada")).empty());
                CHECK(must(rep.store->counts()).parked == 3);
                CHECK(must(rep.store->retry_parked(1)) == 3);
                CHECK(role_at(rep) == "Chair");
            }
        }
        WHEN("it answers out of order") {
            THEN("nothing is believed") {
                CHECK(rep.store->settle({PushResult{.n = 2}}).error().code == Errc::corrupt);
                CHECK(rep.store->settle({PushResult{.n = 1}, PushResult{.n = 3}}).error().code == Errc::corrupt);
                CHECK(must(rep.store->final_n()) == 0);
                must(rep.store->settle({PushResult{.n = 1, .position = 1}}));
                must(rep.store->settle(
                    {PushResult{.n = 1, .kind = PushResult::Kind::rejected}, PushResult{.n = 2, .position = 2}}));
                CHECK(must(rep.store->final_n()) == 2);
                CHECK(must(rep.store->parked()).empty());
            }
        }
    }
}

TEST_CASE("a pending change stays over what others write meanwhile", "[core][device]") {
    LittleServer server;
    Device rep{1}, other{2};
    must(rep->write({account("Acme"), contact()}));
    server.push(rep);
    server.pull(rep);
    server.pull(other);
    must(other->write({role("Chair"), Put{"contact", ada, {{"phone", "42"}}, std::nullopt}}));
    server.push(other);
    rep.clock.advance(Instant{10'000});
    must(rep->write({role("CEO")}));
    server.pull(rep);
    CHECK(role_at(rep) == "CEO");
    CHECK(must(rep->get("contact", ada))->text("phone") == "42");
    CHECK(must(rep->conflicts()).size() == 1);
    server.judge = [](const Changeset&) { return std::string{"invalid"}; };
    server.push(rep);
    CHECK(role_at(rep) == "Chair");
    CHECK(must(rep->conflicts()).empty());
}

TEST_CASE("the log is applied once, in order, and only for scopes that are open", "[core][device][log]") {
    LittleServer server;
    Device rep{1}, other{2};
    must(rep->write({account("Acme"), contact()}));
    must(rep->write({role("CEO")}));
    server.push(rep);
    const auto scope = account_scope(acme);
    auto entries = server.log(scope);
    CHECK(other.store->apply_log(scope, entries).error().code == Errc::not_found);
    must(other.store->open_scope(scope));
    CHECK(other.store->apply_log(scope, {entries[1]}).error().code == Errc::corrupt);
    CHECK_FALSE(must(other->get("contact", ada)));
    auto broken = entries;
    broken[1].payload.pop_back();
    CHECK(other.store->apply_log(scope, broken).error().code == Errc::corrupt);
    CHECK_FALSE(must(other->get("contact", ada)));
    must(other.store->apply_log(scope, {entries[0]}));
    CHECK(role_at(other) == "CFO");
    must(other.store->apply_log(scope, entries));
    must(other.store->apply_log(scope, entries));
    CHECK(role_at(other) == "CEO");
    CHECK(must(other.store->cursors()).front().salt == 14);
    auto missing = entries[1];
    missing.position = 3;
    missing.dot.device = other.records().identity().device;
    missing.dot.n = 9;
    missing.payload.clear();
    CHECK(other.store->apply_log(scope, {missing}).error().code == Errc::corrupt);
}

TEST_CASE("a log entry that comes before its result counts as the result", "[core][device][log]") {
    LittleServer server;
    Device rep{1};
    must(rep->write({account("Acme")}));
    const auto entry = must(rep.store->unsent(1, 1)).front();
    must(rep.store->open_scope(account_scope(acme)));
    const auto changeset = must(decode_changeset(entry.payload));
    must(rep.store->apply_log(entry.scope, {{1, 5, changeset.dot, id_of(1), changeset.time, {}}}));
    CHECK(must(rep.store->final_n()) == 1);
    must(rep.store->settle({PushResult{.n = 1, .position = 1}}));
    CHECK(must(rep->get("account", acme))->text("name") == "Acme");
}

TEST_CASE("a scope lost between a change's acknowledgement and its log entry does not stop later refusals",
          "[core][device]") {
    Device rep{1};
    must(rep->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt}}));
    must(rep.store->settle({PushResult{.n = 1, .position = 1}}));
    must(rep.store->close_scope(account_scope(acme)));
    must(rep->write({Put{"account", id_of(9), {{"name", "Other"}}, std::nullopt}}));
    must(rep.store->settle({PushResult{.n = 2, .kind = PushResult::Kind::rejected, .code = "not_found"}}));
    CHECK(must(rep.store->parked()).size() == 1);
    CHECK_FALSE(must(rep->get("account", id_of(9))));
}

TEST_CASE("a closed scope leaves no word behind", "[core][device][privacy]") {
    const Folder folder;
    LittleServer server;
    {
        Device rep{1, folder.file()};
        const auto room = rep->new_id();
        must(rep->write({Put{"account", acme, {{"name", "Wolframite"}}, std::nullopt},
                         Put{"account", id_of(9), {{"name", "Other"}}, std::nullopt},
                         Put{"room", room, {{"account", acme}, {"kind", "deal_review"}}, account_scope(acme)}}));
        must(rep->write({Put{"account", acme, {{"name", "Molybdenite"}}, std::nullopt}}));
        must(rep.store->set_draft(room, "Feldspar line not sent"));
        CHECK(must(rep.store->draft(room)) == "Feldspar line not sent");
        server.push(rep);
        server.pull(rep);
        CHECK(must(rep->search("molybd")).size() == 1);
        must(rep.store->close_scope(account_scope(acme)));
        CHECK_FALSE(must(rep->get("account", acme)));
        CHECK(must(rep->get("account", id_of(9))));
        CHECK(must(rep->search("molybd")).empty());
        CHECK(must(rep.store->draft(room)).empty());
        CHECK(must(rep.store->cursors()).size() == 1);
        for (const auto* word : {"Wolframite", "Molybdenite", "wolframite", "molybdenite", "Feldspar"}) {
            INFO(word);
            CHECK_FALSE(contains(folder, word));
        }
        // Its right comes back: now its own words come with the log.
        must(rep.store->open_scope(account_scope(acme)));
        CHECK(rep.store
                  ->apply_log(account_scope(acme),
                              {LogEntry{1, 1, server.log(account_scope(acme))[0].dot, id_of(1), {}, {}}})
                  .error()
                  .code == Errc::corrupt);
        must(rep.store->apply_log(account_scope(acme), server.log(account_scope(acme))));
        CHECK(must(rep->get("account", acme))->text("name") == "Molybdenite");
    }
}

TEST_CASE("enrolment, settings, drafts and the clock survive a restart", "[core][device]") {
    const Folder folder;
    HybridTime before;
    {
        Device rep{1, folder.file()};
        rep.clock.advance(Instant{3'600'000});
        must(rep.store->set_enrolment({"ws://localhost:1/sync", "secret", "server"}));
        must(rep->set_setting("colour", "blue"));
        must(rep.store->set_draft(id_of(3), "half a li"));
        must(rep->write({account("Acme")}));
        before = must(decode_changeset(must(rep.store->unsent(1, 1)).front().payload)).time;
    }
    Device rep{1, folder.file()};
    CHECK(must(rep.store->enrolment())->token == "secret");
    CHECK(must(rep->setting("colour")) == "blue");
    CHECK_FALSE(must(rep->setting("shape")));
    CHECK(must(rep.store->draft(id_of(3))) == "half a li");
    must(rep.store->set_draft(id_of(3), ""));
    CHECK(must(rep.store->draft(id_of(3))).empty());
    // The wall clock is an hour behind what was written before.
    must(rep->write({account("Acme again")}));
    CHECK(must(decode_changeset(must(rep.store->unsent(2, 1)).front().payload)).time > before);
}

TEST_CASE("the server's time counts at once, also while later own changes wait", "[core][device]") {
    Device rep{1};
    must(rep->write({account("Acme"), contact()}));
    must(rep->write({role("CEO")}));
    must(rep.store->open_scope(account_scope(acme)));
    const auto first = must(decode_changeset(must(rep.store->unsent(1, 1)).front().payload));
    const HybridTime later{first.time.packed + HybridTime::at(Instant{9000}).packed};
    must(rep.store->apply_log(account_scope(acme), {{1, 1, first.dot, id_of(1), later, {}}}));
    CHECK(role_at(rep) == "CEO");
    for (const auto& version : must(rep->history("contact", ada)).versions) {
        INFO(version.field);
        CHECK(version.at == (version.dot.n == 1 ? later.wall() : first.time.wall()));
    }
    CHECK(must(rep.store->counts()).pending == 1);
}
