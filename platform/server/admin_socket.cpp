#include "platform/server/admin_socket.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using nlohmann::json;
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t line_max = 64U << 20U;  // An import's report with all its lines.

json error_json(const core::Error& error) {
    return {{"error",
             {{"code", static_cast<int>(error.code)},
              {"detail", error.detail},
              {"field", error.field},
              {"hint", error.hint}}}};
}

core::Error error_from(const json& said) {
    return {static_cast<core::Errc>(said.value("code", static_cast<int>(core::Errc::internal))),
            said.value("detail", ""), said.value("field", ""), said.value("hint", "")};
}

std::string answer_line(const std::string& request, const AdminSocket::Run& run, const AdminWatch& watch) {
    const json asked = json::parse(request, nullptr, false);
    json answer;
    if (!asked.is_object() || !asked.contains("words") || !asked["words"].is_array()) {
        answer = error_json({core::Errc::invalid, "This is no request of ours.", "", ""});
    } else {
        std::vector<std::string> words;
        for (const auto& word : asked["words"])
            words.push_back(word.is_string() ? word.get<std::string>() : std::string());
        const auto result = run(words, watch);
        answer = result ? json{{"result", *result}} : error_json(result.error());
    }
    return answer.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// What the one who waits at the other end hears and says while a command runs. Never waits for them: the whole server
/// stands still meanwhile.
AdminWatch watch_of(int peer) {
    return {.progress =
                [peer](std::size_t done, std::size_t total) {
                    const std::string line = json{{"progress", {done, total}}}.dump() + "\n";
                    // One that does not read misses it.
                    static_cast<void>(::send(peer, line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
                },
            .stop =
                [peer] {
                    char byte = 0;
                    return ::recv(peer, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
                }};
}

class Socket final : public AdminSocket {
public:
    Socket(asio::io_context& io, std::string path, Run run)
        : io_(io),
          path_(std::move(path)),
          run_(std::make_shared<Run>(std::move(run))),
          acceptor_(std::make_shared<stream_protocol::acceptor>(io)) {}
    ~Socket() override {
        boost::system::error_code ignored;
        acceptor_->close(ignored);
        ::unlink(path_.c_str());
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    core::Status open() {
        ::unlink(path_.c_str());  // Left behind by a server that was killed; the folder's lock says that it is gone.
        boost::system::error_code error;
        // NOLINTNEXTLINE(bugprone-unused-return-value)
        acceptor_->open(stream_protocol{}, error);
        if (!error) acceptor_->bind(stream_protocol::endpoint{path_}, error);
        if (!error && ::chmod(path_.c_str(), 0600) != 0) error.assign(errno, boost::system::system_category());
        if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
        if (error) {
            return core::Error{core::Errc::io, "Cannot make the admin socket " + path_ + ": " + error.message() + ".",
                               "data", "A path over 107 characters is too long for a socket: choose a shorter folder."};
        }
        asio::co_spawn(io_, accept(acceptor_, run_), asio::detached);
        return core::Ok{};
    }

private:
    static asio::awaitable<void> accept(std::shared_ptr<stream_protocol::acceptor> acceptor, std::shared_ptr<Run> run) {
        for (;;) {
            auto [error, peer] = co_await acceptor->async_accept(quiet);
            if (!acceptor->is_open()) co_return;
            if (!error) asio::co_spawn(acceptor->get_executor(), serve(std::move(peer), run), asio::detached);
        }
    }

    static asio::awaitable<void> serve(stream_protocol::socket peer, std::shared_ptr<Run> run) {
        std::string request;
        const auto [error, size] =
            co_await asio::async_read_until(peer, asio::dynamic_buffer(request, 1U << 20U), '\n', quiet);
        if (error) co_return;
        const std::string answer = answer_line(request.substr(0, size), *run, watch_of(peer.native_handle()));
        co_await asio::async_write(peer, asio::buffer(answer), quiet);
    }

    asio::io_context& io_;
    std::string path_;
    std::shared_ptr<Run> run_;
    std::shared_ptr<stream_protocol::acceptor> acceptor_;
};

}  // namespace

core::Result<std::unique_ptr<AdminSocket>> AdminSocket::listen(asio::io_context& io, const std::string& path, Run run) {
    auto socket = std::make_unique<Socket>(io, path, std::move(run));
    DEBRIEF_TRY(socket->open());
    return std::unique_ptr<AdminSocket>{std::move(socket)};
}

namespace {

constexpr std::chrono::milliseconds look_every{100};
constexpr std::chrono::seconds stop_within{10};  ///< A batch of records may be under way.

/// The next line; nothing if there is none within `look_every`. Errors: the connection ended.
core::Result<std::optional<std::string>> next_line(stream_protocol::socket& socket, std::string& buffer) {
    const core::Error broken{core::Errc::offline, "The server broke off while it worked on this.", "",
                             "Look at its log, then run the command again."};
    auto end = buffer.find('\n');
    if (end == std::string::npos) {
        pollfd wanted{socket.native_handle(), POLLIN, 0};
        if (::poll(&wanted, 1, static_cast<int>(look_every.count())) <= 0) return std::optional<std::string>{};
        std::array<char, 64U << 10U> chunk{};
        boost::system::error_code error;
        const auto size = socket.read_some(asio::buffer(chunk), error);
        if (error || buffer.size() + size > line_max) return broken;
        buffer.append(chunk.data(), size);
        end = buffer.find('\n');
        if (end == std::string::npos) return std::optional<std::string>{};
    }
    auto line = std::optional{buffer.substr(0, end)};
    buffer.erase(0, end + 1);
    return line;
}

core::Result<json> answer_of(stream_protocol::socket& socket, const AdminWatch& watch) {
    std::string buffer;
    std::optional<std::chrono::steady_clock::time_point> give_up;
    for (;;) {
        const auto line = next_line(socket, buffer);
        if (!line) return line.error();
        const auto now = std::chrono::steady_clock::now();
        if (!give_up && watch.stop && watch.stop()) {
            boost::system::error_code ignored;
            socket.shutdown(stream_protocol::socket::shutdown_send, ignored);
            give_up = now + stop_within;
        }
        if (give_up && now > *give_up) {
            return core::Error{core::Errc::cancelled, "The server was asked to stop and has not answered yet.", "",
                               "Look at its log before you run the command again."};
        }
        if (!*line) continue;
        const json said = json::parse(**line, nullptr, false);
        if (!said.is_object()) return core::Error{core::Errc::corrupt, "The server's answer cannot be read.", "", ""};
        if (said.contains("error")) return error_from(said["error"]);
        if (said.contains("result")) return said["result"];
        const auto progress = said.value("progress", json::array());
        if (watch.progress && progress.size() == 2)
            watch.progress(progress[0].get<std::size_t>(), progress[1].get<std::size_t>());
    }
}

}  // namespace

std::optional<core::Result<json>> ask_server(const std::string& path, const std::vector<std::string>& words,
                                             const AdminWatch& watch) {
    if (path.size() > 107) return std::nullopt;
    asio::io_context io;
    stream_protocol::socket socket{io};
    boost::system::error_code error;
    socket.connect(stream_protocol::endpoint{path}, error);
    if (error) return std::nullopt;
    asio::write(socket,
                asio::buffer(json{{"words", words}}.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"),
                error);
    return answer_of(socket, watch);
}

}  // namespace debrief::platform
