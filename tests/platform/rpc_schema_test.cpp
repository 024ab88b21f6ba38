#include "app_fixture.hpp"

#include <fstream>

#include "platform/app/registry.hpp"
#include "platform/app/schema_check.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

std::string text_of(const std::string& path) {
    std::ifstream in{std::string{DEBRIEF_SOURCE_DIR} + "/" + path};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

TEST_CASE("schema and functions name the same methods", "[rpc][schema]") {
    for (const auto& method : RpcSchema::get().methods()) {
        INFO(method);
        CHECK((find_method(method) != nullptr) == RpcSchema::get().available(method));
    }
}

TEST_CASE("docs/rpc.md names every method, parameter and notification of the schema", "[rpc][schema]") {
    const auto page = text_of("docs/rpc.md");
    const auto schema = json::parse(rpc_schema_text());
    for (const auto& method : schema["methods"]) {
        const auto name = method["name"].get<std::string>();
        INFO(name);
        CHECK(page.find(method.value("x-available", true) ? "### " + name + "\n" : "- `" + name + "`") !=
              std::string::npos);
        for (const auto& param : method["params"]) {
            if (method.value("x-available", true))
                CHECK(page.find("| `" + param["name"].get<std::string>()) != std::string::npos);
        }
    }
    for (const auto& notification : schema["x-notifications"])
        CHECK(page.find("### " + notification["name"].get<std::string>() + "\n") != std::string::npos);
}

TEST_CASE("the checker says what does not fit, and where", "[rpc][schema]") {
    const auto root = json::parse(
        R"({"components":{"schemas":{"named":{"type":"object","properties":{"id":{"type":"string","format":"uuid"}},"required":["id"]}}}})");
    const auto fault = [&](const std::string& schema, const std::string& value) {
        const auto fits = check_json(json::parse(value), json::parse(schema), root, "v");
        return fits ? std::string{} : fits.error().field;
    };
    CHECK(fault(R"({"type":"integer","minimum":1,"maximum":5})", "5").empty());
    CHECK(fault(R"({"type":"integer","minimum":1,"maximum":5})", "6") == "v");
    CHECK(fault(R"({"type":"integer"})", "1.0") == "v");
    CHECK(fault(R"({"type":"integer"})", "18446744073709551615") == "v");
    CHECK(fault(R"({"type":["string","null"]})", "null").empty());
    CHECK(fault(R"({"type":"array","items":{"type":"string"}})", R"(["a",1])") == "v[1]");
    CHECK(fault(R"({"$ref":"#/components/schemas/named"})", R"({"id":"x"})") == "v.id");
    CHECK(fault(R"({"$ref":"#/components/schemas/named"})", R"({})") == "v.id");
    CHECK(fault(R"({"$ref":"#/components/schemas/named"})",
                R"({"id":"01890a5d-ac96-774b-bcce-b302099a8057","colour":1})") == "v.colour");
    CHECK(fault(R"({"oneOf":[{"$ref":"#/components/schemas/named"},{"type":"null"}]})", "null").empty());
    CHECK(fault(R"({"type":"object","additionalProperties":{"type":"integer"}})", R"({"a":"b"})") == "v.a");
    CHECK(fault(R"({"enum":["en","de"]})", R"("fr")") == "v");
    CHECK(nearest_word("acount", {"account", "contact"}) == "account");
    CHECK(nearest_word("zzzz", {"account", "contact"}).empty());
}
