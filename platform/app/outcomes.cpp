#include "platform/app/outcomes.hpp"

#include <algorithm>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/shares.hpp"

namespace debrief::platform {
namespace {

using core::Ending;
using core::Uuid;
using nlohmann::json;
using std::chrono::sys_days;

struct Tally {
    std::size_t bought = 0, not_bought = 0, elsewhere = 0, stayed = 0, undecided = 0, withdrew = 0;
    std::size_t open = 0, looks_undecided = 0, silent = 0;

    void add(const Ending& one, bool inferred, bool is_silent) {
        if (one.outcome == "bought") ++bought;
        if (one.outcome == "not_bought") ++not_bought;
        if (one.outcome == "elsewhere") ++elsewhere;
        if (one.outcome == "stayed") ++stayed;
        if (one.outcome == "undecided") ++undecided;
        if (one.outcome == "withdrew") ++withdrew;
        if (one.outcome != "open") return;
        ++open;
        if (inferred || is_silent) ++looks_undecided;
        if (!inferred && is_silent) ++silent;
    }

    [[nodiscard]] json view() const {
        const std::size_t ended = bought + not_bought + elsewhere + stayed + undecided + withdrew;
        const std::size_t no_decision = stayed + undecided;
        return {{"n", ended},
                {"bought", bought},
                {"not_bought", not_bought},
                {"elsewhere", elsewhere},
                {"stayed", stayed},
                {"undecided", undecided},
                {"withdrew", withdrew},
                {"open", open},
                {"looks_undecided", looks_undecided},
                {"silent", silent},
                {"bought_share", share_json(bought, ended)},
                {"no_decision_share", share_json(no_decision, ended)},
                // Those that never end would otherwise make every share look better than it is.
                {"bought_share_wide", share_json(bought, ended + looks_undecided)},
                {"no_decision_share_wide", share_json(no_decision + looks_undecided, ended + looks_undecided)}};
    }
};

/// `2017-Q1`; empty if the day is not known well enough.
std::string quarter_of(const std::string& civil) {
    const auto range = core::days_of(civil);
    if (!range) return {};
    const std::chrono::year_month_day first{range->first}, last{range->last};
    const auto quarter = [](const std::chrono::year_month_day& day) {
        return (static_cast<unsigned>(day.month()) - 1) / 3;
    };
    if (first.year() != last.year() || quarter(first) != quarter(last)) return {};
    return civil.substr(0, 4) + "-Q" + std::to_string(quarter(first) + 1);
}

bool silent_now(const Ending& one, sys_days today, const LastHeard& last_heard) {
    const auto engaged = core::days_of(one.engaged_on);
    if (one.outcome != "open" || !engaged || today - engaged->last <= silent_for) return false;
    const auto heard = one.account ? last_heard(*one.account) : std::nullopt;
    return !heard || today - *heard > silent_for;
}

/// A list of `{…key, …tally}`; what has no key comes last, under null.
template <typename Key, typename Name>
json listed(const std::map<Key, Tally>& tallies, const Name& name) {
    json list = json::array();
    json nameless = json::array();
    for (const auto& [key, tally] : tallies) {
        json row = name(key);
        row.update(tally.view());
        (key == Key{} ? nameless : list).push_back(std::move(row));
    }
    for (auto& row : nameless) list.push_back(std::move(row));
    return list;
}

}  // namespace

json outcomes_json(const std::vector<Ending>& endings, const sync::Directory& directory, sys_days today,
                   const LastHeard& last_heard) {
    std::map<std::string, int> recorded, inferred;
    Tally total;
    std::map<Uuid, Tally> teams;
    std::map<std::string, Tally> products, quarters;
    for (const Ending& one : endings) {
        ++recorded[one.outcome];
        // What is only inferred is never mixed with what somebody recorded.
        if (!one.inferred.empty()) ++inferred[one.inferred];
        const bool guessed = one.outcome == "open" && !one.inferred.empty();
        const bool silent = silent_now(one, today, last_heard);
        total.add(one, guessed, silent);
        products[one.product].add(one, guessed, silent);
        if (one.outcome != "open") quarters[quarter_of(one.ended_on)].add(one, guessed, silent);
        const auto of_owner = one.owner ? directory.teams_of.find(*one.owner) : directory.teams_of.end();
        if (of_owner == directory.teams_of.end() || of_owner->second.empty()) {
            teams[Uuid{}].add(one, guessed, silent);
        } else {
            for (const auto& team : of_owner->second) teams[team].add(one, guessed, silent);
        }
    }
    const auto text = [](const char* key) {
        return [key](const std::string& value) { return json{{key, value.empty() ? json(nullptr) : json(value)}}; };
    };
    auto by_team = listed(teams, [&](const Uuid& id) {
        if (id.is_nil()) return json{{"team", nullptr}, {"name", nullptr}};
        const auto known = directory.teams.find(id);
        return json{{"team", id.text()},
                    {"name", known == directory.teams.end() ? json(nullptr) : json(known->second.name)}};
    });
    return {{"recorded", recorded},
            {"inferred", inferred},
            {"total", total.view()},
            {"teams", std::move(by_team)},
            {"products", listed(products, text("product"))},
            {"quarters", listed(quarters, text("quarter"))}};
}

}  // namespace debrief::platform
