// An invitation as people pass it on: `http://host:port/join#<secret>`. The secret stands in the fragment, which
// browsers do not send, so it reaches no access log.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::sync {

struct Invitation {
    std::string url;     ///< Of the sync door: ws://host:port/sync, or wss://.
    core::Bytes secret;  ///< 32 bytes.
    std::string ca{};    ///< Not in the text: PEM of the authority to trust, where it is not one of the system's.
};

/// `base` is the server's own address: http://host:port or https://host.
std::string invitation_url(std::string_view base, core::ByteView secret);
/// Errors: `invalid`, with what an invitation looks like.
core::Result<Invitation> parse_invitation(std::string_view url);

/// RFC 4648, section 5, without padding.
std::string base64url(core::ByteView bytes);
core::Result<core::Bytes> parse_base64url(std::string_view text);

}  // namespace debrief::sync
