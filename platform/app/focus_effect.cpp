// How a rep's own opportunities ended, beside how much the debriefs about them were about the customer.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/journey/endings.hpp"
#include "platform/app/context.hpp"
#include "platform/app/focus.hpp"
#include "platform/app/shares.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

constexpr std::size_t least_a_side = 5;

struct Ended {
    double share = 0;  ///< Of its debriefs' sentences, how much was about the customer.
    bool bought = false;
};

/// A debrief that names an opportunity is about that one; else it is about what was open with the account then.
bool is_about(const FocusTalk& talk, const core::Ending& ending) {
    if (talk.opportunity) return *talk.opportunity == ending.id;
    if (!ending.account || talk.account != ending.account) return false;
    const auto day = core::parse_day(talk.day);
    const auto from = core::days_of(ending.engaged_on), to = core::days_of(ending.ended_on);
    return day && (!from || *day >= from->first) && (!to || *day <= to->last);
}

json side(const std::vector<Ended>& all, bool speaks, const std::function<bool(double)>& belongs) {
    std::size_t n = 0, bought = 0;
    for (const auto& one : all) {
        if (!belongs(one.share)) continue;
        ++n;
        bought += one.bought ? 1 : 0;
    }
    return {{"n", n}, {"bought_share", speaks ? share_json(bought, n) : json(nullptr)}};
}

std::string words(bool german, bool speaks) {
    if (german) {
        return speaks ? "Die beiden Seiten unterscheiden sich vielleicht noch in anderem; das zeigt keine Ursache."
                      : "Weniger als fünf beendete Chancen auf einer Seite: zu wenig, um etwas zu sagen.";
    }
    return speaks ? "The two sides may differ in other ways too; this shows no cause."
                  : "Fewer than five ended opportunities on a side: too few to say anything.";
}

}  // namespace

core::Result<json> focus_effect(Context& context, const std::vector<FocusTalk>& debriefs) {
    const auto endings = core::load_endings(context.store());
    if (!endings) return endings.error();
    std::vector<Ended> ended;
    for (const auto& ending : *endings) {
        if (ending.outcome == "open" || ending.owner != context.identity().user) continue;
        int customer = 0, all = 0;
        for (const auto& talk : debriefs) {
            if (!is_about(talk, ending)) continue;
            customer += talk.count.customer;
            all += talk.count.all();
        }
        if (all > 0) ended.push_back({static_cast<double>(customer) / all, ending.outcome == "bought"});
    }
    std::vector<double> shares;
    for (const auto& one : ended) shares.push_back(one.share);
    std::sort(shares.begin(), shares.end());
    const std::size_t half = shares.size() / 2;
    const double median = shares.empty()           ? 0
                          : shares.size() % 2 == 1 ? shares[half]
                                                   : (shares[half - 1] + shares[half]) / 2;
    const auto above = [median](double share) { return share > median; };
    const auto below = [median](double share) { return share < median; };
    const auto count = [&](const auto& belongs) {
        return static_cast<std::size_t>(std::count_if(shares.begin(), shares.end(), belongs));
    };
    const bool speaks = count(above) >= least_a_side && count(below) >= least_a_side;
    return json{{"n", ended.size()},
                {"median", shares.empty() ? json(nullptr) : json(static_cast<int>(median * 100 + 0.5))},
                {"above", side(ended, speaks, above)},
                {"below", side(ended, speaks, below)},
                {"enough", speaks},
                {"text", words(context.language() == "de", speaks)}};
}

}  // namespace debrief::platform
