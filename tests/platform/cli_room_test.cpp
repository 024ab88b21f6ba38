// The passing line of a review room, and what is told while keys are pressed.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "platform/cli/room_line.hpp"

using debrief::platform::cli::RoomLine;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

json told(const std::string& name, const std::string& state) {
    return {{"conversation", "r"}, {"user", {{"id", name}, {"name", name}}}, {"state", state}};
}

}  // namespace

TEST_CASE("who comes and who types stands above the line for a while", "[cli][presence]") {
    RoomLine line;
    CHECK(line.text(0s).empty());
    line.hear(told("Jonas", "here"), 10s);
    CHECK(line.text(10s) == "Jonas is here");
    CHECK(line.text(15s).empty());
    line.hear(told("Jonas", "typing"), 20s);
    CHECK(line.text(20s) == "Jonas is typing …");
    line.hear(told("Ada", "here"), 20s);
    CHECK(line.text(20s) == "Jonas is typing … · Ada is here");
    line.hear(told("Ada", "typing"), 21s);
    CHECK(line.text(21s) == "Ada and Jonas are typing …");
    SECTION("that they have stopped is no news") {
        line.hear(told("Jonas", "here"), 22s);
        line.hear(told("Ada", "here"), 22s);
        CHECK(line.text(22s).empty());
    }
    SECTION("their line has come") {
        line.heard_from("Jonas", 22s);
        CHECK(line.text(22s) == "Ada is typing …");
        // What told of its last keys comes behind it; what he types next is news again.
        line.hear(told("Jonas", "typing"), 22500ms);
        CHECK(line.text(22500ms) == "Ada is typing …");
        line.hear(told("Jonas", "typing"), 23s);
        CHECK(line.text(23s) == "Ada and Jonas are typing …");
    }
    SECTION("they go, and come again") {
        line.hear(told("Jonas", "gone"), 22s);
        line.hear(told("Ada", "gone"), 22s);
        CHECK(line.text(22s).empty());
        line.hear(told("Ada", "here"), 23s);
        CHECK(line.text(23s) == "Ada is here");
    }
    SECTION("nobody says that it has ended") {
        CHECK(line.text(28s).empty());
    }
}

TEST_CASE("that keys are pressed is told every three seconds at most", "[cli][presence]") {
    RoomLine line;
    CHECK_FALSE(line.rested());
    CHECK(line.pressed(10s));
    CHECK_FALSE(line.pressed(12'999ms));
    CHECK(line.pressed(13s));
    CHECK(line.rested());
    CHECK_FALSE(line.rested());
    CHECK(line.pressed(14s));
}
