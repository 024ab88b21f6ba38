#include "bot/dialogue/worries_over.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

/// "That worry is gone", and not "her fear is that the data is gone".
constexpr std::array whose{sv("that"), sv("the"),   sv("this"),  sv("his"),  sv("her"),   sv("their"), sv("my"),
                           sv("die"),  sv("diese"), sv("seine"), sv("ihre"), sv("these"), sv("those")};
constexpr std::array worries{sv("worry"),    sv("worries"),  sv("fear"),   sv("fears"), sv("concern"),
                             sv("concerns"), sv("doubt"),    sv("doubts"), sv("sorge"), sv("sorgen"),
                             sv("angst"),    sv("bedenken"), sv("zweifel")};
constexpr std::array gone{sv("is gone"),       sv("are gone"),     sv("has gone"),      sv("have gone"),
                          sv("off the table"), sv("is settled"),   sv("are settled"),   sv("was settled"),
                          sv("is resolved"),   sv("are resolved"), sv("is sorted"),     sv("are sorted"),
                          sv("is over"),       sv("is history"),   sv("ist weg"),       sv("sind weg"),
                          sv("vom tisch"),     sv("ist erledigt"), sv("sind erledigt"), sv("ausgeräumt"),
                          sv("ist vorbei")};
constexpr std::array no_longer{sv("no longer worried"),   sv("no longer worries"),          sv("no longer afraid"),
                               sv("no longer fears"),     sv("no longer scared"),           sv("no longer concerned"),
                               sv("no longer anxious"),   sv("no longer doubts"),           sv("no longer sceptical"),
                               sv("stopped worrying"),    sv("not worried about that now"), sv("nicht mehr besorgt"),
                               sv("keine sorgen mehr"),   sv("keine sorge mehr"),           sv("keine angst mehr"),
                               sv("keine bedenken mehr"), sv("keine zweifel mehr")};
constexpr std::array not_worried{sv("not worried"), sv("isn't worried"), sv("aren't worried"), sv("wasn't worried"),
                                 sv("not afraid"),  sv("isn't afraid"),  sv("not concerned"),  sv("isn't concerned"),
                                 sv("not scared"),  sv("isn't scared"),  sv("doesn't worry"),  sv("does not worry"),
                                 sv("don't worry"), sv("do not worry"),  sv("not anxious"),    sv("nicht besorgt")};
constexpr std::array at_ease{
    sv("fine with"),         sv("okay with"),           sv("ok with"),       sv("happy with"), sv("comfortable with"),
    sv("at ease with"),      sv("at peace with"),       sv("relaxed about"), sv("fine about"), sv("calm about"),
    sv("einverstanden mit"), sv("damit einverstanden"), sv("zufrieden mit")};
constexpr std::array any_more{sv("any more"), sv("anymore"), sv("any longer"), sv("mehr")};
constexpr std::array by_now{sv("now"),   sv("by now"),     sv("meanwhile"),   sv("these days"),
                            sv("jetzt"), sv("inzwischen"), sv("mittlerweile")};

template <typename List>
bool holds_any(const std::string& plain, const List& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](sv words) { return contains_phrase(plain, words); });
}

}  // namespace

bool says_worry_is_over(std::string_view clause) {
    const std::string plain = plain_line(clause);
    if (holds_any(plain, no_longer)) return true;
    if (holds_any(plain, not_worried) && (holds_any(plain, any_more) || holds_any(plain, by_now))) return true;
    if (holds_any(plain, at_ease) && holds_any(plain, by_now)) return true;
    if (!holds_any(plain, gone)) return false;
    return std::any_of(worries.begin(), worries.end(), [&plain](sv worry) {
        return std::any_of(whose.begin(), whose.end(), [&](sv who) {
            const std::string named = std::string(who) + " " + std::string(worry);
            return contains_phrase(plain, named) && !contains_phrase(plain, named + " is that") &&
                   !contains_phrase(plain, named + " that");
        });
    });
}

const core::Item* worry_meant(const Exchange& exchange, std::string_view clause, const core::NamedId* person) {
    std::vector<const core::Item*> stored;
    for (const core::Item& item : exchange.world.journey.of(core::Dimension::concern).items) {
        if (item.state != core::ItemState::confirmed || item.superseded_by || exchange.replaced(item.id)) continue;
        const bool other_person = person != nullptr && item.person && item.person->id != person->id;
        if (!other_person) stored.push_back(&item);
    }
    const auto asked = std::find_if(stored.begin(), stored.end(), [&](const core::Item* item) {
        return exchange.state.open && !exchange.state.open->about.empty() &&
               exchange.state.open->about.front() == item->id;
    });
    if (asked != stored.end()) return *asked;
    if (person != nullptr) {
        const bool has_own =
            std::any_of(stored.begin(), stored.end(), [](const auto* w) { return w->person.has_value(); });
        if (has_own) std::erase_if(stored, [](const core::Item* w) { return !w->person; });
    }
    if (stored.size() == 1) return stored.front();
    const auto stems = content_stems(clause);
    const auto shared = [&stems](const core::Item* w) { return shared_stems(stems, content_stems(w->text)); };
    const auto best = std::max_element(stored.begin(), stored.end(),
                                       [&](const auto* a, const auto* b) { return shared(a) < shared(b); });
    return best != stored.end() && shared(*best) >= 2 ? *best : nullptr;
}

}  // namespace debrief::bot
