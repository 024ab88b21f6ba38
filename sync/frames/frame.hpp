// Every frame of the protocol as a value. docs/sync.md shows them; the codec knows how they look on the wire.
// Adding a kind or an optional field is harmless: receivers skip what they do not know. Nothing is ever renamed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "core/device/device_store.hpp"
#include "core/hybrid_time.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "sync/frames/presence_frame.hpp"
#include "sync/frames/wipe_frames.hpp"

namespace debrief::sync {

/// The whole of a frame in pieces must not be longer: a changeset of the largest size, and its envelope.
inline constexpr std::size_t whole_bytes_max = core::changeset_bytes_max + (64U << 10U);

/// Device: I hold an invitation. Answered by `EnrolledFrame` or `Bye{denied}`.
struct EnrolFrame {
    core::Bytes secret;
    std::string device_name;
    std::uint64_t incarnation = 0;
    core::Bytes key;  ///< Public half of this device's key: device_key.hpp.
    std::uint64_t catalogue = 0;
};

struct EnrolledFrame {
    core::Uuid server;
    core::Uuid workspace;
    std::string workspace_name;
    core::Uuid device;
    core::Bytes token;
    core::Uuid user;
    std::string user_name;
    std::string role;
    std::string language;
    std::uint64_t catalogue = 0;
};

/// A cursor vector as the difference to one that the server keeps under `set`.
struct CursorDifference {
    std::uint64_t set = 0;                   ///< 0: the empty one.
    std::vector<core::ScopeCursor> changed;  ///< New or moved.
    std::vector<std::string> gone;           ///< Not held any more.
};

/// Device: who I am and how far I am.
struct HelloFrame {
    core::Uuid device;
    core::Bytes token;  ///< Empty where there is none: the server then answers with a challenge.
    std::uint64_t incarnation = 0;
    std::uint64_t last_n = 0;   ///< The newest own changeset.
    std::uint64_t final_n = 0;  ///< The newest one with a final result.
    core::Bytes chain;          ///< Hash over own changesets up to `final_n`; empty where it is not kept yet.
    std::uint64_t catalogue = 0;
    CursorDifference cursors;
    std::vector<core::StatePlace> staged{};  ///< Scopes whose state arrived in part: go on there.
    bool inflates = false;                   ///< Takes frames of kind `z`.
    /// Own changesets without a final result that are sealed here: their log entries must bring the words. Ascending.
    std::vector<std::uint64_t> sealed{};
    bool wipes = false;        ///< Knows its server's key for orders: obeys `WipeFrame`.
    std::uint64_t parked = 0;  ///< Refused changes that it holds; said only by who wipes.
};

struct WelcomeFrame {
    core::Uuid server;
    std::uint64_t expected_n = 0;
    core::Instant time{};
    std::vector<std::string> opened;  ///< May be read from now on.
    std::vector<std::string> closed;  ///< No more.
    std::vector<std::string> reset;   ///< Held, but at a place that this server's log does not have: start again.
    std::uint64_t set = 0;            ///< Id of the cursor vector as it is now known.
    std::uint64_t backed_up_n = 0;    ///< Own changesets up to here need not be kept in the journal.
    std::string user_name;
    std::string role;
    core::Bytes token;                ///< A fresh one, after a proof; empty if the one shown still counts.
    std::uint64_t state_scopes = 0;   ///< So many scopes will come as state …
    std::uint64_t state_records = 0;  ///< … with about so many records.
    bool inflates = false;            ///< Takes frames of kind `z`.
    std::uint64_t catalogue = 0;      ///< The server's: what an older one refused is worth another try.
    core::Bytes seal_key{};           ///< To it a device seals what waits in a scope that it lost; empty: none is.
    core::Bytes order_key{};          ///< Checks the signature of a `WipeFrame`. The first one that was met counts.
};

/// Server: show that you hold this device's key. In place of a welcome, or in a session whose token ends soon.
struct ChallengeFrame {
    core::Uuid server;
    core::Bytes nonce;  ///< 32 bytes, good for one answer on this connection.
};
/// Device: the signature over the challenge (device_key.hpp). Answered by a welcome, in a session by `TokenFrame`.
struct ProveFrame {
    core::Bytes signature;  ///< 64 bytes.
};

/// Server: I do not keep the cursor vector that you named. Say hello again with set 0.
struct AgainFrame {};

/// Device: here is my cursor vector. Answered by `SetFrame`.
struct CursorsFrame {
    CursorDifference cursors;
};
struct SetFrame {
    std::uint64_t set = 0;
};

/// Device: own changesets, n dense from `first`.
struct PushFrame {
    std::uint64_t first = 0;
    std::vector<core::Bytes> payloads;
};

struct ResultsFrame {
    struct Item {
        core::PushResult result;
        bool duplicate = false;
    };
    std::vector<Item> items;       ///< In order of n.
    std::uint64_t expected_n = 0;  ///< What must be sent next.
};

/// Server: the next entries of one scope. Own changesets that had no final result at the greeting come without payload.
struct LogFrame {
    std::string scope;
    std::vector<core::LogEntry> entries;
};

/// Server: records of one scope, in place of a log that is longer than what it led to.
struct StateFrame {
    core::StatePiece piece;
};
/// Server: that was all of it. The log follows from `position` on.
struct StateEndFrame {
    core::StateEnd end;
};
/// Device: send me the state of these scopes, from here on.
struct WantFrame {
    std::vector<core::StatePlace> places;
};

/// Device: so many bytes of `LogFrame`s and of state of this connection are applied. Gives credit for more.
struct AppliedFrame {
    std::uint64_t bytes = 0;
};

struct ScopeOpenFrame {
    std::vector<std::string> scopes;
};
struct ScopeCloseFrame {
    std::vector<std::string> scopes;
};

/// Server: at this moment nothing is left for you. Follows whatever was sent before.
struct LevelFrame {};

/// A fresh token within a session.
struct TokenFrame {
    core::Bytes token;
};

/// Device: one command of `debrief admin`, given as its words. The server judges at that moment whether this user may
/// say it. Answered by `AdministeredFrame`.
struct AdminFrame {
    std::uint64_t order = 0;  ///< The device's number for it, from 1.
    std::vector<std::string> words;
};
/// Server: what came of it. Nothing was changed where there is a code.
struct AdministeredFrame {
    std::uint64_t order = 0;
    std::string result{};                 ///< JSON.
    std::string code{};                   ///< Of the refusal: core/error_names.hpp.
    std::string text{}, field{}, hint{};  ///< Of the refusal, for people.
};

/// Server: what waits in the handover inbox for accounts that this user looks after, all of it, in place of what was
/// said before. Who, where and how many; no words.
struct InboxFrame {
    struct Item {
        std::string scope;
        core::Uuid author;
        std::uint64_t changes = 0;
        core::Instant since{};
        auto operator<=>(const Item&) const = default;
    };
    std::vector<Item> items;
};

struct PingFrame {};
struct PongFrame {};

/// Last frame before closing. `code` is for decisions, `text` for people.
struct ByeFrame {
    std::string code;
    std::string text;
    std::chrono::milliseconds retry{0};  ///< Not before this; 0: as you like.
};

/// A piece of a frame that is too long for one message. Pieces follow each other; urgent frames may come between them.
/// A piece at 0 drops an unfinished one.
struct PartFrame {
    std::uint64_t at = 0;
    std::uint64_t of = 0;  ///< Bytes of the whole.
    core::Bytes piece;
};

/// A whole frame, deflated. Only to a peer that said that it inflates; never within another, never within JSON.
struct ZippedFrame {
    std::uint64_t of = 0;  ///< Bytes of the frame's CBOR.
    core::Bytes packed;    ///< Raw deflate.
};

/// A kind of a newer version: skipped.
struct UnknownFrame {
    std::string kind;
};

using Frame = std::variant<EnrolFrame, EnrolledFrame, HelloFrame, ChallengeFrame, ProveFrame, WelcomeFrame, AgainFrame,
                           CursorsFrame, SetFrame, PushFrame, ResultsFrame, LogFrame, StateFrame, StateEndFrame,
                           WantFrame, AppliedFrame, ScopeOpenFrame, ScopeCloseFrame, LevelFrame, TokenFrame, AdminFrame,
                           AdministeredFrame, LeaveFrame, LeftFrame, WipeFrame, InboxFrame, PresenceFrame, PingFrame,
                           PongFrame, ByeFrame, PartFrame, ZippedFrame, UnknownFrame>;

/// Codes of `ByeFrame`.
namespace bye {
inline constexpr std::string_view denied = "denied";          ///< Wrong secret or proof; enrol again.
inline constexpr std::string_view revoked = "revoked";        ///< This device was cut off by an administrator.
inline constexpr std::string_view expired = "expired";        ///< The token ended without a new proof; greet again.
inline constexpr std::string_view protocol = "protocol";      ///< A frame that no correct peer sends.
inline constexpr std::string_view superseded = "superseded";  ///< The same device has connected again.
inline constexpr std::string_view restart = "restart";        ///< The server goes down; come back.
inline constexpr std::string_view try_later = "try_later";    ///< The server cannot write now.
}  // namespace bye

/// Deterministic CBOR, whole, however long.
core::Bytes encode(const Frame& frame);
/// Validates, then decodes. Unknown fields are skipped. Errors: `corrupt` with the offset or the field; `too_large`.
core::Result<Frame> decode_frame(core::ByteView bytes);

}  // namespace debrief::sync
