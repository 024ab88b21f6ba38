#include "platform/link/server_url.hpp"

#include <charconv>

namespace debrief::platform {

core::Result<ServerUrl> parse_server_url(const std::string& text) {
    const auto wrong = [](const std::string& why) {
        return core::Error{
            core::Errc::invalid, "This is not a server's address or invitation: " + why, "invitation",
            "An invitation looks like http://127.0.0.1:7777/join#secret. Ask your administrator for a new one."};
    };
    ServerUrl url;
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string::npos) return wrong("it does not begin with http:// or https://.");
    const std::string scheme = text.substr(0, scheme_end);
    if (scheme == "https" || scheme == "wss") {
        url.tls = true;
    } else if (scheme != "http" && scheme != "ws") {
        return wrong("'" + scheme + "' is no scheme that Debrief speaks.");
    }
    const std::string rest = text.substr(scheme_end + 3, text.find_first_of("/?#", scheme_end + 3) - scheme_end - 3);
    if (rest.find('@') != std::string::npos) return wrong("a user name has no place in it.");
    std::size_t colon = std::string::npos;
    if (!rest.empty() && rest.front() == '[') {
        const auto bracket = rest.find(']');
        if (bracket == std::string::npos) return wrong("the bracket of its address does not close.");
        url.host = rest.substr(1, bracket - 1);
        colon = bracket + 1 < rest.size() && rest[bracket + 1] == ':' ? bracket + 1 : std::string::npos;
    } else {
        colon = rest.find(':');
        url.host = rest.substr(0, colon);
    }
    if (url.host.empty()) return wrong("it names no host.");
    url.port = colon == std::string::npos ? (url.tls ? "443" : "80") : rest.substr(colon + 1);
    unsigned port = 0;
    const auto* end = url.port.data() + url.port.size();
    const auto [parsed_to, error] = std::from_chars(url.port.data(), end, port);
    if (error != std::errc{} || parsed_to != end || port == 0 || port > 65535)
        return wrong("'" + url.port + "' is no port.");
    return url;
}

std::string origin_of(const ServerUrl& url) {
    std::string host = url.host;
    // Browsers write names in small letters.
    for (auto& sign : host) sign = sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return (url.tls ? "https://" : "http://") + host + (url.port == (url.tls ? "443" : "80") ? "" : ":" + url.port);
}

bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "::1" ||
           (host.rfind("127.", 0) == 0 && host.find_first_not_of("0123456789.") == std::string::npos);
}

}  // namespace debrief::platform
