// What golden transcripts tell of people in rooms: a colleague at the server, and what the device would show.
#include <catch2/catch.hpp>

#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"
#include "sync/server/admin.hpp"
#include "tests/sync/support/golden_sides.hpp"

namespace debrief::sync::test {

// A name comes in, a frame is said, false goes without a word.
void GoldenServer::hear_colleague(const json& what) {
    if (what.is_boolean()) {
        colleague.reset();
    } else if (what.is_string()) {
        const auto secret = invite(*store, what.get<std::string>());
        REQUIRE(secret);
        const auto made = store->enrol(*secret, "laptop", 12, public_key(core::Bytes(seed_bytes, 9)));
        REQUIRE(made);
        colleague = std::make_unique<ServerSession>(*hub, ServerConfig{}, [] {});
        colleague->on_open();
        colleague->on_frame(encode(HelloFrame{made->device, made->token, 12, 0, 0, {}, 1, {}}));
    } else {
        REQUIRE(colleague);
        const auto filled = golden.filled(what);
        PresenceFrame frame;
        frame.room = id(what["r"]);
        frame.scope = filled["s"].get<std::string>();
        frame.what = filled["w"].get<std::string>();
        colleague->on_frame(encode(frame));
    }
    work();
}

void GoldenServer::check_overheard(const json& frame) {
    REQUIRE(colleague);
    std::optional<PresenceFrame> told;
    while (!told) {
        const auto message = colleague->next_frame();
        if (!message) break;
        const auto heard = decode_frame(**message);
        REQUIRE(heard);
        if (const auto* of_room = std::get_if<PresenceFrame>(&*heard)) told = *of_room;
    }
    REQUIRE(told);
    check(frame, [&](const json& wanted) {
        const auto filled = golden.filled(wanted);
        const json is{{"k", "presence"},
                      {"r", {{"~", base64url(told->room.view())}}},
                      {"s", told->scope},
                      {"u", {{"~", base64url(told->user.view())}}},
                      {"w", told->what}};
        return filled == is ? std::string{} : is.dump();
    });
}

void GoldenDevice::check_seen(const json& wanted) {
    REQUIRE_FALSE(seen.empty());
    const auto told = seen.front();
    seen.erase(seen.begin());
    check(wanted, [&](const json& line) {
        const auto filled = golden.filled(line);
        const json is{{"room", {{"~", base64url(told.room.view())}}},
                      {"scope", told.scope},
                      {"user", {{"~", base64url(told.user.view())}}},
                      {"state", std::string{name_of(told.state)}}};
        return filled == is ? std::string{} : is.dump();
    });
}

}  // namespace debrief::sync::test
