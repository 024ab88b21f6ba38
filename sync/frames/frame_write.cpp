// Frames to CBOR. Each field is written on its own and put in the order that deterministic CBOR asks for.
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cbor.hpp"
#include "core/changes/erasure_codec.hpp"
#include "sync/frames/frame.hpp"

namespace debrief::sync {
namespace {

using core::CborWriter;

class Map {
public:
    CborWriter& operator[](std::string_view key) { return fields_.emplace_back(key, CborWriter{}).second; }

    // For optional fields: what is empty is not sent.
    void bytes(std::string_view key, core::ByteView value) {
        if (!value.empty()) (*this)[key].bytes(value);
    }
    void text(std::string_view key, std::string_view value) {
        if (!value.empty()) (*this)[key].text(value);
    }
    void number(std::string_view key, std::uint64_t value) {
        if (value != 0) (*this)[key].unsigned_integer(value);
    }
    void texts(std::string_view key, const std::vector<std::string>& values) {
        if (values.empty()) return;
        auto& out = (*this)[key];
        out.array(values.size());
        for (const auto& value : values) out.text(value);
    }

    void write_to(CborWriter& out) {
        std::sort(fields_.begin(), fields_.end(), [](const auto& a, const auto& b) {
            return a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
        });
        out.map(fields_.size());
        for (const auto& [key, value] : fields_) {
            out.text(key);
            out.raw(value.view());
        }
    }

private:
    std::vector<std::pair<std::string_view, CborWriter>> fields_;
};

void write(Map& map, const CursorDifference& cursors) {
    map.number("set", cursors.set);
    map.texts("gone", cursors.gone);
    if (cursors.changed.empty()) return;
    auto& out = map["cur"];
    out.array(cursors.changed.size());
    for (const auto& cursor : cursors.changed) {
        out.array(3);
        out.text(cursor.scope);
        out.unsigned_integer(cursor.position);
        out.unsigned_integer(cursor.salt);
    }
}

void write(Map& map, std::string_view key, const std::vector<core::StatePlace>& places) {
    if (places.empty()) return;
    auto& out = map[key];
    out.array(places.size());
    for (const auto& place : places) {
        out.array(4);
        out.text(place.scope);
        out.unsigned_integer(place.position);
        out.unsigned_integer(place.salt);
        out.bytes(place.last.view());
    }
}

std::string_view name_of(core::PushResult::Kind kind) {
    switch (kind) {
        case core::PushResult::Kind::ok:
            return "ok";
        case core::PushResult::Kind::rejected:
            return "rejected";
        case core::PushResult::Kind::handed_over:
            return "handed_over";
    }
    return "ok";
}

void write(Map& map, const EnrolFrame& frame) {
    map["k"].text("enrol");
    map["secret"].bytes(frame.secret);
    map["name"].text(frame.device_name);
    map["inc"].unsigned_integer(frame.incarnation);
    map["key"].bytes(frame.key);
    map.number("cat", frame.catalogue);
}
void write(Map& map, const EnrolledFrame& frame) {
    map["k"].text("enrolled");
    map["server"].bytes(frame.server.view());
    map["ws"].bytes(frame.workspace.view());
    map["wsname"].text(frame.workspace_name);
    map["device"].bytes(frame.device.view());
    map["token"].bytes(frame.token);
    map["user"].bytes(frame.user.view());
    map["uname"].text(frame.user_name);
    map["role"].text(frame.role);
    map.text("lang", frame.language);
    map.number("cat", frame.catalogue);
}
void write(Map& map, const HelloFrame& frame) {
    map["k"].text("hello");
    map["device"].bytes(frame.device.view());
    map.bytes("token", frame.token);
    map["inc"].unsigned_integer(frame.incarnation);
    map.number("n", frame.last_n);
    map.number("fin", frame.final_n);
    map.bytes("chain", frame.chain);
    map.number("cat", frame.catalogue);
    if (frame.inflates) map["z"].boolean(true);
    write(map, frame.cursors);
    write(map, "want", frame.staged);
    if (frame.wipes) map["wipe"].boolean(true);
    map.number("parked", frame.parked);
    if (frame.sealed.empty()) return;
    auto& out = map["sealed"];
    out.array(frame.sealed.size());
    for (const auto n : frame.sealed) out.unsigned_integer(n);
}
void write(Map& map, const ChallengeFrame& frame) {
    map["k"].text("challenge");
    map["server"].bytes(frame.server.view());
    map["n"].bytes(frame.nonce);
}
void write(Map& map, const ProveFrame& frame) {
    map["k"].text("prove");
    map["sig"].bytes(frame.signature);
}
void write(Map& map, const WelcomeFrame& frame) {
    map["k"].text("welcome");
    map["server"].bytes(frame.server.view());
    map["n"].unsigned_integer(frame.expected_n);
    map["time"].integer(frame.time.count());
    map.texts("open", frame.opened);
    map.texts("close", frame.closed);
    map.texts("reset", frame.reset);
    map.number("set", frame.set);
    map.number("bak", frame.backed_up_n);
    map.text("uname", frame.user_name);
    map.text("role", frame.role);
    map.bytes("token", frame.token);
    map.number("cat", frame.catalogue);
    if (frame.inflates) map["z"].boolean(true);
    map.bytes("seal", frame.seal_key);
    map.bytes("key", frame.order_key);
    if (frame.state_scopes == 0) return;
    auto& todo = map["todo"];
    todo.array(2);
    todo.unsigned_integer(frame.state_scopes);
    todo.unsigned_integer(frame.state_records);
}
void write(Map& map, const AgainFrame&) {
    map["k"].text("again");
}
void write(Map& map, const CursorsFrame& frame) {
    map["k"].text("cursors");
    write(map, frame.cursors);
}
void write(Map& map, const SetFrame& frame) {
    map["k"].text("set");
    map["set"].unsigned_integer(frame.set);
}
void write(Map& map, const PushFrame& frame) {
    map["k"].text("push");
    map["n"].unsigned_integer(frame.first);
    auto& out = map["c"];
    out.array(frame.payloads.size());
    for (const auto& payload : frame.payloads) out.bytes(payload);
}
void write(Map& map, const ResultsFrame& frame) {
    map["k"].text("results");
    map["n"].unsigned_integer(frame.expected_n);
    auto& out = map["r"];
    out.array(frame.items.size());
    for (const auto& [result, duplicate] : frame.items) {
        Map item;
        item["n"].unsigned_integer(result.n);
        item["s"].text(name_of(result.kind));
        item.number("p", result.position);
        item.number("t", result.effective.packed);
        item.text("c", result.code);
        if (duplicate) item["d"].boolean(true);
        item.write_to(out);
    }
}
void write(Map& map, const LogFrame& frame) {
    map["k"].text("log");
    map["s"].text(frame.scope);
    auto& out = map["e"];
    out.array(frame.entries.size());
    for (const auto& entry : frame.entries) {
        Map item;
        item["p"].unsigned_integer(entry.position);
        item["x"].unsigned_integer(entry.salt);
        item["d"].bytes(entry.dot.device.view());
        item["i"].unsigned_integer(entry.dot.incarnation);
        item["n"].unsigned_integer(entry.dot.n);
        item["a"].bytes(entry.author.view());
        item["t"].unsigned_integer(entry.effective.packed);
        item.bytes("b", entry.payload);
        item.write_to(out);
    }
}
void write(Map& map, const StateFrame& frame) {
    const auto& piece = frame.piece;
    map["k"].text("state");
    map["s"].text(piece.after.scope);
    map["f"].unsigned_integer(piece.after.position);
    map["x"].unsigned_integer(piece.after.salt);
    if (piece.again) {
        map["again"].boolean(true);
    } else if (!piece.after.last.is_nil()) {
        map["a"].bytes(piece.after.last.view());
    }
    auto& records = map["r"];
    records.array(piece.records.size());
    std::vector<std::size_t> older;
    for (std::size_t at = 0; at < piece.records.size(); ++at) {
        records.bytes(piece.records[at].state);
        if (piece.records[at].older) older.push_back(at);
    }
    if (older.empty()) return;
    auto& places = map["v"];
    places.array(older.size());
    for (const auto at : older) places.unsigned_integer(at);
}
void write(Map& map, const StateEndFrame& frame) {
    const auto& end = frame.end;
    map["k"].text("state_end");
    map["s"].text(end.scope);
    map["p"].unsigned_integer(end.position);
    map["x"].unsigned_integer(end.salt);
    map["n"].unsigned_integer(end.records);
    map["d"].bytes(end.digest);
    if (end.erasures.empty()) return;
    auto& out = map["e"];
    out.array(end.erasures.size());
    for (const auto& erasure : end.erasures) core::write_erasure(out, erasure);
}
void write(Map& map, const WantFrame& frame) {
    map["k"].text("want");
    write(map, "want", frame.places);
}
void write(Map& map, const AppliedFrame& frame) {
    map["k"].text("applied");
    map["b"].unsigned_integer(frame.bytes);
}
void write(Map& map, const ScopeOpenFrame& frame) {
    map["k"].text("scope_open");
    map.texts("s", frame.scopes);
}
void write(Map& map, const ScopeCloseFrame& frame) {
    map["k"].text("scope_close");
    map.texts("s", frame.scopes);
}
void write(Map& map, const LevelFrame&) {
    map["k"].text("level");
}
void write(Map& map, const TokenFrame& frame) {
    map["k"].text("token");
    map["token"].bytes(frame.token);
}
void write(Map& map, const AdminFrame& frame) {
    map["k"].text("admin");
    map["q"].unsigned_integer(frame.order);
    map.texts("w", frame.words);
}
void write(Map& map, const AdministeredFrame& frame) {
    map["k"].text("administered");
    map["q"].unsigned_integer(frame.order);
    map.text("r", frame.result);
    map.text("c", frame.code);
    map.text("m", frame.text);
    map.text("f", frame.field);
    map.text("h", frame.hint);
}
void write(Map& map, const InboxFrame& frame) {
    map["k"].text("inbox");
    auto& out = map["i"];
    out.array(frame.items.size());
    for (const auto& item : frame.items) {
        Map one;
        one["s"].text(item.scope);
        one["a"].bytes(item.author.view());
        one["n"].unsigned_integer(item.changes);
        one["t"].integer(item.since.count());
        one.write_to(out);
    }
}
void write(Map& map, const PresenceFrame& frame) {
    map["k"].text("presence");
    map["r"].bytes(frame.room.view());
    map["s"].text(frame.scope);
    if (!frame.user.is_nil()) map["u"].bytes(frame.user.view());
    map["w"].text(frame.what);
}
void write(Map& map, const LeaveFrame& frame) {
    map["k"].text("leave");
    map["server"].bytes(frame.server.view());
    map["n"].unsigned_integer(frame.expected_n);
    map["b"].unsigned_integer(frame.bytes);
}
void write(Map& map, const LeftFrame&) {
    map["k"].text("left");
}
void write(Map& map, const WipeFrame& frame) {
    map["k"].text("wipe");
    map["server"].bytes(frame.server.view());
    map["t"].integer(frame.cut_off_at.count());
    map["n"].unsigned_integer(frame.expected_n);
    map.number("h", frame.handed_over);
    if (frame.full) map["full"].boolean(true);
    map["sig"].bytes(frame.signature);
}
void write(Map& map, const PingFrame&) {
    map["k"].text("ping");
}
void write(Map& map, const PongFrame&) {
    map["k"].text("pong");
}
void write(Map& map, const ByeFrame& frame) {
    map["k"].text("bye");
    map["c"].text(frame.code);
    map.text("m", frame.text);
    map.number("r", static_cast<std::uint64_t>(frame.retry.count()));
}
void write(Map& map, const PartFrame& frame) {
    map["k"].text("part");
    map["a"].unsigned_integer(frame.at);
    map["o"].unsigned_integer(frame.of);
    map["b"].bytes(frame.piece);
}
void write(Map& map, const ZippedFrame& frame) {
    map["k"].text("z");
    map["o"].unsigned_integer(frame.of);
    map["b"].bytes(frame.packed);
}
void write(Map& map, const UnknownFrame& frame) {
    map["k"].text(frame.kind);
}

}  // namespace

core::Bytes encode(const Frame& frame) {
    Map map;
    std::visit([&](const auto& value) { write(map, value); }, frame);
    CborWriter out;
    map.write_to(out);
    return out.take();
}

}  // namespace debrief::sync
