#include "bot/dialogue/choosing.hpp"

#include <algorithm>
#include <set>

#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/ending/ending.hpp"
#include "bot/playbook/wording_rules.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::DimensionStatus;

bool current(const core::Item& item) {
    return item.state == core::ItemState::confirmed && !item.superseded_by;
}

/// Was the dimension answered in this conversation, or said not to be known?
bool covered(const Exchange& exchange, Dimension dimension) {
    return std::any_of(exchange.live.begin(), exchange.live.end(), [&](const Proposal& p) {
        return p.item.dimension == dimension || (p.item.dimension == Dimension::unknown && p.item.about == dimension);
    });
}

class Chooser {
public:
    explicit Chooser(const Exchange& exchange) : exchange_(exchange), situation_(situation(exchange)) {}

    std::optional<Choice> best() {
        for (const Question& question : exchange_.book.questions) {
            const auto& asked = exchange_.state.asked_questions;
            const bool fit = fits(question, exchange_.world.journey, situation_, exchange_.conversation.industry);
            if (!fit || std::find(asked.begin(), asked.end(), question.id) != asked.end()) continue;
            for (const Trigger trigger : question.when) consider(question, trigger);
        }
        return best_;
    }

private:
    void offer(const Question& question, int weight, AskKind kind, std::vector<core::Uuid> about) {
        const int score = weight + question.value;
        if (best_ && best_->score >= score) return;
        best_ = Choice{{kind, question.dimension, question.id, {}, {}, std::move(about), false, false}, score};
    }
    void consider(const Question& question, Trigger trigger) {
        const Weights& weights = exchange_.book.weights;
        const core::DimensionView& view = exchange_.world.journey.of(question.dimension);
        const bool by_status =
            trigger == Trigger::missing || trigger == Trigger::contradicted || trigger == Trigger::stale;
        if (by_status && dimension_asked(question.dimension)) return;
        switch (trigger) {
            case Trigger::missing:
                if (covered(exchange_, question.dimension)) return;
                if (view.status == DimensionStatus::empty || view.status == DimensionStatus::unknown) {
                    offer(question, weights.missing + (on_plan(question.dimension) ? weights.on_plan : 0), AskKind::ask,
                          {});
                }
                return;
            case Trigger::contradicted:
                return contradicted(question, view);
            case Trigger::stale:
                return stale(question, view);
            case Trigger::stance_unknown:
                return stance_unknown(question);
            case Trigger::promise_due:
                return promise_due(question);
            case Trigger::after:
                if (brought_something(question.after)) offer(question, weights.stance_unknown, AskKind::ask, {});
                return;
            case Trigger::topic:
                if (ending::is_ending(exchange_) && !ending::is_covered(exchange_, question))
                    offer(question, weights.missing, AskKind::ask, {});
                return;
            case Trigger::start:
            case Trigger::new_person:
            case Trigger::changed:
                return;  // Asked in reaction to a line, never chosen.
        }
    }
    void contradicted(const Question& question, const core::DimensionView& view) {
        if (view.status != DimensionStatus::conflict || covered(exchange_, question.dimension)) return;
        std::vector<core::Uuid> two;
        for (const core::Item& item : view.items) {
            if (holds(item) && two.size() < 2) two.push_back(item.id);
        }
        if (two.size() == 2)
            offer(question, exchange_.book.weights.contradicted, AskKind::contradiction, std::move(two));
    }
    void stale(const Question& question, const core::DimensionView& view) {
        if (view.status != DimensionStatus::stale || covered(exchange_, question.dimension)) return;
        const auto newest =
            std::find_if(view.items.begin(), view.items.end(), [this](const core::Item& item) { return holds(item); });
        if (newest == view.items.end()) return;
        if (question.confirm.empty()) return offer(question, exchange_.book.weights.stale, AskKind::ask, {});
        offer(question, exchange_.book.weights.stale, AskKind::confirm, {newest->id});
    }
    void stance_unknown(const Question& question) {
        if (!exchange_.conversation.meeting) return;
        for (const core::Uuid& contact : exchange_.conversation.meeting->contacts) {
            const bool spoken_of = std::any_of(exchange_.live.begin(), exchange_.live.end(), [&](const Proposal& p) {
                return p.item.person && p.item.person->id == contact;
            });
            const bool stance_said = std::any_of(
                exchange_.state.people.begin(), exchange_.state.people.end(),
                [&](const PersonNamed& p) { return p.contact == contact && p.stance != core::Stance::unknown; });
            if (spoken_of || stance_said) continue;
            for (const core::PersonView& person : exchange_.world.journey.people) {
                if (person.contact.id == contact && person.stance == core::Stance::unknown) {
                    return offer(question, exchange_.book.weights.stance_unknown, AskKind::ask, {contact});
                }
            }
        }
    }
    void promise_due(const Question& question) {
        for (const core::CommitmentView& c : exchange_.world.journey.commitments) {
            if (c.state != "overdue") continue;
            const bool spoken_of = std::any_of(exchange_.live.begin(), exchange_.live.end(),
                                               [&](const Proposal& p) { return p.keeps == c.made.id; });
            if (!spoken_of) return offer(question, exchange_.book.weights.promise_due, AskKind::confirm, {c.made.id});
        }
    }
    [[nodiscard]] bool holds(const core::Item& item) const { return current(item) && !exchange_.replaced(item.id); }
    /// Another question about the same thing, answered or not, was this one too.
    [[nodiscard]] bool dimension_asked(Dimension dimension) const {
        const auto& asked = exchange_.state.asked_questions;
        return std::any_of(asked.begin(), asked.end(), [&](const std::string& id) {
            const Question* question = exchange_.book.question(id);
            const bool reactive =
                question == nullptr || std::any_of(question->when.begin(), question->when.end(), [](Trigger t) {
                    return t == Trigger::start || t == Trigger::new_person || t == Trigger::changed ||
                           t == Trigger::stance_unknown || t == Trigger::promise_due;
                });
            return !reactive && question->dimension == dimension;
        });
    }
    [[nodiscard]] bool on_plan(Dimension dimension) const {
        const auto& unknowns = exchange_.world.journey.unknowns;
        return std::any_of(unknowns.begin(), unknowns.end(),
                           [&](const core::UnknownView& u) { return u.dimension == dimension; });
    }
    [[nodiscard]] bool brought_something(const std::string& question) const {
        // Whichever question of that topic was asked.
        const Question* named = exchange_.book.question(question);
        return std::any_of(exchange_.live.begin(), exchange_.live.end(), [&](const Proposal& p) {
            const Question* answered = exchange_.book.question(p.item.source.question);
            return named != nullptr && answered != nullptr && named->dimension == answered->dimension &&
                   p.item.dimension != Dimension::unknown;
        });
    }

    const Exchange& exchange_;
    const Situation situation_;
    std::optional<Choice> best_;
};

std::set<std::string> figures(std::string_view text) {
    std::set<std::string> out;
    for (const Figure& figure : figures_in(text)) {
        if (!figure.spelled) out.insert(figure.value);
    }
    return out;
}
bool disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::none_of(a.begin(), a.end(), [&](const std::string& x) { return b.count(x) != 0; });
}
bool negated(std::string_view text) {
    for (const std::string& word : plain_words(text)) {
        if (word == "not" || word == "no" || word == "never" || word == "nobody" || word == "nothing" ||
            word == "without" || word.ends_with("n't") || word == "nicht" || word == "kein" || word == "keine") {
            return true;
        }
    }
    return false;
}
std::set<std::string> date_values(const core::Item& item) {
    std::set<std::string> out;
    for (const core::DateSaid& d : item.dates) out.insert(d.value);
    return out;
}

}  // namespace

std::optional<Choice> choose(const Exchange& exchange) {
    return Chooser{exchange}.best();
}

bool stands_against(const core::Item& fresh, const core::Item& old) {
    const std::size_t shared = shared_stems(content_stems(fresh.text), content_stems(old.text));
    const auto new_dates = date_values(fresh);
    const auto old_dates = date_values(old);
    const bool other_dates = !new_dates.empty() && !old_dates.empty() && disjoint(new_dates, old_dates) &&
                             (shared >= 1 || fresh.dimension == Dimension::timing);
    const auto new_figures = figures(fresh.text);
    const auto old_figures = figures(old.text);
    const bool other_figures =
        !new_figures.empty() && !old_figures.empty() && disjoint(new_figures, old_figures) && shared >= 2;
    const bool opposite = negated(fresh.text) != negated(old.text) && shared >= 2;
    return other_dates || other_figures || opposite;
}

const core::Item* challenged_by(const Exchange& exchange, const Proposal& proposal) {
    const core::Item& fresh = proposal.item;
    if (fresh.dimension == Dimension::unknown || fresh.supersedes) return nullptr;
    for (const core::Item& old : exchange.world.journey.of(fresh.dimension).items) {
        // What was replaced in this conversation is settled.
        if (!current(old) || exchange.replaced(old.id)) continue;
        const bool same_person = old.person ? fresh.person && old.person->id == fresh.person->id : !fresh.person;
        if (!same_person) continue;
        if (stands_against(fresh, old)) return &old;
    }
    return nullptr;
}

std::vector<core::Dimension> gaps(const Exchange& exchange) {
    std::vector<core::Dimension> out;
    // In the order of their worth in the playbook, as the call plan will ask them.
    std::vector<const Question*> questions;
    for (const Question& q : exchange.book.questions) {
        if (std::find(q.when.begin(), q.when.end(), Trigger::missing) != q.when.end()) questions.push_back(&q);
    }
    std::stable_sort(questions.begin(), questions.end(),
                     [](const Question* a, const Question* b) { return a->value > b->value; });
    for (const Question* q : questions) {
        if (std::find(out.begin(), out.end(), q->dimension) != out.end()) continue;
        const bool said = std::any_of(exchange.live.begin(), exchange.live.end(),
                                      [&](const Proposal& p) { return p.item.dimension == q->dimension; });
        const bool not_known = std::any_of(exchange.live.begin(), exchange.live.end(), [&](const Proposal& p) {
            return p.item.dimension == Dimension::unknown && p.item.about == q->dimension;
        });
        const DimensionStatus status = exchange.world.journey.of(q->dimension).status;
        if (not_known || (!said && (status == DimensionStatus::empty || status == DimensionStatus::unknown)))
            out.push_back(q->dimension);
    }
    return out;
}

namespace {

/// Two answers beside each other, each by the part in which it differs and the day on which it was said.
std::string which_holds(const Exchange& exchange, const Ask& ask) {
    constexpr std::size_t words_shown_max = 7, lead_shown_max = 8;
    std::vector<core::Item> two;
    for (const core::Uuid& id : ask.about) {
        const core::Item* item = exchange.stored(id);
        two.push_back(item != nullptr ? *item : core::Item{});
    }
    two.resize(2);
    const auto asked = [&](std::size_t words, std::size_t lead) {
        const auto [one, other] = where_they_differ(two[0].text, two[1].text, words, lead);
        return exchange.say(Phrase::which_holds, {{"one", one},
                                                  {"two", other},
                                                  {"date_one", plain_date(two[0].said_on, exchange.language())},
                                                  {"date_two", plain_date(two[1].said_on, exchange.language())}});
    };
    // What both share tells what they are about, where there is room for it.
    for (std::size_t lead = lead_shown_max; lead > 1; --lead) {
        std::string text = asked(words_shown_max, lead);
        if (count_words(text) <= question_words_max) return text;
    }
    std::size_t words = words_shown_max;
    while (words > 1 && count_words(asked(words, 1)) > question_words_max) --words;
    return asked(words, 1);
}

}  // namespace

std::string question_text(const Exchange& exchange, const Ask& ask) {
    const Question* question = exchange.book.question(ask.question);
    if (question == nullptr) return exchange.say(Phrase::reframe);
    switch (ask.kind) {
        case AskKind::probe:
            return exchange.from_book(question->probe, Phrase::probe, ask);
        case AskKind::reframe:
            return exchange.from_book(question->reframe, Phrase::reframe, ask);
        case AskKind::confirm:
            return exchange.from_book(question->confirm.empty() ? question->text : question->confirm, Phrase::reframe,
                                      ask);
        case AskKind::contradiction: {
            if (std::find(question->when.begin(), question->when.end(), Trigger::changed) != question->when.end())
                break;
            return which_holds(exchange, ask);
        }
        case AskKind::ask:
        case AskKind::conflict:
            break;
    }
    return exchange.from_book(question->text, Phrase::reframe, ask);
}

void go_on(Exchange& exchange) {
    const bool time_is_up =
        exchange.conversation.minutes && exchange.line != nullptr &&
        exchange.at - exchange.conversation.started > std::chrono::minutes{*exchange.conversation.minutes};
    if (time_is_up) exchange.tell(exchange.say(Phrase::time_is_up));
    if (!time_is_up && exchange.state.asked < exchange.state.limit) {
        if (const auto next = choose(exchange)) {
            std::string text = question_text(exchange, next->ask);
            return exchange.ask(next->ask, std::move(text));
        }
    }
    if (exchange.live.empty() && !ending::has_news(exchange)) {
        close_empty(exchange);
    } else {
        show_screen(exchange);
    }
}

}  // namespace debrief::bot
