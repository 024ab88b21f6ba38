#include "platform/app/rpc_errors.hpp"

#include <nlohmann/json.hpp>

#include "core/error_names.hpp"

namespace debrief::platform {
namespace {

using core::Errc;

struct Wire {
    int code;
    const char* message;
    const char* hint;  // Where the error itself does not know what to do.
};

Wire wire(Errc code) {
    switch (code) {
        case Errc::invalid:
            return {-32602, "Invalid params", "See docs/rpc.md for what this method takes."};
        case Errc::unavailable:
            return {-32601, "Method not found", "rpc.discover lists every method."};
        case Errc::internal:
            return {-32603, "Internal error", "This is our fault. Nothing was changed; please report it."};
        case Errc::not_found:
            return {-32001, "Not found", "Check the id, or list what is there."};
        case Errc::denied:
            return {-32002, "Not allowed", "Ask your administrator."};
        case Errc::ambiguous:
            return {-32003, "Ambiguous", "Give the id, or more of the name."};
        case Errc::busy:
            return {-32004, "Busy", "Another program is using this store; try again in a moment."};
        case Errc::corrupt:
            return {-32005, "Corrupt", "Restore a backup, or export what can still be read."};
        case Errc::full:
            return {-32006, "Disk full", "Make room on the disk, then try again. Nothing that was saved is lost."};
        case Errc::too_new:
            return {-32007, "Store too new", "Install the newer version of debrief."};
        case Errc::too_large:
            return {-32008, "Too large", "Send less at a time."};
        case Errc::offline:
            return {-32009, "Offline", "Everything is kept here; try again when there is a network."};
        case Errc::cancelled:
            return {-32010, "Cancelled", "Start again when you are ready."};
        case Errc::io:
            return {-32011, "Input or output failed", "Check the disk and the folder's permissions."};
    }
    return {-32603, "Internal error", "Please report it."};
}

}  // namespace

int rpc_code(Errc code) {
    return wire(code).code;
}
std::string word_of(Errc code) {
    return std::string{core::name_of(code)};
}

nlohmann::json rpc_error(const core::Error& error) {
    const Wire look = wire(error.code);
    nlohmann::json data{{"reason", error.detail.empty() ? look.message : error.detail},
                        {"hint", error.hint.empty() ? look.hint : error.hint},
                        {"code", core::name_of(error.code)}};
    if (!error.field.empty()) data["field"] = error.field;
    return {{"code", look.code}, {"message", look.message}, {"data", std::move(data)}};
}

core::Error not_available_yet(const std::string& what, std::string hint) {
    if (hint.empty()) hint = what + " comes with a later version; docs/rpc.md lists what this one can do.";
    return {.code = Errc::unavailable, .detail = "not available yet", .field = {}, .hint = std::move(hint)};
}

}  // namespace debrief::platform
