#include "platform/cli/exit_code.hpp"

#include <array>

namespace debrief::platform::cli {
namespace {

constexpr std::array<ExitCodeInfo, 7> all_codes{{
    {ExitCode::done, "done", "It was done."},
    {ExitCode::failed, "failed", "It was understood but could not be done; the message says why."},
    {ExitCode::usage, "usage", "Wrong usage: an unknown word or option, a name that fits nothing or several things."},
    {ExitCode::cancelled, "cancelled", "You broke it off (Ctrl-C, or 'no' to a question). What was saved stays saved."},
    {ExitCode::not_allowed, "not_allowed", "Not signed in, or not allowed."},
    {ExitCode::network, "network", "No network, or the server did not answer or not as ours does."},
    {ExitCode::store, "store", "The store on this device could not be opened, read or written."},
}};

}  // namespace

std::span<const ExitCodeInfo> exit_codes() {
    return all_codes;
}

std::string_view name_of(ExitCode code) {
    return all_codes[static_cast<std::size_t>(code)].name;
}

ExitCode exit_code_for(core::Errc code) {
    using core::Errc;
    switch (code) {
        case Errc::invalid:
        case Errc::ambiguous:
            return ExitCode::usage;
        case Errc::denied:
            return ExitCode::not_allowed;
        case Errc::offline:
            return ExitCode::network;
        case Errc::cancelled:
            return ExitCode::cancelled;
        case Errc::busy:
        case Errc::corrupt:
        case Errc::full:
        case Errc::too_new:
        case Errc::io:
            return ExitCode::store;
        case Errc::not_found:
        case Errc::too_large:
        case Errc::unavailable:
        case Errc::internal:
            return ExitCode::failed;
    }
    return ExitCode::failed;
}

}  // namespace debrief::platform::cli
