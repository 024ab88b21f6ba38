#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "sync/device_key.hpp"
#include "sync/server/admin.hpp"
#include "tests/sync/support/golden_sides.hpp"

namespace debrief::sync::test {
namespace {

Golden::json json_of(core::ByteView bytes) {
    return {{"~", base64url(bytes)}};
}

}  // namespace

GoldenServer::GoldenServer(const std::string& name, Encoding encoding) : GoldenSide("server", name, encoding) {
    core::Store::Config config;
    config.path = ":memory:";
    auto opened = ServerStore::open(config, clock, random, "Sales");
    REQUIRE(opened);
    store = std::move(*opened);
    hub = std::make_unique<SessionHub>(*store, clock, random);
    hub->on_admin([this](const core::Uuid&, const std::vector<std::string>& words) { return order(words); });
    golden.set("$server", json_of(store->server_id().view()));
    quiet_in = golden.lines().front().said.value("quiet", json{});
}

void GoldenServer::step(const json& line) {
    if (line.contains("admin")) return admin(line);
    if (line.contains("enrolled")) return enrolled(line["enrolled"]);
    if (line.contains("open")) return open();
    if (line.contains("up")) return up(line["up"]);
    if (line.contains("down")) return expect(line["down"], said);
    if (line.contains("quiet")) {
        quiet_in = line["quiet"];
        return;
    }
    if (line.contains("silent")) return finish();
    if (line.contains("older")) return leave_older(line);
    if (line.contains("colleague")) return hear_colleague(line["colleague"]);
    if (line.contains("overheard")) return check_overheard(line["overheard"]);
    if (line.contains("closed")) return closed(line);
    if (line.contains("shows") && line["at"] == "server") return check_shown(store->records(), line["shows"]);
    if (!line.contains("pass")) return;
    alive = line.value("alive", false);
    pass(std::chrono::milliseconds{line["pass"].get<std::int64_t>()}, [this](Timer which) {
        if (!session) return;
        obey(session->on_timer(which));
        work();
    });
    alive = false;
}

void GoldenServer::finish() {
    for (const auto& message : said) FAIL("not in the transcript: " << golden.shown(message).substr(0, 1000));
}

// Each order a millisecond of its own, so that ids sort by age.
void GoldenServer::admin(const json& line) {
    clock.advance(std::chrono::milliseconds{1});
    const auto what = line["admin"].get<std::string>();
    const auto word = [&](const char* key) { return line.value(key, std::string{}); };
    const auto name = [&](const core::Uuid& made) { golden.set(word("is"), json_of(made.view())); };
    if (what == "user") {
        UserSpec spec{word("name"), line.value("role", std::string{"rep"}), {}, {}, {}};
        if (line.contains("team")) spec.team = word("team");
        const auto made = add_user(*store, spec);
        REQUIRE(made);
        name(*made);
    } else if (what == "account") {
        const auto made = store->records().new_id();
        REQUIRE(store->write({core::Put{"account", made, {{"name", word("name")}}, {}}}));
        name(made);
    } else if (what == "assign") {
        REQUIRE(assign(*store, word("account"), word("to")));
    } else if (what == "unassign") {
        REQUIRE(unassign(*store, word("account"), word("from")));
    } else if (what == "invite") {
        const auto secret = invite(*store, word("user"));
        REQUIRE(secret);
        golden.set("$secret", json_of(*secret));
    } else if (what == "write") {
        const core::Put edit{word("table"), id(line["id"]), fields_of(golden.filled(line["fields"])), {}};
        REQUIRE((line.contains("as") ? store->write_as(id(line["as"]), {edit}) : store->write({edit})));
    } else if (what == "erase") {
        REQUIRE(store->erase(id(line["record"])));
    } else if (what == "revoke") {
        REQUIRE(revoke_device(*store, id(line["device"]).text()));
    } else if (what == "disable") {
        REQUIRE(disable_user(*store, word("user")));
    } else if (what == "hand_over") {
        hand_over(id(line["user"]), id(line["account"]));
    } else if (what == "stop") {
        hub->close_all("The server is going down.");
    } else {
        FAIL("no such order");
    }
    work();
}

// Somebody who served an account until now pushes what they had not pushed yet.
void GoldenServer::hand_over(const core::Uuid& author, const core::Uuid& account) {
    const auto scope = core::account_scope(account);
    store->note_granted(author, {scope});
    core::Changeset change;
    change.dot = {store->records().new_id(), 1, 1};
    change.scope = scope;
    change.time = core::HybridTime::at(clock.now());
    change.catalogue = 1;
    const auto contact = store->records().new_id();
    change.records.push_back(
        {"contact", contact, {{"account", account, {}, {}, {}}, {"name", std::string{"Jo"}, {}, {}, {}}}});
    store->submit({0, change.dot.device, author, 1, 1, {core::encode(change)}});
}

// Those of the words of `debrief admin` that the stories use, as the server carries them out.
core::Result<std::string> GoldenServer::order(const std::vector<std::string>& words) {
    if (words.size() == 5 && words[0] == "user" && words[1] == "add") {
        const auto made = add_user(*store, {words[2], words[4], {}, {}, {}});
        if (!made) return made.error();
        return json{{"id", made->text()}}.dump();
    }
    if (words.size() == 3 && words[0] == "team" && words[1] == "add") {
        const auto made = add_team(*store, {words[2], {}, {}, {}});
        if (!made) return made.error();
        return json{{"id", made->text()}}.dump();
    }
    if (words.size() == 3 && words[0] == "handover" && words[1] == "file") {
        DEBRIEF_TRY(store->file_handover(std::stoll(words[2]), {}));
        return std::string{"{}"};
    }
    return core::Error{core::Errc::invalid, "There is no such command.", "words", "debrief help admin"};
}

// As if it had enrolled before the story.
void GoldenServer::enrolled(const json& name) {
    const auto secret = invite(*store, name.get<std::string>());
    REQUIRE(secret);
    const auto made = store->enrol(*secret, "phone", golden.number("$inc"), public_key(golden.bytes("$seed")));
    REQUIRE(made);
    golden.set("$device", json_of(made->device.view()));
    golden.set("$token", json_of(made->token));
    work();
}

void GoldenServer::open() {
    if (session) older = std::move(session);  // The device comes a second time.
    ServerConfig config;
    config.encoding = golden.encoding();
    config.state_after = golden.lines().front().said.value("state_after", config.state_after);
    session = std::make_unique<ServerSession>(*hub, config, [this] { woken = true; });
    golden.opened();
    timers.clear();
    obey(session->on_open());
    work();
}

void GoldenServer::up(const json& frame) {
    REQUIRE(session);
    for (const auto& message : golden.messages(frame)) obey(session->on_frame(message));
    work();
}

// The first of two connections of one device says why it ends.
void GoldenServer::leave_older(const json& line) {
    REQUIRE(older);
    const auto leaving = older->on_wake();
    std::vector<core::Bytes> last;
    while (const auto message = older->next_frame()) last.push_back(**message);
    expect(line["older"], last);
    CHECK(last.empty());
    REQUIRE(leaving.size() == 1);
    check_code(std::get<Close>(leaving.front()), line);
    older->on_closed();
    older.reset();
}

void GoldenServer::closed(const json& line) {
    REQUIRE(session);
    const auto by = line["closed"].get<std::string>();
    finish();
    REQUIRE(close.has_value() == (by == "server"));
    if (close) check_code(close, line);
    close.reset();
    session->on_closed();
    session.reset();
    timers.clear();
}

void GoldenServer::obey(const Actions& actions) {
    for (const auto& action : actions) {
        if (const auto* timer = std::get_if<ArmTimer>(&action)) arm(timer->which, timer->after);
        if (const auto* asked = std::get_if<Close>(&action)) close = *asked;
    }
}

void GoldenServer::work() {
    for (bool more = true; more;) {
        more = hub->has_work();
        if (more) REQUIRE(hub->commit());
        if (session && std::exchange(woken, false)) {
            obey(session->on_wake());
            more = true;
        }
        collect();
    }
}

void GoldenServer::collect() {
    while (session) {
        const auto message = session->next_frame();
        if (!message) return;
        if (alive && golden.kind(**message) == "ping") {
            obey(session->on_frame(golden.messages({{"k", "pong"}}).front()));
        } else if (quiet(**message)) {
            golden.count(**message);
        } else {
            said.push_back(**message);
        }
    }
}

// What only tells how the server's own directory is written.
bool GoldenServer::quiet(core::ByteView message) {
    if (quiet_in.is_null()) return false;
    const auto frame = json::parse(golden.shown(message));
    if (frame["k"] != "log") return false;
    const auto scopes = golden.filled(quiet_in);
    if (std::find(scopes.begin(), scopes.end(), frame["s"]) == scopes.end()) return false;
    return std::all_of(frame["e"].begin(), frame["e"].end(),
                       [&](const json& entry) { return entry["d"] == json_of(store->server_id().view()); });
}

}  // namespace debrief::sync::test
