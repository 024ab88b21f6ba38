// What HTTP requests are answered, as far as they can be told apart without a socket.
#include "platform/net/http_session.hpp"

#include <algorithm>

namespace debrief::platform {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

const std::string plain = "text/plain; charset=utf-8";

std::string field_of(const HttpRequest& request, http::field name) {
    const auto value = request[name];
    return {value.data(), value.size()};
}

HttpAsk ask_of(const HttpRequest& request, const HttpPeer& peer) {
    HttpAsk ask;
    const auto target = request.target();
    ask.path.assign(target.data(), std::min(target.find('?'), target.size()));
    ask.host = field_of(request, http::field::host);
    if (request.find(http::field::origin) != request.end()) ask.origin = field_of(request, http::field::origin);
    ask.accept_encoding = field_of(request, http::field::accept_encoding);
    ask.if_none_match = field_of(request, http::field::if_none_match);
    ask.address = peer.address;
    ask.port = peer.port;
    ask.wants_socket = beast::websocket::is_upgrade(request);
    return ask;
}

/// A browser names the page that it runs; only a page of this very server may open a socket. Programs name none.
bool own_page(const HttpAsk& ask, const HttpServerConfig& config) {
    if (config.own_page) return config.own_page(ask);
    if (!ask.origin) return true;
    const auto scheme = ask.origin->find("://");
    return scheme != std::string::npos && ask.origin->substr(scheme + 3) == ask.host;
}

/// What a page of ours may do, and who may do what with it. No inline script, nothing from elsewhere, in no frame.
/// `'self'` does not take in sockets in every browser, so they are named.
std::string page_policy(const HttpRequest& request) {
    std::string sockets;
    const auto host = request[http::field::host];
    const bool plain_name = !host.empty() && std::all_of(host.begin(), host.end(), [](char sign) {
        return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
               std::string_view{".:-_[]"}.find(sign) != std::string_view::npos;
    });
    if (plain_name) {
        const std::string name{host.data(), host.size()};
        sockets = " ws://" + name + " wss://" + name;
    }
    return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
           "font-src 'self'; connect-src 'self'" +
           sockets +
           "; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

/// HTTP/1.1 asks for one Host, and it must be one (RFC 9112, 3.2).
bool names_host(const HttpRequest& request) {
    const auto count = request.count(http::field::host);
    if (count == 0) return request.version() < 11;
    const auto host = request[http::field::host];
    return count == 1 && std::none_of(host.begin(), host.end(), [](char sign) {
               return static_cast<unsigned char>(sign) <= ' ' || sign == ',' || sign == '/' || sign == '@' ||
                      static_cast<unsigned char>(sign) >= 127;
           });
}

std::optional<HttpAnswer> malformed(const HttpRequest& request) {
    if (request.version() != 10 && request.version() != 11)
        return HttpAnswer{505, plain, "This server speaks HTTP/1.1.\n"};
    if (!names_host(request)) return HttpAnswer{400, plain, "A request names one host.\n"};
    return std::nullopt;
}

}  // namespace

std::string_view chosen_protocol(const HttpRequest& request) {
    const auto field = request[http::field::sec_websocket_protocol];
    std::string_view offered{field.data(), field.size()};
    while (!offered.empty()) {
        const auto comma = offered.find(',');
        auto one = offered.substr(0, comma);
        while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
        if (one == subprotocol_binary) return subprotocol_binary;
        if (one == subprotocol_json) return subprotocol_json;
        if (comma == std::string_view::npos) break;
        offered.remove_prefix(comma + 1);
    }
    return {};
}

HttpReply respond(const HttpRequest& request, HttpAnswer answer, bool keep_alive, bool secure) {
    HttpReply reply;
    reply.body = answer.file ? std::move(answer.file) : std::make_shared<const std::string>(std::move(answer.body));
    auto& response = reply.message;
    response.result(answer.status);
    response.version(request.version() == 10 ? 10U : 11U);
    response.set(http::field::content_type, answer.type);
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cross-Origin-Opener-Policy", "same-origin");
    response.set("Cross-Origin-Resource-Policy", "same-origin");
    response.set("Permissions-Policy",
                 "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()");
    response.set("Content-Security-Policy", page_policy(request));
    if (secure) response.set("Strict-Transport-Security", "max-age=31536000");
    response.set(http::field::cache_control, answer.cache);
    if (!answer.etag.empty()) response.set(http::field::etag, answer.etag);
    if (!answer.encoding.empty()) response.set(http::field::content_encoding, answer.encoding);
    if (answer.varies) response.set(http::field::vary, "Accept-Encoding");
    if (!answer.speaks.empty()) response.set(protocols_header, answer.speaks);
    response.keep_alive(keep_alive);
    response.body() = {reply.body->data(), reply.body->size()};
    response.prepare_payload();
    // The length that a 304 would name is that of what it does not send.
    if (answer.status == 304) response.erase(http::field::content_length);
    if (request.method() == http::verb::head) response.body() = {};
    return reply;
}

std::optional<HttpAnswer> answer_to(const beast::error_code& error) {
    if (error == http::error::header_limit) return HttpAnswer{431, plain, "The header is too long.\n"};
    if (error == http::error::body_limit) return HttpAnswer{413, plain, "The body is too long.\n"};
    const auto& category = make_error_code(http::error::bad_method).category();
    const bool gone = error == http::error::end_of_stream || error == http::error::partial_message;
    if (error.category() != category || gone) return std::nullopt;
    return HttpAnswer{400, plain, "This is no HTTP/1.1 request.\n"};
}

HttpAnswer answer_to(const HttpRequest& request, const HttpPeer& peer, const HttpServerConfig& config) {
    if (auto wrong = malformed(request)) return *wrong;
    const auto ask = ask_of(request, peer);
    if (config.turn_away) {
        if (auto wrong = config.turn_away(ask)) return *wrong;
    }
    if (request.method() != http::verb::get && request.method() != http::verb::head)
        return {405, plain, "Only GET and HEAD.\n"};
    return config.answer(ask);
}

std::optional<HttpAnswer> refuse(const HttpRequest& request, const HttpPeer& peer, const HttpServerConfig& config) {
    if (auto wrong = malformed(request)) return wrong;
    const auto ask = ask_of(request, peer);
    if (config.turn_away) {
        if (auto wrong = config.turn_away(ask)) return wrong;
    }
    if (request.target() != config.socket_path)
        return HttpAnswer{404, plain, "There is no socket here. Try " + config.socket_path + ".\n"};
    if (request.count(http::field::origin) > 1 || !own_page(ask, config))
        return HttpAnswer{403, plain, "Pages of other sites may not connect.\n"};
    if (config.speaks_sync && chosen_protocol(request).empty())
        return HttpAnswer{400, plain, "Offer the subprotocol debrief.1 or debrief.1.json.\n",
                          "debrief.1, debrief.1.json"};
    if (!config.admit(peer.address)) return HttpAnswer{429, plain, "Too many attempts. Try again in a minute.\n"};
    return std::nullopt;
}

}  // namespace debrief::platform
