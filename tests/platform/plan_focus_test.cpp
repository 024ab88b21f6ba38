// The focus of a plan agrees with those who labelled its sentences by hand: notes of one account, put together as the
// bullets of a plan, and read by `check`. The models have seen these notes, so that the floor guards against a plan
// being read otherwise than a note; what unseen notes give stands in docs/understanding.md.
#include <cmath>
#include <fstream>
#include <map>

#include "app_fixture.hpp"
#include "bot/plan/pasted.hpp"

using namespace debrief::platform::test;

namespace {

struct Labelled {
    std::vector<std::pair<std::string, std::string>> sentences;  ///< With whose world each is about.
};

/// By account: what everybody wrote about it is one plan.
std::map<std::string, Labelled> plans_out_of(const std::string& file, std::map<std::string, Labelled> plans) {
    std::ifstream in{DEBRIEF_SOURCE_DIR "/training/corpus/" + file};
    REQUIRE(in);
    for (std::string line; std::getline(in, line);) {
        const json note = json::parse(line);
        auto& plan = plans[note["context"]["account"]];
        for (std::size_t i = 0; i < note["sentences"].size(); ++i) {
            std::string text = note["sentences"][i];
            // A bullet is one line.
            for (char& c : text) c = c == '\n' ? ' ' : c;
            // Some notes are bullets themselves.
            text = debrief::bot::without_markdown(text);
            plan.sentences.emplace_back(text, note["labels"]["focus"][i]);
        }
    }
    return plans;
}

double percent(const std::map<std::string, int>& counts, const std::string& focus) {
    double all = 0;
    for (const auto& [name, count] : counts) all += count;
    const auto found = counts.find(focus);
    return all == 0 || found == counts.end() ? 0 : 100.0 * found->second / all;
}

}  // namespace

TEST_CASE("the focus of a plan agrees with the labels of its sentences", "[app][understanding][floor]") {
    TempFolder folder;
    Device device{folder};
    device.init();
    const auto plans = plans_out_of("author14.jsonl", plans_out_of("house.jsonl", {}));
    REQUIRE(plans.size() >= 40);
    int sentences = 0, same = 0, found_none = 0;
    double difference = 0, worst = 0;
    for (const auto& [account, plan] : plans) {
        std::string text = "# Plan for " + account + "\n";
        for (const auto& [sentence, focus] : plan.sentences) text += "- " + sentence + "\n";
        const json checked = device.call("check", {{"text", text}, {"kind", "plan"}});
        std::map<std::string, int> labelled;
        std::map<std::string, std::string> read;
        for (const auto& one : checked["sentences"]) read.emplace(one["text"], one["focus"]);
        for (const auto& [sentence, focus] : plan.sentences) {
            ++labelled[focus];
            ++sentences;
            const auto found = read.find(sentence);
            found_none += found == read.end() ? 1 : 0;
            same += found != read.end() && found->second == focus ? 1 : 0;
        }
        const double apart = std::abs(checked["focus"]["customer"].get<double>() - percent(labelled, "customer"));
        difference += apart;
        worst = std::max(worst, apart);
    }
    const double accuracy = static_cast<double>(same) / sentences;
    const double apart = difference / static_cast<double>(plans.size());
    INFO("sentences " << sentences << ", alike " << accuracy << ", not found as one " << found_none
                      << ", share of the customer apart by " << apart << " points, at most " << worst);
    CHECK(accuracy >= 0.96);
    CHECK(apart <= 3.0);
}
