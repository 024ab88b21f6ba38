#include "platform/cli/chat_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "platform/cli/nearest.hpp"

namespace debrief::platform::cli {
namespace {

constexpr std::array<SlashCommand, 15> known_commands{{
    {"/skip", "", "skip"},
    {"/dont-know", "", "dont_know"},
    {"/back", "", "back"},
    {"/undo", "", "undo"},
    {"/why", "", "why"},
    {"/stop", "", "stop"},
    {"/resume", "", "resume"},
    {"/confirm", "[N]", "confirm"},
    {"/correct", "N TEXT", "correct"},
    {"/drop", "N", "drop"},
    {"/share", "", "share"},
    {"/show", "", ""},
    {"/status", "", ""},
    {"/help", "", ""},
    {"/quit", "", ""},
}};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string usage_of(const SlashCommand& command) {
    return std::string{command.name} + (command.usage.empty() ? "" : " " + std::string{command.usage});
}

ChatLine read_action(const SlashCommand& command, std::string_view rest) {
    Act act{std::string{command.action}, std::nullopt, {}};
    // "/share with my answers"
    if (command.action == "share") act.text = rest;
    const bool takes_item = !command.usage.empty();
    if (!takes_item) {
        if (!rest.empty() && act.text.empty())
            return Mistyped{std::string{command.name} + " stands alone. Nothing was sent.",
                            "To say it: type the words without " + std::string{command.name} + "."};
        return act;
    }
    const auto end = std::min(rest.find(' '), rest.size());
    std::string_view number = rest.substr(0, end);
    if (!number.empty() && (number.back() == '.' || number.back() == ':')) number.remove_suffix(1);
    if (number.empty()) {
        if (command.action == "confirm") return act;
        return Mistyped{std::string{command.name} + " needs the number of an item.", usage_of(command)};
    }
    std::size_t item = 0;
    const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), item);
    if (error != std::errc{} || stop != number.data() + number.size() || item == 0) {
        return Mistyped{"'" + std::string{number} + "' is no number of an item.", usage_of(command)};
    }
    act.item = item;
    act.text = trimmed(rest.substr(end));
    if (command.action == "correct" && act.text.empty())
        return Mistyped{"/correct needs the words that are right.", usage_of(command)};
    return act;
}

}  // namespace

std::span<const SlashCommand> slash_commands() {
    return known_commands;
}

ChatLine read_chat_line(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return Local::nothing;
    if (text.front() != '/') return Say{std::string{text}};
    if (text.substr(0, 2) == "//") return Say{std::string{text.substr(1)}};
    const auto end = std::min(text.find(' '), text.size());
    std::string name{text.substr(0, end)};
    std::replace(name.begin(), name.end(), '_', '-');
    if (name == "/dontknow" || name == "/don't-know") name = "/dont-know";
    const std::string_view rest = trimmed(text.substr(end));
    for (const auto& command : known_commands) {
        if (command.name != name) continue;
        if (!command.action.empty()) return read_action(command, rest);
        if (name == "/help") return Local::help;
        if (name == "/status") return Local::status;
        if (name == "/show") return Local::show;
        return Local::quit;
    }
    std::vector<std::string> names;
    names.reserve(known_commands.size());
    for (const auto& command : known_commands) names.emplace_back(command.name);
    const auto meant = nearest(name, names);
    return Mistyped{"There is no " + name + ". Nothing was sent.",
                    meant ? "Did you mean " + *meant + "?" : "/help lists what there is."};
}

}  // namespace debrief::platform::cli
