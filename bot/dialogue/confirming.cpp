#include "bot/dialogue/confirming.hpp"

#include <algorithm>
#include <map>

#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/german_dates.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/people_called.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/ending/ending.hpp"
#include "bot/ending/ending_texts.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::Put;
using core::Uuid;

const PersonNamed* named(const Exchange& exchange, const Uuid& contact) {
    const auto found = std::find_if(exchange.state.people.begin(), exchange.state.people.end(),
                                    [&](const PersonNamed& p) { return p.contact == contact; });
    return found == exchange.state.people.end() ? nullptr : &*found;
}

// A screen is one message, and a message one field.
constexpr std::size_t item_bytes_shown = 400;
constexpr std::size_t items_shown = 50;

std::string quoted(std::string_view whole, std::string_view language) {
    const std::string text = clipped(whole, item_bytes_shown, "…");
    return (language == "de" ? "„" : "“") + text + (language == "de" ? "“" : "”");
}
std::string screen_line_of(const Exchange& exchange, const Proposal& p, std::size_t number) {
    const std::string_view language = exchange.language();
    const core::Item& item = p.item;
    std::string out = std::to_string(number) + ". " + capitalised(label_of(item.dimension, language));
    if (item.person) {
        out += ", " + item.person->name;
        const PersonNamed* person = named(exchange, item.person->id);
        if (person != nullptr && person->stance != core::Stance::unknown &&
            std::find(person->evidence.begin(), person->evidence.end(), item.id) != person->evidence.end()) {
            out += " (" + label_of(person->stance, language) + ")";
        }
    }
    // The rep's own words are the evidence: where ours differ from them, both are shown.
    const std::string quote = trimmed(item.source.quote);
    out += ": " + (quote == item.text ? quoted(item.text, language)
                                      : item.text + " " + quoted(shortened(quote, 25), language));
    for (const core::DateSaid& d : item.dates) {
        // "2027" needs no explaining.
        const std::string spoken = spoken_date(d.value, language);
        if (spoken != d.text) out += " [" + d.text + " = " + spoken + "]";
    }
    const core::Item* old = item.supersedes ? exchange.stored(*item.supersedes) : challenged_by(exchange, p);
    if (old != nullptr && old->text != item.text) {
        const Phrase which =
            item.supersedes ? (p.was_wrong ? Phrase::instead_of_wrong : Phrase::instead) : Phrase::beside;
        out += "\n   " + exchange.say(which, {{"date", spoken_date(old->said_on, language)},
                                              {"fact", clipped(old->text, item_bytes_shown, "…")}});
    }
    if (!item.source.because.empty() && item.source.because != quote)
        out += "\n   " + exchange.say(Phrase::because, {{"text", shortened(item.source.because, 25)}});
    return out;
}

/// Writes what one confirmation of several items means.
class Confirmation {
public:
    explicit Confirmation(Exchange& exchange)
        : exchange_(exchange), scope_(core::account_scope(exchange.conversation.account.id)) {}

    void take(const Proposal& p) {
        const Uuid copy = confirmed_id(p.item.id, exchange_.conversation.account.id);
        Proposal confirmed = p;
        confirmed.item.id = copy;
        confirmed.item.state = core::ItemState::confirmed;
        confirmed.item.recorded = exchange_.at;
        Put put = proposal_put(exchange_.conversation, confirmed);
        put.scope = scope_;
        exchange_.edits.emplace_back(std::move(put));
        // The proposal has done its work: what counts is the copy, and words are not to be found twice.
        exchange_.edits.emplace_back(core::Delete{"observation", p.item.id});
        copies_[p.item.id] = copy;
        if (p.item.supersedes) replace(*p.item.supersedes, copy, p.was_wrong);
        if (p.item.dimension != Dimension::unknown) settle_unknowns(p, copy);
        if (p.keeps) {
            exchange_.edits.emplace_back(Put{"commitment", *p.keeps, {{"state", std::string("kept")}}, {}});
        } else if (p.item.dimension == Dimension::commitment) {
            promise(p, copy);
        }
        if (p.item.person) people_[p.item.person->id] = true;
    }

    void people() {
        for (const PersonNamed& p : exchange_.state.people) {
            std::vector<Uuid> evidence;
            std::vector<Uuid> earlier;  // Confirmed one by one before: the stance stands on them too.
            for (const Uuid& item : p.evidence) {
                if (const auto copy = copies_.find(item); copy != copies_.end()) {
                    evidence.push_back(copy->second);
                } else if (confirmed_earlier(confirmed_id(item, exchange_.conversation.account.id))) {
                    earlier.push_back(confirmed_id(item, exchange_.conversation.account.id));
                }
            }
            const bool meant = people_.count(p.contact) != 0 || !evidence.empty();
            if (meant || !p.role.empty()) contact(p);
            if (p.stance == core::Stance::unknown || evidence.empty()) continue;
            evidence.insert(evidence.end(), earlier.begin(), earlier.end());
            stance(p, std::move(evidence));
        }
    }

private:
    void replace(const Uuid& old, const Uuid& by, bool was_wrong) {
        exchange_.edits.emplace_back(
            Put{"observation",
                old,
                {{"state", std::string(was_wrong ? "withdrawn" : "superseded")}, {"superseded_by", by}},
                {}});
        // A promise that was put differently is no longer owed in its old words.
        const Uuid promise_of_old = core::derive_uuid("commitment", old.text());
        for (const core::CommitmentView& c : exchange_.world.journey.commitments) {
            if (c.made.id == promise_of_old && c.made.state == "open") {
                exchange_.edits.emplace_back(Put{"commitment", c.made.id, {{"state", std::string("dropped")}}, {}});
            }
        }
    }
    [[nodiscard]] bool confirmed_earlier(const Uuid& copy) const {
        const auto& all = exchange_.conversation.proposals;
        return std::any_of(all.begin(), all.end(), [&](const Proposal& p) {
            return p.item.id == copy && p.item.state == core::ItemState::confirmed;
        });
    }
    /// What was once not known, and now is, leaves the call plan.
    void settle_unknowns(const Proposal& p, const Uuid& by) {
        const auto stems = content_stems(p.item.text);
        for (const core::UnknownView& u : exchange_.world.journey.unknowns) {
            if (u.dimension != p.item.dimension) continue;
            const bool whole = u.source.question == p.item.source.question && !u.source.question.empty();
            if (whole || shared_stems(content_stems(u.text), stems) >= 2) replace(u.id, by, false);
        }
    }
    void promise(const Proposal& p, const Uuid& observation) {
        Put put{"commitment", core::derive_uuid("commitment", observation.text()), {}, scope_};
        put.fields["account"] = exchange_.conversation.account.id;
        if (p.item.person) put.fields["owner"] = p.item.person->id;
        put.fields["text"] = p.item.text;
        if (!p.item.dates.empty()) put.fields["due"] = p.item.dates.back().value;
        put.fields["state"] = std::string("open");
        put.fields["since"] = p.item.said_on;
        put.fields["observation"] = observation;
        put.fields["source"] = source_text(p.item.source);
        put.fields["recorded_at"] = static_cast<std::int64_t>(exchange_.at.count());
        exchange_.edits.emplace_back(std::move(put));
    }
    void contact(const PersonNamed& p) {
        Put put{"contact", p.contact, {}, {}};
        const auto& people = exchange_.world.journey.people;
        const auto here = std::find_if(people.begin(), people.end(),
                                       [&](const core::PersonView& v) { return v.contact.id == p.contact; });
        if (here != people.end()) {
            if (p.role.empty() || !here->role.empty()) return;
            put.fields["role"] = p.role;
        } else {
            put.scope = scope_;
            put.fields["account"] = exchange_.conversation.account.id;
            put.fields["name"] = p.name;
            if (!p.role.empty()) put.fields["role"] = p.role;
            // Somebody known only by a role ("her boss") is a hint until a name is given.
            const auto first = static_cast<unsigned char>(p.name.empty() ? 'a' : p.name.front());
            put.fields["confirmed"] = !(first >= 'a' && first <= 'z');
        }
        exchange_.edits.emplace_back(std::move(put));
    }
    void stance(const PersonNamed& p, std::vector<Uuid> evidence) {
        std::sort(evidence.begin(), evidence.end());
        evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
        Put put{"stance",
                core::derive_uuid("stance", exchange_.conversation.id.text() + "/" + p.contact.text()),
                {},
                scope_};
        put.fields["account"] = exchange_.conversation.account.id;
        put.fields["contact"] = p.contact;
        put.fields["stance"] = std::string(core::name_of(p.stance));
        put.fields["since"] = core::civil_text(meeting_day(exchange_.conversation, exchange_.world));
        put.fields["evidence"] = std::move(evidence);
        put.fields["recorded_at"] = static_cast<std::int64_t>(exchange_.at.count());
        exchange_.edits.emplace_back(std::move(put));
    }

    Exchange& exchange_;
    std::string scope_;
    std::map<Uuid, Uuid> copies_;
    std::map<Uuid, bool> people_;
};

void mark_debriefed(Exchange& exchange) {
    if (exchange.conversation.meeting) {
        exchange.edits.emplace_back(Put{"meeting", exchange.conversation.meeting->id, {{"debriefed", true}}, {}});
    }
}

/// How many findings of this conversation are in the journey already, confirmed one by one.
std::size_t confirmed_before(const Exchange& exchange) {
    const auto& all = exchange.conversation.proposals;
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [](const Proposal& p) { return p.item.state == core::ItemState::confirmed; }));
}

std::string closing_line(const Exchange& exchange, std::size_t count) {
    const std::string& account = exchange.conversation.account.name;
    std::string out = count == 1
                          ? exchange.say(Phrase::closing_one, {{"account", account}})
                          : exchange.say(Phrase::closing, {{"count", std::to_string(count)}, {"account", account}});
    std::vector<std::string> topics;
    for (const Dimension d : gaps(exchange)) {
        if (topics.size() < 3) topics.push_back(label_of(d, exchange.language()));
    }
    if (topics.empty()) return out + " " + exchange.say(Phrase::closing_no_gap);
    std::string meeting = exchange.say(Phrase::next_call);
    if (const auto& next = exchange.world.next_meeting) {
        meeting =
            (next->title.empty() ? meeting : next->title) + " (" + spoken_day(next->day, exchange.language()) + ")";
    }
    return out + " " +
           exchange.say(Phrase::closing_plan, {{"topics", joined(topics, exchange.language())}, {"meeting", meeting}});
}

}  // namespace

namespace {

constexpr std::size_t reminder_words = 8;

std::string reminder_of(const Exchange& exchange, const Proposal& p, std::size_t number) {
    return std::to_string(number) + ". " + capitalised(label_of(p.item.dimension, exchange.language())) + ": " +
           quoted(shortened(p.item.text, reminder_words), exchange.language());
}

bool is_of_this_step(const Exchange& exchange, const Proposal& p) {
    const auto& fresh = exchange.step.items;
    return std::find(fresh.begin(), fresh.end(), p.item.id) != fresh.end() ||
           (exchange.line != nullptr && p.corrected_by == exchange.line->id);
}

void show_items(Exchange& exchange, Phrase head, bool again) {
    std::string screen = ending::screen(exchange);
    const auto how = exchange.live.empty() ? ending::Text::screen_tail_alone : ending::Text::screen_tail;
    const std::string tail = screen.empty() ? std::string() : "\n" + ending::say(how, exchange.language());
    if (!screen.empty() && !exchange.live.empty()) screen += "\n";
    if (screen.empty() || !exchange.live.empty()) screen += exchange.say(head);
    std::size_t number = 0;
    for (const Proposal& p : exchange.live) {
        if (number == items_shown) break;
        ++number;
        screen += "\n" + (again && !is_of_this_step(exchange, p) ? reminder_of(exchange, p, number)
                                                                 : screen_line_of(exchange, p, number));
    }
    if (exchange.live.size() > items_shown) {
        const std::string more = std::to_string(exchange.live.size() - items_shown);
        screen += "\n" + exchange.say(Phrase::screen_more, {{"count", more}});
    }
    if (!exchange.live.empty()) screen += "\n" + exchange.say(Phrase::confirm_tail);
    screen += tail;
    exchange.state.phase = Phase::confirming;
    exchange.state.open.reset();
    exchange.show(std::move(screen));
}

}  // namespace

void show_screen(Exchange& exchange) {
    show_items(exchange, Phrase::confirm_head, false);
}

void show_screen_again(Exchange& exchange) {
    show_items(exchange, Phrase::confirm_again, true);
}

void close_empty(Exchange& exchange) {
    const std::size_t earlier = confirmed_before(exchange);
    exchange.state.phase = Phase::done;
    exchange.state.open.reset();
    mark_debriefed(exchange);
    exchange.show(earlier == 0
                      ? exchange.say(Phrase::nothing_to_confirm, {{"account", exchange.conversation.account.name}})
                      : closing_line(exchange, earlier));
}

std::size_t confirm_proposals(Exchange& exchange, const std::optional<std::vector<Uuid>>& items) {
    Confirmation confirmation(exchange);
    std::vector<Proposal> left;
    std::size_t count = 0;
    for (const Proposal& p : exchange.live) {
        if (items && std::find(items->begin(), items->end(), p.item.id) == items->end()) {
            left.push_back(p);
            continue;
        }
        confirmation.take(p);
        ++count;
    }
    if (count > 0) confirmation.people();
    exchange.live = std::move(left);
    return count;
}

void confirm(Exchange& exchange, const std::optional<Uuid>& item) {
    exchange.step.did = "confirmed";
    Confirmation confirmation(exchange);
    if (item) {
        const Proposal* one = exchange.proposal(*item);
        if (one == nullptr) {
            exchange.tell(exchange.say(Phrase::no_such_item));
            return exchange.restate();
        }
        confirmation.take(*one);
        confirmation.people();
        exchange.live.erase(std::find_if(exchange.live.begin(), exchange.live.end(),
                                         [&](const Proposal& p) { return p.item.id == *item; }));
        if (!exchange.live.empty() || ending::has_news(exchange) || exchange.state.phase == Phase::asking) {
            exchange.tell(exchange.say(Phrase::confirmed_one, {{"count", std::to_string(exchange.live.size())}}));
            return exchange.restate();
        }
        exchange.state.phase = Phase::done;
        mark_debriefed(exchange);
        return exchange.show(closing_line(exchange, confirmed_before(exchange) + 1));
    }
    // Who confirms before the screen came up sees now what it was.
    std::string unseen;
    if (exchange.state.phase != Phase::confirming) {
        std::size_t number = 0;
        for (const Proposal& p : exchange.live) {
            if (number < items_shown) unseen += screen_line_of(exchange, p, ++number) + "\n";
        }
    }
    for (const Proposal& p : exchange.live) confirmation.take(p);
    confirmation.people();
    const std::size_t count = confirmed_before(exchange) + exchange.live.size();
    const bool ended = ending::has_news(exchange);
    if (ended && !unseen.empty()) unseen = ending::screen(exchange) + "\n" + unseen;
    const std::string closing = unseen + (ended ? ending::closing(exchange, count) : closing_line(exchange, count));
    for (core::Edit& edit : ending::edits(exchange)) exchange.edits.push_back(std::move(edit));
    exchange.state.phase = Phase::done;
    exchange.state.open.reset();
    mark_debriefed(exchange);
    exchange.show(closing);
}

Uuid confirmed_id(const Uuid& proposal, const Uuid& account) {
    return core::derive_uuid("confirm", proposal.text() + "/" + core::account_scope(account));
}

void drop(Exchange& exchange, const Uuid& item) {
    const Proposal* found = exchange.proposal(item);
    if (found == nullptr) {
        exchange.tell(exchange.say(Phrase::no_such_item));
        return exchange.restate();
    }
    exchange.step.did = "dropped";
    std::string shown = shortened(found->item.text, 12);
    // Our own full stop follows.
    while (shown.ends_with('.')) shown.pop_back();
    exchange.tell(exchange.say(Phrase::dropped, {{"text", shown}}));
    exchange.withdraw(item);
    if (exchange.live.empty() && !ending::has_news(exchange) && exchange.state.phase == Phase::confirming)
        return close_empty(exchange);
    exchange.restate();
}

namespace {

/// The only person here whom the words name; nobody where they name several.
std::optional<core::NamedId> only_person_in(const Exchange& exchange, std::string_view text) {
    std::optional<core::NamedId> only;
    for (const std::string& word : plain_words(text)) {
        // "Will" is a name and "will" is none.
        const std::string as_name = capitalised(word);
        if (text.find(as_name) == std::string_view::npos) continue;
        const auto fit = people_who_fit(exchange, as_name);
        if (fit.size() != 1) continue;
        if (only && only->id != fit.front().id) return std::nullopt;
        only = fit.front();
    }
    return only;
}

}  // namespace

void correct(Exchange& exchange, const Uuid& item, const std::string& text) {
    const Proposal* found = exchange.proposal(item);
    if (found == nullptr) {
        exchange.tell(exchange.say(Phrase::no_such_item));
        return exchange.restate();
    }
    exchange.step.did = "corrected";
    Proposal changed = *found;
    changed.item.text = clipped(trimmed(text), evidence_bytes_max);
    // The rep's new words are the evidence now; the question that they answer stays the same.
    changed.item.source.quote = changed.item.text;
    changed.item.source.message = exchange.line->id;
    changed.corrected_by = exchange.line->id;
    NoteContext context;
    context.account = exchange.conversation.account.name;
    context.meeting_date = std::chrono::year_month_day{meeting_day(exchange.conversation, exchange.world)};
    changed.item.dates.clear();
    for (const DateMention& d : dates_said(changed.item.text, context)) changed.item.dates.push_back({d.text, d.value});
    if (!changed.item.person) changed.item.person = only_person_in(exchange, changed.item.text);
    exchange.change(changed);
    exchange.tell(exchange.say(Phrase::corrected_item, {{"text", shortened(changed.item.text, 15)}}));
    exchange.restate();
}

}  // namespace debrief::bot
