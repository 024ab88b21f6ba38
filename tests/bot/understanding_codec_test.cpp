#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "bot/understanding/labels_codec.hpp"

using namespace debrief;
using nlohmann::json;

namespace {
const std::chrono::year_month_day today{std::chrono::year{2025}, std::chrono::March, std::chrono::day{12}};
}

TEST_CASE("a record of the set becomes its labels", "[understanding][codec]") {
    const auto line = bot::label_line(
        R"({"id":"a","text":"Priya fears rust. They vote on Friday.","sentences":["Priya fears rust.","They vote on Friday."],"context":{"contacts":[{"name":"Priya Nair","role":"CFO"}],"meeting_date":"2025-03-12","question_id":"open"}})",
        today);
    REQUIRE(line);
    CHECK(line->find('\n') == std::string::npos);
    const json j = json::parse(*line);
    CHECK(j["id"] == "a");
    CHECK(j["labels"]["focus"] == json::array({"customer", "customer"}));
    CHECK(j["labels"]["facts"][0]["dimension"] == "concern");
    CHECK(j["labels"]["facts"][0]["person"] == "Priya Nair");
    CHECK(j["labels"]["dates"][0]["value"] == "2025-03-14");
    CHECK(j["labels"]["vague"] == false);
}

TEST_CASE("a request needs nothing but text", "[understanding][codec]") {
    const auto labels = bot::labels_for_request(R"({"text":"They vote on Friday."})", today);
    REQUIRE(labels);
    CHECK(json::parse(*labels)["dates"][0]["value"] == "2025-03-14");
}

TEST_CASE("a record without a meeting date is read from the given day, never from a fixed one",
          "[understanding][codec]") {
    const std::chrono::year_month_day later{std::chrono::year{2031}, std::chrono::July, std::chrono::day{14}};
    const auto line = bot::label_line(R"({"id":"a","text":"They vote on Friday."})", later);
    REQUIRE(line);
    CHECK(json::parse(*line)["labels"]["dates"][0]["value"] == "2031-07-18");
}

TEST_CASE("what is wrong with the input is named", "[understanding][codec]") {
    CHECK(bot::label_line("{", today).error().code == core::Errc::invalid);
    CHECK(bot::label_line(R"({"text":"x"})", today).error().field == "id");
    CHECK(bot::label_line(R"({"id":"a"})", today).error().field == "text");
    CHECK(bot::label_line(R"({"id":"a","text":"x","context":{"meeting_date":"2025-02-30"}})", today).error().field ==
          "context.meeting_date");
    CHECK(bot::label_line(R"({"id":"a","text":"one two","sentences":["two","one"]})", today).error().field ==
          "sentences");
    CHECK(bot::labels_for_request(R"({"text":"x","speed":1})", today).error().field == "speed");
    CHECK(bot::labels_for_request(R"({"text":"x","context":{"colour":"red"}})", today).error().field ==
          "context.colour");
    CHECK(bot::label_line(std::string(2U << 20U, 'x'), today).error().code == core::Errc::too_large);
}
