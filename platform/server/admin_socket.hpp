// The running server's door for `debrief admin`: a socket in its folder that only the folder's owner can reach. One
// JSON object a line: {"words": […]} in, {"result": …} or {"error": {code, detail, field, hint}} out. Before it, while
// a long command runs: {"progress": [done, total]}. Who closes their side, or half of it, breaks the command off.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "platform/server/admin.hpp"

namespace debrief::platform {

class AdminSocket {
public:
    using Run =
        std::function<core::Result<nlohmann::json>(const std::vector<std::string>& words, const AdminWatch& watch)>;
    /// Errors: `io`.
    static core::Result<std::unique_ptr<AdminSocket>> listen(boost::asio::io_context& io, const std::string& path,
                                                             Run run);
    virtual ~AdminSocket() = default;
};

/// Asks the server behind the socket. Nothing if nobody listens there.
std::optional<core::Result<nlohmann::json>> ask_server(const std::string& path, const std::vector<std::string>& words,
                                                       const AdminWatch& watch);

}  // namespace debrief::platform
