// The transcripts under tests/sync/golden, played against the production sessions: each side hears the other's lines
// and must say its own, in JSON and in CBOR. What they are in bytes is kept beside them. None of it ever changes.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

#include "core/digest.hpp"
#include "sync/frames/frame.hpp"
#include "tests/sync/support/golden_sides.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path{DEBRIEF_SOURCE_DIR} / "tests/sync/golden";

std::string text_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}
std::string hex_of(core::ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) (text += digits[byte >> 4U]) += digits[byte & 15U];
    return text;
}

/// Tells every story of this side, or that of `DEBRIEF_STORY`. Gives how many.
template <typename Side>
std::size_t play(const std::string& side) {
    const char* wanted = std::getenv("DEBRIEF_STORY");  // NOLINT(concurrency-mt-unsafe)
    std::size_t played = 0;
    for (const auto& name : Golden::names()) {
        if (wanted != nullptr && name != wanted) continue;
        for (const auto encoding : {Encoding::json, Encoding::cbor}) {
            INFO(name << (encoding == Encoding::json ? " in JSON" : " in CBOR"));
            if (!Golden{name, encoding}.plays(side)) continue;
            Side{name, encoding}.play();
            ++played;
        }
    }
    return wanted == nullptr ? played : std::numeric_limits<std::size_t>::max();
}

/// Tells every story of this side in doubt of each line.
template <typename Side>
void doubt(const std::string& side) {
    std::size_t lines = 0, changes = 0;
    for (const auto& name : Golden::names()) {
        const bool has_cbor = Golden{name, Encoding::cbor}.plays(side);
        const auto encoding = has_cbor ? Encoding::cbor : Encoding::json;
        if (!has_cbor && !Golden{name, encoding}.plays(side)) continue;
        const auto doubts = Side{name, encoding}.play_in_doubt();
        INFO(name);
        CHECK(doubts.looked_at.size() == doubts.lines);
        for (const auto& unseen : doubts.unseen) FAIL_CHECK(unseen << " makes no difference");
        lines += doubts.lines;
        changes += doubts.changes;
    }
    INFO(lines << " lines, " << changes << " changes");
    CHECK(lines >= 200);
    CHECK(changes >= 10 * lines);
}

/// The frames of a story in CBOR, under the names that its own samples give: line, direction, bytes. Long ones, what is
/// no frame, and what another zlib would make otherwise is left out.
std::string bytes_of(const std::string& name) {
    constexpr std::size_t long_from = 1000;
    Golden golden{name, Encoding::cbor};
    std::ostringstream out;
    for (const auto& [number, said] : golden.lines()) {
        if (said.contains("open")) golden.opened();
        for (const auto* way : {"up", "down"}) {
            if (!said.contains(way)) continue;
            const auto& frame = said[way];
            if (frame.is_object() && (frame.contains("raw") || frame.contains("z"))) continue;
            const auto messages = golden.messages(frame);
            if (messages.size() == 1 && messages[0].size() < long_from)
                out << number << ' ' << way << ' ' << hex_of(messages[0]) << '\n';
        }
    }
    return out.str();
}

}  // namespace

TEST_CASE("the server speaks as the golden transcripts have it", "[sync][golden]") {
    CHECK(play<GoldenServer>("server") >= 70);
}

TEST_CASE("a device speaks as the golden transcripts have it", "[sync][golden]") {
    CHECK(play<GoldenDevice>("device") >= 60);
}

TEST_CASE("every golden line is looked at: whatever is changed in it, somebody says no", "[sync][golden]") {
    SECTION("of the server") {
        doubt<GoldenServer>("server");
    }
    SECTION("of the device") {
        doubt<GoldenDevice>("device");
    }
}

TEST_CASE("the frames of the golden transcripts have the bytes that they always had", "[sync][golden]") {
    for (const auto& name : Golden::names()) {
        if (Golden{name, Encoding::json}.plays("server") != Golden{name, Encoding::cbor}.plays("server")) continue;
        INFO(name);
        const auto bytes = bytes_of(name);
        if (const char* made = std::getenv("DEBRIEF_WRITE"))  // NOLINT(concurrency-mt-unsafe)
            std::ofstream{fs::path{made} / (name + ".bytes"), std::ios::binary} << bytes;
        CHECK(text_of(folder / (name + ".bytes")) == bytes);
    }
}

TEST_CASE("a golden transcript never changes", "[sync][golden]") {
    std::set<std::string> listed;
    std::istringstream sums{text_of(folder / "SHA256SUMS")};
    for (std::string sum, name; sums >> sum >> name;) {
        INFO(name);
        const auto text = text_of(folder / name);
        const core::Bytes bytes(text.begin(), text.end());
        CHECK(hex_of(core::sha256(bytes)) == sum);
        listed.insert(name);
    }
    for (const auto& entry : fs::directory_iterator{folder}) {
        const auto name = entry.path().filename().string();
        if (name == "SHA256SUMS" || name == "README.md") continue;
        INFO(name << " is not in SHA256SUMS");
        CHECK(listed.count(name) == 1);
    }
    CHECK(listed.size() >= 90);
}

TEST_CASE("every kind of frame, every goodbye and every refusal is in a golden transcript", "[sync][golden]") {
    std::string all;
    for (const auto& name : Golden::names()) all += text_of(folder / (name + ".jsonl"));
    for (const auto* kind :
         {"enrol",      "enrolled",     "hello",   "challenge", "prove", "welcome",   "again", "cursors",
          "set",        "push",         "results", "log",       "state", "state_end", "want",  "applied",
          "scope_open", "scope_close",  "level",   "token",     "ping",  "pong",      "bye",   "part",
          "admin",      "administered", "inbox",   "presence",  "leave", "left",      "wipe"}) {
        INFO(kind);
        CHECK(all.find("{\"k\":\"" + std::string{kind} + "\"") != std::string::npos);
    }
    CHECK(all.find("{\"z\":{\"k\":\"push\"") != std::string::npos);
    CHECK(all.find("{\"parts\":{\"k\":\"log\"") != std::string::npos);
    for (const auto code :
         {bye::denied, bye::revoked, bye::expired, bye::protocol, bye::superseded, bye::restart, bye::try_later})
        CHECK(all.find("{\"k\":\"bye\",\"c\":\"" + std::string{code} + "\"") != std::string::npos);
    for (const auto* code : {"not_found", "denied", "invalid", "depends 4", "corrupt", "too_large", "clone"})
        CHECK(all.find("\"s\":\"rejected\",\"c\":\"" + std::string{code} + "\"") != std::string::npos);
    CHECK(all.find("\"s\":\"handed_over\"") != std::string::npos);
}
