// Tables and fields that this build does not know: kept, passed on, and taken into columns once it knows them.
#include <catch2/catch.hpp>

#include <array>

#include "core/catalogue/scope.hpp"
#include "core/changes/state_codec.hpp"
#include "core/store/records.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

constexpr Field old_account[]{{.name = "name", .required = true, .searchable = true}};
constexpr Field new_account[]{{.name = "name", .required = true, .searchable = true},
                              {.name = "motto", .indexed = true, .searchable = true},
                              {.name = "seats", .type = FieldType::integer}};
constexpr Field dream_fields[]{{.name = "text", .searchable = true}};
constexpr Table old_tables[]{{"account", ScopeRule::account, old_account}};
constexpr Table new_tables[]{{"account", ScopeRule::account, new_account}, {"dream", ScopeRule::user, dream_fields}};
constexpr Catalogue old_catalogue{1, old_tables}, new_catalogue{2, new_tables};

Judged from_newer() {
    Judged judged;
    judged.changeset = {{id_of(9), 1, 1}, account_scope(id_of(1)), {1000}, 2, {}, {}};
    judged.changeset.records.push_back(
        {"account",
         id_of(1),
         {{"motto", "Per aspera", {}, {}, {}}, {"name", "Acme", {}, {}, {}}, {"seats", "odd", {}, {}, {}}}});
    judged.changeset.records.push_back({"dream", id_of(2), {{"text", "A calm quarter", {}, {}, {}}}});
    judged.author = id_of(3);
    judged.effective = {1000};
    return judged;
}

RecordState state_of(Store& store, const Uuid& id, const Catalogue& known) {
    Records records{store.database(), known, false};
    return must(records.find(id)).value().state;
}

}  // namespace

TEST_CASE("an older build keeps what it does not know, and a newer one finds it", "[core][store][unknown]") {
    const Folder folder;
    FakeClock clock;
    FakeRandom random;
    Bytes account, dream;
    {
        auto store = must(Store::open({.path = folder.file(), .catalogue = &old_catalogue}, clock, random));
        must(store->merge(from_newer()));
        must(store->write({Put{"account", id_of(1), {{"name", "Acme Ltd"}}, std::nullopt}}));
        CHECK(must(store->get("account", id_of(1)))->fields.size() == 1);
        CHECK(store->get("dream", id_of(2)).error().field == "table");
        CHECK(must(store->locate(id_of(2)))->table == "dream");
        CHECK(must(store->search("aspera")).empty());
        account = encode(state_of(*store, id_of(1), old_catalogue));
        dream = encode(state_of(*store, id_of(2), old_catalogue));
        CHECK(must(decode_state(account)).fields.at("motto").front().value == Value{"Per aspera"});
    }
    {
        auto store = must(Store::open({.path = folder.file(), .catalogue = &new_catalogue}, clock, random));
        const auto record = must(store->get("account", id_of(1)));
        CHECK(record->text("motto") == "Per aspera");
        CHECK(record->text("name") == "Acme Ltd");
        CHECK(record->find("seats") == nullptr);
        CHECK(must(store->get("dream", id_of(2)))->text("text") == "A calm quarter");
        CHECK(must(store->list({.table = "dream"})).records.size() == 1);
        CHECK(must(store->search("aspera")).size() == 1);
        CHECK(must(store->search("calm")).size() == 1);
        CHECK(must(store->search("acme")).size() == 1);
        // Not a head is lost on the way, not even a value of a type that the column cannot hold.
        CHECK(encode(state_of(*store, id_of(1), new_catalogue)) == account);
        CHECK(encode(state_of(*store, id_of(2), new_catalogue)) == dream);
        must(store->write({Put{"account", id_of(1), {{"motto", "Ad astra"}}, std::nullopt}}));
        CHECK(must(store->history("account", id_of(1), "motto")).versions.size() == 2);
    }
    const auto refused = Store::open({.path = folder.file(), .catalogue = &old_catalogue}, clock, random);
    CHECK(refused.error().code == Errc::too_new);
}

TEST_CASE("a record that is known in one place is not there in another", "[core][store][scope]") {
    FakeClock clock;
    FakeRandom random;
    auto store = must(Store::open({.path = ":memory:"}, clock, random));
    must(store->merge(from_newer()));
    auto elsewhere = from_newer();
    elsewhere.changeset.dot.n = 2;
    elsewhere.changeset.scope = account_scope(id_of(77));
    CHECK(store->merge(elsewhere).error().code == Errc::not_found);
    auto other_table = from_newer();
    other_table.changeset.dot.n = 2;
    other_table.changeset.records[0].table = "contact";
    CHECK(store->merge(other_table).error().code == Errc::not_found);
    CHECK(must(store->get("account", id_of(1)))->text("name") == "Acme");
}
