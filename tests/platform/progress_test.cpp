// Long work that can be watched and broken off.
#include "platform/cli/progress.hpp"
#include "tests/platform/app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;
using namespace std::chrono_literals;

namespace {

/// Tells three times how far it is.
class SlowDoor final : public cli::Door {
public:
    core::Result<json> call(const std::string&, const json&) override {
        for (const int done : {0, 500, 1000}) notify_("progress", {{"what", "import"}, {"done", done}, {"of", 1000}});
        return json::object();
    }
    void on_notification(Notify notify) override { notify_ = std::move(notify); }
    void poll(std::chrono::milliseconds) override {}

private:
    Notify notify_;
};

struct Said {
    std::string out, err;
};

Said shown(const cli::Output::Look& look, std::chrono::milliseconds between) {
    Said said;
    cli::Output out{[&](std::string_view text) { said.out += text; }, [&](std::string_view text) { said.err += text; },
                    look};
    cli::Environment environment;
    cli::Context context{environment, {}, out, "", {}};
    SlowDoor door;
    {
        const cli::ProgressLine line{context, &door, "Importing crm", between};
        REQUIRE(door.call("import", {}));
    }
    out.line("Created 1000.");
    return said;
}

}  // namespace

TEST_CASE("progress in words is as long as there is room", "[cli][progress]") {
    using cli::progress_words;
    CHECK(progress_words(25000, 100801, 2000ms, 0) == "25000 of 100801 (24 %), 12500 a second, 7 s left");
    CHECK(progress_words(25000, 100801, 2000ms, 47) == "25000 of 100801, 12500 a second, 7 s left");
    CHECK(progress_words(25000, 100801, 2000ms, 30) == "25000 of 100801, 7 s left");
    CHECK(progress_words(25000, 100801, 2000ms, 10) == "25000 of 100801");
    CHECK(progress_words(500, 100801, 40ms, 0) == "500 of 100801 (0 %)");  // Too early to say how fast it is.
    CHECK(progress_words(1000, 1'000'000, 2000ms, 0) == "1000 of 1000000 (0 %), 500 a second, 33 min left");
    CHECK(progress_words(0, 0, 0ms, 0) == "0");
    CHECK(progress_words(7, 0, 2000ms, 0) == "7, 3 a second");
}

TEST_CASE("progress is one passing line at a terminal, a line now and then in a log, nothing beside JSON",
          "[cli][progress]") {
    cli::Output::Look terminal;
    terminal.width = terminal.width_err = 60;
    const Said painted = shown(terminal, 0ms);
    CHECK(painted.err.starts_with("\rImporting crm …\rImporting crm: 0 of 1000"));
    CHECK(painted.err.find('\n') == std::string::npos);
    CHECK(painted.err.ends_with(" \r"));  // Taken away before anything else is said.
    CHECK(painted.out == "Created 1000.\n");

    CHECK(shown({}, 0ms).err ==
          "Importing crm: 0 of 1000 (0 %)\nImporting crm: 500 of 1000 (50 %)\nImporting crm: 1000 of 1000 (100 %)\n");
    CHECK(shown({}, 10s).err.empty());
    cli::Output::Look json_wanted;
    json_wanted.json = true;
    CHECK(shown(json_wanted, 0ms).err.empty());
}

SCENARIO("an import tells how far it is, and ends when it is broken off", "[app][import]") {
    const TempFolder folder;
    bool stop = false;
    AppConfig config = quiet_config(folder);
    config.stop = [&stop] { return stop; };
    Device device{config};
    device.init();
    std::string contacts = "name,account\n";
    for (int i = 0; i < 2000; ++i) contacts += "Person " + std::to_string(i) + ",Acme\n";
    device.put("account", {{"name", "Acme"}});
    const json params{{"format", "contacts-csv"}, {"text", contacts}};

    THEN("the first word comes before anything is counted, the last says all") {
        device.call("import", params);
        const auto told = device.told_of("progress");
        REQUIRE(told.size() >= 5);
        CHECK(told.front() == json{{"what", "import"}, {"done", 0}, {"of", nullptr}});
        CHECK(told.back()["done"] == told.back()["of"]);
        CHECK(told.back()["of"] == 2001);
    }
    WHEN("it is broken off") {
        stop = true;
        CHECK(device.refuse("import", params).code == core::Errc::cancelled);
        THEN("doing it again brings what is missing") {
            stop = false;
            CHECK(device.call("import", params)["created"] == 2000);
        }
    }
    WHEN("the sample is loaded") {
        const TempFolder other;
        Device fresh{other};
        fresh.call("store.init", {{"workspace", "Sample"}, {"user", "Darcel Schlecht"}});
        fresh.call("import", {{"format", "sample"}});
        const auto told = fresh.told_of("progress");
        REQUIRE(told.size() > 10);
        CHECK(told.front() == json{{"what", "sample"}, {"done", 0}, {"of", nullptr}});
        CHECK(told.back()["done"] == told.back()["of"]);
    }
}
