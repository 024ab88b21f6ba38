#include <catch2/catch.hpp>

#include "sync/server/access.hpp"

using namespace debrief;
using namespace debrief::sync;
using core::Scope;
using core::ScopeKind;
using core::Uuid;

namespace {

Uuid id(std::uint8_t kind, std::uint8_t number) {
    Uuid made;
    made.bytes[0] = kind;
    made.bytes[15] = number;
    return made;
}
const Uuid ann = id(1, 1), ben = id(1, 2), cem = id(1, 3), dora = id(1, 4), eve = id(1, 5), root = id(1, 6);
const Uuid north = id(2, 1), europe = id(2, 2), south = id(2, 3);
const Uuid acme = id(3, 1), bolt = id(3, 2), cobalt = id(3, 3);

void add_user(Directory& directory, Uuid user, const char* name, const char* role) {
    directory.users[user] = {user, name, role, "en", true};
}
void join(Directory& directory, Uuid team, Uuid user) {
    directory.teams_of[user].insert(team);
    directory.members_of[team].insert(user);
}

// Ann and Ben sell in North, led by Dora; North is in Europe, led by Eve; Cem sells in South, led by nobody.
Directory company() {
    Directory directory;
    add_user(directory, ann, "Ann", "rep");
    add_user(directory, ben, "Ben", "rep");
    add_user(directory, cem, "Cem", "rep");
    add_user(directory, dora, "Dora", "manager");
    add_user(directory, eve, "Eve", "manager");
    add_user(directory, root, "Root", "admin");
    directory.teams[north] = {north, "North", dora, europe};
    directory.teams[europe] = {europe, "Europe", eve, {}};
    directory.teams[south] = {south, "South", {}, europe};
    join(directory, north, ann);
    join(directory, north, ben);
    join(directory, north, dora);
    join(directory, south, cem);
    directory.assignments[acme] = {{id(4, 1), ann, {}, true}};
    directory.assignments[bolt] = {{id(4, 2), {}, south, false}};
    return directory;
}

Scope account(Uuid a) {
    return {ScopeKind::account, a, {}};
}

}  // namespace

SCENARIO("an account is read by those who serve it and by the managers above them", "[sync][access]") {
    const auto directory = company();
    CHECK(may_read(directory, ann, account(acme)));
    CHECK(may_read(directory, dora, account(acme)));
    CHECK(may_read(directory, eve, account(acme)));
    CHECK_FALSE(may_read(directory, ben, account(acme)));
    CHECK_FALSE(may_read(directory, cem, account(acme)));
    CHECK_FALSE(may_read(directory, root, account(acme)));  // Administrators administer.

    CHECK(may_read(directory, cem, account(bolt)));  // Through his team.
    CHECK(may_read(directory, eve, account(bolt)));
    CHECK_FALSE(may_read(directory, dora, account(bolt)));
    CHECK_FALSE(may_read(directory, ann, account(cobalt)));  // Nobody serves it.
}

SCENARIO("what is private stays with its author while the author serves the account", "[sync][access]") {
    auto directory = company();
    const Scope notes{ScopeKind::private_account, ann, acme};
    CHECK(may_read(directory, ann, notes));
    CHECK_FALSE(may_read(directory, dora, notes));
    CHECK_FALSE(may_read(directory, ann, {ScopeKind::private_account, ann, bolt}));
    directory.assignments.erase(acme);
    CHECK_FALSE(may_read(directory, ann, notes));
    CHECK(may_read(directory, ann, {ScopeKind::user, ann, {}}));
    CHECK_FALSE(may_read(directory, dora, {ScopeKind::user, ann, {}}));
}

SCENARIO("coaching is between a rep and the direct manager only", "[sync][access]") {
    const auto directory = company();
    const Scope talk{ScopeKind::coaching, ann, dora};
    CHECK(may_read(directory, ann, talk));
    CHECK(may_read(directory, dora, talk));
    CHECK_FALSE(may_read(directory, eve, talk));
    CHECK_FALSE(may_read(directory, eve, {ScopeKind::coaching, ann, eve}));  // Eve leads Dora, not Ann.
    CHECK(may_read(directory, eve, {ScopeKind::coaching, dora, eve}));
    CHECK(may_read(directory, eve, {ScopeKind::coaching, cem, eve}));  // South has no manager: the team around it has.
}

SCENARIO("who may write what", "[sync][access]") {
    const auto directory = company();
    CHECK(may_write(directory, ann, account(acme), "contact"));
    CHECK(may_write(directory, dora, account(acme), "contact"));
    CHECK_FALSE(may_write(directory, ben, account(acme), "contact"));
    CHECK_FALSE(may_write(directory, ann, account(acme), "assignment"));  // The directory is the server's.
    CHECK_FALSE(may_write(directory, root, {ScopeKind::workspace, {}, {}}, "user"));
    CHECK(may_write(directory, root, {ScopeKind::workspace, {}, {}}, "playbook"));
    CHECK_FALSE(may_write(directory, dora, {ScopeKind::workspace, {}, {}}, "playbook"));
    CHECK_FALSE(may_write(directory, ann, {ScopeKind::user, ann, {}}, "contact"));  // A contact lives with its account.
    CHECK(may_write(directory, ann, {ScopeKind::user, ann, {}}, "goal"));
    // A goal and the share of seller talk may go to the two of a talk, and never to an account or the workspace.
    for (const char* table : {"goal", "focus_share"}) {
        CHECK(may_write(directory, ann, {ScopeKind::coaching, ann, dora}, table));
        CHECK_FALSE(may_write(directory, ben, {ScopeKind::coaching, ann, dora}, table));
        CHECK_FALSE(may_write(directory, eve, {ScopeKind::coaching, ann, eve}, table));
        CHECK_FALSE(may_write(directory, ann, account(acme), table));
        CHECK_FALSE(may_write(directory, dora, {ScopeKind::user, ann, {}}, table));
    }
    CHECK(may_write(directory, ann, account(acme), "table_of_tomorrow"));
    CHECK_FALSE(may_write(directory, ann, {ScopeKind::workspace, {}, {}}, "table_of_tomorrow"));
}

SCENARIO("someone who left sees nothing", "[sync][access]") {
    auto directory = company();
    directory.users[ann].active = false;
    CHECK_FALSE(may_read(directory, ann, account(acme)));
    CHECK_FALSE(may_read(directory, ann, {ScopeKind::workspace, {}, {}}));
    CHECK(scopes_of(directory, ann).empty());
    CHECK(scopes_of(directory, id(1, 99)).empty());
}

SCENARIO("a circle of teams ends the walk and opens nothing", "[sync][access]") {
    auto directory = company();
    directory.teams[europe].parent = north;
    CHECK(may_read(directory, eve, account(acme)));
    CHECK_FALSE(may_read(directory, ben, account(acme)));
    CHECK(direct_managers(directory, ann) == std::set<Uuid>{dora});
}

TEST_CASE("the list of scopes holds exactly what may be read", "[sync][access]") {
    std::uint32_t state = 7;
    const auto next = [&](std::uint32_t below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::uint8_t>((state >> 16U) % below);
    };
    for (int round = 0; round < 200; ++round) {
        Directory directory;
        for (std::uint8_t u = 0; u < 6; ++u) {
            add_user(directory, id(1, u), "x", next(5) == 0 ? "admin" : "rep");
            directory.users[id(1, u)].active = next(6) != 0;
        }
        for (std::uint8_t t = 0; t < 4; ++t) {
            auto& team = directory.teams[id(2, t)];
            team.id = id(2, t);
            if (next(3) != 0) team.manager = id(1, next(6));
            if (next(2) != 0) team.parent = id(2, next(4));
        }
        for (int m = 0; m < 6; ++m) join(directory, id(2, next(4)), id(1, next(6)));
        for (std::uint8_t a = 0; a < 4; ++a) {
            for (int n = next(3); n > 0; --n) {
                Assignment assignment{id(4, a), {}, {}, false};
                if (next(2) == 0)
                    assignment.user = id(1, next(6));
                else
                    assignment.team = id(2, next(4));
                directory.assignments[id(3, a)].push_back(assignment);
            }
        }
        for (std::uint8_t u = 0; u < 6; ++u) {
            std::set<std::string> expected;
            const auto consider = [&](const Scope& scope) {
                if (may_read(directory, id(1, u), scope)) expected.insert(core::text_of(scope));
            };
            consider({ScopeKind::workspace, {}, {}});
            for (std::uint8_t t = 0; t < 4; ++t) consider({ScopeKind::team, id(2, t), {}});
            for (std::uint8_t a = 0; a < 4; ++a) consider(account(id(3, a)));
            for (std::uint8_t v = 0; v < 6; ++v) {
                consider({ScopeKind::user, id(1, v), {}});
                for (std::uint8_t a = 0; a < 4; ++a) consider({ScopeKind::private_account, id(1, v), id(3, a)});
                for (std::uint8_t w = 0; w < 6; ++w) {
                    if (v != w) consider({ScopeKind::coaching, id(1, v), id(1, w)});
                }
            }
            REQUIRE(scopes_of(directory, id(1, u)) == expected);
        }
    }
}
