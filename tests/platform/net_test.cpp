#include <catch2/catch.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "platform/net/http_server.hpp"
#include "platform/net/websocket_client.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace std::chrono_literals;

namespace {

SharedBytes message(std::string_view text) {
    const auto view = core::as_bytes(text);
    return std::make_shared<core::Bytes>(view.begin(), view.end());
}

/// A server that echoes, and one client of it, in one io_context.
struct Loopback {
    boost::asio::io_context io{1};
    std::shared_ptr<Link> server_side;
    std::vector<std::string> heard_by_server;
    LinkEnd server_end{LinkEnd::Kind::closed, "not ended"};
    bool server_ended = false;
    bool admits = true;
    std::unique_ptr<HttpServer> server;

    Loopback() {
        auto listening =
            HttpServer::listen(io, {.host = "127.0.0.1",
                                    .port = 0,
                                    .answer =
                                        [](const HttpAsk& ask) {
                                            if (ask.path == "/healthz") return HttpAnswer{200, "text/plain", "ok\n"};
                                            return HttpAnswer{404, "text/plain", "nothing here\n"};
                                        },
                                    .admit = [this](const std::string&) { return admits; },
                                    .accepted = [this](std::shared_ptr<Link> link) { accept(std::move(link)); }});
        REQUIRE(listening);
        server = std::move(*listening);
    }

    void accept(std::shared_ptr<Link> link) {
        server_side = std::move(link);
        server_side->start({.message =
                                [this](core::ByteView bytes) {
                                    heard_by_server.emplace_back(core::as_text(bytes));
                                    server_side->send(message(core::as_text(bytes)));
                                },
                            .drained = {},
                            .closed =
                                [this](const LinkEnd& end) {
                                    server_end = end;
                                    server_ended = true;
                                }});
    }

    template <typename Condition>
    void run_until(Condition condition) {
        const auto limit = std::chrono::steady_clock::now() + 15s;
        while (!condition() && std::chrono::steady_clock::now() < limit) io.run_one_for(50ms);
        REQUIRE(condition());
    }

    ServerUrl url() const { return {.host = "127.0.0.1", .port = std::to_string(server->port()), .path = "/sync"}; }

    /// The outcome of one attempt to connect.
    std::pair<std::shared_ptr<Link>, LinkEnd> connect_to(const ServerUrl& to) {
        bool told = false;
        std::pair<std::shared_ptr<Link>, LinkEnd> outcome;
        const auto handle = connect(io, to, [&](std::shared_ptr<Link> link, LinkEnd end) {
            outcome = {std::move(link), std::move(end)};
            told = true;
        });
        run_until([&] { return told; });
        return outcome;
    }

    /// What a raw request is answered.
    std::string raw(const std::string& request) {
        boost::asio::ip::tcp::socket socket{io};
        socket.connect({boost::asio::ip::make_address("127.0.0.1"), server->port()});
        boost::asio::write(socket, boost::asio::buffer(request));
        std::string answer;
        bool done = false;
        std::array<char, 4096> chunk{};
        std::function<void()> next = [&] {
            socket.async_read_some(boost::asio::buffer(chunk),
                                   [&](const boost::system::error_code& error, std::size_t size) {
                                       answer.append(chunk.data(), size);
                                       done = static_cast<bool>(error) || answer.find("\r\n\r\n") != std::string::npos;
                                       if (!done) next();
                                   });
        };
        next();
        run_until([&] { return done; });
        return answer;
    }
};

std::string upgrade(const std::string& more, const std::string& path = "/sync") {
    return "GET " + path +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
           more + "\r\n";
}

}  // namespace

SCENARIO("messages cross the link in order, whole, both ways", "[net]") {
    Loopback net;
    auto [link, end] = net.connect_to(net.url());
    REQUIRE(link);
    std::vector<std::string> heard;
    bool ended = false;
    link->start({.message = [&](core::ByteView bytes) { heard.emplace_back(core::as_text(bytes)); },
                 .drained = {},
                 .closed = [&](const LinkEnd&) { ended = true; }});
    for (int i = 0; i < 100; ++i) link->send(message(std::to_string(i)));
    link->send(message(std::string(message_bytes_max - 1, 'x')));
    net.run_until([&] { return heard.size() == 101; });
    for (std::size_t i = 0; i < 100; ++i) CHECK(heard[i] == std::to_string(i));
    CHECK(heard[100].size() == message_bytes_max - 1);

    WHEN("one side closes") {
        link->close(1000, "done");
        THEN("both are told once") {
            net.run_until([&] { return ended && net.server_ended; });
            CHECK(net.server_end.kind == LinkEnd::Kind::closed);
        }
    }
    WHEN("a message is over the limit") {
        link->send(message(std::string(message_bytes_max + 1, 'x')));
        THEN("the receiver ends the connection instead of reading on") {
            net.run_until([&] { return net.server_ended; });
            CHECK(net.heard_by_server.size() == 101);
        }
    }
    WHEN("the connection is dropped") {
        link->abort();
        THEN("the other side notices") {
            net.run_until([&] { return net.server_ended; });
        }
    }
}

SCENARIO("an urgent message goes before those that wait", "[net]") {
    Loopback net;
    auto [link, end] = net.connect_to(net.url());
    REQUIRE(link);
    link->start({.message = [](core::ByteView) {}, .drained = {}, .closed = [](const LinkEnd&) {}});
    for (int i = 0; i < 5; ++i) link->send(message("slow"));
    link->send(message("urgent"), true);
    net.run_until([&] { return net.heard_by_server.size() == 6; });
    CHECK(net.heard_by_server[1] == "urgent");
}

SCENARIO("a connection that cannot be says why", "[net]") {
    Loopback net;
    WHEN("nobody listens") {
        auto url = net.url();
        url.port = "1";
        CHECK(net.connect_to(url).second.kind == LinkEnd::Kind::refused);
    }
    WHEN("the path is not ours, as behind a captive portal") {
        auto url = net.url();
        url.path = "/portal";
        CHECK(net.connect_to(url).second.kind == LinkEnd::Kind::not_debrief);
    }
    WHEN("the address has asked too often") {
        net.admits = false;
        CHECK(net.connect_to(net.url()).second.kind == LinkEnd::Kind::busy);
    }
    WHEN("the port is taken") {
        auto second =
            HttpServer::listen(net.io, {.port = net.server->port(), .answer = {}, .admit = {}, .accepted = {}});
        REQUIRE_FALSE(second);
        CHECK(second.error().detail.find("in use") != std::string::npos);
        CHECK(second.error().hint.find("--listen") != std::string::npos);
    }
}

SCENARIO("the port answers strangers safely", "[net]") {
    Loopback net;
    CHECK(net.raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").rfind("HTTP/1.1 200", 0) == 0);
    CHECK(net.raw("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n").rfind("HTTP/1.1 404", 0) == 0);
    CHECK(net.raw("POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").rfind("HTTP/1.1 405", 0) == 0);
    const std::string ours = "Sec-WebSocket-Protocol: debrief.1\r\n";
    CHECK(net.raw(upgrade(ours)).rfind("HTTP/1.1 101", 0) == 0);
    CHECK(net.raw(upgrade("Sec-WebSocket-Protocol: chat, debrief.1.json\r\n")).rfind("HTTP/1.1 101", 0) == 0);
    CHECK(net.raw(upgrade("")).rfind("HTTP/1.1 400", 0) == 0);
    // One from last year, or from next: it is told what would be understood.
    for (const auto* other : {"debrief.0", "debrief.2, debrief.2.json", "debrief.1.yaml", "debrief.10"}) {
        const auto answer = net.raw(upgrade("Sec-WebSocket-Protocol: " + std::string{other} + "\r\n"));
        CHECK(answer.rfind("HTTP/1.1 400", 0) == 0);
        CHECK(answer.find("Debrief-Protocols: debrief.1, debrief.1.json\r\n") != std::string::npos);
    }
    CHECK(net.raw(upgrade("Sec-WebSocket-Protocol: debrief.2, debrief.1\r\n")).find("Protocol: debrief.1\r\n") !=
          std::string::npos);
    CHECK(net.raw(upgrade(ours + "Origin: http://127.0.0.1\r\n")).rfind("HTTP/1.1 101", 0) == 0);
    CHECK(net.raw(upgrade(ours + "Origin: http://evil.example\r\n")).rfind("HTTP/1.1 403", 0) == 0);
    CHECK(net.raw(upgrade(ours + "Origin: null\r\n")).rfind("HTTP/1.1 403", 0) == 0);
    CHECK(net.raw(upgrade(ours, "/elsewhere")).rfind("HTTP/1.1 404", 0) == 0);
    CHECK(net.raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20000, 'y') + "\r\n\r\n").find("200") ==
          std::string::npos);
}

TEST_CASE("a server's address is read from an invitation", "[net]") {
    const auto url = parse_server_url("http://127.0.0.1:7777/join#abc");
    REQUIRE(url);
    CHECK(url->host == "127.0.0.1");
    CHECK(url->port == "7777");
    CHECK_FALSE(url->tls);
    CHECK(parse_server_url("https://crm.example/join#s")->port == "443");
    CHECK(parse_server_url("http://[::1]:80/join#s")->host == "::1");
    for (const char* wrong : {"", "127.0.0.1", "ftp://x/join#s", "http:///join#s", "http://h:0/", "http://h:99999/",
                              "http://h:x/", "http://u@h/", "http://[::1/"}) {
        INFO(wrong);
        const auto refused = parse_server_url(wrong);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == core::Errc::invalid);
    }
    CHECK(is_loopback("127.0.0.1"));
    CHECK(is_loopback("::1"));
    CHECK_FALSE(is_loopback("127.evil.example"));
    CHECK_FALSE(is_loopback("10.0.0.1"));
}

TEST_CASE("a peer that reads nothing is let go all the same", "[net]") {
    Loopback net;
    boost::asio::ip::tcp::socket deaf{net.io};
    deaf.connect({boost::asio::ip::make_address("127.0.0.1"), net.server->port()});
    boost::asio::write(deaf, boost::asio::buffer(upgrade("Sec-WebSocket-Protocol: debrief.1\r\n")));
    net.run_until([&] { return net.server_side != nullptr; });
    const auto much = std::make_shared<const core::Bytes>(32U << 20U, std::uint8_t{1});
    net.server_side->send(much);
    net.io.run_for(300ms);
    REQUIRE(net.server_side->queued_bytes() > 0);
    net.server_side->close(1008, "you read too slowly");
    net.run_until([&] { return net.server_ended; });
    CHECK(net.server_ended);
}
