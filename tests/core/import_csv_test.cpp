#include <catch2/catch.hpp>

#include <chrono>

#include "core/import/csv.hpp"

using debrief::core::intake::CsvReader;
using Step = CsvReader::Step;
using Cells = std::vector<std::string>;

TEST_CASE("a spreadsheet's quotes, line ends and byte order mark are no part of the data", "[core][import]") {
    CsvReader reader{"\xEF\xBB\xBFname,note\r\nAcme,\"says \"\"no\"\", twice\"\rBeta,\"two\r\nlines\"\n\n,\n"};
    REQUIRE(reader.next() == Step::row);
    CHECK(reader.cells() == Cells{"name", "note"});
    REQUIRE(reader.next() == Step::row);
    CHECK(reader.cells() == Cells{"Acme", "says \"no\", twice"});
    CHECK(reader.line() == 2);
    REQUIRE(reader.next() == Step::row);
    CHECK(reader.cells() == Cells{"Beta", "two\r\nlines"});
    CHECK(reader.line() == 3);
    REQUIRE(reader.next() == Step::row);
    CHECK(reader.cells() == Cells{"", ""});
    CHECK(reader.line() == 6);  // After the quoted line end and a blank line.
    CHECK(reader.next() == Step::end);
}

TEST_CASE("semicolons and tabs separate where the first line uses them", "[core][import]") {
    CsvReader semicolons{"a;b;\"c,d\"\n1,5;2;3"};
    REQUIRE(semicolons.next() == Step::row);
    REQUIRE(semicolons.next() == Step::row);
    CHECK(semicolons.cells() == Cells{"1,5", "2", "3"});
    CsvReader tabs{"a\tb\n1\t2"};
    REQUIRE(tabs.next() == Step::row);
    CHECK(tabs.cells() == Cells{"a", "b"});
}

SCENARIO("a row that cannot be read is named, and its neighbours stand", "[core][import]") {
    const auto refused_second = [](const std::string& bad) {
        const std::string text = "a,b\n" + bad + "\n1,2\n";
        CsvReader reader{text};
        REQUIRE(reader.next() == Step::row);
        REQUIRE(reader.next() == Step::refused);
        CHECK(reader.line() == 2);
        const std::string reason = reader.reason();
        REQUIRE(reader.next() == Step::row);
        CHECK(reader.line() == 3);
        CHECK(reader.cells() == Cells{"1", "2"});
        CHECK(reader.next() == Step::end);
        return reason;
    };
    CHECK(refused_second("x,\"never closed") == "a quote is opened and never closed");
    CHECK(refused_second("\"x\"y,z") == "text behind a closing quote");
    CHECK(refused_second("caf\xE9,1") == "not valid UTF-8 text; save the file as UTF-8");
    CHECK(refused_second(std::string{"a\0b,1", 5}) == "not valid UTF-8 text; save the file as UTF-8");
    CHECK(refused_second(std::string(1'000'000, ',')) == "more than 1000 columns");
    CHECK(refused_second(std::string(70'000, 'x') + ",1") == "a cell of more than 64 KiB");
}

TEST_CASE("time stays linear, even for a file of nothing but open quotes", "[core][import]") {
    const auto seconds_for = [](std::size_t rows) {
        std::string text;
        for (std::size_t i = 0; i < rows; ++i) text += "\"x\",\"\"\"\"\"\"\n";
        text += "\"";
        const auto begin = std::chrono::steady_clock::now();
        CsvReader reader{text};
        std::size_t seen = 0;
        while (reader.next() != Step::end) ++seen;
        CHECK(seen == rows + 1);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    seconds_for(1'000);
    CHECK(seconds_for(400'000) < 5.0);  // Quadratic it would be hours.
    // Each row opens a quote that the next row's first mark closes badly.
    std::string text;
    for (int i = 0; i < 400'000; ++i) text += "\"x\n";
    CsvReader reader{text};
    const auto begin = std::chrono::steady_clock::now();
    while (reader.next() != Step::end) {
    }
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{5});
}
