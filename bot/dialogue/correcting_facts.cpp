#include "bot/dialogue/correcting_facts.hpp"

#include <algorithm>
#include <utility>

#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/rewording.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;
using core::Dimension;

constexpr std::size_t fragment_words_max = 5;  // "it is 60,000": fits into the old words. More stands for itself.

std::string tidied(std::string text) {
    text = trimmed(text);
    while (!text.empty() && (text.back() == '.' || text.back() == '!')) text.pop_back();
    return text;
}

struct Candidate {
    core::Item item;
    bool live = false;
    int points = 0;
};

class Correcting {
public:
    Correcting(Exchange& exchange, const std::string& words)
        : exchange_(exchange), words_(words), heard_(hear(exchange, words)), stems_(content_stems(words)) {}

    bool run() {
        const auto meant = fact_meant();
        if (!meant) return false;
        Proposal fresh = put_differently(*meant);
        if (plain_line(fresh.item.text) == plain_line(meant->item.text)) return false;
        const bool asked = asked_about(meant->item.id);
        const std::string old_text = meant->item.text;
        const std::string new_text = fresh.item.text;
        for (Proposal& p : heard_.proposals) {
            if (p.item.id != chosen_) exchange_.propose(std::move(p));
        }
        if (meant->live) {
            exchange_.change(fresh);
        } else {
            exchange_.propose(std::move(fresh));
        }
        for (PersonNamed& p : heard_.people) exchange_.name_person(std::move(p));
        exchange_.tell(exchange_.say(Phrase::corrected_fact,
                                     {{"new", shortened(new_text, 14)}, {"old", shortened(old_text, 14)}}));
        if (asked && exchange_.state.phase == Phase::asking) {
            exchange_.settle("answered");
            go_on(exchange_);
        } else {
            exchange_.step.did = "corrected";
            exchange_.restate();
        }
        return true;
    }

private:
    [[nodiscard]] bool asked_about(const core::Uuid& id) const {
        return exchange_.state.open && std::find(exchange_.state.open->about.begin(), exchange_.state.open->about.end(),
                                                 id) != exchange_.state.open->about.end();
    }
    [[nodiscard]] bool of_last_line(const core::Uuid& id) const {
        const auto& messages = exchange_.conversation.messages;
        for (auto m = messages.rbegin(); m != messages.rend(); ++m) {
            if (!m->step || m->step->items.empty()) continue;
            return std::find(m->step->items.begin(), m->step->items.end(), id) != m->step->items.end();
        }
        return false;
    }

    void consider(const core::Item& item, bool live) {
        if (item.dimension == Dimension::unknown && !live) return;
        const auto shared = static_cast<int>(shared_stems(stems_, content_stems(item.text)));
        const bool same = std::any_of(heard_.proposals.begin(), heard_.proposals.end(),
                                      [&](const Proposal& p) { return p.item.dimension == item.dimension; });
        const bool asked = asked_about(item.id);
        const bool last = live && of_last_line(item.id);
        // A bare figure or day says nothing of what it is about: then it is what was spoken of just now.
        const bool fits_in = is_fragment() && spliced(item).has_value();
        const bool meant = shared >= 2 || (shared == 1 && same) || (asked && (same || shared > 0 || fits_in)) ||
                           (last && (same || fits_in));
        if (!meant) return;
        const int points = 3 * shared + 2 * (same ? 1 : 0) + 4 * (asked ? 1 : 0) + 3 * (last ? 1 : 0) + (live ? 1 : 0);
        // Of equals the newer one: it comes later.
        if (!best_ || points >= best_->points) best_ = Candidate{item, live, points};
    }

    std::optional<Candidate> fact_meant() {
        std::vector<const core::Item*> stored;
        for (const core::DimensionView& view : exchange_.world.journey.dimensions) {
            for (const core::Item& item : view.items) {
                if (item.state != core::ItemState::confirmed) continue;
                // What was corrected in this conversation already is there as a proposal.
                const bool replaced = std::any_of(exchange_.live.begin(), exchange_.live.end(),
                                                  [&](const Proposal& p) { return p.item.supersedes == item.id; });
                if (!replaced) stored.push_back(&item);
            }
        }
        std::stable_sort(stored.begin(), stored.end(), [](const core::Item* a, const core::Item* b) {
            return std::pair{a->said_on, a->id} < std::pair{b->said_on, b->id};
        });
        for (const core::Item* item : stored) consider(*item, false);
        for (const Proposal& p : exchange_.live) consider(p.item, true);
        return best_;
    }

    [[nodiscard]] bool is_fragment() const { return plain_words(without_it_is(words_)).size() <= fragment_words_max; }

    /// The old words with the new day or figure in them.
    [[nodiscard]] std::optional<std::string> spliced(const core::Item& old) const {
        if (!heard_.read.dates.empty() && !old.dates.empty()) {
            const std::string& before = old.dates.back().text;
            const auto at = before.empty() ? std::string::npos : old.text.find(before);
            if (at == std::string::npos) return std::nullopt;
            std::string text = old.text;
            return text.replace(at, before.size(), heard_.read.dates.front().text);
        }
        return with_fragment(old.text, tidied(without_it_is(words_)));
    }

    Proposal put_differently(const Candidate& meant) {
        const core::Item& old = meant.item;
        Proposal fresh;
        if (meant.live) {
            fresh = *exchange_.proposal(old.id);
        } else {
            fresh.item = exchange_.blank_item();
            fresh.item.supersedes = old.id;
            fresh.item.dimension = old.dimension;
            fresh.item.person = old.person;
            fresh.item.detail = old.detail;
        }
        fresh.corrected_by = exchange_.line->id;
        const auto spliced_text = is_fragment() ? spliced(old) : std::nullopt;
        auto chosen = std::find_if(heard_.proposals.begin(), heard_.proposals.end(),
                                   [&](const Proposal& p) { return p.item.dimension == old.dimension; });
        if (chosen == heard_.proposals.end()) chosen = heard_.proposals.begin();
        if (chosen != heard_.proposals.end()) chosen_ = chosen->item.id;
        if (spliced_text) {
            fresh.item.text = *spliced_text;
            // The figure of the old words is the only thing that changed.
            fresh.item.dates = heard_.read.dates.empty() ? old.dates : said_dates();
        } else if (chosen != heard_.proposals.end()) {
            fresh.item.text = with_subject_of(old.text, chosen->item.text);
            fresh.item.dates = chosen->item.dates;
            if (chosen->item.person) fresh.item.person = chosen->item.person;
        } else {
            fresh.item.text = with_subject_of(old.text, tidied(words_));
            fresh.item.dates = said_dates();
        }
        fresh.item.source = exchange_.source(tidied(words_));
        if (!meant.live) fresh.item.id = chosen_.is_nil() ? exchange_.new_item_id() : chosen_;
        return fresh;
    }

    [[nodiscard]] std::vector<core::DateSaid> said_dates() const {
        std::vector<core::DateSaid> dates;
        for (const DateMention& d : heard_.read.dates) dates.push_back({d.text, d.value});
        return dates;
    }

    Exchange& exchange_;
    const std::string& words_;
    Heard heard_;
    std::vector<std::string> stems_;
    std::optional<Candidate> best_;
    core::Uuid chosen_{};  // Of the proposals that were heard, the one that takes the place.
};

}  // namespace

bool asks_about_fact(const Exchange& exchange) {
    return exchange.state.open && !exchange.state.open->about.empty() &&
           exchange.stored(exchange.state.open->about.front()) != nullptr;
}

bool correct_fact(Exchange& exchange, const std::string& words) {
    return Correcting{exchange, words}.run();
}

}  // namespace debrief::bot
