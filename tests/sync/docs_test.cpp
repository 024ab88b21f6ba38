#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include "sync/frames/frame.hpp"
#include "sync/frames/json_text.hpp"
#include "tests/sync/support/sample_frames.hpp"

using namespace debrief;
using namespace debrief::sync;

TEST_CASE("every frame is shown in docs/sync.md, and every example is a frame", "[sync][docs]") {
    std::ifstream file{std::string{DEBRIEF_SOURCE_DIR} + "/docs/sync.md"};
    REQUIRE(file);
    std::set<std::size_t> shown;
    std::string line;
    bool example = false;
    while (std::getline(file, line)) {
        if (line.rfind("```", 0) == 0) {
            example = line == "```json";
            continue;
        }
        if (!example) continue;
        INFO(line);
        const auto cbor = cbor_of_json(line);
        REQUIRE(cbor);
        const auto frame = decode_frame(*cbor);
        REQUIRE(frame);
        CHECK_FALSE(std::holds_alternative<UnknownFrame>(*frame));
        CHECK(encode(*frame) == *cbor);  // Every field of it is one that we know.
        shown.insert(frame->index());
    }
    for (const auto& frame : test::sample_frames()) {
        INFO(*json_of_cbor(encode(frame)));
        CHECK(shown.count(frame.index()) == 1);
    }
}
