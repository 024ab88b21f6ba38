#include "tests/sync/support/sample_frames.hpp"

namespace debrief::sync::test {
namespace {

core::Uuid id(std::uint8_t number) {
    core::Uuid made;
    made.bytes.fill(number);
    return made;
}

}  // namespace

std::vector<Frame> sample_frames() {
    const core::Bytes secret(32, 0xAB);
    const CursorDifference cursors{9, {{"workspace", 12, 0xFFFFFFFFFFFFFFFFULL}, {"user/x", 1, 2}}, {"account/gone"}};
    core::LogEntry other{3, 77, {id(1), 5, 6}, id(2), {0x1234567890ABULL}, core::Bytes{1, 2, 3}};
    core::LogEntry own{4, 78, {id(3), 1, 1}, id(4), {5}, {}};
    ResultsFrame results;
    results.items.push_back({{1, core::PushResult::Kind::ok, 9, {88}, {}}, true});
    results.items.push_back({{2, core::PushResult::Kind::rejected, 0, {}, "not_found"}, false});
    results.items.push_back({{3, core::PushResult::Kind::handed_over, 0, {}, {}}, false});
    results.expected_n = 4;
    const core::StatePlace place{"account/x", 300, 77, id(7), 0};
    return {EnrolFrame{secret, "Ann's phone", 1ULL << 63U, core::Bytes(32, 0xCD), 1},
            EnrolledFrame{id(1), id(2), "Acme sales", id(3), secret, id(4), "Ann", "rep", "de", 1},
            HelloFrame{id(3), secret, 42, 7, 5, core::Bytes(32, 1), 1, cursors, {place}, true, {6, 7}, true, 2},
            ChallengeFrame{id(1), core::Bytes(32, 0xEF)},
            ProveFrame{core::Bytes(64, 0x5A)},
            WelcomeFrame{id(1),
                         6,
                         core::Instant{1'750'000'000'000},
                         {"a"},
                         {"b"},
                         {"c"},
                         3,
                         4,
                         "Ann",
                         "rep",
                         secret,
                         12,
                         3400,
                         true,
                         2,
                         core::Bytes(32, 2),
                         core::Bytes(32, 3)},
            AgainFrame{},
            CursorsFrame{cursors},
            SetFrame{11},
            PushFrame{6, {core::Bytes{0xA0}, core::Bytes{0xA0, 0x00}}},
            results,
            LogFrame{"account/x", {other, own}},
            StateFrame{{place, false, {{{1, 2}, false}, {{3}, true}}}},
            StateFrame{{{"account/x", 300, 77, {}, 0}, true, {{{1, 2}, false}}}},
            StateEndFrame{
                {"account/x", 302, 78, 41, core::Bytes(16, 0x11), {{id(5), {"text"}, {}}, {id(6), {}, {"state"}}}}},
            WantFrame{{place}},
            AppliedFrame{50'000},
            ScopeOpenFrame{{"account/y"}},
            ScopeCloseFrame{{"account/y", "private/u/y"}},
            LevelFrame{},
            TokenFrame{secret},
            AdminFrame{1, {"user", "add", "Mo"}},
            AdministeredFrame{1, R"({"id":"x"})", {}, {}, {}, {}},
            AdministeredFrame{2, {}, "not_found", "There is no such team.", "team", "debrief admin team list"},
            InboxFrame{{{"account/x", id(4), 3, core::Instant{1'750'000'000'000}}}},
            PresenceFrame{id(6), "account/x", id(4), "typing"},
            LeaveFrame{id(1), 6, 16U << 20U},
            LeftFrame{},
            WipeFrame{id(1), core::Instant{1'750'000'000'000}, 9, 3, true, core::Bytes(64, 0x77)},
            PingFrame{},
            PongFrame{},
            ByeFrame{"try_later", "The disk is full.", std::chrono::milliseconds{5000}},
            PartFrame{0, 3, core::Bytes{1, 2}},
            ZippedFrame{2000, core::Bytes{3, 0}}};
}

}  // namespace debrief::sync::test
