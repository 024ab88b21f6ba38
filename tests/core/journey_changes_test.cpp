#include <catch2/catch.hpp>

#include "tests/core/journey_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

namespace {
/// One line a change, for reading.
std::vector<std::string> told(const Evidence& evidence, std::string_view first, std::string_view last) {
    std::vector<std::string> lines;
    for (const auto& c : changes(evidence, day(first), day(last))) {
        lines.push_back(c.on + " " + c.kind + " " + std::string{name_of(c.dimension)} + ": '" + c.before + "' -> '" +
                        c.after + "' (" + c.why + ")");
    }
    return lines;
}
using Lines = std::vector<std::string>;
}  // namespace

SCENARIO("the shifting sands of a fact", "[core][journey]") {
    GIVEN("a first fact, a second one beside it, and a correction of the first") {
        auto first = said(1, Dimension::timing, "2025-03-01", "Live in June");
        first.state = ItemState::superseded;
        first.superseded_by = id(3);
        auto correction = said(3, Dimension::timing, "2025-03-20", "Live in September");
        correction.supersedes = id(1);
        correction.source.quote = "now it is September, the plant is late";
        Evidence evidence{
            {first, said(2, Dimension::timing, "2025-03-02", "Training takes a month"), correction}, {}, {}, {}};
        THEN("the first is learned, the correction changes it and says why") {
            CHECK(told(evidence, "2025-03-01", "2025-03-31") ==
                  Lines{"2025-03-01 learned timing: '' -> 'Live in June' (Live in June)",
                        "2025-03-20 changed timing: 'Live in June' -> 'Live in September' (now it is September, the "
                        "plant is late)"});
            CHECK(changes(evidence, day("2025-03-20"), day("2025-03-20")).at(0).evidence ==
                  std::vector<Uuid>{id(3), id(1)});
        }
        THEN("the window includes both of its days and no other") {
            CHECK(told(evidence, "2025-03-02", "2025-03-19").empty());
            CHECK(told(evidence, "2025-03-20", "2025-03-20").size() == 1);
            CHECK(told(evidence, "2025-03-01", "2025-03-01").size() == 1);
        }
        WHEN("the correction is withdrawn later") {
            evidence.items[2].state = ItemState::withdrawn;
            evidence.items[2].withdrawn_on = "2025-04-02";
            evidence.items[2].withdrawn_at = at("2025-04-02T12:00Z");
            THEN("that is told on that day, and the past is told as it was") {
                CHECK(told(evidence, "2025-04-01", "2025-04-30") ==
                      Lines{"2025-04-02 withdrawn timing: 'Live in September' -> '' ()"});
                CHECK(told(evidence, "2025-03-20", "2025-03-31").size() == 1);
            }
        }
        WHEN("it is only said again in the same words") {
            evidence.items[2].text = first.text;
            THEN("nothing shifted") {
                CHECK(told(evidence, "2025-03-02", "2025-03-31").empty());
            }
        }
    }
    GIVEN("a proposed fact") {
        auto item = said(1, Dimension::concern, "2025-03-01", "They fear it");
        item.state = ItemState::proposed;
        THEN("nothing is told") {
            CHECK(told({{item}, {}, {}, {}}, "2025-03-01", "2025-03-31").empty());
        }
    }
    GIVEN("a fact that answers an unknown") {
        auto asked = said(1, Dimension::unknown, "2025-03-01", "Who signs?");
        asked.about = Dimension::decision_process;
        auto answer = said(2, Dimension::decision_process, "2025-03-20", "Sarah signs");
        answer.supersedes = id(1);
        THEN("it is learned, and shows what was asked") {
            CHECK(told({{asked, answer}, {}, {}, {}}, "2025-03-01", "2025-03-31") ==
                  Lines{"2025-03-20 learned decision_process: 'Who signs?' -> 'Sarah signs' (Sarah signs)"});
        }
    }
    GIVEN("a dimension whose only fact was withdrawn before the next was said") {
        auto gone = said(1, Dimension::concern, "2025-03-01", "They fear it");
        gone.state = ItemState::withdrawn;
        gone.withdrawn_on = "2025-03-05";
        gone.withdrawn_at = at("2025-03-05T12:00Z");
        THEN("the next is learned anew") {
            CHECK(told({{gone, said(2, Dimension::concern, "2025-03-10", "Money")}, {}, {}, {}}, "2025-03-06",
                       "2025-03-31") == Lines{"2025-03-10 learned concern: '' -> 'Money' (Money)"});
        }
    }
}

SCENARIO("the shifting sands of people and promises", "[core][journey]") {
    GIVEN("Sarah, known since January, and Tom, met in March") {
        Evidence evidence;
        evidence.items = {said(9, Dimension::concern, "2025-03-10", "She thinks it is too early")};
        evidence.contacts = {met(sarah, "CFO", "2025-01-05"), met(tom, "Quality", "2025-03-04")};
        evidence.stances = {
            stance(1, sarah, Stance::supporter, "2025-01-05"), stance(2, sarah, Stance::skeptic, "2025-03-10"),
            stance(3, tom, Stance::champion, "2025-03-06"), stance(4, tom, Stance::neutral, "2025-03-12")};
        evidence.stances[1].evidence = {id(9)};
        WHEN("Tom's name, and what she thinks, are erased") {
            evidence.contacts[1].contact.name = evidence.stances[2].contact.name = evidence.stances[3].contact.name =
                "erased";
            evidence.items[0].text = "erased";
            THEN("there is nobody called that who came or turned, and no such words") {
                for (const auto& line : told(evidence, "2025-03-01", "2025-03-31"))
                    CHECK(line.find("stance") != std::string::npos);
                CHECK(told(evidence, "2025-03-01", "2025-03-31").size() == 1);
            }
        }
        THEN("meeting Tom is one entry, with his first stance; later ones are told") {
            CHECK(told(evidence, "2025-03-01", "2025-03-31") ==
                  Lines{"2025-03-04 person_new stakeholder: '' -> 'Tom Becker' (Quality)",
                        "2025-03-10 stance stakeholder: 'supporter' -> 'skeptic' (She thinks it is too early)",
                        "2025-03-10 learned concern: '' -> 'She thinks it is too early' (She thinks it is too early)",
                        "2025-03-12 stance stakeholder: 'champion' -> 'neutral' ()"});
        }
        THEN("the first stance of somebody long known is told") {
            CHECK(told(evidence, "2025-03-05", "2025-03-09") ==
                  Lines{"2025-03-06 stance stakeholder: 'unknown' -> 'champion' ()"});
        }
        WHEN("Sarah leaves") {
            evidence.contacts[0].gone = true;
            evidence.contacts[0].gone_on = "2025-03-20";
            THEN("it is told") {
                CHECK(told(evidence, "2025-03-20", "2025-03-31") ==
                      Lines{"2025-03-20 person_gone stakeholder: 'Sarah Lind' -> '' (CFO)"});
            }
        }
    }
    GIVEN("a promise that was kept") {
        Evidence evidence;
        evidence.commitments = {promised(1, "2025-03-01", "Send the numbers", "2025-03-10")};
        evidence.commitments[0].state = "kept";
        evidence.commitments[0].settled_on = "2025-03-09";
        evidence.commitments[0].settled_at = at("2025-03-09T12:00Z");
        THEN("making and keeping it are told") {
            CHECK(told(evidence, "2025-03-01", "2025-03-31") ==
                  Lines{"2025-03-01 commitment commitment: '' -> 'Send the numbers' ()",
                        "2025-03-09 commitment commitment: 'Send the numbers' -> 'kept' ()"});
        }
    }
}
