#include "platform/cli/failure.hpp"

#include <cctype>
#include <string_view>
#include <utility>

#include "core/error_names.hpp"

namespace debrief::platform::cli {
namespace {

struct Usual {
    const char* why;
    const char* next;
};

Usual usual(core::Errc code) {
    using core::Errc;
    switch (code) {
        case Errc::invalid:
            return {"What was given is not what this needs.", "debrief help"};
        case Errc::not_found:
            return {"It is not on this device, or not yours to see.", "debrief sync, or debrief search WORDS"};
        case Errc::denied:
            return {"This device is not signed in, or your role does not allow it.", "debrief join INVITATION"};
        case Errc::ambiguous:
            return {"The name fits several things.", "Use the full name or the id: debrief accounts"};
        case Errc::busy:
            return {"Another program holds the store.", "Close the other debrief, then run the command again."};
        case Errc::corrupt:
            return {"The bytes there are not what they claim to be.", "debrief doctor"};
        case Errc::full:
            return {"There is no room left on the disk.", "Free some space; what was saved before is still there."};
        case Errc::too_new:
            return {"A newer version of debrief wrote it.",
                    "Install that version, or choose another store with --store."};
        case Errc::too_large:
            return {"It is over the documented limit.", "Send it in smaller pieces."};
        case Errc::offline:
            return {"There is no network, or the server does not answer.", "Work on; then: debrief sync"};
        case Errc::unavailable:
            return {"This version does not have it yet.", "debrief help"};
        case Errc::cancelled:
            return {"You broke it off.", "Run the command again when you like; what was saved is kept."};
        case Errc::io:
            return {"A file or device failed.", "debrief doctor"};
        case Errc::internal:
            return {"This is our mistake, not yours.", "debrief doctor, and report what it prints."};
    }
    return {"", ""};
}

/// The façade speaks to programs; somebody at a terminal knows its methods as commands.
std::string as_commands(std::string text) {
    constexpr std::pair<std::string_view, std::string_view> names[]{
        {" (store.init)", ""},
        {" (sync.join)", ""},
        {"record.history", "debrief history"},
        {"conflict.list", "debrief conflicts"},
        {"chat.list", "debrief drafts"},
        {"chat.start", "debrief chat"},
        {"sync.status lists them as `parked`", "debrief parked lists them"},
        {"sync.status", "debrief parked"}};
    for (const auto& [method, command] : names) {
        for (auto at = text.find(method); at != std::string::npos; at = text.find(method, at + command.size()))
            text.replace(at, method.size(), command);
    }
    return text;
}

/// Where the first sentence ends, or npos: a full stop, a space, a capital.
std::size_t sentence_end(const std::string& text) {
    for (auto at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
        if (at + 2 < text.size() && std::isupper(static_cast<unsigned char>(text[at + 2])) != 0) return at;
    }
    return std::string::npos;
}

}  // namespace

Failure failure_of(const core::Error& error) {
    const auto [why, next] = usual(error.code);
    Failure failure;
    failure.code = exit_code_for(error.code);
    failure.reason = core::name_of(error.code);
    failure.field = error.field;
    failure.what = error.detail.empty() ? "It did not work." : as_commands(error.detail);
    failure.why = why;
    if (const auto end = sentence_end(failure.what); end != std::string::npos) {
        failure.why = failure.what.substr(end + 2);
        failure.what.resize(end + 1);
    }
    failure.next = error.hint.empty() ? next : as_commands(error.hint);
    return failure;
}

}  // namespace debrief::platform::cli
