#include "bot/rehearsal/outcome.hpp"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "bot/dialogue/exchange.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/judging.hpp"
#include "bot/rehearsal/scenario.hpp"
#include "bot/rehearsal/texts.hpp"
#include "bot/rehearsal/turns.hpp"

namespace debrief::bot::rehearsal {
namespace {

using nlohmann::json;

constexpr std::size_t question_words_shown = 18;

struct Asked {
    const Message* question = nullptr;  ///< Where it was put first.
    const Answered* last = nullptr;     ///< Null where it was left out or is still open.
    int tries = 0;
    std::string due;
    bool stood_later = false;  ///< In a rehearsal that came after this one.

    [[nodiscard]] const std::string& id() const { return question->ask->question; }
    [[nodiscard]] const Judged* judged() const { return last == nullptr ? nullptr : &*last->verdict->judged; }
    [[nodiscard]] bool weak() const { return last != nullptr && !judged()->credited; }
    [[nodiscard]] bool comes_again() const { return weak() && !stood_later; }
};

/// In the order in which they were asked; what was taken back with its question is not among them.
std::vector<Asked> asked_in(const Conversation& conversation, const World& world, const State& state,
                            const std::vector<Answered>& given) {
    std::vector<Asked> all;
    for (const Message& m : conversation.messages) {
        if (!m.ask || m.ask->restated || m.ask->kind == AskKind::probe) continue;
        const auto& asked = state.asked_questions;
        const bool known =
            std::any_of(all.begin(), all.end(), [&](const Asked& one) { return one.id() == m.ask->question; });
        if (known || std::find(asked.begin(), asked.end(), m.ask->question) == asked.end()) continue;
        Asked one;
        one.question = &m;
        for (const Answered& answer : given) {
            if (answer.verdict->step->question != one.id()) continue;
            one.last = &answer;
            ++one.tries;
        }
        if (one.last != nullptr) one.due = due_after(world, one.id(), one.last->line->at, one.judged()->credited);
        for (const Drilled& drill : world.drills) {
            if (one.last == nullptr || drill.question != one.id() || drill.at <= one.last->line->at) continue;
            one.due = drill.due;
            one.stood_later = drill.credited;
        }
        all.push_back(std::move(one));
    }
    return all;
}

struct Tally {
    int answered = 0, good = 0;
};
Tally tally_of(const std::vector<Asked>& all) {
    Tally tally;
    for (const Asked& one : all) {
        tally.answered += one.last != nullptr ? 1 : 0;
        tally.good += one.last != nullptr && !one.weak() ? 1 : 0;
    }
    return tally;
}

json verdict_json(const Judged& judged) {
    return {{"focus", judged.focus},       {"concrete", judged.concrete}, {"honest", judged.honest},
            {"credited", judged.credited}, {"better", judged.better},     {"why", judged.why}};
}

std::string page_of(const Conversation& conversation, const World& world, const std::vector<Asked>& all,
                    const std::vector<const Asked*>& drill) {
    const std::string_view language = conversation.language;
    const auto told = [&](Text which, Slots slots = {}) { return say(which, language, slots); };
    const Tally tally = tally_of(all);
    std::string page = told(Text::summary_head, {{"person", played(conversation, world).contact.name},
                                                 {"account", conversation.account.name},
                                                 {"good", std::to_string(tally.good)},
                                                 {"count", std::to_string(tally.answered)}});
    for (const Asked& one : all) {
        std::string verdict = told(Text::verdict_open);
        if (const Judged* judged = one.judged()) {
            const std::string day = spoken_date(one.due, language);
            verdict = judged->credited
                          ? told(Text::outcome_good, {{"date", day}})
                          : told(Text::outcome_weak, {{"what", axes(*judged, false, language)}, {"date", day}});
        }
        page += "\n" + told(Text::summary_line,
                            {{"question", shortened(one.question->text, question_words_shown)}, {"verdict", verdict}});
    }
    if (!drill.empty()) page += "\n" + told(Text::outcome_drill);
    for (const Asked* one : drill) {
        page +=
            "\n" + told(Text::outcome_drill_line, {{"date", spoken_date(one->due, language)},
                                                   {"question", shortened(one->question->text, question_words_shown)}});
        if (!one->judged()->better.empty()) page += "\n  " + told(Text::better, {{"line", one->judged()->better}});
    }
    return page;
}

}  // namespace

std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world) {
    const State state = state_of(playbook, conversation);
    const std::vector<Answered> given = answers(conversation, state);
    const std::vector<Asked> all = asked_in(conversation, world, state, given);
    std::vector<const Asked*> drill;
    json asked = json::array();
    for (const Asked& one : all) {
        const bool answered = one.last != nullptr;
        asked.push_back({{"question", one.id()},
                         {"text", one.question->text},
                         {"contingency", contingency_of(one.id())},
                         {"tries", one.tries},
                         {"answer", answered ? json(one.last->line->text) : json(nullptr)},
                         {"judged", answered ? verdict_json(*one.judged()) : json(nullptr)},
                         {"due", answered ? json(one.due) : json(nullptr)},
                         {"weak", one.weak()}});
        if (one.comes_again()) drill.push_back(&one);
    }
    std::stable_sort(drill.begin(), drill.end(), [](const Asked* a, const Asked* b) { return a->due < b->due; });
    json again = json::array();
    for (const Asked* one : drill) {
        again.push_back({{"question", one->id()},
                         {"text", one->question->text},
                         {"due", one->due},
                         {"better", one->judged()->better}});
    }
    const Tally tally = tally_of(all);
    const bool shared = std::any_of(conversation.messages.begin(), conversation.messages.end(),
                                    [](const Message& m) { return m.step && m.step->did == "shared"; });
    return json{{"asked", std::move(asked)}, {"good", tally.good}, {"answered", tally.answered},
                {"drill", std::move(again)}, {"shared", shared},   {"page", page_of(conversation, world, all, drill)}}
        .dump();
}

}  // namespace debrief::bot::rehearsal
