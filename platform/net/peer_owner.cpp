#include "platform/net/peer_owner.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace debrief::platform {
namespace {

// Source: proc(5). A program may have opened an IPv6 socket for an IPv4 address.
constexpr const char* tables[] = {"/proc/net/tcp", "/proc/net/tcp6"};

/// The port at the end of `0100007F:1F90`; 0 for what is none.
unsigned port_in(const std::string& address) {
    const auto colon = address.rfind(':');
    return colon == std::string::npos ? 0
                                      : static_cast<unsigned>(std::strtoul(address.c_str() + colon + 1, nullptr, 16));
}

/// 127.0.0.1 in the order of this machine's bytes, also as the end of ::ffff:127.0.0.1.
bool is_this_machine(const std::string& address) {
    const auto colon = address.rfind(':');
    return colon != std::string::npos && colon >= 8 && address.compare(colon - 8, 8, "0100007F") == 0;
}

}  // namespace

std::optional<unsigned> owner_of_peer(std::uint16_t peer, std::uint16_t own) {
    for (const char* table : tables) {
        std::ifstream in{table};
        std::string line;
        std::getline(in, line);  // The names of the columns.
        while (std::getline(in, line)) {
            std::istringstream words{line};
            std::string number, local, remote, state, queues, timer, retransmitted;
            unsigned owner = 0;
            if (!(words >> number >> local >> remote >> state >> queues >> timer >> retransmitted >> owner)) continue;
            // One that was closed already is listed as root's, whosever it was.
            if (state != "01" || port_in(local) != peer || port_in(remote) != own) continue;
            if (is_this_machine(local) && is_this_machine(remote)) return owner;
        }
    }
    return std::nullopt;
}

bool owners_are_known() {
    std::ifstream in{tables[0]};
    std::string line;
    return static_cast<bool>(std::getline(in, line));
}

}  // namespace debrief::platform
