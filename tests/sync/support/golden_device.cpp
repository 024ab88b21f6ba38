#include <catch2/catch.hpp>

#include "core/error_names.hpp"
#include "tests/sync/support/golden_sides.hpp"

namespace debrief::sync::test {

GoldenDevice::GoldenDevice(const std::string& name, Encoding encoding) : GoldenSide("device", name, encoding) {
    core::Store::Config config;
    config.path = ":memory:";
    auto opened = core::DeviceStore::open(config, clock, random);
    REQUIRE(opened);
    store = std::move(*opened);
    ClientConfig settings;
    settings.encoding = encoding;
    session = std::make_unique<ClientSession>(*store, clock, random, settings);
}

void GoldenDevice::step(const json& line) {
    if (line.contains("enrolled")) return enrolled();
    if (line.contains("open")) return open();
    if (line.contains("do")) return act(line);
    if (line.contains("up")) return expect(line["up"], said);
    if (line.contains("down")) {
        for (const auto& message : golden.messages(line["down"])) obey(session->on_frame(message));
        return;
    }
    if (line.contains("closed")) return closed(line);
    if (line.contains("status")) return check_status(line["status"]);
    if (line.contains("seen")) return check_seen(line["seen"]);
    if (line.contains("answered")) return check_answer(line["answered"]);
    if (line.contains("shows") && line["at"] == "device") return check_shown(store->records(), line["shows"]);
    if (!line.contains("pass")) return;
    alive = line.value("alive", false);
    pass(std::chrono::milliseconds{line["pass"].get<std::int64_t>()},
         [this](Timer which) { obey(session->on_timer(which)); });
    alive = false;
}

void GoldenDevice::finish() {
    CHECK(seen.empty());
    for (const auto& message : said) FAIL("not in the transcript: " << golden.shown(message).substr(0, 1000));
}

// As if it had enrolled before the story.
void GoldenDevice::enrolled() {
    core::Identity identity = store->records().identity();
    identity.workspace = id("$ws");
    identity.user = id("$ann");
    identity.user_name = "Ann";
    identity.role = "rep";
    identity.device = id("$device");
    identity.incarnation = golden.number("$inc");
    REQUIRE(store->records().set_identity(identity));
    REQUIRE(store->set_enrolment({"ws://server/sync", base64url(golden.bytes("$token")), id("$server").text(),
                                  base64url(golden.bytes("$seed"))}));
}

void GoldenDevice::open() {
    const auto enrolment = store->enrolment();
    REQUIRE(enrolment);
    if (!*enrolment) {
        const auto begun = session->join({"ws://server/sync", golden.bytes("$secret"), {}}, "Ann's phone");
        REQUIRE(begun);
        obey(*begun);
    } else if (!connecting) {
        const auto begun = session->start();
        REQUIRE(begun);
        obey(*begun);
    }
    if (!connecting) obey(session->retry_now());
    REQUIRE(connecting);
    connecting = false;
    golden.opened();
    obey(session->on_open());
}

void GoldenDevice::act(const json& line) {
    const auto what = line["do"].get<std::string>();
    if (what == "write") {
        const auto written = store->records().write({core::Put{
            line["table"].get<std::string>(), id(line["id"]), fields_of(golden.filled(line["fields"])), {}}});
        REQUIRE(written);
    } else if (what == "delete") {
        REQUIRE(store->records().write({core::Delete{line["table"].get<std::string>(), id(line["id"])}}));
    } else if (what == "erase") {
        const auto reached = store->records().quoting({id(line["record"])});
        REQUIRE(reached);
        REQUIRE(store->records().erase(*reached));
    } else if (what == "order") {
        const auto ordered = session->administer(line["words"].get<std::vector<std::string>>());
        REQUIRE(ordered);
        obey(*ordered);
    } else if (what == "tell") {
        const auto state = presence_named(line["state"].get<std::string>());
        REQUIRE(state);
        obey(session->tell_presence(id(line["room"]), golden.filled(line["scope"]).get<std::string>(), *state));
    } else if (what == "retry") {
        REQUIRE(store->retry_parked(line["n"].get<std::uint64_t>()));
    } else if (what == "fix") {
        REQUIRE(store->fix_parked(
            line["n"].get<std::uint64_t>(),
            {core::Put{
                line["table"].get<std::string>(), id(line["id"]), fields_of(golden.filled(line["fields"])), {}}}));
    } else {
        FAIL("no such act");
    }
    obey(session->on_store_changed());
}

void GoldenDevice::closed(const json& line) {
    const auto by = line["closed"].get<std::string>();
    finish();
    if (by == "cut") REQUIRE_FALSE(close);
    if (by == "device") check_code(close, line);
    close.reset();
    timers.clear();
    obey(session->on_closed({"closed", true}));
}

void GoldenDevice::obey(const Actions& actions) {
    for (const auto& action : actions) {
        if (const auto* timer = std::get_if<ArmTimer>(&action)) arm(timer->which, timer->after);
        if (const auto* asked = std::get_if<Close>(&action)) close = *asked;
        if (std::holds_alternative<Connect>(action)) connecting = true;
        if (const auto* told = std::get_if<Seen>(&action)) seen.push_back(*told);
        const auto* sends = std::get_if<SendFrame>(&action);
        if (sends == nullptr) continue;
        if (alive && golden.kind(*sends->bytes) == "ping")
            obey(session->on_frame(golden.messages({{"k", "pong"}}).front()));
        else
            said.push_back(*sends->bytes);
    }
}

void GoldenDevice::check_answer(const json& wanted) {
    const auto& answer = session->administered();
    REQUIRE(answer);
    const bool refused = wanted.contains("code");
    REQUIRE(answer->has_value() != refused);
    if (refused) CHECK(core::name_of(answer->error().code) == wanted["code"].get<std::string>());
}

void GoldenDevice::check_status(const json& wanted) {
    const auto status = session->status();
    const auto parked = store->parked();
    REQUIRE(parked);
    const auto counts = store->counts();
    REQUIRE(counts);
    json codes = json::array();
    for (const auto& entry : *parked) codes.push_back(entry.code);
    const json is{{"state", name_of(status.state)},  {"pending", counts->pending}, {"parked", codes},
                  {"conflicts", counts->conflicts},  {"scopes", counts->scopes},   {"problem", !status.problem.empty()},
                  {"wiped", status.wipe.has_value()}};
    check(wanted, [&](const json& told) {
        for (const auto& [key, value] : told.items()) {
            if (!is.contains(key) || is[key] != value) return key + ": " + is.dump();
        }
        return std::string{};
    });
}

}  // namespace debrief::sync::test
