// Help for programs: the table of commands as JSON.
#include <nlohmann/json.hpp>

#include "platform/cli/help.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

json param_json(const Param& param) {
    json one{{"name", param.name}, {"help", param.help}, {"required", param.required}};
    if (!param.value.empty()) one["value"] = param.value;
    if (param.many) one["many"] = true;
    if (!param.words.empty()) one["one_of"] = param.words;
    return one;
}

json exit_codes_json() {
    json codes = json::array();
    for (const auto& info : exit_codes())
        codes.push_back({{"code", static_cast<int>(info.code)}, {"name", info.name}, {"meaning", info.meaning}});
    return codes;
}

}  // namespace

json command_json(const Command& command) {
    json arguments = json::array(), options = json::array();
    for (const auto& param : command.params) (param.is_option() ? options : arguments).push_back(param_json(param));
    json one{{"name", command.name},
             {"summary", command.summary},
             {"usage", synopsis(command)},
             {"arguments", std::move(arguments)},
             {"options", std::move(options)}};
    for (const auto& [key, words] :
         {std::pair{"details", command.details}, {"examples", command.examples}, {"json", command.json}}) {
        if (!words.empty()) one[key] = words;
    }
    return one;
}

json overview_json() {
    json all = json::array(), everywhere = json::array(), pages = json::array();
    for (const auto& command : commands()) {
        if (!command.group.empty()) all.push_back(command_json(command));
    }
    for (const auto& param : global_params()) everywhere.push_back(param_json(param));
    for (const auto& topic : topics()) pages.push_back({{"name", topic.name}, {"summary", topic.summary}});
    return {{"commands", std::move(all)},
            {"options", std::move(everywhere)},
            {"topics", std::move(pages)},
            {"exit_codes", exit_codes_json()}};
}

std::optional<json> topic_json(std::string_view topic) {
    if (topic == "exit-codes") return exit_codes_json();
    std::string text;
    Output plain{[&text](std::string_view part) { text += part; }, [](std::string_view) {}, {}};
    if (!show_topic(plain, topic)) return std::nullopt;
    return json{{"topic", topic}, {"text", text}};
}

}  // namespace debrief::platform::cli
