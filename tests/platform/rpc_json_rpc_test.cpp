#include "app_fixture.hpp"

#include "platform/rpc/json_rpc.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

json answered(App& app, const std::string& request) {
    const auto text = app.handle(request);
    CHECK(text.find('\n') == std::string::npos);
    return text.empty() ? json(nullptr) : json::parse(text);
}

}  // namespace

SCENARIO("JSON-RPC 2.0 is spoken to the letter", "[rpc]") {
    const TempFolder folder;
    Device device{folder};
    auto& app = device.app();
    const auto code = [&](const std::string& request) { return answered(app, request)["error"]["code"].get<int>(); };

    CHECK(code("{") == -32700);
    CHECK(code("") == -32700);
    CHECK(code("\"\xff\"") == -32700);
    CHECK(code("1") == -32600);
    CHECK(code("[]") == -32600);
    CHECK(code(R"({"jsonrpc":"1.0","id":1,"method":"system.info"})") == -32600);
    CHECK(code(R"({"jsonrpc":"2.0","id":1})") == -32600);
    CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"system.info","params":"x"})") == -32600);
    CHECK(code(R"({"jsonrpc":"2.0","id":[],"method":"system.info"})") == -32600);
    CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"nothing"})") == -32601);
    CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"system.info","params":{"x":1}})") == -32602);
    CHECK(code(std::string(100000, '[')) == -32600);

    THEN("an error says why, where and what to do") {
        const auto answer =
            answered(app, R"({"jsonrpc":"2.0","id":"a","method":"record.get","params":{"table":"account","id":"x"}})");
        CHECK(answer["id"] == "a");
        CHECK(answer["error"]["data"]["field"] == "id");
        CHECK_FALSE(answer["error"]["data"]["reason"].get<std::string>().empty());
        CHECK_FALSE(answer["error"]["data"]["hint"].get<std::string>().empty());
    }
    THEN("parameters may go by position") {
        CHECK(answered(app, R"({"jsonrpc":"2.0","id":1,"method":"store.init","params":["Acme","Dana"]})")
                  .contains("result"));
        CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"store.init","params":[1,2,3,4,5,6]})") == -32602);
    }
    THEN("a request without an id is carried out and not answered") {
        CHECK(app.handle(R"({"jsonrpc":"2.0","method":"store.init","params":{"workspace":"Acme","user":"Dana"}})")
                  .empty());
        CHECK(device.call("system.info")["user_name"] == "Dana");
        CHECK(app.handle(R"({"jsonrpc":"2.0","method":"nothing"})").empty());
        CHECK(app.handle(R"([{"jsonrpc":"2.0","method":"system.info"}])").empty());
    }
    THEN("a batch is answered in order, its bad members too") {
        const auto answer = answered(
            app,
            R"([{"jsonrpc":"2.0","id":1,"method":"system.info"},7,{"jsonrpc":"2.0","method":"system.info"},{"jsonrpc":"2.0","id":null,"method":"x"}])");
        REQUIRE(answer.size() == 3);
        CHECK(answer[0]["id"] == 1);
        CHECK(answer[1]["error"]["code"] == -32600);
        CHECK(answer[2]["error"]["code"] == -32601);
    }
}

TEST_CASE("every method of the schema has its function, or says that it is not available yet", "[rpc][schema]") {
    const TempFolder folder;
    Device device{folder};
    const auto& schema = RpcSchema::get();
    CHECK(schema.methods().size() >= 49);
    for (const auto& method : schema.methods()) {
        INFO(method);
        if (schema.available(method)) continue;
        const auto answer =
            json::parse(device.app().handle(json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}}.dump()));
        CHECK(answer["error"]["code"] == -32601);
        CHECK(answer["error"]["data"]["reason"] == "not available yet");
    }
    CHECK(device.call("rpc.discover")["openrpc"] == "1.3.2");
}
