// CBOR to frames. What the validator let through is well formed; what is left to check here is that it means something.
#include <algorithm>
#include <string_view>

#include "core/cbor.hpp"
#include "core/changes/digest.hpp"
#include "core/changes/erasure_codec.hpp"
#include "core/changes/sealed.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"

namespace debrief::sync {
namespace {

using core::CborReader;
using core::Errc;
using core::Error;
using core::Result;
using core::Uuid;

Uuid uuid(CborReader& in) {
    const auto id = core::uuid_from_bytes(in.bytes());
    if (!id || id->is_nil()) in.fail();
    return id.value_or(Uuid{});
}
core::Bytes bytes(CborReader& in) {
    const auto view = in.bytes();
    return {view.begin(), view.end()};
}
std::string text(CborReader& in) {
    return std::string{in.text()};
}

template <typename Take>
void each(CborReader& in, const Take& take) {
    for (std::size_t left = in.array(); left > 0 && in.ok(); --left) take();
}
std::vector<std::string> texts(CborReader& in) {
    std::vector<std::string> values;
    each(in, [&] { values.push_back(text(in)); });
    return values;
}
template <typename Take>
void each_field(CborReader& in, const Take& take) {
    for (std::size_t left = in.map(); left > 0 && in.ok(); --left) {
        const auto key = in.text();
        if (!take(key)) in.skip();
    }
}

bool read(CursorDifference& to, std::string_view key, CborReader& in) {
    if (key == "set") return to.set = in.unsigned_integer(), true;
    if (key == "gone") return to.gone = texts(in), true;
    if (key != "cur") return false;
    each(in, [&] {
        if (in.array() != 3) return in.fail();
        core::ScopeCursor cursor;
        cursor.scope = text(in);
        cursor.position = in.unsigned_integer();
        cursor.salt = in.unsigned_integer();
        to.changed.push_back(std::move(cursor));
    });
    return true;
}

std::vector<core::StatePlace> places(CborReader& in) {
    std::vector<core::StatePlace> found;
    each(in, [&] {
        if (in.array() != 4) return in.fail();
        core::StatePlace place;
        place.scope = text(in);
        place.position = in.unsigned_integer();
        place.salt = in.unsigned_integer();
        const auto last = core::uuid_from_bytes(in.bytes());
        if (!last || place.scope.empty()) in.fail();
        place.last = last.value_or(Uuid{});
        found.push_back(std::move(place));
    });
    return found;
}

// Each `read` takes one field, and says false for one that it does not know.
bool read(EnrolFrame& to, std::string_view key, CborReader& in) {
    if (key == "secret") return to.secret = bytes(in), true;
    if (key == "name") return to.device_name = text(in), true;
    if (key == "inc") return to.incarnation = in.unsigned_integer(), true;
    if (key == "key") return to.key = bytes(in), true;
    if (key == "cat") return to.catalogue = in.unsigned_integer(), true;
    return false;
}
bool read(EnrolledFrame& to, std::string_view key, CborReader& in) {
    if (key == "server") return to.server = uuid(in), true;
    if (key == "ws") return to.workspace = uuid(in), true;
    if (key == "wsname") return to.workspace_name = text(in), true;
    if (key == "device") return to.device = uuid(in), true;
    if (key == "token") return to.token = bytes(in), true;
    if (key == "user") return to.user = uuid(in), true;
    if (key == "uname") return to.user_name = text(in), true;
    if (key == "role") return to.role = text(in), true;
    if (key == "lang") return to.language = text(in), true;
    if (key == "cat") return to.catalogue = in.unsigned_integer(), true;
    return false;
}
bool read(HelloFrame& to, std::string_view key, CborReader& in) {
    if (key == "device") return to.device = uuid(in), true;
    if (key == "token") return to.token = bytes(in), true;
    if (key == "inc") return to.incarnation = in.unsigned_integer(), true;
    if (key == "n") return to.last_n = in.unsigned_integer(), true;
    if (key == "fin") return to.final_n = in.unsigned_integer(), true;
    if (key == "chain") return to.chain = bytes(in), true;
    if (key == "cat") return to.catalogue = in.unsigned_integer(), true;
    if (key == "want") return to.staged = places(in), true;
    if (key == "z") return to.inflates = in.boolean(), true;
    if (key == "wipe") return to.wipes = in.boolean(), true;
    if (key == "parked") return to.parked = in.unsigned_integer(), true;
    if (key != "sealed") return read(to.cursors, key, in);
    each(in, [&] { to.sealed.push_back(in.unsigned_integer()); });
    return true;
}
bool read(ChallengeFrame& to, std::string_view key, CborReader& in) {
    if (key == "server") return to.server = uuid(in), true;
    if (key == "n") return to.nonce = bytes(in), true;
    return false;
}
bool read(ProveFrame& to, std::string_view key, CborReader& in) {
    if (key == "sig") return to.signature = bytes(in), true;
    return false;
}
bool read(WelcomeFrame& to, std::string_view key, CborReader& in) {
    if (key == "server") return to.server = uuid(in), true;
    if (key == "n") return to.expected_n = in.unsigned_integer(), true;
    if (key == "time") return to.time = core::Instant{in.integer()}, true;
    if (key == "open") return to.opened = texts(in), true;
    if (key == "close") return to.closed = texts(in), true;
    if (key == "reset") return to.reset = texts(in), true;
    if (key == "set") return to.set = in.unsigned_integer(), true;
    if (key == "bak") return to.backed_up_n = in.unsigned_integer(), true;
    if (key == "uname") return to.user_name = text(in), true;
    if (key == "role") return to.role = text(in), true;
    if (key == "token") return to.token = bytes(in), true;
    if (key == "cat") return to.catalogue = in.unsigned_integer(), true;
    if (key == "z") return to.inflates = in.boolean(), true;
    if (key == "seal") return to.seal_key = bytes(in), true;
    if (key == "key") return to.order_key = bytes(in), true;
    if (key != "todo") return false;
    if (in.array() != 2) in.fail();
    to.state_scopes = in.unsigned_integer();
    to.state_records = in.unsigned_integer();
    return true;
}
bool read(AgainFrame&, std::string_view, CborReader&) {
    return false;
}
bool read(CursorsFrame& to, std::string_view key, CborReader& in) {
    return read(to.cursors, key, in);
}
bool read(SetFrame& to, std::string_view key, CborReader& in) {
    if (key == "set") return to.set = in.unsigned_integer(), true;
    return false;
}
bool read(PushFrame& to, std::string_view key, CborReader& in) {
    if (key == "n") return to.first = in.unsigned_integer(), true;
    if (key != "c") return false;
    each(in, [&] { to.payloads.push_back(bytes(in)); });
    return true;
}

core::PushResult::Kind result_kind(CborReader& in) {
    const auto word = in.text();
    if (word == "ok") return core::PushResult::Kind::ok;
    if (word == "handed_over") return core::PushResult::Kind::handed_over;
    if (word != "rejected") in.fail();
    return core::PushResult::Kind::rejected;
}
bool read(ResultsFrame& to, std::string_view key, CborReader& in) {
    if (key == "n") return to.expected_n = in.unsigned_integer(), true;
    if (key != "r") return false;
    each(in, [&] {
        ResultsFrame::Item item;
        each_field(in, [&](std::string_view name) {
            auto& result = item.result;
            if (name == "n") return result.n = in.unsigned_integer(), true;
            if (name == "s") return result.kind = result_kind(in), true;
            if (name == "p") return result.position = in.unsigned_integer(), true;
            if (name == "t") return result.effective.packed = in.unsigned_integer(), true;
            if (name == "c") return result.code = text(in), true;
            if (name == "d") return item.duplicate = in.boolean(), true;
            return false;
        });
        if (item.result.n == 0) in.fail();
        to.items.push_back(std::move(item));
    });
    return true;
}
bool read(LogFrame& to, std::string_view key, CborReader& in) {
    if (key == "s") return to.scope = text(in), true;
    if (key != "e") return false;
    each(in, [&] {
        core::LogEntry entry;
        each_field(in, [&](std::string_view name) {
            if (name == "p") return entry.position = in.unsigned_integer(), true;
            if (name == "x") return entry.salt = in.unsigned_integer(), true;
            if (name == "d") return entry.dot.device = uuid(in), true;
            if (name == "i") return entry.dot.incarnation = in.unsigned_integer(), true;
            if (name == "n") return entry.dot.n = in.unsigned_integer(), true;
            if (name == "a") return entry.author = uuid(in), true;
            if (name == "t") return entry.effective.packed = in.unsigned_integer(), true;
            if (name == "b") return entry.payload = bytes(in), true;
            return false;
        });
        if (entry.position == 0 || entry.dot.device.is_nil() || entry.dot.n == 0 || entry.author.is_nil()) in.fail();
        to.entries.push_back(std::move(entry));
    });
    return true;
}
bool read(StateFrame& to, std::string_view key, CborReader& in) {
    auto& piece = to.piece;
    if (key == "s") return piece.after.scope = text(in), true;
    if (key == "f") return piece.after.position = in.unsigned_integer(), true;
    if (key == "x") return piece.after.salt = in.unsigned_integer(), true;
    if (key == "a") return piece.after.last = uuid(in), true;
    if (key == "again") return piece.again = in.boolean(), true;
    if (key == "r") {
        each(in, [&] {
            const auto state = in.bytes();
            if (state.empty()) in.fail();
            piece.records.push_back({{state.begin(), state.end()}, false});
        });
        return true;
    }
    if (key != "v") return false;  // Stands after "r".
    each(in, [&] {
        const auto at = in.unsigned_integer();
        if (at >= piece.records.size()) return in.fail();
        piece.records[static_cast<std::size_t>(at)].older = true;
    });
    return true;
}
bool read(StateEndFrame& to, std::string_view key, CborReader& in) {
    auto& end = to.end;
    if (key == "s") return end.scope = text(in), true;
    if (key == "p") return end.position = in.unsigned_integer(), true;
    if (key == "x") return end.salt = in.unsigned_integer(), true;
    if (key == "n") return end.records = in.unsigned_integer(), true;
    if (key == "d") return end.digest = bytes(in), true;
    if (key != "e") return false;
    each(in, [&] { end.erasures.push_back(core::read_erasure(in)); });
    return true;
}
bool read(WantFrame& to, std::string_view key, CborReader& in) {
    if (key == "want") return to.places = places(in), true;
    return false;
}
bool read(AppliedFrame& to, std::string_view key, CborReader& in) {
    if (key == "b") return to.bytes = in.unsigned_integer(), true;
    return false;
}
bool read(ScopeOpenFrame& to, std::string_view key, CborReader& in) {
    if (key == "s") return to.scopes = texts(in), true;
    return false;
}
bool read(ScopeCloseFrame& to, std::string_view key, CborReader& in) {
    if (key == "s") return to.scopes = texts(in), true;
    return false;
}
bool read(LevelFrame&, std::string_view, CborReader&) {
    return false;
}
bool read(TokenFrame& to, std::string_view key, CborReader& in) {
    if (key == "token") return to.token = bytes(in), true;
    return false;
}
bool read(AdminFrame& to, std::string_view key, CborReader& in) {
    if (key == "q") return to.order = in.unsigned_integer(), true;
    if (key == "w") return to.words = texts(in), true;
    return false;
}
bool read(AdministeredFrame& to, std::string_view key, CborReader& in) {
    if (key == "q") return to.order = in.unsigned_integer(), true;
    if (key == "r") return to.result = text(in), true;
    if (key == "c") return to.code = text(in), true;
    if (key == "m") return to.text = text(in), true;
    if (key == "f") return to.field = text(in), true;
    if (key == "h") return to.hint = text(in), true;
    return false;
}
bool read(InboxFrame& to, std::string_view key, CborReader& in) {
    if (key != "i") return false;
    each(in, [&] {
        InboxFrame::Item item;
        each_field(in, [&](std::string_view name) {
            if (name == "s") return item.scope = text(in), true;
            if (name == "a") return item.author = uuid(in), true;
            if (name == "n") return item.changes = in.unsigned_integer(), true;
            if (name == "t") return item.since = core::Instant{in.integer()}, true;
            return false;
        });
        if (item.scope.empty() || item.author.is_nil()) in.fail();
        to.items.push_back(std::move(item));
    });
    return true;
}
bool read(PingFrame&, std::string_view, CborReader&) {
    return false;
}
bool read(PongFrame&, std::string_view, CborReader&) {
    return false;
}
bool read(ByeFrame& to, std::string_view key, CborReader& in) {
    if (key == "c") return to.code = text(in), true;
    if (key == "m") return to.text = text(in), true;
    if (key == "r") {
        // A peer that says "in a thousand years" gets a day.
        constexpr std::uint64_t day = 24ULL * 60 * 60 * 1000;
        to.retry = std::chrono::milliseconds{static_cast<std::int64_t>(std::min(in.unsigned_integer(), day))};
        return true;
    }
    return false;
}
bool read(PartFrame& to, std::string_view key, CborReader& in) {
    if (key == "a") return to.at = in.unsigned_integer(), true;
    if (key == "o") return to.of = in.unsigned_integer(), true;
    if (key == "b") return to.piece = bytes(in), true;
    return false;
}
bool read(ZippedFrame& to, std::string_view key, CborReader& in) {
    if (key == "o") return to.of = in.unsigned_integer(), true;
    if (key == "b") return to.packed = bytes(in), true;
    return false;
}

// What a frame cannot do without.
bool complete(const EnrolFrame& frame) {
    return !frame.secret.empty() && frame.key.size() == key_bytes;
}
bool complete(const EnrolledFrame& frame) {
    return !frame.server.is_nil() && !frame.workspace.is_nil() && !frame.device.is_nil() && !frame.user.is_nil() &&
           !frame.token.empty();
}
bool complete(const HelloFrame& frame) {
    return !frame.device.is_nil() && std::is_sorted(frame.sealed.begin(), frame.sealed.end());
}
bool complete(const ChallengeFrame& frame) {
    return !frame.server.is_nil() && frame.nonce.size() == nonce_bytes;
}
bool complete(const ProveFrame& frame) {
    return frame.signature.size() == signature_bytes;
}
bool complete(const WelcomeFrame& frame) {
    const bool sealable = frame.seal_key.empty() || frame.seal_key.size() == core::seal_key_bytes;
    const bool orders = frame.order_key.empty() || frame.order_key.size() == key_bytes;
    return !frame.server.is_nil() && frame.expected_n != 0 && sealable && orders;
}
bool complete(const PushFrame& frame) {
    return frame.first != 0 && !frame.payloads.empty();
}
bool complete(const LogFrame& frame) {
    return !frame.scope.empty();
}
bool complete(const StateFrame& frame) {
    return !frame.piece.after.scope.empty() && !frame.piece.records.empty();
}
bool complete(const StateEndFrame& frame) {
    return !frame.end.scope.empty() && frame.end.digest.size() == core::StateDigest::size;
}
bool complete(const WantFrame& frame) {
    return !frame.places.empty();
}
bool complete(const TokenFrame& frame) {
    return !frame.token.empty();
}
bool complete(const AdminFrame& frame) {
    return frame.order != 0 && !frame.words.empty();
}
bool complete(const AdministeredFrame& frame) {
    return frame.order != 0 && frame.result.empty() != frame.code.empty();
}
bool complete(const ZippedFrame& frame) {
    return frame.of != 0 && !frame.packed.empty();
}
template <typename Any>
bool complete(const Any&) {
    return true;
}

template <typename Kind>
Result<Frame> decode_as(core::ByteView from, std::string_view name) {
    Kind frame;
    CborReader in{from};
    each_field(in, [&](std::string_view key) { return read(frame, key, in); });
    if (!in.ok()) return in.error(name);
    if (!complete(frame)) return Error{Errc::corrupt, "A frame \"" + std::string{name} + "\" lacks a field.", {}, {}};
    return Frame{std::move(frame)};
}

}  // namespace

core::Result<Frame> decode_frame(core::ByteView from) {
    core::CborLimits limits;
    limits.bytes = whole_bytes_max;  // Also what is too large for a changeset is given its answer.
    DEBRIEF_TRY(core::validate_cbor(from, limits));
    CborReader in{from};
    std::string_view kind;
    each_field(in, [&](std::string_view key) {
        if (key != "k") return false;
        kind = in.text();
        return true;
    });
    if (!in.ok() || kind.empty()) return Error{Errc::corrupt, "This is no frame: it has no kind.", {}, {}};

    if (kind == "log") return decode_as<LogFrame>(from, kind);
    if (kind == "state") return decode_as<StateFrame>(from, kind);
    if (kind == "state_end") return decode_as<StateEndFrame>(from, kind);
    if (kind == "want") return decode_as<WantFrame>(from, kind);
    if (kind == "push") return decode_as<PushFrame>(from, kind);
    if (kind == "results") return decode_as<ResultsFrame>(from, kind);
    if (kind == "applied") return decode_as<AppliedFrame>(from, kind);
    if (kind == "level") return decode_as<LevelFrame>(from, kind);
    if (kind == "part") return decode_as<PartFrame>(from, kind);
    if (kind == "z") return decode_as<ZippedFrame>(from, kind);
    if (kind == "ping") return decode_as<PingFrame>(from, kind);
    if (kind == "pong") return decode_as<PongFrame>(from, kind);
    if (kind == "hello") return decode_as<HelloFrame>(from, kind);
    if (kind == "challenge") return decode_as<ChallengeFrame>(from, kind);
    if (kind == "prove") return decode_as<ProveFrame>(from, kind);
    if (kind == "welcome") return decode_as<WelcomeFrame>(from, kind);
    if (kind == "again") return decode_as<AgainFrame>(from, kind);
    if (kind == "cursors") return decode_as<CursorsFrame>(from, kind);
    if (kind == "set") return decode_as<SetFrame>(from, kind);
    if (kind == "scope_open") return decode_as<ScopeOpenFrame>(from, kind);
    if (kind == "scope_close") return decode_as<ScopeCloseFrame>(from, kind);
    if (kind == "enrol") return decode_as<EnrolFrame>(from, kind);
    if (kind == "enrolled") return decode_as<EnrolledFrame>(from, kind);
    if (kind == "token") return decode_as<TokenFrame>(from, kind);
    if (kind == "admin") return decode_as<AdminFrame>(from, kind);
    if (kind == "administered") return decode_as<AdministeredFrame>(from, kind);
    if (kind == "inbox") return decode_as<InboxFrame>(from, kind);
    if (kind == "presence") return decode_as<PresenceFrame>(from, kind);
    if (kind == "leave") return decode_as<LeaveFrame>(from, kind);
    if (kind == "left") return decode_as<LeftFrame>(from, kind);
    if (kind == "wipe") return decode_as<WipeFrame>(from, kind);
    if (kind == "bye") return decode_as<ByeFrame>(from, kind);
    return Frame{UnknownFrame{std::string{kind}}};
}

}  // namespace debrief::sync
