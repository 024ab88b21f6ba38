#include "bot/dialogue/correcting.hpp"

#include <algorithm>

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

bool has(const std::vector<core::Uuid>& list, const core::Uuid& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
}

std::string without_end_marks(std::string text) {
    while (!text.empty() &&
           (text.back() == '.' || text.back() == ',' || text.back() == '!' || text.back() == ';' || text.back() == ' '))
        text.pop_back();
    return trimmed(text);
}

/// "it was Tim" -> "Tim".
std::string without_it_was(std::string text) {
    const std::string small = lower_case(text);
    for (const sv lead : {sv("it was "), sv("that was "), sv("it's "), sv("that's "), sv("it is "), sv("es war "),
                          sv("das war "), sv("es ist ")}) {
        if (small.starts_with(lead)) return trimmed(sv(text).substr(lead.size()));
    }
    return text;
}

/// Splits "Tim, not Mo", "not Mo but Tim" and "not Mo, it was Tim" into new and old.
Correction parts_of(std::string rest) {
    rest = without_end_marks(trimmed(rest));
    const std::string small = lower_case(rest);
    for (const auto& [lead, middle] : {std::pair{sv("not "), sv(" but ")},
                                       {sv("nicht "), sv(" sondern ")},
                                       {sv("nicht "), sv(", sondern ")},
                                       {sv("not "), sv(", ")}}) {
        const std::size_t at = small.find(middle);
        if (small.starts_with(lead) && at != std::string::npos && at > lead.size()) {
            return {without_it_was(trimmed(sv(rest).substr(at + middle.size()))),
                    without_end_marks(rest.substr(lead.size(), at - lead.size()))};
        }
    }
    for (const sv middle :
         {sv(", not "), sv(" not "), sv(", nicht "), sv(" nicht "), sv(" instead of "), sv(" statt ")}) {
        const std::size_t at = small.find(middle);
        if (at != std::string::npos && at > 0) {
            return {without_end_marks(rest.substr(0, at)), without_end_marks(rest.substr(at + middle.size()))};
        }
    }
    return {rest, {}};
}

/// The items of the newest line that proposed any.
std::vector<Proposal> items_of_last_line(const Exchange& exchange) {
    const auto& messages = exchange.conversation.messages;
    for (auto m = messages.rbegin(); m != messages.rend(); ++m) {
        if (!m->step || m->step->items.empty()) continue;
        std::vector<Proposal> out;
        for (const core::Uuid& id : m->step->items) {
            if (const Proposal* p = exchange.proposal(id)) out.push_back(*p);
        }
        if (!out.empty()) return out;
    }
    return exchange.live.empty() ? std::vector<Proposal>{} : std::vector<Proposal>{exchange.live.back()};
}

bool name_fits(const std::string& name, const std::string& words) {
    const auto have = plain_words(name);
    const auto wanted = plain_words(words);
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& w) {
        return std::find(have.begin(), have.end(), w) != have.end();
    });
}

bool correct_date(Exchange& exchange, const Correction& correction) {
    const NoteContext context = note_context(exchange.conversation, exchange.world, {});
    const auto dates = dates_in(correction.new_words, context);
    if (dates.empty()) return false;
    const std::vector<Proposal> candidates = items_of_last_line(exchange);
    auto target =
        std::find_if(candidates.begin(), candidates.end(), [](const Proposal& p) { return !p.item.dates.empty(); });
    Proposal changed;
    if (target != candidates.end()) {
        changed = *target;
    } else {
        const auto any = std::find_if(exchange.live.rbegin(), exchange.live.rend(),
                                      [](const Proposal& p) { return !p.item.dates.empty(); });
        if (any == exchange.live.rend()) return false;
        changed = *any;
    }
    core::DateSaid& date = changed.item.dates.back();
    // The finding's words follow; the quote keeps what was said first.
    if (const std::size_t at = changed.item.text.find(date.text); at != std::string::npos && !date.text.empty()) {
        changed.item.text.replace(at, date.text.size(), dates.front().text);
    }
    date = {dates.front().text, dates.front().value};
    changed.corrected_by = exchange.line->id;
    exchange.change(changed);
    exchange.step.did = "corrected";
    exchange.tell(
        exchange.say(Phrase::corrected_date, {{"new", spoken_date(dates.front().value, exchange.language())}}));
    return true;
}

bool correct_person(Exchange& exchange, const Correction& correction) {
    const auto words = plain_words(correction.new_words);
    if (words.empty() || words.size() > 3) return false;
    const auto fit = people_who_fit(exchange, correction.new_words);
    const auto first = static_cast<unsigned char>(correction.new_words.front());
    const bool name_like = fit.size() == 1 || (first >= 'A' && first <= 'Z') || first >= 0x80;
    if (!name_like || fit.size() > 1) return false;
    std::vector<Proposal> targets;
    for (const Proposal& p : items_of_last_line(exchange)) {
        if (!p.item.person) continue;
        if (correction.old_words.empty() || name_fits(p.item.person->name, correction.old_words)) targets.push_back(p);
    }
    if (targets.empty() && !correction.old_words.empty()) {
        for (const Proposal& p : exchange.live) {
            if (p.item.person && name_fits(p.item.person->name, correction.old_words)) targets.push_back(p);
        }
    }
    if (targets.empty() && correction.old_words.empty()) {
        const auto last = items_of_last_line(exchange);
        if (!last.empty()) targets.push_back(last.back());
    }
    if (targets.empty()) return false;
    const std::optional<core::NamedId> old = targets.front().item.person;
    PersonNamed meant = person_called(exchange, correction.new_words);
    for (Proposal p : targets) {
        if (old && p.item.person && p.item.person->id != old->id) continue;
        if (old) {
            const std::string first_name = old->name.substr(0, old->name.find(' '));
            const std::string new_first = meant.name.substr(0, meant.name.find(' '));
            // "Mo wants it on premises" becomes Tim's sentence; the quote keeps what was said first.
            for (const std::string& from : {old->name, first_name}) {
                const std::size_t at = p.item.text.find(from);
                if (at != std::string::npos) {
                    p.item.text.replace(at, from.size(), from == old->name ? meant.name : new_first);
                    break;
                }
            }
        }
        p.item.person = core::NamedId{meant.contact, meant.name};
        p.corrected_by = exchange.line->id;
        exchange.change(p);
    }
    if (old) {
        // What was noted about the one person's stance was the other's.
        for (const PersonNamed& p : exchange.state.people) {
            if (p.contact != old->id) continue;
            meant.stance = p.stance;
            meant.evidence = p.evidence;
        }
        PersonNamed gone;
        gone.contact = old->id;
        gone.withdrawn = true;
        exchange.name_person(std::move(gone));
        // "Who is Tim?" that stands open asks about Tom from now on.
        if (exchange.state.open) {
            auto& about = exchange.state.open->about;
            std::replace(about.begin(), about.end(), old->id, meant.contact);
        }
    }
    exchange.tell(old ? exchange.say(Phrase::corrected_person, {{"new", meant.name}, {"old", old->name}})
                      : exchange.say(Phrase::corrected_person_new, {{"new", meant.name}}));
    exchange.name_person(std::move(meant));
    exchange.step.did = "corrected";
    return true;
}

struct Taken {
    std::string words;
    std::vector<core::Uuid> gone;
    std::vector<Proposal> restored;
};

/// Writes the opposite of what a line did.
Taken take_back(Exchange& exchange, const core::Uuid& line) {
    Taken taken;
    for (const Message& m : exchange.conversation.messages) {
        if (m.id == line) taken.words = m.text;
        if (!m.step || m.step->line != line) continue;
        for (const core::Uuid& item : m.step->items) {
            taken.gone.push_back(item);
            if (exchange.proposal(item) != nullptr) exchange.edits.emplace_back(core::Delete{"observation", item});
        }
        for (const core::Uuid& task : m.step->tasks) {
            exchange.edits.emplace_back(core::Put{"task", task, {{"state", std::string("dropped")}}, {}});
        }
        for (Proposal old : m.step->before) {
            if (has(m.step->items, old.item.id)) continue;
            // What was dropped comes back under a new name: a deleted record stays deleted.
            if (exchange.proposal(old.item.id) == nullptr) {
                old.item.id = core::derive_uuid("restored", exchange.line->id.text() + old.item.id.text());
                exchange.step.items.push_back(old.item.id);
            }
            exchange.edits.emplace_back(proposal_put(exchange.conversation, old));
            taken.restored.push_back(std::move(old));
        }
    }
    return taken;
}

}  // namespace

std::optional<Correction> parse_correction(std::string_view line) {
    const std::string text = trimmed(line);
    const std::string small = lower_case(text);
    if (plain_words(text).size() > 12) return std::nullopt;
    constexpr sv openers[]{
        "no, that was ",    "no that was ",        "no, it was ",        "no it was ",        "no, that's ",
        "no, i meant ",     "actually, that was ", "actually that was ", "actually, it was ", "actually it was ",
        "sorry, that was ", "sorry, it was ",      "sorry, i meant ",    "i meant ",          "i mean ",
        "make it ",         "make that ",          "correction: ",       "nein, das war ",    "nein das war ",
        "nein, es war ",    "ich meinte ",         "mach daraus ",       "korrektur: "};
    for (const sv opener : openers) {
        if (!small.starts_with(opener)) continue;
        Correction parts = parts_of(text.substr(opener.size()));
        if (!parts.new_words.empty()) return parts;
    }
    // Without an opener only the full form counts: "that was Tim, not Mo", "not Mo but Tim".
    for (const sv opener :
         {sv("that was "), sv("it was "), sv("das war "), sv("es war "), sv("not "), sv("nicht "), sv("no, ")}) {
        if (!small.starts_with(opener)) continue;
        const bool keeps_opener = opener == "not " || opener == "nicht ";
        Correction parts = parts_of(keeps_opener ? text : text.substr(opener.size()));
        if (!parts.new_words.empty() && !parts.old_words.empty()) return parts;
    }
    return std::nullopt;
}

bool take_correction(Exchange& exchange, const Correction& correction) {
    if (exchange.live.empty()) return false;
    if (!correct_date(exchange, correction) && !correct_person(exchange, correction)) return false;
    exchange.restate();
    return true;
}

void undo(Exchange& exchange) {
    exchange.step.did = "undone";
    if (exchange.state.lines.empty()) {
        exchange.step.did = "nothing_undone";
        exchange.tell(exchange.say(Phrase::undo_none));
        return exchange.restate();
    }
    const core::Uuid taken_back = exchange.state.lines.back();
    exchange.step.undone = taken_back;
    const Taken taken = take_back(exchange, taken_back);
    // Where the conversation stood before that line: a fold without it.
    Conversation before = exchange.conversation;
    Message mark;
    mark.step = Step{};
    mark.step->undone = taken_back;
    before.messages.push_back(mark);
    exchange.state = state_of(exchange.book, before);
    auto& live = exchange.live;
    live.erase(std::remove_if(live.begin(), live.end(), [&](const Proposal& p) { return has(taken.gone, p.item.id); }),
               live.end());
    for (const Proposal& old : taken.restored) {
        const auto now =
            std::find_if(live.begin(), live.end(), [&](const Proposal& p) { return p.item.id == old.item.id; });
        if (now != live.end()) {
            *now = old;
        } else {
            live.push_back(old);
        }
    }
    std::string shown = shortened(taken.words, 12);
    // Our own full stop follows.
    while (!shown.empty() && shown.back() == '.') shown.pop_back();
    exchange.tell(exchange.say(Phrase::undone, {{"text", shown}}));
    exchange.restate();
}

}  // namespace debrief::bot
