#include "bot/plan/placing.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

namespace debrief::bot {
namespace {

using core::Dimension;
using core::PersonView;
using core::Stance;

/// A part of a role's name, and the dimension that it is near to.
struct NearRole {
    Dimension dimension;
    std::string_view part;
};
constexpr NearRole near_roles[]{
    {Dimension::decision_process, "cfo"},
    {Dimension::decision_process, "ceo"},
    {Dimension::decision_process, "purchas"},
    {Dimension::decision_process, "procure"},
    {Dimension::decision_process, "buyer"},
    {Dimension::decision_process, "director"},
    {Dimension::decision_process, "einkauf"},
    {Dimension::decision_process, "geschäftsf"},
    {Dimension::cost_of_inaction, "cfo"},
    {Dimension::cost_of_inaction, "financ"},
    {Dimension::cost_of_inaction, "controll"},
    {Dimension::cost_of_inaction, "operation"},
    {Dimension::cost_of_inaction, "production"},
    {Dimension::cost_of_inaction, "finanz"},
    {Dimension::desired_outcome, "director"},
    {Dimension::desired_outcome, "head"},
    {Dimension::desired_outcome, "leiter"},
    {Dimension::desired_outcome, "leitung"},
    {Dimension::why_change, "operation"},
    {Dimension::why_change, "quality"},
    {Dimension::why_change, "production"},
    {Dimension::why_change, "plant"},
    {Dimension::why_change, "qualität"},
    {Dimension::why_change, "produktion"},
    {Dimension::concern, "legal"},
    {Dimension::concern, "security"},
    {Dimension::concern, "quality"},
    {Dimension::concern, "recht"},
    {Dimension::timing, "project"},
    {Dimension::timing, "plant"},
    {Dimension::timing, "projekt"},
    {Dimension::competing_option, "purchas"},
    {Dimension::competing_option, "einkauf"},
};

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

int readiness(Stance stance) {
    switch (stance) {
        case Stance::champion:
            return 2;
        case Stance::supporter:
            return 1;
        case Stance::blocker:
            return -1;
        case Stance::neutral:
        case Stance::skeptic:
        case Stance::unknown:
            return 0;
    }
    return 0;
}

int fitness(const PersonView& person, const core::Journey& journey, Dimension dimension,
            const std::vector<core::Uuid>& attending) {
    int points = readiness(person.stance);
    if (!person.confirmed) points -= 3;
    if (std::find(attending.begin(), attending.end(), person.contact.id) != attending.end()) points += 8;
    const auto& items = journey.of(dimension).items;
    const bool spoke = std::any_of(items.begin(), items.end(), [&](const core::Item& item) {
        return item.state == core::ItemState::confirmed && item.person && item.person->id == person.contact.id;
    });
    if (spoke) points += 4;
    const std::string role = lower(person.role);
    const bool near = std::any_of(std::begin(near_roles), std::end(near_roles), [&](const NearRole& one) {
        return one.dimension == dimension && role.find(one.part) != std::string::npos;
    });
    return near ? points + 3 : points;
}

}  // namespace

std::optional<core::NamedId> best_placed(const core::Journey& journey, Dimension dimension,
                                         const std::vector<core::Uuid>& attending,
                                         const std::map<core::Uuid, int>& asked) {
    constexpr int points_each_asked = 3;
    const PersonView* best = nullptr;
    int most = 0;
    for (const PersonView& person : journey.people) {
        const auto load = asked.find(person.contact.id);
        const int points = fitness(person, journey, dimension, attending) -
                           (load == asked.end() ? 0 : points_each_asked * load->second);
        const bool earlier = best != nullptr && std::tie(person.contact.name, person.contact.id) <
                                                    std::tie(best->contact.name, best->contact.id);
        if (best == nullptr || points > most || (points == most && earlier)) {
            best = &person;
            most = points;
        }
    }
    return best == nullptr ? std::nullopt : std::optional{best->contact};
}

std::optional<core::NamedId> still_there(const core::Journey& journey, const std::optional<core::NamedId>& person) {
    if (!person) return std::nullopt;
    const auto found = std::find_if(journey.people.begin(), journey.people.end(),
                                    [&](const PersonView& one) { return one.contact.id == person->id; });
    return found == journey.people.end() ? std::nullopt : std::optional{found->contact};
}

}  // namespace debrief::bot
