// Other people's dates. The phrases, days and values are facts from the specifications of two projects under the MIT
// licence: microsoft/Recognizers-Text, (c) Microsoft Corporation, and wanasit/chrono, (c) 2014 Wanasit
// Tanakitrungruang. Values are written in our forms; where the projects differ from the labelling guide, the guide
// holds. Left out are 60 forms that only a keyboard makes: figures run together, a month before its day in figures
// alone, white space around the mark of a date, figures that are a decimal number as well.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cctype>
#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/understanding/understanding.hpp"

using nlohmann::json;
using namespace debrief::bot;

namespace {

using Values = std::set<std::string>;

/// One way to take a phrase: what it means beside a verb of that tense.
struct Taken {
    bool past = false;
    Values values;
};

std::vector<json> rows_of(const char* name) {
    std::ifstream file{std::string{DEBRIEF_SOURCE_DIR "/tests/bot/data/"} + name};
    REQUIRE(file);
    std::vector<json> rows;
    for (std::string line; std::getline(file, line);) rows.push_back(json::parse(line));
    return rows;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

bool is_any(const std::string& word, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::pair<std::string, std::string> first_words(const json& row) {
    std::istringstream words{lower(row["phrase"])};
    std::string first, second;
    words >> first >> second;
    return {first, second};
}

/// `prefix` is empty for what the source says, "guide_" for what the guide says.
std::vector<Taken> readings(const json& row, const std::string& prefix = "") {
    const auto values = [&](const std::string& key) -> Values {
        if (row.contains(prefix + key)) return {row[prefix + key].get<std::string>()};
        if (row.contains(prefix + key + "s")) return row[prefix + key + "s"].get<Values>();
        return {};
    };
    const Values plain = values("value"), past = values("past_value");
    const std::string first = first_words(row).first;
    if (!past.empty()) {
        if (first == "since") return {{true, past}};
        return {{false, plain}, {true, past}};
    }
    if (row["tense"] == "either") return {{is_any(first, {"since", "last", "earlier"}), plain}};
    return {{row["tense"] == "past", plain}};
}

/// True for what follows a verb as it is: "next week", "two days ago".
bool needs_no_lead(const std::string& first, const std::string& second) {
    const bool number = first.find_first_not_of("0123456789") == std::string::npos ||
                        is_any(first, {"a", "one", "two", "three", "four", "five"});
    for (const char* unit : {"day", "week", "fortnight", "month", "year", "sunday", "monday"}) {
        if (number && second.rfind(unit, 0) == 0) return true;
    }
    return is_any(first, {"on",       "in",     "at",   "by",    "before",   "after",     "between",  "this",
                          "next",     "last",   "past", "early", "late",     "coming",    "upcoming", "current",
                          "previous", "as",     "tmrw", "later", "sooner",   "following", "earlier",  "tomorrow",
                          "around",   "ending", "or",   "no",    "yesterday"});
}

/// The phrase as people say it: "They decide on 5 May.", "They tested it from May to June."
std::string sentence(const json& row, const Taken& taken) {
    const std::string phrase = row["phrase"];
    const auto [first, second] = first_words(row);
    if (taken.values.size() > 1 || is_any(first, {"since", "from", "until", "starting", "beginning"}))
        return (taken.past ? "They tested it " : "They will test it ") +
               (first == "from" ? "from" + phrase.substr(4) : phrase) + ".";
    const bool a_day = taken.values.begin()->size() == 10;
    const std::string lead = first == "weekend" ? "at the " : needs_no_lead(first, second) ? "" : a_day ? "on " : "in ";
    return (taken.past ? "They stopped " : "They decide ") + lead + phrase + ".";
}

Values found_in(const std::string& text, const std::string& day) {
    NoteContext context;
    std::istringstream parts{day};
    int y = 0;
    unsigned m = 0, d = 0;
    char dash = 0;
    parts >> y >> dash >> m >> dash >> d;
    context.meeting_date = {std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
    Values found;
    for (const DateMention& date : understand(text, {}, context).dates) found.insert(date.value);
    return found;
}

std::string listed(const Values& values) {
    std::string all;
    for (const std::string& v : values) all += (all.empty() ? "" : " ") + v;
    return all.empty() ? "nothing" : all;
}

/// Empty if the sentence is read as it should be; else what is wrong, for a person to read.
std::string disagreement(const json& row, const Taken& taken) {
    const std::string text = sentence(row, taken);
    const Values found = found_in(text, row["reference"]);
    if (found == taken.values) return {};
    return text + " said on " + row["reference"].get<std::string>() + ": " + listed(found) + ", should be " +
           listed(taken.values) + "\n";
}

/// Of the rows of a kind, the share that has to agree.
struct Floor {
    std::string_view kind;
    double share;
};
constexpr std::array floors{
    Floor{"bare month", 1.00},
    Floor{"bare weekday", 1.00},
    Floor{"bound: since, before, after, by", 1.00},
    Floor{"day and month", 0.96},
    Floor{"day of month", 0.76},
    Floor{"early, mid, late", 1.00},
    Floor{"half", 1.00},
    Floor{"month and year", 0.93},
    Floor{"nth week", 1.00},
    Floor{"nth weekday", 0.70},
    Floor{"numeric", 1.00},
    Floor{"offset", 0.86},
    Floor{"quarter", 0.97},
    Floor{"range", 0.97},
    Floor{"season", 1.00},
    Floor{"this, next, last period", 0.96},
    Floor{"this, next, last weekday", 0.94},
    Floor{"tomorrow, yesterday", 0.60},
    Floor{"week number", 1.00},
    Floor{"week of a day", 1.00},
    Floor{"weekday and day of month", 0.95},
    Floor{"weekday of a week", 0.96},
    Floor{"weekend", 1.00},
    Floor{"year", 0.86},
};

}  // namespace

TEST_CASE("dates of other projects are read as they read them", "[understanding][dates][outside]") {
    std::map<std::string, std::pair<int, int>> agreed;  // Of how many, by kind.
    std::string wrong;
    for (const json& row : rows_of("outside_dates.jsonl")) {
        std::string here;
        for (const Taken& taken : readings(row)) here += disagreement(row, taken);
        wrong += here;
        auto& [hits, all] = agreed[row["kind"]];
        hits += here.empty() ? 1 : 0;
        ++all;
    }
    INFO("disagreements:\n" << wrong);
    CHECK(agreed.size() == floors.size());
    for (const auto& [kind, floor] : floors) {
        const auto [hits, all] = agreed[std::string{kind}];
        CAPTURE(kind, hits, all);
        CHECK(hits >= floor * all);
    }
}

TEST_CASE("where other projects differ from the guide, the guide holds", "[understanding][dates][outside]") {
    for (const json& row : rows_of("outside_dates_guide_differs.jsonl")) {
        for (const Taken& taken : readings(row, "guide_")) CHECK(disagreement(row, taken).empty());
    }
}
