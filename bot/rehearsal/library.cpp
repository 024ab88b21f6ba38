#include "bot/rehearsal/library.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "bot/dialogue/words.hpp"
#include "core/result.hpp"

namespace debrief::embedded {
extern const std::string_view rehearsal_contingencies;
}  // namespace debrief::embedded

namespace debrief::bot::rehearsal {
namespace {

using nlohmann::json;

/// Words of a role, the telling ones first: "head of finance" is of finance, "finance assistant to the owner" too.
/// A word matches where one in the role begins with it.
constexpr std::pair<std::string_view, RoleGroup> role_words[]{
    {"cfo", RoleGroup::finance},
    {"financ", RoleGroup::finance},
    {"finanz", RoleGroup::finance},
    {"controll", RoleGroup::finance},
    {"account", RoleGroup::finance},
    {"treasur", RoleGroup::finance},
    {"buchhalt", RoleGroup::finance},
    {"kaufm", RoleGroup::finance},
    {"purchas", RoleGroup::purchasing},
    {"procure", RoleGroup::purchasing},
    {"buyer", RoleGroup::purchasing},
    {"sourcing", RoleGroup::purchasing},
    {"legal", RoleGroup::purchasing},
    {"lawyer", RoleGroup::purchasing},
    {"counsel", RoleGroup::purchasing},
    {"contract", RoleGroup::purchasing},
    {"compliance", RoleGroup::purchasing},
    {"einkauf", RoleGroup::purchasing},
    {"einkäufer", RoleGroup::purchasing},
    {"beschaff", RoleGroup::purchasing},
    {"recht", RoleGroup::purchasing},
    {"jurist", RoleGroup::purchasing},
    {"vertrag", RoleGroup::purchasing},
    {"cio", RoleGroup::technical},
    {"cto", RoleGroup::technical},
    {"ciso", RoleGroup::technical},
    {"it", RoleGroup::technical},
    {"edv", RoleGroup::technical},
    {"techni", RoleGroup::technical},
    {"techno", RoleGroup::technical},
    {"engineer", RoleGroup::technical},
    {"ingenieur", RoleGroup::technical},
    {"architect", RoleGroup::technical},
    {"architekt", RoleGroup::technical},
    {"developer", RoleGroup::technical},
    {"entwickl", RoleGroup::technical},
    {"software", RoleGroup::technical},
    {"system", RoleGroup::technical},
    {"data", RoleGroup::technical},
    {"security", RoleGroup::technical},
    {"administrator", RoleGroup::technical},
    {"sicherheit", RoleGroup::technical},
    {"coo", RoleGroup::executive},
    {"ceo", RoleGroup::executive},
    {"owner", RoleGroup::executive},
    {"founder", RoleGroup::executive},
    {"managing", RoleGroup::executive},
    {"president", RoleGroup::executive},
    {"chair", RoleGroup::executive},
    {"board", RoleGroup::executive},
    {"chief", RoleGroup::executive},
    {"executive", RoleGroup::executive},
    {"partner", RoleGroup::executive},
    {"general manager", RoleGroup::executive},
    {"geschäftsführ", RoleGroup::executive},
    {"inhaber", RoleGroup::executive},
    {"vorstand", RoleGroup::executive},
    {"vorsitz", RoleGroup::executive},
    {"gründer", RoleGroup::executive},
};

bool begins_a_word(std::string_view text, std::string_view with) {
    for (std::size_t at = text.find(with); at != std::string_view::npos; at = text.find(with, at + 1)) {
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; };
        if (at > 0 && letter(text[at - 1])) continue;
        // Short ones are whole words: "it" is not the beginning of "item".
        const std::size_t end = at + with.size();
        if (with.size() <= 4 && end < text.size() && letter(text[end])) continue;
        return true;
    }
    return false;
}

HardQuestion question_in(const json& part) {
    HardQuestion q;
    q.id = part.at("id").get<std::string>();
    q.contingency = part.at("contingency").get<std::string>();
    q.level = part.at("level").get<int>();
    q.text.en = part.at("en").get<std::string>();
    q.text.de = part.at("de").get<std::string>();
    for (const json& word : part.value("roles", json::array())) {
        const auto role = core::detail::parse_word<RoleGroup>(role_group_names, word.get<std::string>());
        DEBRIEF_CHECK(role.has_value());
        q.roles.push_back(*role);
    }
    for (const json& word : part.value("stances", json::array())) {
        const auto stance = core::parse_stance(word.get<std::string>());
        DEBRIEF_CHECK(stance.has_value());
        q.stances.push_back(*stance);
    }
    DEBRIEF_CHECK(q.level >= 1 && q.level <= level_max);
    DEBRIEF_CHECK(std::find(contingency_names.begin(), contingency_names.end(), q.contingency) !=
                  contingency_names.end());
    return q;
}

template <typename T>
bool empty_or_holds(const std::vector<T>& list, const T& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

RoleGroup role_group_of(std::string_view role) {
    const std::string plain = lower_case(role);
    for (const auto& [word, group] : role_words) {
        if (begins_a_word(plain, word)) return group;
    }
    return RoleGroup::operations;
}

bool HardQuestion::fits(RoleGroup role, core::Stance stance) const {
    return empty_or_holds(roles, role) && empty_or_holds(stances, stance);
}

bool HardQuestion::names(std::string_view placeholder) const {
    return text.en.find(placeholder) != std::string::npos;
}

const std::vector<HardQuestion>& library() {
    static const std::vector<HardQuestion> all = [] {
        std::vector<HardQuestion> read;
        const json file = json::parse(embedded::rehearsal_contingencies);
        for (const json& part : file.at("questions")) read.push_back(question_in(part));
        return read;
    }();
    return all;
}

const HardQuestion* question_called(std::string_view id) {
    const auto& all = library();
    const auto found = std::find_if(all.begin(), all.end(), [&](const HardQuestion& q) { return q.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> empty_cells() {
    std::vector<std::string> empty;
    for (const auto contingency : contingency_names) {
        for (std::size_t s = 0; s < core::stance_names.size(); ++s) {
            for (std::size_t r = 0; r < role_group_names.size(); ++r) {
                const bool asked = std::any_of(library().begin(), library().end(), [&](const HardQuestion& q) {
                    return q.contingency == contingency && !q.roles.empty() && !q.names("{person}") &&
                           !q.names("{fact}") && q.fits(static_cast<RoleGroup>(r), static_cast<core::Stance>(s));
                });
                if (!asked)
                    empty.push_back(std::string(contingency) + " / " + std::string(core::stance_names[s]) + " / " +
                                    std::string(role_group_names[r]));
            }
        }
    }
    return empty;
}

}  // namespace debrief::bot::rehearsal
