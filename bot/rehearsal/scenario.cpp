#include "bot/rehearsal/scenario.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "bot/dialogue/words.hpp"
#include "bot/playbook/wording_rules.hpp"
#include "bot/rehearsal/own_words.hpp"
#include "bot/rehearsal/texts.hpp"
#include "bot/risk/doing_nothing.hpp"
#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::rehearsal {
namespace {

using core::Dimension;
using core::Item;

constexpr std::string_view concern_prefix = "own_concern:";
/// Of five, so that the person stays one with several worries.
constexpr std::size_t concerns_max = 2, drills_max = 2;

std::uint64_t drawn(const Conversation& conversation, std::string_view name) {
    const core::Uuid hash =
        core::derive_uuid("rehearsal-draw", std::to_string(conversation.seed) + "/" + std::string(name));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value = value << 8U | hash.bytes[i];
    return value;
}

std::vector<const Item*> holding(const World& world, Dimension dimension) {
    std::vector<const Item*> items;
    for (const Item& item : world.journey.of(dimension).items) {
        if (item.state == core::ItemState::confirmed && item.text != core::erased_text) items.push_back(&item);
    }
    return items;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    const std::string small = lower_case(text);
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

/// What is stored that makes a contingency likely here.
std::vector<const Item*> facts_of(const World& world, std::string_view contingency) {
    std::vector<const Item*> found;
    const auto add = [&](Dimension dimension, auto&& fits) {
        for (const Item* item : holding(world, dimension)) {
            if (fits(*item)) found.push_back(item);
        }
    };
    const auto all = [](const Item&) { return true; };
    if (contingency == "budget_cut") {
        add(Dimension::concern, [](const Item& i) { return i.detail == "money"; });
        add(Dimension::cost_of_inaction, all);
    } else if (contingency == "new_boss") {
        add(Dimension::decision_process, all);
        add(Dimension::stakeholder, all);
    } else if (contingency == "rival_offer") {
        add(Dimension::competing_option, [](const Item& i) { return !is_doing_nothing(i.text); });
    } else if (contingency == "wait_a_year") {
        add(Dimension::competing_option, [](const Item& i) { return is_doing_nothing(i.text); });
        add(Dimension::cost_of_inaction, all);
        add(Dimension::timing, all);
    } else if (contingency == "security_incident") {
        const auto secure = [](const Item& i) {
            return has_any(i.text, {"secur", "data", "gdpr", "audit", "complian", "attack", "hack", "daten",
                                    "sicherheit", "dsgvo", "angriff"});
        };
        add(Dimension::concern, secure);
        add(Dimension::decision_process, secure);
    } else {
        // A bad reference and a risk of one's own stand on what somebody is afraid of.
        add(Dimension::concern, [](const Item& i) { return i.detail == "fear"; });
    }
    return found;
}

/// Somebody else there, for {person}.
std::string someone_else(const Conversation& conversation, const World& world) {
    std::vector<std::string> names;
    for (const auto& person : world.journey.people) {
        const bool real = person.confirmed && person.contact.name != core::erased_text && !person.contact.name.empty();
        if (real && conversation.contact && person.contact.id != *conversation.contact)
            names.push_back(person.contact.name);
    }
    if (names.empty()) return {};
    std::sort(names.begin(), names.end());
    return names[drawn(conversation, "someone") % names.size()];
}

/// With the words of `fact` cut until the whole stays in one breath.
std::string with_fact(std::string_view pattern, const std::string& fact, Slots others) {
    std::string text = filled(pattern, others);
    const auto at = text.find("{fact}");
    if (at == std::string::npos) return text;
    const std::size_t rest = count_words(text) - 1;
    const std::size_t room = rest + 8 < question_words_max ? question_words_max - rest : 8;
    std::string shown = shortened_inside(fact, room);
    return text.replace(at, 6, shown);
}

std::string library_text(const Exchange& exchange, const HardQuestion& q, const Item* fact) {
    const std::string someone = someone_else(exchange.conversation, exchange.world);
    std::string pattern(q.text.in(exchange.language()));
    replace_all(pattern, "{person}", someone);
    replace_all(pattern, "{account}", exchange.conversation.account.name);
    return with_fact(pattern, fact != nullptr ? fact->text : std::string(), {{"fact", "{fact}"}});
}

std::string concern_text(const Exchange& exchange, const Item& item) {
    const auto language = exchange.language();
    const auto variant = drawn(exchange.conversation, "concern " + item.text);
    const bool own = item.person && exchange.conversation.contact && item.person->id == *exchange.conversation.contact;
    const auto made = [&](Text which, const std::string& fact) {
        return with_fact(say(which, language, {{"fact", "{fact}"}}, variant), fact, {{"fact", "{fact}"}});
    };
    if (!own) return made(Text::house_concern, item.text);
    const auto mine = in_own_mouth(item.text, item.person->name);
    if (!mine || mine->empty()) return made(Text::quoted_concern, item.text);
    std::string said = *mine;
    if (said[0] >= 'a' && said[0] <= 'z') said[0] = static_cast<char>(said[0] - 'a' + 'A');
    const Text which = item.detail == "fear"      ? Text::own_fear
                       : item.detail == "money"   ? Text::own_money
                       : item.detail == "process" ? Text::own_process
                       : item.detail == "wish"    ? Text::own_wish
                                                  : Text::own_plain;
    return made(which, said);
}

/// The person's own worries first, then those of the house; older ones are not less true.
std::vector<const Item*> concerns(const Exchange& exchange) {
    std::vector<const Item*> all = holding(exchange.world, Dimension::concern);
    const auto rank = [&](const Item* item) {
        const bool own =
            item->person && exchange.conversation.contact && item->person->id == *exchange.conversation.contact;
        return std::tuple(own ? 0 : 1, drawn(exchange.conversation, item->text), item->text);
    };
    std::sort(all.begin(), all.end(), [&](const Item* a, const Item* b) { return rank(a) < rank(b); });
    return all;
}

std::string day_of_start(const Conversation& conversation, const World& world) {
    return core::civil_text(meeting_day(conversation, world));
}

Ask ask_of(std::string question, Dimension dimension, std::vector<core::Uuid> about) {
    Ask ask;
    ask.dimension = dimension;
    ask.question = std::move(question);
    ask.about = std::move(about);
    ask.unexpected = true;
    return ask;
}

Dimension dimension_of(std::string_view contingency) {
    if (contingency == "budget_cut" || contingency == "wait_a_year") return Dimension::cost_of_inaction;
    if (contingency == "new_boss") return Dimension::decision_process;
    if (contingency == "rival_offer") return Dimension::competing_option;
    return Dimension::concern;
}

Chosen concern_question(const Exchange& exchange, const Item& item) {
    return {ask_of(std::string(concern_prefix) + item.id.text(), Dimension::concern, {item.id}),
            concern_text(exchange, item)};
}

Chosen library_question(const Exchange& exchange, const HardQuestion& q) {
    const auto facts = facts_of(exchange.world, q.contingency);
    const Item* fact = facts.empty() ? nullptr : facts.front();
    return {ask_of(q.id, dimension_of(q.contingency),
                   fact != nullptr ? std::vector<core::Uuid>{fact->id} : std::vector<core::Uuid>{}),
            library_text(exchange, q, fact)};
}

const Item* current(const World& world, const core::Uuid& id) {
    for (const auto& view : world.journey.dimensions) {
        for (const Item& item : view.items) {
            if (item.id == id && item.state == core::ItemState::confirmed && item.text != core::erased_text)
                return &item;
        }
    }
    return nullptr;
}

/// May it be asked with what is stored now?
bool can_be_asked(const Conversation& conversation, const World& world, const HardQuestion& q) {
    if (q.names("{person}") && someone_else(conversation, world).empty()) return false;
    return !q.names("{fact}") || !facts_of(world, q.contingency).empty();
}

/// What was weak or waits for its day, the longest due first; without those whose ground is gone.
std::vector<const Drilled*> due_ones(const Conversation& conversation, const World& world) {
    std::vector<const Drilled*> due;
    const std::string today = day_of_start(conversation, world);
    for (const Drilled& drill : world.drills) {
        if (drill.due.empty() || drill.due > today) continue;
        const HardQuestion* q = question_called(drill.question);
        const bool stands = q != nullptr ? can_be_asked(conversation, world, *q)
                                         : !drill.about.empty() && current(world, drill.about.front()) != nullptr;
        if (stands) due.push_back(&drill);
    }
    std::sort(due.begin(), due.end(), [](const Drilled* a, const Drilled* b) {
        return std::tie(a->due, a->streak, a->question) < std::tie(b->due, b->streak, b->question);
    });
    return due;
}

class Choosing {
public:
    explicit Choosing(const Exchange& exchange) : exchange_(exchange) {
        for (const std::string& id : exchange.state.asked_questions) {
            asked_.insert(id);
            contingencies_.insert(contingency_of(id));
        }
    }

    std::optional<Chosen> take() const {
        // Due, own, new, due or own, new: what comes first wears off least, and two worries in a row weigh on a rep.
        const std::size_t slot = exchange_.state.asked_questions.size();
        if (slot % 3 == 0) {
            if (auto found = due()) return found;
        }
        if (slot % 3 == 0 || (slot % 3 == 1 && owns_asked() == 0)) {
            if (auto found = own()) return found;
        }
        if (auto found = new_one()) return found;
        return own();
    }

private:
    std::optional<Chosen> due() const {
        std::size_t had = 0;
        for (const Drilled* drill : due_ones(exchange_.conversation, exchange_.world)) {
            if (asked_.count(drill->question) != 0) {
                ++had;
                continue;
            }
            if (had >= drills_max) return std::nullopt;
            if (const HardQuestion* q = question_called(drill->question)) return library_question(exchange_, *q);
            return concern_question(exchange_, *current(exchange_.world, drill->about.front()));
        }
        return std::nullopt;
    }

    std::size_t owns_asked() const {
        return static_cast<std::size_t>(std::count_if(
            asked_.begin(), asked_.end(), [](const std::string& id) { return id.starts_with(concern_prefix); }));
    }

    std::optional<Chosen> own() const {
        if (owns_asked() >= concerns_max) return std::nullopt;
        for (const Item* item : concerns(exchange_)) {
            Chosen chosen = concern_question(exchange_, *item);
            if (asked_.count(chosen.ask.question) == 0 && !rests(chosen.ask.question)) return chosen;
        }
        return std::nullopt;
    }

    /// Answered in an earlier rehearsal and not due yet.
    bool rests(const std::string& question) const {
        const std::string today = day_of_start(exchange_.conversation, exchange_.world);
        return std::any_of(exchange_.world.drills.begin(), exchange_.world.drills.end(),
                           [&](const Drilled& drill) { return drill.question == question && drill.due > today; });
    }

    std::optional<Chosen> new_one() const {
        const Played who = played(exchange_.conversation, exchange_.world);
        const int level = level_now(exchange_.conversation, exchange_.world, exchange_.state);
        const HardQuestion* best = nullptr;
        std::tuple<bool, bool, int, bool, std::uint64_t> best_rank;
        for (const HardQuestion& q : library()) {
            if (asked_.count(q.id) != 0 || !q.fits(who.group, who.stance)) continue;
            if (!can_be_asked(exchange_.conversation, exchange_.world, q)) continue;
            const std::tuple rank{contingencies_.count(q.contingency) != 0, rests(q.id), std::abs(q.level - level),
                                  facts_of(exchange_.world, q.contingency).empty(),
                                  drawn(exchange_.conversation, q.id)};
            if (best == nullptr || rank < best_rank) {
                best = &q;
                best_rank = rank;
            }
        }
        if (best == nullptr) return std::nullopt;
        return library_question(exchange_, *best);
    }

    const Exchange& exchange_;
    std::set<std::string> asked_, contingencies_;
};

}  // namespace

Played played(const Conversation& conversation, const World& world) {
    Played who;
    if (conversation.contact) who.contact.id = *conversation.contact;
    for (const auto& person : world.journey.people) {
        if (person.contact.id != who.contact.id) continue;
        who.contact.name = person.contact.name;
        who.role = person.role;
        who.stance = person.stance;
    }
    who.group = role_group_of(who.role);
    who.anything_stored = who.stance != core::Stance::unknown;
    for (const auto& view : world.journey.dimensions) {
        for (const Item& item : view.items)
            who.anything_stored = who.anything_stored || (item.person && item.person->id == who.contact.id &&
                                                          item.state == core::ItemState::confirmed);
    }
    return who;
}

std::vector<Answered> answers(const Conversation& conversation, const State& state) {
    std::vector<Answered> found;
    for (const Message& m : conversation.messages) {
        if (!m.judged || !m.step || !m.step->line) continue;
        if (std::find(state.lines.begin(), state.lines.end(), *m.step->line) == state.lines.end()) continue;
        Answered one;
        one.verdict = &m;
        for (const Message& other : conversation.messages) {
            if (other.id == *m.step->line) one.line = &other;
            if (one.asked == nullptr && other.ask && other.ask->question == m.step->question) one.asked = &other;
        }
        if (one.line != nullptr && one.asked != nullptr) found.push_back(one);
    }
    return found;
}

int level_now(const Conversation& conversation, const World& world, const State& state) {
    std::vector<const Drilled*> newest;
    for (const Drilled& drill : world.drills) newest.push_back(&drill);
    std::sort(newest.begin(), newest.end(), [](const Drilled* a, const Drilled* b) { return a->at > b->at; });
    std::size_t good = 0;
    while (good < newest.size() && newest[good]->credited) ++good;
    const core::Stance stance = played(conversation, world).stance;
    const bool doubts = stance == core::Stance::skeptic || stance == core::Stance::blocker;
    int level = std::min(level_max, (good >= 6 ? 3 : good >= 3 ? 2 : 1) + (doubts ? 1 : 0));
    std::set<std::string> tried;
    for (const Answered& answer : answers(conversation, state)) {
        const bool second = !tried.insert(answer.verdict->step->question).second;
        if (answer.verdict->judged->credited) {
            if (!second) ++level;
        } else if (second) {
            --level;
        }
        level = std::clamp(level, 1, level_max);
    }
    return level;
}

std::optional<Chosen> next_question(const Exchange& exchange) {
    if (exchange.state.asked >= exchange.state.limit) return std::nullopt;
    return Choosing(exchange).take();
}

std::size_t due_count(const Conversation& conversation, const World& world) {
    return std::min(drills_max, due_ones(conversation, world).size());
}

std::string contingency_of(const std::string& question) {
    if (const HardQuestion* q = question_called(question)) return q->contingency;
    return std::string(own_concern);
}

std::vector<const Item*> facts_for(const Conversation& conversation, const World& world, const Ask& ask) {
    std::vector<const Item*> found;
    const auto add = [&](const Item* item) {
        if (item != nullptr && std::find(found.begin(), found.end(), item) == found.end()) found.push_back(item);
    };
    for (const core::Uuid& id : ask.about) add(current(world, id));
    for (const Item* item : facts_of(world, contingency_of(ask.question))) add(item);
    for (const Dimension dimension : {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change,
                                      Dimension::concern, Dimension::timing, Dimension::decision_process}) {
        // What the person said themselves comes before what others there said.
        for (const bool own : {true, false}) {
            for (const Item* item : holding(world, dimension)) {
                const bool theirs = item->person && conversation.contact && item->person->id == *conversation.contact;
                if (theirs == own) add(item);
            }
        }
    }
    return found;
}

}  // namespace debrief::bot::rehearsal
