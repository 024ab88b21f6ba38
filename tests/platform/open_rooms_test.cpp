// Conversations that stay open in memory show what is stored, whoever wrote it.
#include <random>

#include "platform/app/sources.hpp"
#include "platform/files/store_folder.hpp"
#include "tests/platform/app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

/// What a program of somebody else's, or sync, writes into the same file.
core::Status written(const TempFolder& folder, const std::vector<core::Edit>& edits) {
    AppClock clock{core::parse_instant("2025-03-18T15:00:00Z")};
    AppRandom random;
    auto store = core::DeviceStore::open({.path = record_file(folder.store()), .vfs = {}}, clock, random);
    if (!store) return store.error();
    const auto done = (*store)->records().write(edits);
    return done ? core::Status{core::Ok{}} : core::Status{done.error()};
}

json shown(Device& device, const std::string& room) {
    return device.call("chat.get", {{"conversation", room}});
}

}  // namespace

TEST_CASE("what a room shows is what another program finds in the store, after whatever happened", "[platform][chat]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto account = device.put("account", {{"name", "Brightfield"}});
    std::vector<std::string> rooms;
    for (const char* kind : {"debrief", "deal_review", "plan_review"})
        rooms.push_back(device.call("chat.start", {{"kind", kind}, {"account", account}})["conversation"]);
    std::mt19937 chance{11};  // NOLINT: the same every time.
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(chance()) % end; };
    for (int step = 0; step < 60; ++step) {
        const auto& room = rooms[below(rooms.size())];
        const auto messages = shown(device, room)["messages"];
        const std::string some = messages[below(messages.size())]["id"];
        const auto what = below(10);
        INFO("step " << step << ", " << what);
        // Some of it is refused, as it should be: a closed room, a line that is erased already.
        const auto attempt = [](Device& on, const std::string& method, const json& params) {
            return on.app().call(method, params).has_value();
        };
        if (what < 4) {
            attempt(
                device, "chat.say",
                {{"conversation", room}, {"text", "They lose " + std::to_string(step) + " hours a week, said Mia."}});
        } else if (what == 4) {
            attempt(device, "chat.act", {{"conversation", room}, {"action", "undo"}});
        } else if (what == 5) {
            attempt(device, "erase", {{"message", some}});
        } else if (what == 6) {
            const std::int64_t at = 1'742'306'400'000 + static_cast<std::int64_t>(below(9000));
            REQUIRE(written(folder, {core::Put{"message", *core::parse_uuid(some), {{"at", at}}, {}}}));
        } else if (what == 7) {
            Device other{folder};
            attempt(other, "chat.say", {{"conversation", room}, {"text", "Said elsewhere, " + std::to_string(step)}});
        } else if (what == 8) {
            const auto users = device.call("record.list", {{"table", "user"}})["records"];
            if (!users.empty())
                attempt(device, "record.put",
                        {{"table", "user"},
                         {"id", users[0]["id"]},
                         {"fields", {{"name", "Dana " + std::to_string(step)}}}});
        } else {
            REQUIRE(written(folder, {core::Delete{"message", *core::parse_uuid(some)}}));
        }
        for (const auto& one : rooms) {
            Device fresh{folder};
            const auto expected = shown(fresh, one);
            CHECK(shown(device, one) == expected);
        }
    }
}

TEST_CASE("a line that no program of ours has written closes the room to nobody", "[platform][chat]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto account = device.put("account", {{"name", "Brightfield"}});
    const std::string room = device.call("chat.start", {{"kind", "deal_review"}, {"account", account}})["conversation"];
    const auto forge = [&](const std::string& id, const std::string& follows, const std::string& body) {
        core::FieldMap fields{{"room", *core::parse_uuid(room)},
                              {"account", *core::parse_uuid(account)},
                              {"at", std::int64_t{1'742'310'000'000}},
                              {"author_kind", std::string{"bot"}},
                              {"text", "Forged " + id},
                              {"follows", *core::parse_uuid(follows)},
                              {"body", body}};
        REQUIRE(written(folder, {core::Put{"message", *core::parse_uuid(id), fields, "account/" + account}}));
    };
    const std::string one = "01900000-0000-7000-8000-000000000001", two = "01900000-0000-7000-8000-000000000002";
    // A body of wrong types, and lines that follow each other in a circle.
    forge(one, two, R"({"step":{"did":7,"line":[1]},"focus":3})");
    forge(two, one, "{}");
    const auto said =
        device.call("chat.say", {{"conversation", room}, {"text", "They lose two hours a week, said Mia."}});
    CHECK(!said["messages"].empty());
    Device fresh{folder};
    const auto messages = shown(fresh, room)["messages"];
    CHECK(messages == shown(device, room)["messages"]);
    const auto count = std::count_if(messages.begin(), messages.end(), [](const json& message) {
        return message["text"].get<std::string>().starts_with("Forged");
    });
    CHECK(count == 2);
}
