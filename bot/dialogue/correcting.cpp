#include "bot/dialogue/correcting.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "bot/dialogue/answering.hpp"
#include "bot/dialogue/corrected_dates.hpp"
#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/people_called.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;
using core::Dimension;

constexpr std::size_t name_words_max = 3;
constexpr std::size_t figure_words_max = 5;
constexpr std::size_t value_words_max = 6;
constexpr std::size_t old_words_max = 4;

/// Begin of `words` in `text` at word borders, whatever their case.
std::size_t place_of(const std::string& words, const std::string& text, std::size_t from = 0) {
    const std::string small = lower_case(text);
    const std::string wanted = lower_case(words);
    if (wanted.empty() || small.size() != text.size()) return std::string::npos;
    for (std::size_t at = small.find(wanted, from); at != std::string::npos; at = small.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        const auto letter = [&small](std::size_t i) {
            const auto c = static_cast<unsigned char>(small[i]);
            return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        };
        if ((at == 0 || !letter(at - 1)) && (end == small.size() || !letter(end))) return at;
    }
    return std::string::npos;
}

std::string with_words_replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = place_of(from, text); at != std::string::npos; at = place_of(from, text, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// The live findings of each line that made any, the newest line first.
std::vector<std::vector<Proposal>> findings_by_line(const Exchange& exchange) {
    std::vector<std::vector<Proposal>> lines;
    const auto& messages = exchange.conversation.messages;
    for (auto m = messages.rbegin(); m != messages.rend(); ++m) {
        if (!m->step) continue;
        std::vector<Proposal> findings;
        for (const core::Uuid& id : m->step->items) {
            if (const Proposal* p = exchange.proposal(id)) findings.push_back(*p);
        }
        if (!findings.empty()) lines.push_back(std::move(findings));
    }
    return lines;
}

bool name_fits(const std::string& name, const std::string& words) {
    const auto have = plain_words(name);
    const auto wanted = plain_words(words);
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& w) {
        return std::find(have.begin(), have.end(), w) != have.end();
    });
}

std::string first_name(const std::string& name) {
    return name.substr(0, name.find(' '));
}

/// Figures of a finding's words that are not part of a date.
std::vector<Figure> figures_of(const core::Item& item) {
    std::vector<Figure> figures = figures_in(item.text);
    std::erase_if(figures, [&item](const Figure& figure) {
        return std::any_of(item.dates.begin(), item.dates.end(), [&](const core::DateSaid& date) {
            const std::size_t at = date.text.empty() ? std::string::npos : item.text.find(date.text);
            return at != std::string::npos && figure.offset >= at && figure.offset < at + date.text.size();
        });
    });
    return figures;
}

/// The words around the only figure; nothing if there is none, or more than one.
std::optional<std::vector<std::string>> words_beside_figure(const std::string& words) {
    const auto figures = figures_in(words);
    if (figures.size() != 1 || plain_words(words).size() > figure_words_max) return std::nullopt;
    std::string others = words;
    return plain_words(others.replace(figures[0].offset, figures[0].length, " "));
}

class Corrector {
public:
    Corrector(Exchange& exchange, const Correction& correction)
        : exchange_(exchange),
          said_(correction),
          context_(note_context(exchange.conversation, exchange.world, {})),
          lines_(findings_by_line(exchange)) {}

    bool run() {
        if (!date() && !figure() && !person() && !words()) return false;
        exchange_.step.did = "corrected";
        return true;
    }
    void give_to(const PersonNamed& person, const std::vector<Proposal>& findings) {
        meant_ = person;
        put_right(findings);
    }

private:
    // A day or a month.
    bool date() {
        const auto fresh = date_in_words(said_.new_words, context_);
        if (!fresh) return false;
        const bool old_is_date = date_in_words(said_.old_words, context_).has_value();
        if (!said_.old_words.empty() && !old_is_date) return false;
        if (fresh->other_words > (said_.put_so ? 2U : 0U)) return false;
        for (const auto& findings : lines_) {
            const core::DateSaid* old = date_meant(findings);
            if (old == nullptr) continue;
            const core::DateSaid before = *old;
            const core::DateSaid now =
                in_place_of(before, fresh->date, meeting_day(exchange_.conversation, exchange_.world));
            for (Proposal p : findings) {
                bool changed = false;
                for (core::DateSaid& one : p.item.dates) {
                    if (one.text != before.text || one.value != before.value) continue;
                    // The finding's words follow; the quote keeps what was said first.
                    const std::size_t at = one.text.empty() ? std::string::npos : p.item.text.find(one.text);
                    if (at != std::string::npos) p.item.text.replace(at, one.text.size(), now.text);
                    one = now;
                    changed = true;
                }
                if (changed) change(std::move(p));
            }
            exchange_.tell(
                exchange_.say(Phrase::corrected_date, {{"new", spoken_date(now.value, exchange_.language())}}));
            return true;
        }
        return false;
    }
    /// The one that the old words name, else the last that was said.
    [[nodiscard]] const core::DateSaid* date_meant(const std::vector<Proposal>& findings) const {
        const core::DateSaid* last = nullptr;
        for (const Proposal& p : findings) {
            for (const core::DateSaid& one : p.item.dates) {
                if (!said_.old_words.empty() && place_of(said_.old_words, one.text) != std::string::npos) return &one;
                last = &one;
            }
        }
        return last;
    }

    // A figure.
    bool figure() {
        const auto fresh = figures_in(said_.new_words);
        if (!words_beside_figure(said_.new_words)) return false;
        const std::string now = said_.new_words.substr(fresh[0].offset, fresh[0].length);
        const auto named = figures_in(said_.old_words);
        if (!said_.old_words.empty() && (named.size() != 1 || named[0].value == fresh[0].value)) return false;
        if (said_.old_words.empty() && !said_.put_so && !said_.taken_back) return false;
        for (const auto& findings : lines_) {
            const std::string old = named.empty() ? figure_meant(findings, fresh[0]) : named[0].value;
            const bool changed = change_each(findings, [&](core::Item& item) {
                const auto figures = figures_of(item);
                for (auto f = figures.rbegin(); f != figures.rend(); ++f) {
                    if (f->value == old) item.text.replace(f->offset, f->length, now);
                }
            });
            if (changed) return true;
        }
        return false;
    }
    /// The figure of the same things ("six months" for "twelve months"), else the only one; the newest finding counts.
    [[nodiscard]] std::string figure_meant(const std::vector<Proposal>& findings, const Figure& fresh) const {
        const auto rest = plain_words(sv(said_.new_words).substr(fresh.offset + fresh.length));
        const auto others = words_beside_figure(said_.new_words).value_or(std::vector<std::string>{});
        for (auto p = findings.rbegin(); p != findings.rend(); ++p) {
            const auto figures = figures_of(p->item);
            const std::string plain = plain_line(p->item.text);
            // Words that the finding does not hold say more than a figure.
            const bool all_here = std::all_of(others.begin(), others.end(),
                                              [&](const std::string& word) { return contains_phrase(plain, word); });
            if (!all_here && !said_.put_so) continue;
            std::vector<std::string> same, all;
            for (const Figure& f : figures) {
                const auto behind = plain_words(sv(p->item.text).substr(f.offset + f.length));
                if (!rest.empty() && !behind.empty() && behind.front() == rest.front()) same.push_back(f.value);
                all.push_back(f.value);
            }
            if (same.size() == 1) return same.front();
            if (all.size() == 1) return all.front();
        }
        return {};
    }

    // A person.
    bool person() {
        const auto said = plain_words(said_.new_words);
        if (said.empty() || said.size() > name_words_max) return false;
        const auto fit = people_who_fit(exchange_, said_.new_words);
        const auto initial = static_cast<unsigned char>(said_.new_words.front());
        const bool capital = (initial >= 'A' && initial <= 'Z') || initial >= 0x80;
        // "March" is a month, unless somebody here is called so.
        const bool name_like =
            fit.size() == 1 || (fit.empty() && capital && (said_.put_so || !said_.old_words.empty()) &&
                                !date_in_words(said_.new_words, context_));
        if (!name_like || (!said_.put_so && said_.old_words.empty())) return false;
        meant_ = person_called(exchange_, said_.new_words);
        for (const auto& findings : lines_) {
            const std::vector<Proposal> targets = findings_of_wrong_person(findings);
            if (targets.empty()) continue;
            put_right(targets);
            return true;
        }
        if (!said_.old_words.empty() || lines_.empty() || !said_.put_so) return false;
        // Nobody was named there: now somebody is.
        const Proposal& last = lines_.front().back();
        if (last.item.person || last.item.dimension == Dimension::unknown) return false;
        put_right({last});
        return true;
    }
    [[nodiscard]] std::vector<Proposal> findings_of_wrong_person(const std::vector<Proposal>& findings) const {
        const auto wrong = [&](const Proposal& p) {
            if (!p.item.person || p.item.person->id == meant_.contact) return false;
            return said_.old_words.empty() || name_fits(p.item.person->name, said_.old_words);
        };
        const auto newest = std::find_if(findings.rbegin(), findings.rend(), wrong);
        std::vector<Proposal> targets;
        if (newest == findings.rend()) return targets;
        const core::Uuid id = newest->item.person->id;
        // Also those of the same line whose words name that person.
        std::copy_if(findings.begin(), findings.end(), std::back_inserter(targets), [&](const Proposal& p) {
            if (p.item.person) return p.item.person->id == id;
            return place_of(first_name(newest->item.person->name), p.item.text) != std::string::npos;
        });
        return targets;
    }
    void put_right(const std::vector<Proposal>& targets) {
        const auto with_person =
            std::find_if(targets.begin(), targets.end(), [](const Proposal& p) { return p.item.person.has_value(); });
        std::optional<core::NamedId> old;
        if (with_person != targets.end()) old = with_person->item.person;
        std::vector<core::Uuid> moved;
        for (Proposal p : targets) {
            if (old) {
                // "Mo wants it on premises" becomes Tim's sentence; the quote keeps what was said first.
                p.item.text = with_words_replaced(p.item.text, old->name, meant_.name);
                p.item.text = with_words_replaced(p.item.text, first_name(old->name), first_name(meant_.name));
            }
            if (p.item.person || !old) p.item.person = core::NamedId{meant_.contact, meant_.name};
            moved.push_back(p.item.id);
            change(std::move(p));
        }
        if (old) hand_over(*old, moved);
        exchange_.tell(old ? exchange_.say(Phrase::corrected_person, {{"new", meant_.name}, {"old", old->name}})
                           : exchange_.say(Phrase::corrected_person_new, {{"new", meant_.name}}));
        exchange_.name_person(std::move(meant_));
    }
    /// What was noted of the one person's stance on those findings was the other's.
    void hand_over(const core::NamedId& old, const std::vector<core::Uuid>& moved) {
        const auto is_moved = [&moved](const core::Uuid& id) {
            return std::find(moved.begin(), moved.end(), id) != moved.end();
        };
        const bool elsewhere = std::any_of(exchange_.live.begin(), exchange_.live.end(), [&](const Proposal& p) {
            return p.item.person && p.item.person->id == old.id && !is_moved(p.item.id);
        });
        PersonNamed stays;
        for (const PersonNamed& p : exchange_.state.people) {
            if (p.contact != old.id) continue;
            stays = p;
            std::copy_if(p.evidence.begin(), p.evidence.end(), std::back_inserter(meant_.evidence), is_moved);
            if (!meant_.evidence.empty() || p.evidence.empty()) meant_.stance = p.stance;
        }
        PersonNamed gone;
        gone.contact = old.id;
        gone.withdrawn = true;
        exchange_.name_person(std::move(gone));
        if (elsewhere && stays.contact == old.id) {
            std::erase_if(stays.evidence, is_moved);
            if (stays.evidence.empty()) stays.stance = core::Stance::unknown;
            exchange_.name_person(std::move(stays));
        }
        // "Who is Tim?" that stands open asks about Tom from now on.
        if (exchange_.state.open) {
            auto& about = exchange_.state.open->about;
            std::replace(about.begin(), about.end(), old.id, meant_.contact);
        }
    }

    // Whatever the old words are: "it was Hydronic, not Aquatherm".
    bool words() {
        if (!said_.taken_back || said_.old_words.empty()) return false;
        if (plain_words(said_.old_words).size() > old_words_max ||
            plain_words(said_.new_words).size() > value_words_max)
            return false;
        return std::any_of(lines_.begin(), lines_.end(), [&](const auto& findings) {
            return change_each(findings, [&](core::Item& item) {
                item.text = with_words_replaced(item.text, said_.old_words, said_.new_words);
            });
        });
    }

    /// Changes the words of each finding that `put` changes; true if it was any, and then it is told.
    template <typename Put>
    bool change_each(const std::vector<Proposal>& findings, const Put& put) {
        bool any = false;
        for (Proposal p : findings) {
            const std::string before = p.item.text;
            put(p.item);
            if (p.item.text == before) continue;
            if (!any) {
                exchange_.tell(exchange_.say(Phrase::corrected_fact, {{"new", shortened_inside(p.item.text, 14)},
                                                                      {"old", shortened_inside(before, 14)}}));
            }
            any = true;
            change(std::move(p));
        }
        return any;
    }
    void change(Proposal changed) {
        changed.corrected_by = exchange_.line->id;
        exchange_.change(changed);
    }

    Exchange& exchange_;
    const Correction& said_;
    const NoteContext context_;
    const std::vector<std::vector<Proposal>> lines_;
    PersonNamed meant_;
};

}  // namespace

bool take_correction(Exchange& exchange, const Correction& correction) {
    if (!Corrector{exchange, correction}.run()) return false;
    if (!correction.rest.empty() && !hear(exchange, correction.rest).proposals.empty()) {
        take_answer(exchange, correction.rest);
    } else {
        exchange.restate();
    }
    return true;
}

void attribute(Exchange& exchange, const std::vector<core::Uuid>& items, const PersonNamed& person) {
    // Each person's findings in one go: what was noted of their stance moves with them.
    std::map<core::Uuid, std::vector<Proposal>> by_person;
    for (const core::Uuid& item : items) {
        const Proposal* p = exchange.proposal(item);
        if (p == nullptr || (p->item.person && p->item.person->id == person.contact)) continue;
        by_person[p->item.person ? p->item.person->id : core::Uuid{}].push_back(*p);
    }
    exchange.step.did = "corrected";
    for (const auto& [old, findings] : by_person) Corrector{exchange, Correction{}}.give_to(person, findings);
    if (by_person.empty()) exchange.tell(exchange.say(Phrase::corrected_person_new, {{"new", person.name}}));
    exchange.restate();
}

bool is_bare_value(const Exchange& exchange, const Correction& correction) {
    if (!correction.old_words.empty() || !correction.rest.empty()) return false;
    const auto date = date_in_words(correction.new_words, note_context(exchange.conversation, exchange.world, {}));
    if (date) return date->other_words == 0;
    // "40 boxes", "1,900 a month": what is counted, and how often, but not "two people decide".
    constexpr std::array beside{sv("a"),    sv("an"),    sv("per"),   sv("the"),  sv("about"), sv("only"), sv("day"),
                                sv("week"), sv("month"), sv("year"),  sv("hour"), sv("times"), sv("pro"),  sv("im"),
                                sv("tag"),  sv("woche"), sv("monat"), sv("jahr"), sv("etwa"),  sv("nur")};
    const auto others = words_beside_figure(correction.new_words);
    const auto counted = [&beside](const std::string& word) {
        return std::find(beside.begin(), beside.end(), word) == beside.end();
    };
    return others && std::count_if(others->begin(), others->end(), counted) <= 1;
}

bool means_to_correct(const Exchange& exchange, bool plainly) {
    if (exchange.live.empty() || exchange.line == nullptr) return false;
    const auto correction = parse_correction(exchange.line->text);
    if (!correction || !correction->rest.empty()) return false;
    if (plain_words(correction->new_words).size() > value_words_max) return false;
    const bool one_for_other = !correction->old_words.empty();
    if (plainly) return correction->unmistakable && (one_for_other || is_bare_value(exchange, *correction));
    return (correction->taken_back || correction->unmistakable) &&
           (one_for_other || is_bare_value(exchange, *correction));
}

}  // namespace debrief::bot
