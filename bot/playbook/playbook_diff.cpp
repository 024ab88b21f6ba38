#include "bot/playbook/playbook_diff.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

namespace debrief::bot {
namespace {

using nlohmann::json;
using Entries = std::map<std::string, std::string>;

std::string text_of(const json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Lists are compared whole, objects entry by entry.
void collect(const json& value, const std::string& name, Entries& into) {
    if (!value.is_object()) {
        into[name] = text_of(value);
        return;
    }
    for (const auto& [key, part] : value.items()) collect(part, name.empty() ? key : name + "." + key, into);
}

core::Result<Entries> entries_of(std::string_view text) {
    json document = json::parse(text, nullptr, false);
    if (!document.is_object()) {
        return core::Error{core::Errc::invalid, "This is no playbook: not a JSON object.", "playbook",
                           "Run 'debrief playbook check FILE' to see what is at fault."};
    }
    Entries entries;
    const json questions = document.value("questions", json::array());
    document.erase("questions");
    document.erase("active");
    collect(document, "", entries);
    std::string order;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const json& question = questions[i];
        const bool named = question.is_object() && question.contains("id") && question["id"].is_string();
        const std::string id = named ? question["id"].get<std::string>() : "questions[" + std::to_string(i) + "]";
        order += (order.empty() ? "" : " ") + id;
        collect(question, id, entries);
        entries.erase(id + ".id");
    }
    entries["order"] = order;
    return entries;
}

}  // namespace

core::Result<std::vector<PlaybookChange>> playbook_changes(std::string_view before, std::string_view after) {
    const auto was = entries_of(before);
    if (!was) return was.error();
    const auto is = entries_of(after);
    if (!is) return is.error();
    std::vector<PlaybookChange> changes;
    for (const auto& [entry, text] : *was) {
        const auto now = is->find(entry);
        if (now == is->end()) {
            changes.push_back({entry, text, {}});
        } else if (now->second != text) {
            changes.push_back({entry, text, now->second});
        }
    }
    for (const auto& [entry, text] : *is) {
        if (was->find(entry) == was->end()) changes.push_back({entry, {}, text});
    }
    std::sort(changes.begin(), changes.end(),
              [](const PlaybookChange& a, const PlaybookChange& b) { return a.entry < b.entry; });
    return changes;
}

}  // namespace debrief::bot
