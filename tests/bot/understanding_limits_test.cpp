#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <ctime>
#include <limits>
#include <string>

#include "bot/understanding/understanding.hpp"

using namespace debrief::bot;

namespace {

Understanding read(const std::string& text) {
    NoteContext c;
    c.contacts = {{"William Fox", "Operations director"}, {"", ""}, {"J", ""}};
    c.meeting_date = std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::February, std::chrono::day{28}};
    return understand(text, {}, c);
}
std::string repeated(const std::string& piece, std::size_t bytes) {
    std::string text;
    while (text.size() + piece.size() <= bytes) text += piece;
    return text;
}
// Every span lies within the text and holds what it says.
void check_spans(const Understanding& u, const std::string& text) {
    for (const Fact& f : u.facts) REQUIRE(text.substr(f.span.offset, f.span.length) == f.text);
    for (const DateMention& d : u.dates) REQUIRE(text.substr(d.span.offset, d.span.length) == d.text);
    for (const FocusedSentence& s : u.sentences) REQUIRE(text.substr(s.span.offset, s.span.length) == s.text);
    for (const Span& s : u.private_remarks) REQUIRE(s.offset + s.length <= text.size());
}

}  // namespace

TEST_CASE("nothing in, nothing out", "[understanding][limits]") {
    for (const char* text : {"", " ", "\n\n", "...", "-", "'", "n't", "😀", "\xff\xfe", "\xe2\x80"}) {
        const auto u = read(text);
        CHECK(u.facts.empty());
        CHECK(u.people.empty());
        CHECK(u.dates.empty());
    }
}

TEST_CASE("64 KiB of anything is read, and spans stay true", "[understanding][limits]") {
    constexpr std::size_t limit = std::size_t{64} * 1024;
    for (const std::string& piece :
         {std::string{"x"}, std::string{"😀"}, std::string{"if "}, std::string{"the boss "},
          std::string{"Priya Nair, the new controller, fears Bill. "}, std::string{"and he says that she "},
          std::string{"2025-03-"}, std::string{"next "}, std::string{"שלום "}, std::string{"Abc Def says "},
          std::string{"not "}, std::string{"I don't know who signs on Friday, "}, std::string{"'s "},
          std::string{"\n* "}, std::string{"can't "}}) {
        INFO(piece);
        const std::string text = repeated(piece, limit);
        check_spans(read(text), text);
    }
}

TEST_CASE("eight times as many marks or people take about eight times as long to read, not sixty-four",
          "[understanding][limits]") {
    // Time of this program alone: on a busy machine a clock on the wall measures the others.
    const auto fastest = [](const std::string& text) {
        auto best = std::numeric_limits<std::clock_t>::max();
        for (int i = 0; i < 5; ++i) {
            const auto from = std::clock();
            read(text);
            best = std::min(best, std::clock() - from);
        }
        return best;
    };
    for (const std::string& piece : {std::string{"\"\\"}, std::string{","}, std::string{"(\""}}) {
        INFO(piece);
        // Eight times the text: about 8 when linear, about 64 when each mark looks back over all before it.
        CHECK(fastest(repeated(piece, std::size_t{64} * 1024)) < 40 * fastest(repeated(piece, std::size_t{8} * 1024)));
    }
    // The same for people: each had been looked for in every clause.
    const auto people = [](int count) {
        std::string text;
        for (int i = 0; i < count; ++i) {
            std::string name = "Zor";
            for (int rest = i; rest > 0; rest /= 20) name += std::string{"bdfgklmnprstvwzcjqxh"[rest % 20]} + "a";
            text += "Anna " + name + " says the line stops every week. ";
        }
        return text;
    };
    CHECK(fastest(people(1600)) < 40 * fastest(people(200)));
}

TEST_CASE("sentences are split as a reader would", "[understanding][limits]") {
    CHECK(split_sentences("Met Mr. Fox. It costs 1.5 million! Why?").size() == 3);
    CHECK(split_sentences("- one\n- two\n\n* three").size() == 3);
    CHECK(split_sentences("no marks at all").size() == 1);
    CHECK(split_sentences("").empty());
}

TEST_CASE("a given split is followed one to one", "[understanding][limits]") {
    NoteContext c;
    c.meeting_date = std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::May, std::chrono::day{1}};
    const auto u = understand("Pumps fail. They leak.", {"Pumps fail.", "They leak."}, c);
    REQUIRE(u.sentences.size() == 2);
    CHECK(u.sentences[1].text == "They leak.");
}
