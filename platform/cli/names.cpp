#include "platform/cli/names.hpp"

#include <utf8proc.h>

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "platform/cli/nearest.hpp"

namespace debrief::platform::cli {
namespace {

/// Without regard to case and accents-as-typed.
std::string folded(std::string_view text) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    if (length < 0) return std::string{text};
    std::string out{reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
    std::free(mapped);
    return out;
}

bool begins(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

bool a_word_begins(std::string_view text, std::string_view start) {
    for (auto at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
        if (begins(text.substr(at + 1), start)) return true;
    }
    return false;
}

core::Error several(std::string_view kind, std::string_view typed, const std::vector<const Named*>& fitting) {
    std::string list;
    for (std::size_t i = 0; i < fitting.size() && i < 8; ++i)
        list += (i == 0 ? "" : ", ") + fitting[i]->name + " (" + fitting[i]->id + ")";
    if (fitting.size() > 8) list += ", and " + std::to_string(fitting.size() - 8) + " more";
    return {core::Errc::ambiguous,
            "'" + std::string{typed} + "' fits " + std::to_string(fitting.size()) + " " + std::string{kind} +
                "s. They are: " + list,
            std::string{kind}, "Type more of the name, or the id in brackets."};
}

}  // namespace

core::Result<Named> pick(std::string_view kind, std::string_view typed, const std::vector<Named>& all) {
    if (typed.empty()) {
        return core::Error{core::Errc::invalid, "The name of the " + std::string{kind} + " is empty.",
                           std::string{kind}, "debrief " + std::string{kind} + "s lists them."};
    }
    const std::string wanted = folded(typed);
    std::vector<const Named*> exact, beginning, within;
    for (const auto& one : all) {
        if (one.id == typed) return one;
        const std::string name = folded(one.name);
        if (name == wanted) {
            exact.push_back(&one);
        } else if (begins(name, wanted)) {
            beginning.push_back(&one);
        } else if (a_word_begins(name, wanted)) {
            within.push_back(&one);
        }
    }
    for (const auto* fitting : {&exact, &beginning, &within}) {
        if (fitting->size() == 1) return *fitting->front();
        if (fitting->size() > 1) return several(kind, typed, *fitting);
    }
    core::Error error{core::Errc::invalid, "No " + std::string{kind} + " is called '" + std::string{typed} + "'. ",
                      std::string{kind}, ""};
    error.detail += all.empty() ? "There is none on this device yet."
                                : "There are " + std::to_string(all.size()) +
                                      " on this device, and none has that name or one that begins so.";
    if (all.size() == 1)
        error.detail.replace(error.detail.find("There are 1"), std::string::npos,
                             "The only one on this device is '" + all.front().name + "'.");
    std::vector<std::string> names;
    names.reserve(all.size());
    for (const auto& one : all) names.push_back(one.name);
    if (const auto meant = nearest(typed, names)) {
        error.hint = "Did you mean '" + *meant + "'? Lists: debrief " + std::string{kind} + "s";
    } else {
        // A colleague's account comes to whoever is assigned to it.
        error.hint = all.empty()
                         ? (kind == "account" ? "debrief sync; a colleague's account is assigned to you by your "
                                                "administrator; or debrief add account"
                                              : "debrief sync, debrief import, or debrief add " + std::string{kind})
                         : "debrief " + std::string{kind} + "s";
    }
    return error;
}

core::Result<nlohmann::json> all_records(Context& context, const std::string& table, const nlohmann::json& where,
                                         const std::string& order) {
    auto door = context.door();
    if (!door) return door.error();
    nlohmann::json params{{"table", table}};
    if (!where.empty()) params["where"] = where;
    if (!order.empty()) params["order"] = order;
    nlohmann::json all = nlohmann::json::array();
    for (;;) {
        auto page = (*door)->call("record.list", params);
        if (!page) return page.error();
        for (auto& record : page->at("records")) all.push_back(std::move(record));
        const auto next = page->find("next");
        if (next == page->end() || !next->is_string() || next->get_ref<const std::string&>().empty()) return all;
        params["after"] = *next;
    }
}

core::Result<Named> find_named(Context& context, const std::string& table, std::string_view typed,
                               const std::string& account) {
    // Typed in full, as a script does: no need to read every name there is.
    auto door = context.door();
    if (!door) return door.error();
    nlohmann::json exact{{"name", typed}};
    if (!account.empty()) exact["account"] = account;
    if (auto found = (*door)->call("record.list", {{"table", table}, {"where", exact}, {"limit", 2}});
        found && found->at("records").size() == 1) {
        return Named{found->at("records")[0].value("id", ""), found->at("records")[0].value("name", "")};
    }
    const auto where = account.empty() ? nlohmann::json::object() : nlohmann::json{{"account", account}};
    auto records = all_records(context, table, where);
    if (!records) return records.error();
    std::vector<Named> all;
    all.reserve(records->size());
    for (const auto& record : *records) all.push_back({record.value("id", ""), record.value("name", "")});
    return pick(table, typed, all);
}

}  // namespace debrief::platform::cli
