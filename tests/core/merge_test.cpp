// The merge rule against the smallest thing that could be it: a set of versions and a set of replaced ones.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "core/changes/prose.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

/// All that was ever written, and all that was ever replaced; heads are the difference.
struct Model {
    std::map<std::string, std::map<Dot, Value>> written;
    std::map<std::string, std::set<Dot>> replaced;

    void apply(const RecordWrite& write, const Dot& dot) {
        for (const auto& field : write.fields) {
            written[field.field].emplace(dot, field.value);
            replaced[field.field].insert(field.replaces.begin(), field.replaces.end());
        }
    }
    [[nodiscard]] std::map<std::string, std::map<Dot, Value>> heads() const {
        auto left = written;
        for (const auto& [field, dots] : replaced) {
            for (const auto& dot : dots) left[field].erase(dot);
        }
        return left;
    }
};

std::map<std::string, std::map<Dot, Value>> heads_of(const RecordState& state) {
    std::map<std::string, std::map<Dot, Value>> heads;
    for (const auto& [field, versions] : state.fields) {
        for (const auto& head : versions) heads[field].emplace(head.dot, head.value);
    }
    return heads;
}

struct Written {
    RecordWrite write;
    Dot dot;
    HybridTime time;
};

void merge(RecordState& state, const Written& change) {
    apply(state, change.write, change.dot, change.time, change.dot.device);
}

/// Three writers who hear of each other now and then; each write replaces the heads that its writer sees.
std::vector<Written> history(FakeRandom& random, std::size_t length) {
    struct Writer {
        RecordState state;
        std::size_t heard = 0;
        std::uint64_t n = 0;
    };
    std::vector<Writer> writers(3);
    std::vector<Written> all;
    while (all.size() < length) {
        const auto who = random.below(3);
        auto& writer = writers[who];
        // Hearing in order is what delivery by a log gives.
        const auto until = writer.heard + random.below(all.size() - writer.heard + 1);
        for (; writer.heard < until; ++writer.heard) merge(writer.state, all[writer.heard]);
        const std::string field(1, static_cast<char>('a' + random.below(3)));
        FieldWrite write{field, std::to_string(random.below(4)), {}, {}, {}};
        for (const auto& head : writer.state.fields[field]) write.replaces.push_back(head.dot);
        const Written change{{"t", {}, {write}}, {id_of(who), 1, ++writer.n}, {random.below(5)}};
        merge(writer.state, change);
        all.push_back(change);
    }
    return all;
}

/// Whether everything that `change` was built on stands before it.
bool causal(const std::vector<Written>& order) {
    std::map<Uuid, std::uint64_t> seen;
    std::set<Dot> known;
    for (const auto& change : order) {
        if (change.dot.n != seen[change.dot.device] + 1) return false;
        ++seen[change.dot.device];
        for (const auto& dot : change.write.fields.front().replaces) {
            if (!known.contains(dot)) return false;
        }
        known.insert(change.dot);
    }
    return true;
}

}  // namespace

TEST_CASE("heads are what was written and not replaced, after each step of random histories", "[core][merge]") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        FakeRandom random{seed};
        RecordState state;
        Model model;
        for (const auto& change : history(random, 30)) {
            const auto before = heads_of(state);
            const auto superseded = apply(state, change.write, change.dot, change.time, change.dot.device);
            model.apply(change.write, change.dot);
            REQUIRE(heads_of(state) == model.heads());
            for (const auto& old : superseded) CHECK(before.at(old.field).at(old.version.dot) == old.version.value);
            merge(state, change);
            REQUIRE(heads_of(state) == model.heads());
        }
    }
}

TEST_CASE("every order that respects causes gives the same heads and shows the same value", "[core][merge]") {
    std::size_t orders = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        FakeRandom random{seed};
        auto changes = history(random, 6);
        RecordState expected;
        for (const auto& change : changes) merge(expected, change);
        std::sort(changes.begin(), changes.end(), [](const Written& a, const Written& b) { return a.dot < b.dot; });
        do {
            if (!causal(changes)) continue;
            ++orders;
            RecordState state;
            for (const auto& change : changes) merge(state, change);
            REQUIRE(heads_of(state) == heads_of(expected));
            for (const auto& [field, heads] : state.fields) {
                if (!heads.empty()) REQUIRE(shown(heads).dot == shown(expected.fields.at(field)).dot);
            }
        } while (std::next_permutation(changes.begin(), changes.end(),
                                       [](const Written& a, const Written& b) { return a.dot < b.dot; }));
    }
    CHECK(orders > 1000);
}

TEST_CASE("equal values are no conflict, though both heads stay", "[core][merge]") {
    RecordState state;
    apply(state, {"t", {}, {{"a", "x", {}, {}, {}}}}, {id_of(1), 1, 1}, {5}, {});
    apply(state, {"t", {}, {{"a", "x", {}, {}, {}}}}, {id_of(2), 1, 1}, {5}, {});
    CHECK(state.fields["a"].size() == 2);
    CHECK_FALSE(in_conflict(state.fields["a"]));
    CHECK(shown(state.fields["a"]).dot == std::max(Dot{id_of(1), 1, 1}, Dot{id_of(2), 1, 1}));
}

TEST_CASE("a record is hidden only while its deletions have seen everything", "[core][merge]") {
    const Dot made{id_of(1), 1, 1}, gone{id_of(1), 1, 2}, edit{id_of(2), 1, 1}, other{id_of(3), 1, 1};
    RecordState state;
    apply(state, {"t", {}, {{"a", "x", {}, {}, {}}}}, made, {1}, {});
    CHECK_FALSE(is_hidden(state));
    apply(state, {"t", {}, {{"deleted", true, {}, {made}, {}}}}, gone, {2}, {});
    CHECK(is_hidden(state));
    apply(state, {"t", {}, {{"a", "y", {made}, {}, {}}}}, edit, {3}, {});
    CHECK_FALSE(is_hidden(state));
    // A second deletion that saw the edit: together they name every head.
    apply(state, {"t", {}, {{"deleted", true, {}, {edit}, {}}}}, other, {4}, {});
    CHECK(is_hidden(state));
    apply(state, {"t", {}, {{"deleted", false, {gone}, {}, {}}}}, {id_of(2), 1, 2}, {5}, {});
    CHECK_FALSE(is_hidden(state));
}

TEST_CASE("edits of one text in different places become one text", "[core][prose]") {
    const std::string base = "They lose two days a month. The audit is in March. Budget unclear.";
    const std::string left = "They lose three days a month. The audit is in March. Budget unclear.";
    const std::string right = "They lose two days a month. The audit is in March. Budget is 40k.";
    CHECK(merge_text(base, left, right) == "They lose three days a month. The audit is in March. Budget is 40k.");
    CHECK(merge_text(base, right, left) == merge_text(base, left, right));
    CHECK(merge_text(base, base, left) == left);
    CHECK(merge_text(base, left, left) == left);
    CHECK_FALSE(merge_text(base, left, "They lose four days a month. The audit is in March. Budget unclear."));
    CHECK_FALSE(merge_text("", "one", "two"));
    CHECK(merge_text("a b c ", "b c ", "a b c d") == "b c d");
}

TEST_CASE("merging texts never loses a word that one side added", "[core][prose]") {
    FakeRandom random{3};
    const auto edited = [&](std::vector<std::string> words, const std::string& mark) {
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(random.below(words.size() + 1)), mark);
        std::string text;
        for (const auto& word : words) text += word + " ";
        return text;
    };
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> words;
        for (auto count = random.below(12) + 1; count > 0; --count)
            words.push_back(std::string(1, static_cast<char>('a' + random.below(3))));
        std::string base;
        for (const auto& word : words) base += word + " ";
        const auto merged = merge_text(base, edited(words, "LEFT"), edited(words, "RIGHT"));
        if (!merged) continue;
        CHECK(merged->find("LEFT") != std::string::npos);
        CHECK(merged->find("RIGHT") != std::string::npos);
        CHECK(merged->size() == base.size() + 11);
    }
}
