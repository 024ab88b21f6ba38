#include "platform/cli/words.hpp"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "platform/link/cut_off.hpp"

namespace debrief::platform::cli {

std::string text_of(const nlohmann::json& object, std::string_view key) {
    if (!object.is_object()) return {};
    const auto found = object.find(std::string{key});
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number_of(const nlohmann::json& object, std::string_view key) {
    if (!object.is_object()) return 0;
    const auto found = object.find(std::string{key});
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool flag_of(const nlohmann::json& object, std::string_view key) {
    if (!object.is_object()) return false;
    const auto found = object.find(std::string{key});
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::string name_in(const nlohmann::json& object, std::string_view key) {
    if (!object.is_object()) return {};
    const auto found = object.find(std::string{key});
    return found == object.end() ? std::string{} : text_of(*found, "name");
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
    return std::to_string(number) + " " + std::string{number == 1 ? one : many};
}

std::string dimension_words(std::string_view dimension) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> all{{
        {"why_change", "why they must change"},
        {"cost_of_inaction", "cost of leaving it"},
        {"desired_outcome", "where they want to be"},
        {"decision_process", "how they decide"},
        {"stakeholder", "people and positions"},
        {"concern", "worries"},
        {"competing_option", "other options"},
        {"commitment", "what they promised"},
        {"timing", "timing"},
        {"unknown", "not known yet"},
    }};
    for (const auto& [name, words] : all) {
        if (name == dimension) return std::string{words};
    }
    return std::string{dimension};
}

std::string name_of_record(Context& context, const std::string& table, const std::string& id) {
    if (id.empty()) return {};
    auto door = context.door();
    if (!door) return id;
    auto record = (*door)->call("record.get", {{"table", table}, {"id", id}});
    if (!record) return id;
    for (const char* const key : {"name", "title", "text"}) {
        if (auto name = text_of(*record, key); !name.empty()) return name;
    }
    return id;
}

std::string sync_line(const nlohmann::json& status, const Environment& environment) {
    const std::string state = text_of(status, "state");
    if (status.contains("wiped")) return "cut off by an administrator; the store was wiped";
    if (status.contains("enrolled") && !flag_of(status, "enrolled"))
        return "on this device only (debrief join URL connects it to a team)";
    std::string line = state == "caught_up" ? "in step with the server" : state;
    if (state == "syncing" && status.contains("progress")) {
        const auto& progress = status["progress"];
        line += ", " + std::to_string(number_of(progress, "records_done")) + " of about " +
                counted(static_cast<std::size_t>(number_of(progress, "records_of")), "record", "records");
    }
    const auto pending = number_of(status, "pending");
    if (pending > 0) line += ", " + counted(static_cast<std::size_t>(pending), "change waiting", "changes waiting");
    if (status.contains("parked") && status["parked"].is_array() && !status["parked"].empty()) {
        line += ", " + counted(status["parked"].size(), "change", "changes") + " refused (debrief parked)";
    }
    if (const auto last = text_of(status, "last_caught_up"); !last.empty()) {
        line += ", last sync " + local_time(last, environment);
    } else if (state == "offline") {
        line += ", never synced";
    }
    return line;
}

core::Error cut_off_error(const nlohmann::json& status) {
    return {core::Errc::denied, text_of(status, "detail"), {}, cut_off_hint};
}

std::string standing_line(const nlohmann::json& status, const Environment& environment) {
    const auto last = text_of(status, "last_caught_up");
    const bool refused = status.contains("parked") && status["parked"].is_array() && !status["parked"].empty();
    if (text_of(status, "state") != "offline" || last.empty() || refused || number_of(status, "pending") > 0 ||
        status.contains("wiped") || (status.contains("enrolled") && !flag_of(status, "enrolled")))
        return sync_line(status, environment);
    return "nothing waits here; in step with the server at " + local_time(last, environment) +
           " (debrief sync asks for news)";
}

std::string quoted_for_shell(std::string_view text) {
    if (!text.empty() && text.find_first_of(" \t'\"\\$`!&|;<>()*?[]#~") == std::string_view::npos)
        return std::string{text};
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\' || c == '$' || c == '`') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string in_quotes(std::string_view text) {
    return "“" + std::string{text} + "”";
}

}  // namespace debrief::platform::cli
