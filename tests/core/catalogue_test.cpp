#include <catch2/catch.hpp>

#include <set>

#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"
#include "core/store/version_blob.hpp"
#include "core/utf8.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

TEST_CASE("the catalogue is one that tables can be made from", "[core][catalogue]") {
    std::set<std::string_view> tables;
    for (const auto& table : catalogue().tables) {
        INFO(table.name);
        CHECK(tables.insert(table.name).second);
        CHECK(table.fields.size() <= row_fields_max);
        std::set<std::string_view> fields;
        for (const auto& field : table.fields) {
            INFO(field.name);
            CHECK(fields.insert(field.name).second);
            CHECK(field.name != "deleted");
            CHECK(field.name != "rid");
            CHECK_FALSE(field.name.starts_with('_'));
            CHECK(field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos);
            CHECK((field.type == FieldType::word) == !field.words.empty());
            if (!field.target.empty()) CHECK(catalogue().table(field.target) != nullptr);
            if (field.searchable) CHECK((field.type == FieldType::text || field.type == FieldType::prose));
        }
    }
}

TEST_CASE("a scope has one spelling", "[core][catalogue][scope]") {
    const auto a = id_of(1), b = id_of(2);
    for (const auto& scope :
         {Scope{}, Scope{ScopeKind::team, a, {}}, Scope{ScopeKind::account, a, {}}, Scope{ScopeKind::user, a, {}},
          Scope{ScopeKind::private_account, a, b}, Scope{ScopeKind::coaching, a, b}}) {
        CHECK(parse_scope(text_of(scope)) == scope);
        CHECK_FALSE(parse_scope(text_of(scope) + "/"));
        CHECK_FALSE(parse_scope("/" + text_of(scope)));
    }
    std::string loud = account_scope(a);
    for (auto& c : loud) c = static_cast<char>(std::toupper(c));
    CHECK_FALSE(parse_scope(loud));
    CHECK_FALSE(parse_scope("account/" + loud.substr(8)));
    CHECK_FALSE(parse_scope(""));
    CHECK_FALSE(parse_scope("account"));
    CHECK_FALSE(parse_scope("planet/" + a.text()));
}

TEST_CASE("what a record says decides where it lives", "[core][catalogue][scope]") {
    const auto account = id_of(1), user = id_of(2), rep = id_of(3), id = id_of(4);
    const auto home = [&](std::string_view table, const FieldMap& fields,
                          std::optional<std::string> room = std::nullopt) {
        const auto found = home_scope(*catalogue().table(table), id, fields, user, room);
        return found ? *found : "? " + found.error().field;
    };
    CHECK(home("account", {}) == account_scope(id));
    CHECK(home("contact", {{"account", account}}) == account_scope(account));
    CHECK(home("contact", {}) == "? account");
    CHECK(home("observation", {{"account", account}, {"state", "proposed"}}) == private_scope(user, account));
    CHECK(home("observation", {{"account", account}, {"state", "confirmed"}}) == account_scope(account));
    CHECK(home("opportunity", {}) == user_scope(user));
    CHECK(home("task", {{"account", account}}) == private_scope(user, account));
    CHECK(home("task", {}) == user_scope(user));
    CHECK(home("goal", {}) == user_scope(user));
    CHECK(home("coaching_note", {{"rep", rep}}) == user_scope(user));
    CHECK(home("coaching_note", {{"rep", rep}, {"shared", true}}) == text_of({ScopeKind::coaching, rep, user}));
    CHECK(home("message", {}, "account/x") == "account/x");
    CHECK(home("message", {}) == "? room");
    CHECK(home("playbook", {}) == "workspace");
    CHECK(home("assignment", {{"account", account}}) == account_scope(account));
    CHECK(home("user", {}) == "workspace");

    const auto allowed = [&](std::string_view table, const FieldMap& fields, const std::string& scope) {
        return check_scope(*catalogue().table(table), id, fields, std::nullopt, scope).has_value();
    };
    CHECK(allowed("room", {{"account", account}}, account_scope(account)));
    CHECK(allowed("room", {{"account", account}}, private_scope(user, account)));
    CHECK_FALSE(allowed("room", {{"account", account}}, account_scope(id_of(9))));
    CHECK_FALSE(allowed("room", {{"account", account}}, private_scope(user, id_of(9))));
    CHECK_FALSE(allowed("room", {{"account", account}}, user_scope(user)));
    CHECK_FALSE(allowed("contact", {{"account", account}}, private_scope(user, account)));
    CHECK_FALSE(allowed("contact", {{"account", account}}, "workspace"));
    CHECK(allowed("opportunity", {}, user_scope(rep)));
    CHECK_FALSE(allowed("opportunity", {{"account", account}}, user_scope(rep)));
    CHECK_FALSE(allowed("coaching_note", {{"rep", rep}, {"shared", true}}, user_scope(user)));
    CHECK_FALSE(allowed("goal", {}, "somewhere"));
    // A goal stays with its author; only a copy of it is put into a talk's scope, and nowhere else.
    CHECK(home("goal", {{"shared", true}}) == user_scope(user));
    CHECK(allowed("goal", {{"shared", true}}, user_scope(user)));
    CHECK(allowed("goal", {{"shared", true}}, text_of({ScopeKind::coaching, user, rep})));
    CHECK_FALSE(allowed("goal", {{"shared", true}}, account_scope(account)));
    CHECK(allowed("focus_share", {{"rep", user}}, text_of({ScopeKind::coaching, user, rep})));
    CHECK_FALSE(allowed("focus_share", {{"rep", user}}, account_scope(account)));
    CHECK_FALSE(allowed("focus_share", {{"rep", user}}, "workspace"));
}

TEST_CASE("text is looked at as people see it", "[core][utf8]") {
    CHECK(utf8_error("Zo\xC3\xAB") == std::string_view::npos);
    CHECK(utf8_error("ab\xC0\xAF") == 2);
    CHECK(utf8_error("\xF4\x90\x80\x80") == 0);
    CHECK(utf8_error("a\xE2\x82") == 1);
    CHECK(nfc("Zoe\xCC\x88") == "Zo\xC3\xAB");
    CHECK(fold("  STRASSE \t 12 ") == "strasse 12");
    CHECK(fold("Straße") == fold("STRASSE"));
    CHECK(fold("ＡＢＣ") == "abc");
    CHECK(fold("Müller") != fold("Muller"));
    CHECK(display_width("abc") == 3);
    CHECK(display_width("Zoe\xCC\x88") == 3);
    CHECK(display_width("日本") == 4);
    CHECK(display_width("👍") == 2);
    CHECK(display_width("👨‍👩‍👧") == 2);
    CHECK(has_word("!? é"));
    CHECK_FALSE(has_word("!? —"));
}

TEST_CASE("identifiers sort by time, and derived ones are the same everywhere", "[core][uuid]") {
    FakeRandom random;
    const auto early = make_uuid(Instant{1'000}, random), late = make_uuid(Instant{2'000}, random);
    CHECK(early < late);
    CHECK(early.text()[14] == '7');
    CHECK(parse_uuid(early.text()) == early);
    CHECK_FALSE(parse_uuid(early.text() + "0"));
    CHECK_FALSE(parse_uuid("g" + early.text().substr(1)));
    CHECK(derive_uuid("a", "b") == derive_uuid("a", "b"));
    CHECK(derive_uuid("a", "b") != derive_uuid("ab", ""));
    CHECK(derive_uuid("a", "b").text()[14] == '8');
}

TEST_CASE("a clock that jumps back never turns what was written later into something earlier", "[core][time]") {
    FakeRandom random{11};
    HybridClock clock;
    HybridTime last;
    Instant now{1'000'000};
    for (int i = 0; i < 10'000; ++i) {
        now += Instant{static_cast<std::int64_t>(random.below(7'200'000)) - 3'600'000};
        if (random.below(5) == 0) {
            const HybridTime seen = HybridTime::at(now + Instant{static_cast<std::int64_t>(random.below(600'000))});
            clock.observe(seen, now);
            CHECK(clock.last() <= std::max(last, HybridTime::at(now + HybridClock::lead_max)));
        }
        const auto stamp = clock.stamp(now);
        REQUIRE(stamp > last);
        last = stamp;
    }
}

TEST_CASE("versions of a row take few bytes and come back", "[core][store]") {
    const std::vector<VersionGroup> groups{{3, 1000, 114'177'248'460'800'000, 0x3FF},
                                           {1, 7, 114'177'248'460'800'500, 0x400},
                                           {200, 9'000'000, 5, std::uint64_t{1} << 63U}};
    const auto blob = pack(groups);
    CHECK(unpack(blob) == groups);
    CHECK(pack({groups[0]}).size() <= 20);
    for (std::size_t size = 0; size < blob.size(); ++size) static_cast<void>(unpack(ByteView{blob}.first(size)));
}
