// A server that learns: what it refused while it was older goes again by itself.
#include <catch2/catch.hpp>

#include <vector>

#include "core/catalogue/catalogue.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// The catalogue of this build, but for the words of `observation.concern_kind`.
class OtherWords {
public:
    OtherWords(std::uint32_t version, std::vector<std::string_view> words) : words_(std::move(words)) {
        for (const auto& table : core::catalogue().tables) {
            tables_.push_back(table);
            if (table.name != "observation") continue;
            fields_.assign(table.fields.begin(), table.fields.end());
            for (auto& field : fields_) {
                if (field.name == "concern_kind") field.words = words_;
            }
            tables_.back().fields = fields_;
        }
        catalogue_ = {version, tables_};
    }
    [[nodiscard]] const core::Catalogue* get() const { return &catalogue_; }

private:
    std::vector<std::string_view> words_;
    std::vector<core::Field> fields_;
    std::vector<core::Table> tables_;
    core::Catalogue catalogue_;
};

}  // namespace

SCENARIO("a word that an older server refused is taken once the server is newer", "[sync][parked]") {
    const auto version = core::catalogue().version;
    const OtherWords without{version, {"wish", "money"}}, with{version + 1, {"wish", "money", "process", "fear"}};
    World world{5};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    world.upgrade_server(without.get());
    const auto ann = world.device("Ann"), ben = world.device("Ben");
    const auto worry = world.put(ann, "observation",
                                 {{"account", acme},
                                  {"dimension", std::string{"concern"}},
                                  {"text", std::string{"They fear the switch."}},
                                  {"said_on", std::string{"2025-03-18"}},
                                  {"state", std::string{"confirmed"}},
                                  {"concern_kind", std::string{"fear"}}});
    world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    world.settle();
    REQUIRE(world.device_store(ann).parked()->size() == 1);
    CHECK(world.device_store(ann).parked()->front().code == "invalid");
    CHECK_FALSE(world.store(ben).get("observation", worry)->has_value());

    WHEN("the server and the device are started again as they were") {
        world.crash_server();
        world.crash_device(ann);
        world.settle();
        THEN("it stays parked, and nothing was sent again") {
            CHECK(world.device_store(ann).parked()->size() == 1);
            CHECK(*world.device_store(ann).last_n() == 2);
        }
    }
    WHEN("the device is started again, and the server is newer") {
        world.crash_device(ann);
        world.upgrade_server(with.get());
        world.settle();
        THEN("everybody has it") {
            CHECK(world.device_store(ann).parked()->empty());
            for (const auto device : {ann, ben}) {
                CHECK(world.store(device).get("observation", worry).operator*()->text("concern_kind") == "fear");
            }
        }
    }
}
