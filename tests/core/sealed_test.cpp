// Work that its device may not read any more: kept and pushed in a box that only the server opens.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/changes/sealed.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Bytes seed(seal_seed_bytes, 7), chance(seal_seed_bytes, 9);
const Bytes words = [] {
    const std::string_view text = "what was said";
    return Bytes(text.begin(), text.end());
}();

Sealed boxed() {
    return must(read_sealed(must(seal(words, 5, payload_hash(words), seal_key(seed), chance))));
}

Uuid acme() {
    return id_of(77);
}
Put contact(std::uint64_t number, const char* name) {
    return {"contact", id_of(number), {{"account", acme()}, {"name", name}}, std::nullopt};
}

}  // namespace

TEST_CASE("a box is opened with the seed of its key, and says in the open only its number and hash", "[core][sealed]") {
    const auto bytes = must(seal(words, 5, payload_hash(words), seal_key(seed), chance));
    CHECK(is_sealed(bytes));
    CHECK(as_text(bytes).find("said") == std::string_view::npos);
    CHECK(boxed().n == 5);
    CHECK(boxed().hash == payload_hash(words));
    CHECK(must(unseal(boxed(), seed)) == words);
    // Chance makes it another box of the same words.
    CHECK(must(seal(words, 5, payload_hash(words), seal_key(seed), seed)) != bytes);
    CHECK_FALSE(is_sealed(encode(Changeset{})));
    CHECK_FALSE(is_sealed({}));
}

TEST_CASE("a box that was changed at any byte, or sealed to another key, stays closed", "[core][sealed]") {
    CHECK(unseal(boxed(), Bytes(seal_seed_bytes, 8)).error().code == Errc::denied);
    for (std::size_t at = 0; at < boxed().box.size(); ++at) {
        auto sealed = boxed();
        sealed.box[at] ^= 1U;
        CHECK_FALSE(unseal(sealed, seed));
    }
    for (std::size_t size = 0; size < boxed().box.size(); ++size) {
        auto sealed = boxed();
        sealed.box.resize(size);
        CHECK_FALSE(unseal(sealed, seed));
    }
    const auto bytes = must(seal(words, 5, payload_hash(words), seal_key(seed), chance));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(read_sealed(ByteView{bytes}.first(size)).error().code == Errc::corrupt);
    // The neutral point: nothing that is sealed to it is a secret.
    CHECK(seal(words, 5, payload_hash(words), Bytes(seal_key_bytes, 0), chance).error().code == Errc::invalid);
    CHECK(seal(words, 5, payload_hash(words), Bytes(31, 1), chance).error().code == Errc::invalid);
}

SCENARIO("a scope that was lost keeps what waits there in boxes", "[core][sealed][privacy]") {
    const Folder folder;
    LittleServer server;
    server.judge = [](const Changeset& changeset) {
        return changeset.records[0].record == id_of(3) ? std::string{"invalid"} : std::string{};
    };
    Device rep{1, folder.file()};
    const auto scope = account_scope(acme());
    must(rep->write({Put{"account", acme(), {{"name", "Wolframite"}}, std::nullopt}}));
    must(rep->write({contact(3, "Refusedite")}));
    must(rep->write({Put{"account", id_of(9), {{"name", "Other"}}, std::nullopt}}));
    server.push(rep);
    server.pull(rep);
    must(rep->write({contact(4, "Waitingite")}));
    must(rep->write({Put{"account", id_of(9), {{"name", "Elsewhere"}}, std::nullopt}}));
    const auto before = must(rep.store->unsent(1, 1U << 20U));
    REQUIRE(before.size() == 2);
    REQUIRE(must(rep.store->parked()).size() == 1);
    REQUIRE(contains(folder, "Waitingite"));

    must(rep.store->lose_scope(scope, seal_key(seed)));
    const auto after = must(rep.store->unsent(1, 1U << 20U));
    REQUIRE(after.size() == 3);

    THEN("no word of it is in the files, what waits elsewhere is as it was") {
        for (const auto* word : {"Wolframite", "Refusedite", "Waitingite", "waitingite"}) {
            INFO(word);
            CHECK_FALSE(contains(folder, word));
        }
        CHECK(must(rep->get("account", id_of(9)))->text("name") == "Elsewhere");
        CHECK(after[1].payload == before[1].payload);
        CHECK(must(rep.store->parked()).empty());
        CHECK(must(rep.store->sealed()) == std::vector<std::uint64_t>{4, 6});
        CHECK(must(rep.store->cursors()).size() == 1);
    }
    THEN("the server finds in the boxes what waited, and what was refused under a new number") {
        const auto first = must(read_sealed(after[0].payload)), second = must(read_sealed(after[2].payload));
        CHECK(must(unseal(first, seed)) == before[0].payload);
        CHECK(first.hash == payload_hash(before[0].payload));
        const auto again = must(decode_changeset(must(unseal(second, seed))));
        CHECK(again.dot.n == 6);
        CHECK(again.was.at(0).dot.n == 2);
    }
    THEN("losing it once more changes nothing") {
        must(rep.store->lose_scope(scope, seal_key(seed)));
        CHECK(must(rep.store->unsent(1, 1U << 20U))[0].payload == after[0].payload);
    }
    WHEN("it is taken over") {
        must(rep.store->settle({PushResult{.n = 4, .kind = PushResult::Kind::handed_over},
                                PushResult{.n = 5, .position = 2},
                                PushResult{.n = 6, .kind = PushResult::Kind::handed_over}}));
        THEN("the boxes go, and nothing waits") {
            CHECK(must(rep.store->counts()).pending == 0);
            CHECK(must(rep.store->sealed()).empty());
            CHECK(must(rep.store->final_n()) == 6);
        }
    }
    WHEN("it is given back, and the log brings what was sealed") {
        must(rep.store->open_scope(scope));
        const auto changeset = must(decode_changeset(before[0].payload));
        auto entries = server.log(scope);
        entries.push_back({2, 9, changeset.dot, id_of(1), changeset.time, before[0].payload});
        // Somebody goes on working there meanwhile.
        must(rep.store->apply_log(scope, {entries[0]}));
        must(rep->write({contact(4, "Newer")}));
        must(rep.store->apply_log(scope, {entries[1]}));
        THEN("it is there again, the newer work over it") {
            CHECK(must(rep->get("contact", id_of(4))));
            CHECK(must(rep->history("contact", id_of(4), "name")).versions.size() == 2);
            must(rep.store->settle({PushResult{.n = 4, .position = 2}}));
            CHECK(must(rep.store->unsent(1, 1U << 20U)).front().n == 5);
        }
    }
    WHEN("the server refuses a box") {
        must(rep.store->settle({PushResult{.n = 4, .kind = PushResult::Kind::rejected, .code = "corrupt"}}));
        THEN("it is kept, nothing here can issue it again, and it can be discarded") {
            CHECK(must(rep.store->parked()).size() == 1);
            CHECK(must(rep.store->retry_parked({})) == 0);
            CHECK(rep.store->retry_parked(4).error().code == Errc::invalid);
            CHECK(must(rep.store->meet_server(99)) == 0);
            CHECK(must(rep.store->fix_parked_record(contact(4, "Other"))) == 0);
            CHECK(rep.store->fix_parked(4, {contact(4, "Other")}).error().code == Errc::invalid);
            must(rep.store->discard_parked(4));
            CHECK(must(rep.store->parked()).empty());
        }
    }
    WHEN("the key is none") {
        must(rep->write({Put{"account", id_of(9), {{"name", "Third"}}, std::nullopt}}));
        THEN("the scope stays as it is, and so does what waits") {
            CHECK(rep.store->lose_scope(account_scope(id_of(9)), Bytes(seal_key_bytes, 0)).error().code ==
                  Errc::invalid);
            CHECK(must(rep->get("account", id_of(9)))->text("name") == "Third");
        }
    }
}
