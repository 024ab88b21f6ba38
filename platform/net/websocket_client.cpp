#include "platform/net/websocket_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "platform/net/client_attempt.hpp"
#include "platform/net/quiet.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
constexpr std::chrono::seconds connect_limit{10};

using Done = std::function<void(std::shared_ptr<Link>, LinkEnd)>;

asio::awaitable<void> run(std::shared_ptr<ClientAttempt> attempt, ServerUrl url, std::shared_ptr<TlsContext> tls) {
    const auto [resolve_error, endpoints] = co_await attempt->resolver.async_resolve(url.host, url.port, quiet);
    if (resolve_error) {
        attempt->tell(nullptr, {LinkEnd::Kind::refused, resolve_error.message()});
        co_return;
    }
    beast::tcp_stream stream{co_await asio::this_coro::executor};
    attempt->drop = [&stream] {
        beast::error_code ignored;
        stream.socket().close(ignored);
    };
    if (!attempt->done) co_return;
    stream.expires_after(connect_limit);
    const auto [connect_error, endpoint] = co_await stream.async_connect(endpoints, quiet);
    if (connect_error) {
        const bool late = connect_error == beast::error::timeout;
        attempt->tell(nullptr, late ? LinkEnd{LinkEnd::Kind::timed_out, "no connection within ten seconds"}
                                    : LinkEnd{LinkEnd::Kind::refused, connect_error.message()});
        co_return;
    }
    beast::error_code ignored;
    stream.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    if (tls) {
        co_await upgrade_tls(attempt, std::move(stream), std::move(url), std::move(tls));
    } else {
        co_await upgrade(attempt, std::move(stream), std::move(url));
    }
}

class Handle final : public Connecting {
public:
    explicit Handle(std::shared_ptr<ClientAttempt> attempt) : attempt_(std::move(attempt)) {}
    ~Handle() override {
        if (!attempt_->done) return;
        attempt_->done = nullptr;
        attempt_->resolver.cancel();
        if (const auto drop = std::exchange(attempt_->drop, nullptr)) drop();
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

private:
    std::shared_ptr<ClientAttempt> attempt_;
};

/// A stranger's words are shown to people: nothing but names of protocols is left of them.
std::string names_in(std::string_view text) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789., ";
    constexpr std::size_t shown_max = 80;
    std::string names;
    for (const char sign : text.substr(0, shown_max)) {
        if (allowed.find(sign) != std::string_view::npos) names += sign;
    }
    return names;
}

}  // namespace

LinkEnd end_of_upgrade(const beast::error_code& error, const beast::websocket::response_type& answer) {
    using Kind = LinkEnd::Kind;
    if (error == beast::error::timeout) return {Kind::timed_out, "no answer within ten seconds"};
    const auto status = answer.result_int();
    if (error != beast::websocket::error::upgrade_declined) return {Kind::not_debrief, error.message()};
    if (const auto speaks = answer[protocols_header]; status == 400 && !speaks.empty())
        return {Kind::version, names_in({speaks.data(), speaks.size()})};
    const std::string said = "it answered " + std::to_string(status);
    if (status >= 300 && status < 400) return {Kind::page, said};
    const auto type = answer[beast::http::field::content_type];
    const bool page = type.size() >= 9 && type.substr(0, 9) == "text/html";
    if (status == 511 || (page && status >= 200 && status < 300)) return {Kind::page, said};
    if (status == 407) return {Kind::proxy, said};
    if (status == 401 || status == 403) return {Kind::not_allowed, said};
    if (status == 429 || (status == 503 && !page)) return {Kind::busy, said};
    if (status >= 502 && status <= 504) return {Kind::gateway, said};
    return {Kind::not_debrief, said};
}

std::string host_field(const ServerUrl& url) {
    const bool bracketed = url.host.find(':') != std::string::npos;
    return (bracketed ? "[" + url.host + "]" : url.host) + ":" + url.port;
}

std::unique_ptr<Connecting> connect(asio::io_context& io, const ServerUrl& url, Done done) {
    auto attempt = std::make_shared<ClientAttempt>(io);
    attempt->done = std::move(done);
    const auto refuse = [&](LinkEnd end) {
        asio::post(io, [attempt, end = std::move(end)] { attempt->tell(nullptr, end); });
        return std::make_unique<Handle>(attempt);
    };
    std::shared_ptr<TlsContext> tls;
    if (url.tls) {
        auto made = client_tls(url.ca);
        if (!made) return refuse({LinkEnd::Kind::no_tls, made.error().detail});
        tls = std::move(*made);
    } else if (!is_loopback(url.host)) {
        return refuse({LinkEnd::Kind::plaintext, url.host});
    }
    asio::co_spawn(io, run(attempt, url, std::move(tls)), asio::detached);
    return std::make_unique<Handle>(attempt);
}

}  // namespace debrief::platform
