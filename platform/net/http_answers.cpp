// What HTTP requests are answered, as far as they can be told apart without a socket.
#include "platform/net/http_session.hpp"

#include <algorithm>

namespace debrief::platform {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

const std::string plain = "text/plain; charset=utf-8";

/// A browser names the page that it runs; only a page of this very server may open a socket. Programs name none.
bool same_origin(const HttpRequest& request) {
    const auto origin = request[http::field::origin];
    if (origin.empty()) return request.find(http::field::origin) == request.end();
    const auto scheme = origin.find("://");
    return request.count(http::field::origin) == 1 && scheme != beast::string_view::npos &&
           origin.substr(scheme + 3) == request[http::field::host];
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

HttpResponse respond(const HttpRequest& request, const HttpAnswer& answer, bool keep_alive) {
    HttpResponse response{static_cast<http::status>(answer.status), request.version() == 10 ? 10U : 11U};
    response.set(http::field::content_type, answer.type);
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set(http::field::cache_control, "no-store");
    response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (!answer.speaks.empty()) response.set(protocols_header, answer.speaks);
    response.keep_alive(keep_alive);
    response.body() = answer.body;
    response.prepare_payload();
    if (request.method() == http::verb::head) response.body().clear();
    return response;
}

std::optional<HttpAnswer> answer_to(const beast::error_code& error) {
    if (error == http::error::header_limit) return HttpAnswer{431, plain, "The header is too long.\n"};
    if (error == http::error::body_limit) return HttpAnswer{413, plain, "The body is too long.\n"};
    const auto& category = make_error_code(http::error::bad_method).category();
    const bool gone = error == http::error::end_of_stream || error == http::error::partial_message;
    if (error.category() != category || gone) return std::nullopt;
    return HttpAnswer{400, plain, "This is no HTTP/1.1 request.\n"};
}

HttpAnswer answer_to(const HttpRequest& request, const HttpServerConfig& config) {
    if (auto wrong = malformed(request)) return *wrong;
    if (request.method() != http::verb::get && request.method() != http::verb::head)
        return {405, plain, "Only GET and HEAD.\n"};
    const auto target = request.target();
    return config.answer(std::string(target.data(), std::min(target.find('?'), target.size())));
}

std::optional<HttpAnswer> refuse(const HttpRequest& request, const std::string& address,
                                 const HttpServerConfig& config) {
    if (auto wrong = malformed(request)) return wrong;
    if (request.target() != "/sync") return HttpAnswer{404, plain, "There is no socket here. Try /sync.\n"};
    if (!same_origin(request)) return HttpAnswer{403, plain, "Pages of other sites may not connect.\n"};
    if (chosen_protocol(request).empty())
        return HttpAnswer{400, plain, "Offer the subprotocol debrief.1 or debrief.1.json.\n",
                          "debrief.1, debrief.1.json"};
    if (!config.admit(address)) return HttpAnswer{429, plain, "Too many attempts. Try again in a minute.\n"};
    return std::nullopt;
}

}  // namespace debrief::platform
