#include "bot/dialogue/exchange.hpp"

#include <algorithm>

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/playbook/wording_rules.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

std::uint64_t number_from(const core::Uuid& id) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value = value << 8U | id.bytes[i];
    return value;
}

}  // namespace

std::chrono::sys_days meeting_day(const Conversation& conversation, const World& world) {
    if (conversation.meeting) return conversation.meeting->day;
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>{conversation.started} + world.utc_offset);
}

Situation situation(const Exchange& exchange) {
    const auto meeting = meeting_day(exchange.conversation, exchange.world);
    auto met_before = exchange.world.met_before;
    // A call in the morning and a visit in the afternoon: what the morning's debrief told was heard before.
    for (const core::DimensionView& view : exchange.world.journey.dimensions) {
        for (const core::Item& item : view.items) {
            const bool counts = item.state != core::ItemState::proposed && item.said_on == core::civil_text(meeting);
            if (counts && item.source.conversation && item.source.conversation != exchange.conversation.id)
                met_before = meeting;
        }
    }
    return situation_of(exchange.world.journey, meeting, met_before);
}

Exchange::Exchange(const Playbook& playbook, const Conversation& c, const World& w, const Message* l)
    : book(playbook),
      conversation(c),
      world(w),
      line(l),
      state(state_of(playbook, c)),
      live(live_proposals(c)),
      at(l != nullptr ? l->at : (c.messages.empty() ? c.started : w.now)),
      phase_before_(state.phase) {
    if (line != nullptr) step.line = line->id;
    for (Proposal& p : live) {
        if (p.item.person && p.item.person->name.empty()) p.item.person->name = name_of_contact(p.item.person->id);
    }
}

std::chrono::sys_days Exchange::today() const {
    return std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>{at} +
                                                 world.utc_offset);
}

std::uint64_t Exchange::variant() const {
    const std::string place = line != nullptr ? line->id.text() : std::string();
    return number_from(
        core::derive_uuid("variant", conversation.id.text() + place + std::to_string(conversation.seed)));
}

std::string Exchange::from_book(const Wording& wording, Phrase otherwise, const Ask& about) const {
    if (wording.empty())
        return say(otherwise,
                   {{"account", conversation.account.name}, {"dimension", label_of(about.dimension, language())}});
    // The same placeholders as in the question itself.
    std::string person, fact, date;
    std::vector<std::string> names;
    for (const core::Uuid& id : about.about) {
        if (const core::Item* item = stored(id)) {
            fact = item->text;
            date = plain_date(item->said_on, language());
            if (item->person) person = item->person->name;
            break;
        }
        if (const Proposal* p = proposal(id)) {
            fact = p->item.text;
            date = plain_date(p->item.said_on, language());
            break;
        }
        for (const core::CommitmentView& c : world.journey.commitments) {
            if (c.made.id != id) continue;
            fact = c.made.text;
            date = plain_date(c.made.due, language());
            person = c.made.owner.name;
        }
        if (std::string name = name_of_contact(id); !name.empty()) names.push_back(std::move(name));
    }
    if (!names.empty()) person = joined(names, language());
    const auto with = [&](const std::string& shown) {
        return filled(wording.in(language()), {{"account", conversation.account.name},
                                               {"person", person},
                                               {"fact", shown},
                                               {"date", date},
                                               {"industry", conversation.industry}});
    };
    const std::size_t others = count_words(with({}));
    return with(shortened_inside(fact, others + 4 < question_words_max ? question_words_max - others : 4));
}

void Exchange::flush() {
    if (!lead_.empty()) blocks_.push_back({std::exchange(lead_, {}), {}, {}, {}});
}
void Exchange::tell(std::string_view text) {
    if (text.empty()) return;
    if (!lead_.empty()) lead_ += ' ';
    lead_ += text;
}
void Exchange::answer(std::string text, Answer found) {
    flush();
    blocks_.push_back({std::move(text), {}, std::move(found), {}});
}
void Exchange::show(std::string text) {
    flush();
    blocks_.push_back({std::move(text), {}, {}, {}});
}
void Exchange::judge(std::string text, Judged judged) {
    flush();
    blocks_.push_back({std::move(text), {}, {}, std::move(judged)});
}
void Exchange::ask(Ask question, std::string text) {
    // One breath: the lead and the question together, or one after the other.
    if (!lead_.empty() && count_words(lead_) + count_words(text) <= question_words_max) {
        text = std::exchange(lead_, {}) + " " + text;
    }
    flush();
    question.playbook = book.id;
    question.version = book.version;
    if (!question.restated && question.kind != AskKind::probe && question.kind != AskKind::reframe) {
        ++state.asked;
        state.asked_questions.push_back(question.question);
    }
    state.open = question;
    state.phase = Phase::asking;
    blocks_.push_back({std::move(text), std::move(question), {}, {}});
}

void Exchange::restate() {
    if (state.phase == Phase::confirming) return show_screen_again(*this);
    if (!state.open) return;
    Ask again = *state.open;
    again.restated = true;
    std::string text = question_text(*this, again);
    ask(std::move(again), std::move(text));
}

void Exchange::propose(Proposal proposal) {
    proposal.item.text = clipped(proposal.item.text, evidence_bytes_max);
    edits.emplace_back(proposal_put(conversation, proposal));
    step.items.push_back(proposal.item.id);
    state.items.push_back(proposal.item.id);
    live.push_back(std::move(proposal));
}

void Exchange::change(const Proposal& changed) {
    const auto found =
        std::find_if(live.begin(), live.end(), [&](const Proposal& p) { return p.item.id == changed.item.id; });
    if (found == live.end()) return;
    const auto told = std::find_if(step.before.begin(), step.before.end(),
                                   [&](const Proposal& p) { return p.item.id == changed.item.id; });
    if (told == step.before.end()) step.before.push_back(*found);
    *found = changed;
    edits.emplace_back(proposal_put(conversation, changed));
}

void Exchange::withdraw(const core::Uuid& item) {
    const auto found = std::find_if(live.begin(), live.end(), [&](const Proposal& p) { return p.item.id == item; });
    if (found == live.end()) return;
    step.before.push_back(*found);
    edits.emplace_back(core::Delete{"observation", item});
    live.erase(found);
}

void Exchange::forget(const core::Uuid& item) {
    edits.emplace_back(core::Delete{"observation", item});
    std::erase_if(live, [&](const Proposal& p) { return p.item.id == item; });
}

void Exchange::name_person(PersonNamed person) {
    merge_person(state.people, person);
    step.people.push_back(std::move(person));
}

void Exchange::settle(std::string did) {
    step.did = std::move(did);
    if (!state.open) return;
    step.question = state.open->question;
    if (std::find(state.settled.begin(), state.settled.end(), step.question) == state.settled.end())
        state.settled.push_back(step.question);
}

const Proposal* Exchange::proposal(const core::Uuid& item) const {
    const auto found = std::find_if(live.begin(), live.end(), [&](const Proposal& p) { return p.item.id == item; });
    return found == live.end() ? nullptr : &*found;
}

const core::Item* Exchange::stored(const core::Uuid& item) const {
    for (const core::DimensionView& view : world.journey.dimensions) {
        for (const core::Item& i : view.items) {
            if (i.id == item && i.state != core::ItemState::proposed) return &i;
        }
    }
    return nullptr;
}

bool Exchange::replaced(const core::Uuid& item) const {
    return std::any_of(live.begin(), live.end(), [&](const Proposal& p) { return p.item.supersedes == item; });
}

std::string Exchange::name_of_contact(const core::Uuid& contact) const {
    for (const PersonNamed& p : state.people) {
        if (p.contact == contact) return p.name;
    }
    for (const core::PersonView& p : world.journey.people) {
        if (p.contact.id == contact) return p.contact.name;
    }
    return {};
}

core::Source Exchange::source(std::string_view quote) const {
    core::Source out;
    out.conversation = conversation.id;
    if (line != nullptr) out.message = line->id;
    out.quote = clipped(quote, evidence_bytes_max);
    if (state.open) out.question = state.open->question;
    out.playbook = book.id;
    out.version = book.version;
    return out;
}

core::Item Exchange::blank_item() const {
    core::Item item;
    item.said_on = core::civil_text(meeting_day(conversation, world));
    item.by = conversation.rep;
    item.state = core::ItemState::proposed;
    item.opportunity = conversation.opportunity;
    item.recorded = at;
    return item;
}

core::Uuid Exchange::new_item_id() const {
    const std::string place = line != nullptr ? line->id.text() : std::string("opening");
    return core::derive_uuid("proposal",
                             conversation.id.text() + "/" + place + "/" + std::to_string(step.items.size()));
}

Turn Exchange::finish(Phase phase) {
    flush();
    if (phase != phase_before_ || conversation.messages.empty()) {
        edits.emplace_back(core::Put{
            "room", conversation.id, {{"phase", std::string(phase_names[static_cast<std::size_t>(phase)])}}, {}});
    }
    Turn turn;
    std::optional<core::Uuid> last;
    if (!conversation.messages.empty()) last = conversation.messages.back().id;
    bool first = true;
    for (Block& block : blocks_) {
        Message m;
        m.conversation = conversation.id;
        m.at = at;
        m.text = std::move(block.text);
        m.ask = std::move(block.ask);
        m.answer = std::move(block.answer);
        m.judged = std::move(block.judged);
        if (conversation.contact) m.item = conversation.contact;
        m.follows = last;
        m.step = first ? step : Step{};
        m.step->line = step.line;
        m.step->phase = phase;
        first = false;
        // The record without its id is all that it says: equal lines on two devices get one name, others never.
        const core::Put record = message_put(conversation, m);
        m.id = core::derive_uuid("bot-line", conversation.id.text() +
                                                 (m.follows ? m.follows->text() : std::string("first")) + "\n" +
                                                 m.text + "\n" + std::get<std::string>(record.fields.at("body")));
        edits.emplace_back(message_put(conversation, m));
        last = m.id;
        turn.messages.push_back(std::move(m));
    }
    turn.erase = std::move(erase);
    turn.state = state_of(book, conversation, turn.messages);
    turn.edits = std::move(edits);
    return turn;
}

void follow_up(Exchange& exchange, const Ask& asked, AskKind kind, std::string did) {
    Ask again = asked;
    again.kind = kind;
    again.restated = false;
    exchange.step.did = std::move(did);
    exchange.step.question = again.question;
    std::string text = question_text(exchange, again);
    exchange.ask(std::move(again), std::move(text));
}

}  // namespace debrief::bot
