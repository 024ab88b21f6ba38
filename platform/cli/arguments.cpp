#include "platform/cli/arguments.hpp"

#include <charconv>

namespace debrief::platform::cli {

bool Arguments::flag(std::string_view name) const {
    const auto found = flags.find(std::string{name});
    return found != flags.end() && found->second;
}

std::optional<std::string> Arguments::value(std::string_view name) const {
    const auto found = values.find(std::string{name});
    if (found == values.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::string Arguments::text(std::string_view name) const {
    return value(name).value_or(std::string{});
}

std::vector<std::string> Arguments::list(std::string_view name) const {
    const auto found = values.find(std::string{name});
    return found == values.end() ? std::vector<std::string>{} : found->second;
}

std::string Arguments::joined(std::string_view name) const {
    std::string out;
    for (const auto& word : list(name)) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

std::optional<std::int64_t> Arguments::number(std::string_view name) const {
    const auto typed = value(name);
    if (!typed) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(typed->data(), typed->data() + typed->size(), number);
    if (error != std::errc{} || end != typed->data() + typed->size()) return std::nullopt;
    return number;
}

}  // namespace debrief::platform::cli
