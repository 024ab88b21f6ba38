#include "app_fixture.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <sstream>
#include <thread>

#include "platform/rpc/stdio.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

/// What `debrief rpc` answers to this input, line by line.
std::vector<json> session(App& app, const std::string& input) {
    int in[2];
    int out[2];
    REQUIRE(::pipe(in) == 0);
    REQUIRE(::pipe(out) == 0);
    std::thread writer{[&] {
        std::string_view rest{input};
        while (!rest.empty()) {
            const auto count = ::write(in[1], rest.data(), rest.size());
            if (count <= 0) break;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        ::close(in[1]);
    }};
    std::string text;
    std::thread reader{[&] {
        char block[4096];
        for (ssize_t count = 0; (count = ::read(out[0], block, sizeof block)) > 0;)
            text.append(block, static_cast<std::size_t>(count));
    }};
    CHECK(serve_stdio(app, in[0], out[1]) == 0);
    ::close(out[1]);
    writer.join();
    reader.join();
    ::close(in[0]);
    ::close(out[0]);
    std::vector<json> lines;
    std::istringstream all{text};
    for (std::string line; std::getline(all, line);) lines.push_back(json::parse(line));
    return lines;
}

}  // namespace

SCENARIO("requests come in as lines, answers and notifications go out as lines", "[rpc][stdio]") {
    const TempFolder folder;
    Device device{folder};
    GIVEN("a session of two requests, the last without a line end") {
        const auto lines = session(device.app(),
                                   "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"store.init\",\"params\":{\"workspace\":"
                                   "\"A\",\"user\":\"B\"}}\n\r\n"
                                   "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"system.info\"}");
        THEN("both are answered in order, and the change was told before the first answer") {
            REQUIRE(lines.size() == 3);
            CHECK(lines[0]["method"] == "changed");
            CHECK(lines[1]["id"] == 1);
            CHECK(lines[2]["id"] == 2);
        }
    }
    GIVEN("a line over the limit between two good ones") {
        const std::string request = R"({"jsonrpc":"2.0","id":1,"method":"system.info"})";
        const auto lines =
            session(device.app(), request + "\n\"" + std::string(rpc_line_max + 10, 'x') + "\"\n" + request + "\n");
        THEN("it is refused and passed over") {
            REQUIRE(lines.size() == 3);
            CHECK(lines[1]["error"]["code"] == -32600);
            CHECK(lines[2].contains("result"));
        }
    }
    GIVEN("no input at all") {
        THEN("it ends") {
            CHECK(session(device.app(), "").empty());
        }
    }
}

TEST_CASE("a reader that went away ends the session quietly", "[rpc][stdio]") {
    const TempFolder folder;
    Device device{folder};
    int in[2];
    int out[2];
    REQUIRE(::pipe(in) == 0);
    REQUIRE(::pipe(out) == 0);
    ::close(out[0]);
    const std::string request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.info\"}\n";
    REQUIRE(::write(in[1], request.data(), request.size()) > 0);
    // The input stays open: only the lost reader can end this.
    CHECK(serve_stdio(device.app(), in[0], out[1]) == 0);
    for (const int end : {in[0], in[1], out[1]}) ::close(end);
}
