#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/store/database.hpp"
#include "core/store/page_gaps.hpp"
#include "core/store/search_index.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), ada = id_of(2);
const Catalogue& known = catalogue();

Put account() {
    return {"account", acme, {{"name", "Acme"}}, std::nullopt};
}
Put contact(std::string name, std::string role) {
    return {"contact", ada, {{"account", acme}, {"name", std::move(name)}, {"role", std::move(role)}}, std::nullopt};
}
Put role(std::string role) {
    return {"contact", ada, {{"role", std::move(role)}}, std::nullopt};
}
void erase_ada(Device& device) {
    must(device->erase({whole_record(known.table("contact"), ada)}));
}
void nowhere(const Folder& folder, const std::vector<std::string>& words) {
    for (const auto& word : words) {
        INFO(word);
        CHECK_FALSE(contains(folder, word));
    }
}

}  // namespace

TEST_CASE("an erasure in a changeset survives its bytes, and nothing else is taken for one", "[core][erase]") {
    Changeset made;
    made.dot = {id_of(7), 1, 3};
    made.scope = account_scope(acme);
    made.erases = {{id_of(20), {}, {"said_on", "state"}}, {id_of(21), {"text"}, {}}};
    std::sort(made.erases.begin(), made.erases.end());
    made.original = payload_hash(as_bytes("before"));
    const auto bytes = encode(made);
    const auto read = must(decode_changeset(bytes));
    CHECK(read.erases == made.erases);
    CHECK(read.original == made.original);
    CHECK(encode(read) == bytes);
    CHECK(known_hash(bytes) == made.original);

    made.original.clear();
    CHECK(known_hash(encode(made)) == payload_hash(encode(made)));
    std::swap(made.erases[0], made.erases[1]);
    CHECK(decode_changeset(encode(made)).error().code == Errc::corrupt);
    made.erases = {{id_of(20), {"text"}, {"state"}}};
    CHECK(decode_changeset(encode(made)).error().code == Errc::corrupt);
    made.erases.clear();
    made.original = {1, 2, 3};
    CHECK(decode_changeset(encode(made)).error().code == Errc::corrupt);
}

TEST_CASE("an erased contact leaves no word: shown, superseded, in conflict, waiting, or in an index",
          "[core][erase][privacy]") {
    const Folder folder;
    LittleServer server;
    Device other{2};
    {
        Device rep{1, folder.file()};
        must(rep->write({account(), contact("Wolframite Jones", "Molybdenite keeper")}));
        server.push(rep);
        server.pull(rep);
        server.pull(other);
        must(rep->write({role("Feldspar keeper")}));
        must(other->write({role("Gneiss keeper")}));
        server.push(other);
        server.pull(rep);
        REQUIRE(must(rep->search("gneiss")).size() == 1);
        erase_ada(rep);
        CHECK(must(rep->search("gneiss")).empty());
        const auto shown = must(rep->get("contact", ada));
        CHECK(shown->text("name") == "erased");
        CHECK(shown->text("role") == "erased");
        CHECK(shown->conflicts.empty());
        CHECK(shown->ref("account") == acme);
        CHECK(must(rep->get("account", acme))->text("name") == "Acme");
        for (const auto& version : must(rep->history("contact", ada, "role")).versions) {
            CHECK(version.value == Value{"erased"});
        }
        nowhere(folder, {"Wolframite", "Molybdenite", "Feldspar", "Gneiss", "wolframite", "feldspar", "gneiss"});
        // What was written before leaves this device without its words, and is known by its old hash.
        for (const auto& entry : must(rep.store->unsent(1, 1U << 20U))) {
            CHECK(as_text(entry.payload).find("keeper") == std::string_view::npos);
        }
    }
    Device rep{1, folder.file()};
    CHECK(must(rep->erased(ada)).whole);
    server.push(rep);
    server.pull(rep);
    server.pull(other);
    CHECK(must(other->get("contact", ada))->text("role") == "erased");
    CHECK(must(other->history("contact", ada)).versions.size() == must(rep->history("contact", ada)).versions.size());
    nowhere(folder, {"Wolframite", "Molybdenite", "Feldspar", "Gneiss"});
}

TEST_CASE("an erasure beats later writes, here and from elsewhere", "[core][erase][privacy]") {
    const Folder folder;
    LittleServer server;
    Device rep{1, folder.file()}, other{2};
    must(rep->write({account(), contact("Ada", "CFO")}));
    server.push(rep);
    server.pull(rep);
    server.pull(other);
    erase_ada(rep);
    must(rep->write({role("Wolframite keeper")}));
    CHECK(must(rep->get("contact", ada))->text("role") == "erased");
    must(other->write({role("Molybdenite keeper")}));  // It has not heard of it yet.
    server.push(other);
    server.push(rep);
    server.pull(rep);
    CHECK(must(rep->get("contact", ada))->text("role") == "erased");
    server.pull(other);
    CHECK(must(other->get("contact", ada))->text("role") == "erased");
    nowhere(folder, {"Wolframite", "Molybdenite"});
    WHEN("it is erased again") {
        const auto before = must(rep.store->last_n());
        erase_ada(rep);
        CHECK(must(rep.store->last_n()) == before);
    }
    WHEN("a field is written that no build knows yet") {
        Changeset later;
        later.dot = {id_of(77), 1, 1};
        later.scope = account_scope(acme);
        later.records = {{"contact", ada, {{"nickname", std::string{"Feldspar"}, {}, {}, {}}}}};
        must(rep->merge({later, id_of(2), {}}));
        nowhere(folder, {"Feldspar"});
    }
}

TEST_CASE("some fields of a record can be erased, and what is structure stays", "[core][erase]") {
    Device rep{1};
    const auto seen = id_of(5);
    must(rep->write({account(), contact("Ada", "CFO"),
                     Put{"observation",
                         seen,
                         {{"account", acme},
                          {"dimension", "why_change"},
                          {"text", "Ada says the audit failed"},
                          {"person", ada},
                          {"said_on", "2025-03-18"},
                          {"state", "confirmed"}},
                         account_scope(acme)}}));
    must(rep->erase({{ada, {"name"}, {}}}));
    CHECK(must(rep->get("contact", ada))->text("name") == "erased");
    CHECK(must(rep->get("contact", ada))->text("role") == "CFO");
    must(rep->erase({whole_record(known.table("observation"), seen)}));
    const auto left = must(rep->get("observation", seen));
    CHECK(left->text("text") == "erased");
    CHECK(left->text("dimension") == "why_change");
    CHECK(left->text("said_on") == "2025-03-18");
    CHECK(left->text("state") == "confirmed");
    CHECK(left->ref("person") == ada);
    CHECK(rep->erase({{id_of(99), {}, {}}}).error().code == Errc::not_found);
}

TEST_CASE("an erasure that a refused change stands before goes out again with it", "[core][erase]") {
    LittleServer server;
    Device rep{1};
    server.judge = [](const Changeset&) { return std::string{"try_later"}; };
    must(rep->write({account(), contact("Ada", "CFO")}));
    erase_ada(rep);
    server.push(rep);
    REQUIRE(must(rep.store->parked()).size() == 2);
    server.judge = [](const Changeset&) { return std::string{}; };
    must(rep.store->retry_parked(1));
    if (!must(rep.store->parked()).empty()) must(rep.store->retry_parked(2));
    server.push(rep);
    server.pull(rep);
    CHECK(must(rep->get("contact", ada))->text("name") == "erased");
    Device other{2};
    server.pull(other);
    CHECK(must(other->get("contact", ada))->text("name") == "erased");
}

TEST_CASE("an erased word leaves the search index, whatever shape its tree has", "[core][erase][privacy]") {
    const Folder folder;
    {
        auto db = must(Database::open(folder.file(), {}, std::chrono::seconds{1}));
        must(db->run("PRAGMA secure_delete = ON; CREATE VIRTUAL TABLE search USING fts5(text)"));
        SearchIndex index{*db};
        std::vector<std::string> texts{""};
        const auto add = [&](int rows, int words) {
            auto transaction = must(Transaction::begin(*db));
            for (; rows > 0; --rows) {
                const auto row = std::to_string(texts.size());
                std::string text = "secret" + row + "q";
                for (int i = 0; i < words; ++i) text += " w" + row + "x" + std::to_string(i);
                must(index.replace(static_cast<std::int64_t>(texts.size()), 0, {}, text));
                texts.push_back(std::move(text));
            }
            must(transaction.commit());
        };
        const auto erase = [&](std::size_t row) {
            auto transaction = must(Transaction::begin(*db));
            must(index.replace(static_cast<std::int64_t>(row), 0, texts[row], "erased"));
            must(index.rewrite());
            must(transaction.commit());
        };
        // At its end levels of the tree are empty above what goes: FTS5's "optimize" kept the words of row 100.
        add(26, 100);
        add(1, 100);
        for (const std::size_t row : {5U, 19U, 26U}) erase(row);
        add(23, 100);
        add(12, 100);
        add(38, 1);
        erase(100);
    }
    nowhere(folder, {"secret5q", "secret19q", "secret26q", "secret100q"});
    CHECK(contains(folder, "secret99q"));
}

TEST_CASE("words of rows that moved to another page before they were deleted leave the file", "[core][erase][privacy]") {
    const Folder folder;
    std::vector<std::string> live, gone;
    const auto left = [&] {
        return std::count_if(gone.begin(), gone.end(), [&](const auto& word) { return contains(folder, word); });
    };
    auto db = must(Database::open(folder.file(), {}, std::chrono::seconds{1}));
    must(db->run("PRAGMA secure_delete = ON; CREATE TABLE t(key INTEGER PRIMARY KEY, word TEXT) WITHOUT ROWID"));
    std::uint64_t seed = 1;
    const auto random = [&](std::uint64_t below) { return ((seed = seed * 6364136223846793005U + 1U) >> 33U) % below; };
    for (std::size_t i = 0; i < 3000; ++i) {
        if (live.empty() || random(10) < 6) {
            live.push_back("secret" + std::to_string(100'000 + i));
            auto insert = must(db->prepare("INSERT INTO t VALUES(?1, ?2 || hex(zeroblob(?3)))"));
            must(insert.bind(1, static_cast<std::int64_t>(random(1U << 30U)))
                     .bind(2, std::string_view{live.back()})
                     .bind(3, static_cast<std::int64_t>(random(300)))
                     .run());
        } else {
            std::swap(live[random(live.size())], live.back());
            auto remove = must(db->prepare("DELETE FROM t WHERE word LIKE ?1 || '%'"));
            must(remove.bind(1, std::string_view{live.back()}).run());
            gone.push_back(std::move(live.back()));
            live.pop_back();
        }
    }
    CHECK(left() > 0);  // Or there is nothing to clear any more, and page_gaps can go.
    const auto rows = must(db->integer("SELECT count(*) FROM t"));
    auto clears = must(Transaction::begin(*db));
    must(clear_page_gaps(*db));
    must(clears.commit());
    CHECK(left() == 0);
    CHECK(must(db->integer("SELECT count(*) FROM t")) == rows);
    CHECK(must(db->integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'")) == 1);
    for (const auto& word : live) CHECK(contains(folder, word));
}
