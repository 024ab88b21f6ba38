#include "bot/coaching/harvest.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "bot/coaching/one_to_one.hpp"
#include "bot/coaching/texts.hpp"
#include "bot/dialogue/german_dates.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/understanding/understanding.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::coaching {
namespace {

using sv = std::string_view;

/// How a sentence begins in which the manager promises something.
constexpr std::array<sv, 12> promise_openers{"i will ",        "i'll ",         "i’ll ",        "i can ",
                                             "i am going to ", "i'm going to ", "let me ",      "ich werde ",
                                             "ich kann ",      "ich mache ",    "ich schicke ", "ich gehe "};

std::string without_opener(const std::string& sentence) {
    const std::string small = lower_case(sentence);
    // "I will join her" is kept as "join her"; a German verb stands behind, so German sentences stay whole.
    for (const sv opener : promise_openers) {
        if (small.starts_with(opener) && !opener.starts_with("ich ")) return sentence.substr(opener.size());
    }
    return sentence;
}

bool is_promise(const std::string& sentence) {
    const std::string small = lower_case(trimmed(sentence));
    return std::any_of(promise_openers.begin(), promise_openers.end(),
                       [&](sv opener) { return small.starts_with(opener); });
}

/// Days of the manager's own count from the line on which they were named.
std::optional<std::chrono::sys_days> day_in(const std::string& text, const Message& line, const World& world) {
    NoteContext context;
    context.meeting_date = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>{line.at} + world.utc_offset)};
    const auto dates = dates_said(text, context);
    if (dates.empty()) return std::nullopt;
    const auto range = core::days_of(dates.front().value);
    return range ? std::optional{range->last} : std::nullopt;
}

core::Uuid promise_id(const Message& line, std::size_t place) {
    return core::derive_uuid("coaching-task", line.id.text() + "/" + std::to_string(place));
}

struct Reading {
    const World& world;
    Harvest found;

    void promise(const Message& line, const std::string& sentence, std::size_t place) {
        std::string text = trimmed(without_opener(trimmed(sentence)));
        while (!text.empty() && text.back() == '.') text.pop_back();
        if (text.empty()) return;
        found.promises.push_back({promise_id(line, place), clipped(text, 500), day_in(sentence, line, world)});
    }
};

/// The line that each answered question has for an answer, and what was taken back since.
struct Heard {
    std::vector<std::pair<const Step*, const Message*>> answers;
    std::set<core::Uuid> undone, dropped;
};
Heard heard_in(const Conversation& conversation) {
    std::map<core::Uuid, const Message*> lines;
    Heard heard;
    for (const Message& m : conversation.messages) {
        if (m.author == AuthorKind::user) lines[m.id] = &m;
        if (!m.step) continue;
        if (m.step->undone) heard.undone.insert(*m.step->undone);
        if (m.step->did == "dropped") heard.dropped.insert(m.step->tasks.begin(), m.step->tasks.end());
        const bool answer = m.step->did == "answered" || m.step->did == "noted" || m.step->did == "probed";
        if (!answer || !m.step->line) continue;
        if (const auto line = lines.find(*m.step->line); line != lines.end())
            heard.answers.emplace_back(&*m.step, line->second);
    }
    return heard;
}

/// A line without the promises in it that were taken out again: the note does not tell the rep of them.
std::string words_kept(const Message& line, bool promises, const std::set<core::Uuid>& dropped) {
    std::string text = trimmed(line.text);
    if (!promises || dropped.empty()) return text;
    std::string kept;
    std::size_t place = 0;
    for (const std::string& sentence : split_sentences(line.text)) {
        const bool gone = is_promise(sentence) && dropped.contains(promise_id(line, place));
        place += is_promise(sentence) ? 1U : 0U;
        if (!gone) kept += (kept.empty() ? "" : " ") + trimmed(sentence);
    }
    return kept;
}

Line heading_of(const std::string& question) {
    return question == "rep_goal"       ? Line::heading_goal
           : question == "rep_obstacle" ? Line::heading_obstacle
                                        : Line::heading_help;
}

}  // namespace

Harvest harvest_of(const Conversation& conversation, const World& world) {
    const Heard heard = heard_in(conversation);
    Reading reading{world, {}};
    std::vector<std::pair<std::string, std::string>> parts;  // By question, in the order in which they were answered.
    for (const auto& answer : heard.answers) {
        const Step* step = answer.first;
        const Message* line = answer.second;
        if (heard.undone.contains(line->id)) continue;
        const bool only_promise = step->question == promise_question;
        std::size_t place = 0;
        for (const std::string& sentence : split_sentences(line->text)) {
            if (only_promise || (step->question == "rep_help" && is_promise(sentence)))
                reading.promise(*line, sentence, place++);
        }
        if (only_promise || step->question.empty()) continue;
        const std::string kept = words_kept(*line, step->question == "rep_help", heard.dropped);
        if (kept.empty()) continue;
        const auto part =
            std::find_if(parts.begin(), parts.end(), [&](const auto& one) { return one.first == step->question; });
        if (part == parts.end()) {
            parts.emplace_back(step->question, kept);
        } else {
            part->second += " " + kept;
        }
    }
    std::erase_if(reading.found.promises, [&](const Promise& one) { return heard.dropped.contains(one.id); });
    for (const auto& [question, words] : parts) {
        std::string heading = text_of(heading_of(question), conversation.language);
        replace_all(heading, "{person}", conversation.coached.name);
        reading.found.note += (reading.found.note.empty() ? "" : "\n") + heading + words;
    }
    return std::move(reading.found);
}

bool asks_for_our_number(std::string_view line) {
    // What, when, how much, commit, upside: the words of a review of the seller's numbers.
    constexpr std::array<sv, 37> cues{"will you close",
                                      "are you closing",
                                      "going to close",
                                      "can you close",
                                      "close this month",
                                      "close this week",
                                      "close this quarter",
                                      "when will it close",
                                      "close date",
                                      "what is your number",
                                      "what's your number",
                                      "hit your number",
                                      "hit the number",
                                      "your quota",
                                      "make quota",
                                      "forecast",
                                      "commit to",
                                      "can you commit",
                                      "what do you commit",
                                      "upside",
                                      "how much will",
                                      "how many deals",
                                      "pipeline",
                                      "bring in this",
                                      "book this",
                                      "probability",
                                      "how likely is the deal",
                                      "deal size",
                                      "by quarter end",
                                      "abschließen",
                                      "abschluss",
                                      "wie viel umsatz",
                                      "wieviel umsatz",
                                      "deine zahl",
                                      "ihre zahl",
                                      "prognose",
                                      "quote erreichen"};
    const std::string small = lower_case(line);
    return std::any_of(cues.begin(), cues.end(), [&](sv cue) { return small.find(cue) != std::string::npos; });
}

}  // namespace debrief::bot::coaching
