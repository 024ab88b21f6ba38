#include "platform/server/admin_socket.hpp"

#include <sys/stat.h>
#include <unistd.h>

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

std::string answer_line(const std::string& request, const AdminSocket::Run& run) {
    const json asked = json::parse(request, nullptr, false);
    json answer;
    if (!asked.is_object() || !asked.contains("words") || !asked["words"].is_array()) {
        answer = error_json({core::Errc::invalid, "This is no request of ours.", "", ""});
    } else {
        std::vector<std::string> words;
        for (const auto& word : asked["words"])
            words.push_back(word.is_string() ? word.get<std::string>() : std::string());
        const auto result = run(words);
        answer = result ? json{{"result", *result}} : error_json(result.error());
    }
    return answer.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
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
        const std::string answer = answer_line(request.substr(0, size), *run);
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

std::optional<core::Result<json>> ask_server(const std::string& path, const std::vector<std::string>& words) {
    if (path.size() > 107) return std::nullopt;
    asio::io_context io;
    stream_protocol::socket socket{io};
    boost::system::error_code error;
    socket.connect(stream_protocol::endpoint{path}, error);
    if (error) return std::nullopt;
    asio::write(socket,
                asio::buffer(json{{"words", words}}.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"),
                error);
    std::string answer;
    if (!error) asio::read_until(socket, asio::dynamic_buffer(answer, line_max), '\n', error);
    const json said = json::parse(answer, nullptr, false);
    if (error || !said.is_object()) {
        return core::Error{core::Errc::offline, "The server broke off while it worked on this.", "",
                           "Look at its log, then run the command again."};
    }
    if (said.contains("error")) return error_from(said["error"]);
    return said.value("result", json::object());
}

}  // namespace debrief::platform
