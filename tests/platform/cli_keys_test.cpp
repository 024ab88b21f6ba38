// Keys of a terminal, and what is typed in a conversation.
#include <catch2/catch.hpp>

#include "platform/cli/chat_words.hpp"
#include "platform/cli/key_input.hpp"
#include "platform/cli/safe_text.hpp"

using namespace debrief::platform::cli;

namespace {

/// Everything that comes out for these bytes, control characters shown.
std::string keys(const std::string& bytes) {
    std::size_t at = 0;
    KeyInput input{[&](int) -> std::optional<unsigned char> {
        if (at == bytes.size()) return std::nullopt;
        return static_cast<unsigned char>(bytes[at++]);
    }};
    std::string out;
    while (const auto next = input.next()) append_utf8(out, *next);
    return out;
}

template <typename T>
T read_as(std::string_view line) {
    const auto read = read_chat_line(line);
    INFO(line);
    REQUIRE(std::holds_alternative<T>(read));
    return std::get<T>(read);
}

}  // namespace

TEST_CASE("a pasted text is one line, and no key in it", "[cli][keys]") {
    CHECK(keys("a\033[200~one\rtwo\n\x03\x04\033[A\tx\033[201~\r") == "aone⏎two⏎[A x\r");
    CHECK(keys("\033[A\033[200x") == "\033[A\033[200x");
    CHECK(keys("\033") == "\033");
    CHECK(keys("Zoë 日本 \xFF!") == "Zoë 日本 \xEF\xBF\xBD!");
    CHECK(with_line_breaks("one⏎two") == "one\ntwo");
    CHECK(with_line_break_signs("one\ntwo") == "one⏎two");
}

TEST_CASE("a slash is a command, two are a slash", "[cli][chat]") {
    CHECK(read_as<Say>("  They fear the switch ").text == "They fear the switch");
    CHECK(read_as<Say>("//etc is full").text == "/etc is full");
    CHECK(read_as<Act>("/skip").action == "skip");
    CHECK(read_as<Act>("/dont_know").action == "dont_know");
    CHECK(read_as<Act>("/don't-know").action == "dont_know");
    CHECK_FALSE(read_as<Act>("/confirm").item);
    CHECK(read_as<Act>("/confirm 2").item == 2U);
    const auto correct = read_as<Act>("/correct 3. It was Tim, not Mo");
    CHECK(correct.item == 3U);
    CHECK(correct.text == "It was Tim, not Mo");
    CHECK(read_as<Local>("/quit") == Local::quit);
    CHECK(read_as<Local>("   ") == Local::nothing);
}

TEST_CASE("a mistyped command is never said to the bot", "[cli][chat]") {
    CHECK(read_as<Mistyped>("/skpi").next == "Did you mean /skip?");
    CHECK(read_as<Mistyped>("/drop").next == "/drop N");
    CHECK(read_as<Mistyped>("/drop two").what.find("'two'") != std::string::npos);
    CHECK(read_as<Mistyped>("/drop 0").what.find("'0'") != std::string::npos);
    CHECK(read_as<Mistyped>("/correct 1").next == "/correct N TEXT");
    CHECK(read_as<Mistyped>("/stop it now").what.find("stands alone") != std::string::npos);
}
