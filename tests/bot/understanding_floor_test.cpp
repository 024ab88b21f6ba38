// The reading of 125 labelled notes may not get worse. The figures are those of the labelling guide
// (docs/understanding.md).
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cctype>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "bot/understanding/labels_codec.hpp"

using nlohmann::json;

namespace {

struct Count {
    double hit = 0, extra = 0, missed = 0;
    [[nodiscard]] double f1() const { return hit == 0 ? 0 : 2 * hit / (2 * hit + extra + missed); }
};

std::map<std::string, int> words_of(const std::string& text) {
    std::map<std::string, int> bag;
    std::string word;
    for (const char c : text + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c < 0) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (c != '\'' && !word.empty()) {
            ++bag[word];
            word.clear();
        }
    }
    return bag;
}

double overlap(const std::string& a, const std::string& b) {
    const auto x = words_of(a), y = words_of(b);
    double common = 0, total = 0;
    for (const auto& [word, n] : x) {
        total += n;
        if (const auto found = y.find(word); found != y.end()) common += std::min(n, found->second);
    }
    for (const auto& item : y) total += item.second;
    return total == 0 ? 0 : 2 * common / total;
}

void count_facts(const json& gold, const json& found, Count& count) {
    std::set<std::size_t> used;
    for (const json& g : gold) {
        std::size_t best = found.size();
        double best_overlap = 0.5;
        for (std::size_t k = 0; k < found.size(); ++k) {
            if (used.contains(k) || found[k]["dimension"] != g["dimension"]) continue;
            if (const double o = overlap(g["span"], found[k]["span"]); o >= best_overlap) {
                best = k;
                best_overlap = o;
            }
        }
        if (best < found.size()) {
            used.insert(best);
            ++count.hit;
        } else {
            ++count.missed;
        }
    }
    count.extra += static_cast<double>(found.size() - used.size());
}

template <typename Key>
void count_sets(const std::set<Key>& gold, const std::set<Key>& found, Count& count) {
    for (const Key& k : gold) (found.contains(k) ? count.hit : count.missed) += 1;
    for (const Key& k : found) count.extra += gold.contains(k) ? 0 : 1;
}

void count_flag(const json& gold, const json& found, const char* flag, Count& count) {
    const bool g = gold[flag], f = found[flag];
    (g && f ? count.hit : g ? count.missed : f ? count.extra : count.hit) += g || f ? 1 : 0;
}

}  // namespace

TEST_CASE("the labelled notes are read as well as before", "[understanding][floor]") {
    std::ifstream file{DEBRIEF_SOURCE_DIR "/training/corpus/house.jsonl"};
    REQUIRE(file);
    std::map<std::string, Count> focus;
    Count facts, people, dates, vague, dont_know;
    double stances = 0, stances_right = 0;
    std::string line;
    int records = 0;
    while (std::getline(file, line)) {
        const json gold = json::parse(line)["labels"];
        const auto labelled = debrief::bot::label_line(
            line, std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::January, std::chrono::day{1}});
        REQUIRE(labelled);
        const json found = json::parse(*labelled)["labels"];
        ++records;
        REQUIRE(gold["focus"].size() == found["focus"].size());
        for (std::size_t i = 0; i < gold["focus"].size(); ++i) {
            const std::string g = gold["focus"][i], f = found["focus"][i];
            if (g == f) {
                ++focus[g].hit;
            } else {
                ++focus[g].missed;
                ++focus[f].extra;
            }
        }
        count_facts(gold["facts"], found["facts"], facts);
        std::set<std::string> gold_people, found_people, gold_dates, found_dates;
        for (const json& p : found["people"]) found_people.insert(p["name"]);
        for (const json& p : gold["people"]) {
            gold_people.insert(p["name"]);
            ++stances;
            for (const json& q : found["people"])
                stances_right += q["name"] == p["name"] && q["stance"] == p["stance"] ? 1 : 0;
        }
        count_sets(gold_people, found_people, people);
        for (const json& d : gold["dates"]) gold_dates.insert(d["value"]);
        for (const json& d : found["dates"]) found_dates.insert(d["value"]);
        count_sets(gold_dates, found_dates, dates);
        count_flag(gold, found, "vague", vague);
        count_flag(gold, found, "dont_know", dont_know);
    }
    CHECK(records == 133);
    CHECK((focus["customer"].f1() + focus["seller"].f1() + focus["neutral"].f1()) / 3 >= 0.95);
    CHECK(facts.f1() >= 0.88);
    CHECK(people.f1() >= 0.95);
    CHECK(stances_right / stances >= 0.85);
    CHECK(dates.f1() >= 0.97);
    CHECK(vague.f1() >= 0.9);
    CHECK(dont_know.f1() >= 0.9);
}
