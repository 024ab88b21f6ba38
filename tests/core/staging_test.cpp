// A scope's state in place of its history.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "tests/core/support/failing_vfs.hpp"
#include "tests/core/support/state_source.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const auto acme = id_of(1);
const auto scope = account_scope(acme);

Put contact(std::uint64_t number, const std::string& name) {
    return {"contact", id_of(number), {{"account", acme}, {"name", name}}, std::nullopt};
}

void fill(StateSource& server, std::uint64_t contacts = 7) {
    must(server.store->write({Put{"account", acme, {{"name", std::string{"Acme"}}}, std::nullopt}}));
    for (std::uint64_t i = 0; i < contacts; ++i)
        must(server.store->write({contact(10 + i, "Kassel" + std::to_string(i))}));
    must(server.store->write({contact(11, "Marburg")}));  // Has a version before.
}

std::size_t shown(Device& device) {
    return must(device->list({.table = "contact"})).records.size();
}

}  // namespace

SCENARIO("a scope's state is staged unseen and taken over at once", "[core][state]") {
    StateSource server;
    fill(server);
    Device device{2};
    must(device.store->open_scope(scope));
    for (auto& piece : server.pieces(scope)) must(device.store->stage(std::move(piece)));
    REQUIRE(shown(device) == 0);
    REQUIRE(must(device->search("Kassel0")).empty());

    WHEN("all of it is there") {
        REQUIRE(must(device.store->adopt_state(server.end(scope))));
        THEN("it is what the server has, searchable, at its place of the log, with an equal digest") {
            CHECK(shown(device) == 7);
            CHECK(must(device->search("Kassel3")).size() == 1);
            CHECK(must(device.store->cursors()).front().position == 300);
            CHECK(must(digest_of(device.records(), scope)) == must(digest_of(*server.store, scope)));
            CHECK(must(device.store->staged()).empty());
        }
        THEN("the history of a record is complete only where nothing came before") {
            CHECK(must(device->history("contact", id_of(10))).complete);
            CHECK_FALSE(must(device->history("contact", id_of(11))).complete);
            must(device->write({contact(12, "Fulda")}));
            CHECK(must(device->history("contact", id_of(12))).complete);
        }
    }
    WHEN("the digest says something else") {
        auto end = server.end(scope);
        end.digest.front() = static_cast<std::uint8_t>(end.digest.front() ^ 1U);
        CHECK_FALSE(must(device.store->adopt_state(end)));
        THEN("nothing is shown, nothing is staged, and it can be sent again") {
            CHECK(shown(device) == 0);
            CHECK(must(device.store->staged()).empty());
            CHECK(must(device.store->cursors()).front().position == 0);
            for (auto& piece : server.pieces(scope)) must(device.store->stage(std::move(piece)));
            CHECK(must(device.store->adopt_state(server.end(scope))));
        }
    }
    WHEN("a record changes and one is made while the state is read") {
        must(server.store->write({contact(12, "Fulda")}));
        must(server.store->write({contact(30, "Gotha")}));
        must(device.store->stage(server.again(scope, id_of(12))));
        must(device.store->stage(server.again(scope, id_of(30))));
        server.position = 302;
        REQUIRE(must(device.store->adopt_state(server.end(scope))));
        CHECK(shown(device) == 8);
        CHECK(must(device->get("contact", id_of(12)))->text("name") == "Fulda");
    }
    WHEN("the scope is lost before it is complete") {
        must(device.store->keep_staged());
        must(device.store->close_scope(scope));
        CHECK(must(device.store->staged()).empty());
        must(device.store->open_scope(scope));
        CHECK(must(device.store->staged()).empty());
    }
}

SCENARIO("staging goes on where it stopped, and nowhere else", "[core][state]") {
    const Folder folder;
    StateSource server;
    fill(server);
    const auto pieces = server.pieces(scope);
    REQUIRE(pieces.size() == 4);
    {
        Device device{2, folder.file()};
        must(device.store->open_scope(scope));
        must(device.store->stage(pieces[0]));
        CHECK_FALSE(device.store->stage(pieces[2]));
        auto other = pieces[1];
        other.after.salt = 6;
        CHECK_FALSE(device.store->stage(other));
        must(device.store->stage(pieces[1]));
        must(device.store->keep_staged());
    }
    Device device{2, folder.file()};
    const auto places = must(device.store->staged());
    REQUIRE(places.size() == 1);
    CHECK(places.front().position == 300);
    CHECK(places.front().records == 4);
    for (auto& piece : server.pieces(scope, places.front().last)) must(device.store->stage(std::move(piece)));
    CHECK(must(device.store->adopt_state(server.end(scope))));
    CHECK(shown(device) == 7);
    CHECK_FALSE(contains(folder, "nowhere"));
}

SCENARIO("own changes lie over a state that arrives", "[core][state]") {
    StateSource server;
    fill(server);
    Device device{2};
    must(device.store->open_scope(scope));
    must(device->write({contact(12, "mine")}));
    must(device->write({contact(40, "new here")}));
    for (auto& piece : server.pieces(scope)) must(device.store->stage(std::move(piece)));
    REQUIRE(must(device.store->adopt_state(server.end(scope))));
    CHECK(must(digest_of(device.records(), scope)) == must(digest_of(*server.store, scope)));
    CHECK(shown(device) == 8);
    const auto conflicts = must(device->conflicts());
    REQUIRE(conflicts.size() == 1);  // Both were written without knowing of each other: both are kept.
    CHECK(conflicts.front().versions.size() == 2);

    WHEN("the server refuses them") {
        must(device.store->settle({{1, PushResult::Kind::rejected, 0, {}, "not_found"},
                                   {2, PushResult::Kind::rejected, 0, {}, "not_found"}}));
        CHECK(shown(device) == 7);
        CHECK(must(device->get("contact", id_of(12)))->text("name") == "Kassel2");
    }
    WHEN("they were in the state already, and only the results had been lost") {
        must(device.store->settle({{1, PushResult::Kind::ok, 299, {}, {}}, {2, PushResult::Kind::ok, 300, {}, {}}}));
        CHECK(must(device.store->counts()).pending == 0);
        THEN("what is shown is the state") {
            CHECK(must(device->conflicts()).empty());
            CHECK(must(device->get("contact", id_of(12)))->text("name") == "Kassel2");
        }
    }
}

SCENARIO("a state in place of an older one takes away what is not in it", "[core][state]") {
    StateSource server;
    fill(server);
    Device device{2};
    must(device.store->open_scope(scope));
    for (auto& piece : server.pieces(scope)) must(device.store->stage(std::move(piece)));
    REQUIRE(must(device.store->adopt_state(server.end(scope))));
    must(device->write({contact(13, "unsent")}));

    StateSource other;
    must(other.store->write({contact(50, "Jena")}));
    other.position = 400;
    for (auto& piece : other.pieces(scope)) must(device.store->stage(std::move(piece)));
    REQUIRE(must(device.store->adopt_state(other.end(scope))));
    CHECK(must(digest_of(device.records(), scope)) == must(digest_of(*other.store, scope)));
    CHECK(must(device->get("contact", id_of(13)))->text("name") == "unsent");
    CHECK_FALSE(must(device->get("contact", id_of(14))));
    CHECK(must(device->search("Kassel4")).empty());
}

TEST_CASE("what was erased arrives with the state, and later words are stripped", "[core][state][erase]") {
    StateSource server;
    fill(server);
    must(server.store->erase({{id_of(12), {"name"}, {}}}));
    Device device{2};
    must(device.store->open_scope(scope));
    for (auto& piece : server.pieces(scope)) must(device.store->stage(std::move(piece)));
    REQUIRE(must(device.store->adopt_state(server.end(scope))));
    CHECK(must(device->erased(id_of(12))).takes("name"));
    CHECK(must(device->get("contact", id_of(12)))->text("name") == "erased");
    CHECK(must(device->search("Kassel2")).empty());
    CHECK(must(digest_of(device.records(), scope)) == must(digest_of(*server.store, scope)));
}

TEST_CASE("a device that dies at any write of a new scope ends with all of it", "[core][state][crash]") {
    StateSource server{1};
    fill(server, 3);
    const auto story = [&](const std::string& path) -> bool {
        FakeClock clock;
        FakeRandom random;
        const auto opened = DeviceStore::open({.path = path, .vfs = FailingDisk::name}, clock, random);
        if (!opened) return false;
        auto& device = **opened;
        if (!device.open_scope(scope)) return false;
        const auto cursors = device.cursors();
        if (!cursors || cursors->front().position != 0) return cursors.has_value();
        const auto places = device.staged();
        if (!places) return false;
        for (auto& piece : server.pieces(scope, places->empty() ? Uuid{} : places->front().last)) {
            if (!device.stage(std::move(piece)) || !device.keep_staged()) return false;
        }
        const auto adopted = device.adopt_state(server.end(scope));
        return adopted && *adopted;
    };
    FailingDisk::stop_after(FailingDisk::never);
    std::int64_t all = 0;
    {
        const Folder folder;
        REQUIRE(story(folder.file()));
        all = FailingDisk::operations();
    }
    REQUIRE(all > 30);
    for (std::int64_t k = 0; k < all; ++k) {
        INFO("stopped after " << k << " writes");
        const Folder folder;
        FailingDisk::stop_after(k);
        story(folder.file());
        FailingDisk::stop_after(FailingDisk::never);
        REQUIRE(story(folder.file()));
        Device device{2, folder.file()};
        CHECK(shown(device) == 3);
        CHECK(must(digest_of(device.records(), scope)) == must(digest_of(*server.store, scope)));
        CHECK(must(device.store->staged()).empty());
    }
}
