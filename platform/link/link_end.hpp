// Why a connection to a server ended, or never began, and what people are told about it.
#pragma once

#include <string>

namespace debrief::platform {

/// Why a connection ended, or never began.
struct LinkEnd {
    enum class Kind {
        closed,       ///< By either side, in order.
        lost,         ///< The network broke.
        refused,      ///< Nobody listens, or no route.
        timed_out,    ///< No answer within the limit.
        not_debrief,  ///< Something answered, but not our server.
        version,      ///< Our server, of a version that does not speak ours.
        page,         ///< A web page came, or a redirection to one: a guest network's portal.
        proxy,        ///< A proxy wants a name and a password.
        gateway,      ///< A proxy says that the server behind it does not answer.
        not_allowed,  ///< The server answered 401 or 403.
        busy,         ///< The server answered 429 or 503.
        untrusted,    ///< Its certificate is signed by nobody whom we trust.
        wrong_name,   ///< Its certificate is for another host.
        expired,      ///< Its certificate is over, or not valid yet.
        no_tls,       ///< It does not speak TLS, or no version that we take.
        plaintext,    ///< An address off this machine without TLS: never tried.
    } kind = Kind::lost;
    std::string detail;
};
/// One sentence for people: what is wrong, and what to do. Empty where nothing is.
std::string problem_of(const LinkEnd& end);

}  // namespace debrief::platform
