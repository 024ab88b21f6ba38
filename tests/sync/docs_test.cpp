// docs/sync.md must be enough to write another client: what it shows is read, what it lists is compared with the code.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/catalogue/catalogue.hpp"
#include "core/changes/changeset.hpp"
#include "core/changes/digest.hpp"
#include "core/changes/sealed.hpp"
#include "core/changes/state_codec.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"
#include "sync/frames/json_text.hpp"
#include "sync/invitation.hpp"
#include "sync/server/judge.hpp"
#include "tests/sync/support/sample_frames.hpp"

using namespace debrief;
using namespace debrief::sync;

namespace {

std::vector<std::string> page() {
    std::ifstream file{std::string{DEBRIEF_SOURCE_DIR} + "/docs/sync.md"};
    REQUIRE(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

/// A fenced example, with the bytes that are shown for it, if they are.
struct Example {
    std::string kind;
    std::string text;
    std::string hex;
};

std::vector<Example> examples() {
    std::vector<Example> found;
    std::string kind;
    for (const auto& line : page()) {
        if (line.rfind("```", 0) == 0) {
            kind = line.substr(3);
            if (!kind.empty() && kind != "hex") found.push_back({kind, {}, {}});
        } else if (kind == "hex") {
            REQUIRE_FALSE(found.empty());
            found.back().hex += line;
        } else if (!kind.empty()) {
            if (kind == "json" && !found.back().text.empty()) found.push_back({kind, {}, {}});
            found.back().text += line;
        }
    }
    return found;
}

std::string hex_of(core::ByteView bytes) {
    std::string text;
    for (const auto byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string kind_of(const nlohmann::json& frame) {
    return frame["k"].get<std::string>();
}

/// The names in the first column of the table under a heading: between backticks.
std::set<std::string> rows_under(const std::string& heading) {
    std::set<std::string> names;
    bool here = false;
    for (const auto& line : page()) {
        if (line.rfind('#', 0) == 0) here = line == heading;
        if (!here || line.rfind("| `", 0) != 0) continue;
        const auto cell = line.substr(0, line.find('|', 1));
        for (auto at = cell.find('`'); at != std::string::npos;) {
            const auto end = cell.find('`', at + 1);
            names.insert(cell.substr(at + 1, end - at - 1));
            at = cell.find('`', end + 1);
        }
    }
    return names;
}

}  // namespace

TEST_CASE("every frame is shown in docs/sync.md, and every example is a frame", "[sync][docs]") {
    std::set<std::size_t> shown;
    std::size_t with_bytes = 0;
    for (const auto& example : examples()) {
        INFO(example.text);
        if (example.kind != "json") continue;
        const auto cbor = cbor_of_json(example.text);
        REQUIRE(cbor);
        const auto frame = decode_frame(*cbor);
        REQUIRE(frame);
        CHECK_FALSE(std::holds_alternative<UnknownFrame>(*frame));
        CHECK(encode(*frame) == *cbor);  // Every field of it is one that we know.
        shown.insert(frame->index());
        if (example.hex.empty()) continue;
        ++with_bytes;
        CHECK(example.hex == hex_of(*cbor));
    }
    for (const auto& frame : test::sample_frames()) {
        INFO(*json_of_cbor(encode(frame)));
        CHECK(shown.count(frame.index()) == 1);
    }
    CHECK(with_bytes >= 7);
}

TEST_CASE("changesets and states of docs/sync.md are what the code makes, with their bytes and digest",
          "[sync][docs]") {
    std::size_t changesets = 0, states = 0, digests = 0;
    core::StateDigest digest;
    for (const auto& example : examples()) {
        INFO(example.kind << " " << example.text);
        if (example.kind == "digest") {
            ++digests;
            CHECK(example.text == hex_of(digest.bytes()));
            continue;
        }
        if (example.kind != "changeset" && example.kind != "state") continue;
        const auto cbor = cbor_of_json(example.text);
        REQUIRE(cbor);
        CHECK(example.hex == hex_of(*cbor));
        if (example.kind == "changeset") {
            ++changesets;
            const auto changeset = core::decode_changeset(*cbor);
            REQUIRE(changeset);
            CHECK(core::encode(*changeset) == *cbor);
        } else {
            ++states;
            const auto state = core::decode_state(*cbor);
            REQUIRE(state);
            CHECK(core::encode(*state) == *cbor);
            digest.add(*state);
        }
    }
    CHECK(changesets == 3);
    CHECK(states == 1);
    CHECK(digests == 1);
}

TEST_CASE("the box of docs/sync.md holds the changeset that it is said to hold", "[sync][docs][sealed]") {
    core::Bytes seed, chance, words;
    for (unsigned at = 0; at < core::seal_seed_bytes; ++at) {
        seed.push_back(static_cast<std::uint8_t>(0x20 + at));
        chance.push_back(static_cast<std::uint8_t>(0x40 + at));
    }
    std::size_t boxes = 0;
    const auto all = examples();
    for (const auto& example : all) {
        if (example.kind == "changeset" && example.text.find("\"e\"") != std::string::npos)
            words = *cbor_of_json(example.text);
    }
    for (const auto& example : all) {
        if (example.kind != "sealed") continue;
        ++boxes;
        const auto cbor = cbor_of_json(example.text);
        REQUIRE(cbor);
        CHECK(example.hex == hex_of(*cbor));
        const auto made = core::seal(words, 8, core::known_hash(words), core::seal_key(seed), chance);
        REQUIRE(made);
        CHECK(*made == *cbor);
        CHECK(*core::unseal(*core::read_sealed(*cbor), seed) == words);
    }
    CHECK(boxes == 1);
}

TEST_CASE("the order to wipe of docs/sync.md has the signature that it is said to have", "[sync][docs][wipe]") {
    core::Bytes seed;
    for (unsigned at = 0; at < 32; ++at) seed.push_back(static_cast<std::uint8_t>(0x60 + at));
    core::Uuid device;
    device.bytes.fill(3);
    std::size_t orders = 0;
    for (const auto& example : examples()) {
        if (example.kind != "json" || example.text.find("\"k\":\"wipe\"") == std::string::npos) continue;
        ++orders;
        const auto order = std::get<WipeFrame>(*decode_frame(*cbor_of_json(example.text)));
        const auto message = wipe_message(order, device, 4711);
        CHECK(message.size() == 80);
        INFO(base64url(sign(seed, message)));
        CHECK(verify(public_key(seed), message, order.signature));
    }
    CHECK(orders == 1);
}

TEST_CASE("every field of every frame is listed in docs/sync.md, and none that is not there", "[sync][docs]") {
    std::map<std::string, std::set<std::string>> fields;
    for (const auto& frame : test::sample_frames()) {
        const auto sample = nlohmann::json::parse(*json_of_cbor(encode(frame)));
        auto& known = fields[kind_of(sample)];
        for (const auto& [name, value] : sample.items()) {
            if (name != "k") known.insert(name);
            if (!value.is_array()) continue;
            for (const auto& item : value) {
                if (!item.is_object() || item.contains("~")) continue;
                for (const auto& [inner, ignored] : item.items()) known.insert(name + "." + inner);
            }
        }
    }
    for (const auto& [kind, known] : fields) {
        INFO(kind);
        CHECK(rows_under("### `" + kind + "`") == known);
    }
}

TEST_CASE("every goodbye and every refusal is named in docs/sync.md", "[sync][docs]") {
    const auto byes = rows_under("## Ends and errors");
    for (const auto code :
         {bye::denied, bye::revoked, bye::expired, bye::protocol, bye::superseded, bye::restart, bye::try_later})
        CHECK(byes.count(std::string{code}) == 1);
    auto codes = rows_under("## Pushing");
    CHECK(codes.erase("depends 7") == 1);
    for (const auto code :
         {refused::not_found, refused::denied, refused::invalid, refused::corrupt, refused::too_large, refused::clone})
        CHECK(codes.count(std::string{code}) == 1);
}

TEST_CASE("the tables of docs/sync.md are the catalogue's", "[sync][docs]") {
    std::string text;
    for (const auto& line : page()) text += line + "\n";
    for (const auto& table : core::catalogue().tables) {
        const auto start = text.find("\n| `" + std::string{table.name} + "` | ", text.find("\n## Tables\n"));
        INFO(table.name);
        REQUIRE(start != std::string::npos);
        const auto row = text.substr(start, text.find('\n', start + 1) - start);
        for (const auto& field : table.fields) {
            const auto cell = "`" + std::string{field.name} + "` " + std::string{core::name_of(field.type)} +
                              (field.required ? "*" : "");
            INFO(cell);
            CHECK((row.find(cell + ",") != std::string::npos || row.find(cell + " |") != std::string::npos));
            if (field.words.empty()) continue;
            const auto list = text.find("`" + std::string{table.name} + "." + std::string{field.name} + "`");
            REQUIRE(list != std::string::npos);
            const auto words = text.substr(list, text.find('\n', list) - list);
            for (const auto word : field.words)
                CHECK((word.empty() || words.find("`" + std::string{word} + "`") != std::string::npos));
        }
    }
}
