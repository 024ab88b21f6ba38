// What a terminal is shown: inert, as wide as it looks, never cut.
#include <catch2/catch.hpp>

#include <algorithm>

#include "platform/cli/layout.hpp"
#include "platform/cli/safe_text.hpp"
#include "platform/cli/table.hpp"

using namespace debrief::platform::cli;

TEST_CASE("text from others cannot command the terminal", "[cli][text]") {
    CHECK(safe_text("\033[31mred\033]0;title\a") == "␛[31mred␛]0;title␇");
    CHECK(safe_text("a\x7f"
                    "b\bc") == "a␡b␈c");
    CHECK(safe_text("one\rtwo") == "one two");
    CHECK(safe_text("one\r\ntwo\tthree") == "one\ntwo three");
    CHECK(safe_text("c1 \xC2\x9B"
                    "31m") == "c1 <9B>31m");
    CHECK(safe_text("exe.\xE2\x80\xAE"
                    "fdp") == "exe.<202E>fdp");
    CHECK(safe_text("tag \xF3\xA0\x81\x81") == "tag <E0041>");
}

TEST_CASE("broken UTF-8 is shown as broken, byte by byte", "[cli][text]") {
    const std::string broken = "\xEF\xBF\xBD";
    CHECK(safe_text("\xFF") == broken);
    CHECK(safe_text("\xC3") == broken);
    CHECK(safe_text("\xC0\x80") == broken + broken);
    CHECK(safe_text("\xED\xA0\x80") == broken + broken + broken);
    CHECK(safe_text("ok \xE2\x82\xAC\xE2\x82") == "ok €" + broken + broken);
    CHECK(safe_text("Zoë 日本語 שלום 👩‍🔬") == "Zoë 日本語 שלום 👩‍🔬");
}

TEST_CASE("JSON on a terminal is the same JSON, without what a terminal obeys", "[cli][text]") {
    CHECK(safe_json("{\"a\":\"\xC2\x9B\"}") == "{\"a\":\"\\u009b\"}");
    CHECK(safe_json("{\"a\":\"\xF3\xA0\x81\x81\"}") == "{\"a\":\"\\udb40\\udc41\"}");
    CHECK(safe_json("{\"a\":\"日本\"}") == "{\"a\":\"日本\"}");
}

TEST_CASE("width is what a reader sees", "[cli][layout]") {
    CHECK(display_width("Sarah") == 5);
    CHECK(display_width("日本") == 4);
    CHECK(display_width("e\xCC\x81") == 1);
    CHECK(display_width("שלום") == 4);
    CHECK(display_width("👩‍🔬") == 2);
    CHECK(padded("日本", 6) == "日本  ");
}

TEST_CASE("lines break at words, and within a word only where no line could hold it", "[cli][layout]") {
    CHECK(wrap("the batch stops twice a month", 12) == std::vector<std::string>{"the batch", "stops twice", "a month"});
    CHECK(wrap("a Donaudampfschifffahrt", 10) == std::vector<std::string>{"a", "Donaudampf", "schifffahr", "t"});
    CHECK(wrap("日本語日本語", 5) == std::vector<std::string>{"日本", "語日", "本語"});
    CHECK(wrap("one\n\ntwo", 0) == std::vector<std::string>{"one", "", "two"});
    CHECK(wrap("", 10) == std::vector<std::string>{""});
    for (std::size_t width = 1; width < 60; ++width) {
        for (const auto& line :
             wrap("The 日本 team told Zoë: “we lose 8k€ each time”, אמר דוד, and averyverylongwordwithoutanyspaceinit.",
                  width)) {
            INFO(width << ": " << line);
            CHECK(display_width(line) <= std::max<std::size_t>(width, 2));
        }
    }
}

TEST_CASE("a table keeps every word at any width", "[cli][table]") {
    for (const std::size_t width : {24U, 40U, 60U, 80U, 200U}) {
        std::string text;
        Output out{[&](std::string_view part) { text += part; }, [](std::string_view) {}, {.width = width}};
        Table table{{"account", "industry", "owner"}};
        table.row({"Brightfield Dairy and Sons", "food and drink processing", "Jonas Brandt"});
        table.row({"日本乳業株式会社", "", "Ama\nBoateng\033[2J"});
        table.print(out);
        for (const char* word : {"Brightfield", "processing", "Brandt", "Boateng␛[2J"}) {
            INFO(width << "\n" << text);
            CHECK(text.find(word) != std::string::npos);
        }
        for (const auto& line : wrap(text, 0)) CHECK(display_width(line) <= width);
    }
}

TEST_CASE("on a narrow screen no word is broken as long as it fits the screen", "[cli][layout]") {
    std::string shown;
    Output out{[&](std::string_view text) { shown += text; }, [](std::string_view) {},
               Output::Look{.colour = false, .colour_err = false, .json = false, .width = 40}};
    Table table{{"account", "industry", "what is open"}};
    table.row({"Brightfield Dairy", "telecommunications", "Responsibilities and commitments"});
    table.row({"Konmatfix", "entertainment", "Misunderstandings of requirements"});
    table.print(out);
    out.paragraph({Style::plain, "a label of some width  "}, {Style::plain, "Telecommunications-audit"});
    for (const char* const word : {"Brightfield", "telecommunications", "Responsibilities", "commitments",
                                   "Misunderstandings", "Telecommunications-audit"}) {
        INFO(shown);
        CHECK(shown.find(word) != std::string::npos);
    }
}
