#include "training/lessons.hpp"

#include <algorithm>
#include <map>

#include "training/maxent.hpp"

namespace debrief::training {

using namespace bot::understanding;

namespace {

// Too few facts cost as much as too many, and what is rare must not drown.
constexpr double weight_of_nothing = 0.6, weight_of_flag = 4;
// There are few people for so many numbers: faster, and the vector is learned by heart.
constexpr double stance_vector_rate = 0.05;

constexpr std::size_t nothing = dimension_count;
constexpr std::size_t parts = 5;  // Of the accounts, for the answers on notes not trained on.

std::size_t overlap(const bot::Span& a, const bot::Span& b) {
    const auto begin = std::max(a.offset, b.offset), end = std::min(a.offset + a.length, b.offset + b.length);
    return end > begin ? end - begin : 0;
}

/// The fact that most of the clause belongs to, if any.
std::optional<std::size_t> fact_of(const Record& record, const bot::Span& clause) {
    std::optional<std::size_t> best;
    std::size_t most = 0;
    for (std::size_t f = 0; f < record.facts.size(); ++f) {
        const auto shared = overlap(record.facts[f].span, clause);
        if (2 * shared < clause.length && 3 * shared < 2 * record.facts[f].span.length) continue;
        if (shared > most) most = shared, best = f;
    }
    return best;
}

struct Lesson {
    const Record* record = nullptr;
    Reading reading;
    std::vector<std::optional<std::size_t>> facts;  // Of each clause.
    std::size_t part = 0;
    std::vector<Example> topics, joins, focus, stances, flags;
};

using Pick = std::vector<Example> Lesson::*;

LinearModel fit_part(const std::vector<Lesson>& lessons, Pick pick, const Settings& settings,
                     std::optional<std::size_t> left_out) {
    std::vector<const Example*> examples;
    for (const auto& lesson : lessons) {
        if (left_out == lesson.part) continue;
        for (const auto& e : lesson.*pick) examples.push_back(&e);
    }
    return fit(examples, settings);
}

Settings with_classes(std::size_t classes) {
    Settings settings;
    settings.classes = classes;
    return settings;
}

}  // namespace

Models train(const std::vector<const Record*>& records, const MeaningOf& meaning_of) {
    std::map<std::string, std::size_t> accounts;
    std::vector<Lesson> lessons;
    lessons.reserve(records.size());
    for (const auto* record : records) {
        Lesson lesson;
        lesson.record = record;
        lesson.reading = read_note(record->text, record->sentences, record->context);
        if (lesson.reading.result.other_language) continue;
        if (meaning_of) find_meanings(lesson.reading, meaning_of);
        lesson.part = accounts.emplace(record->context.account, accounts.size()).first->second % parts;
        lessons.push_back(std::move(lesson));
    }
    for (auto& lesson : lessons) {
        const auto& r = lesson.reading;
        for (std::size_t k = 0; k < r.clauses.size(); ++k) {
            const auto& c = r.clauses[k];
            lesson.facts.push_back(c.core_begin < c.core_end ? fact_of(*lesson.record, r.span(c.core_begin, c.core_end))
                                                             : std::nullopt);
            if (r.cues[k].private_remark.value >= 3 || c.core_begin >= c.core_end) continue;
            const auto fact = lesson.facts.back();
            lesson.topics.push_back({clause_features(r, k),
                                     fact ? static_cast<std::size_t>(lesson.record->facts[*fact].dimension) : nothing,
                                     fact ? 1 : weight_of_nothing});
        }
    }
    Models models;
    const auto topic = with_classes(dimension_count + 1);
    models.topic = fit_part(lessons, &Lesson::topics, topic, std::nullopt);
    for (std::size_t part = 0; part < parts; ++part) {
        const auto others = fit_part(lessons, &Lesson::topics, topic, part);
        for (auto& lesson : lessons) {
            if (lesson.part == part) find_topics(lesson.reading, others);
        }
    }
    for (auto& lesson : lessons) {
        const auto& r = lesson.reading;
        for (std::size_t k = 1; k < r.clauses.size(); ++k) {
            if (r.clauses[k].sentence != r.clauses[k - 1].sentence || r.cues[k].private_remark.value >= 3) continue;
            const bool joined = lesson.facts[k] && lesson.facts[k] == lesson.facts[k - 1];
            lesson.joins.push_back({join_features(r, k), joined ? 1U : 0U, 1});
        }
        for (std::size_t s = 0; s < std::min(r.sentences.size(), lesson.record->focus.size()); ++s)
            lesson.focus.push_back({sentence_features(r, s), static_cast<std::size_t>(lesson.record->focus[s]), 1});
        for (std::size_t p = 0; p < r.people.named; ++p) {
            const auto name = plain_name(r.people.list[p].name);
            for (const auto& person : lesson.record->people) {
                if (person.name == name)
                    lesson.stances.push_back({person_features(r, p), static_cast<std::size_t>(person.stance), 1});
            }
        }
    }
    models.join = fit_part(lessons, &Lesson::joins, with_classes(2), std::nullopt);
    const auto focus = with_classes(core::focus_names.size());
    models.focus = fit_part(lessons, &Lesson::focus, focus, std::nullopt);
    auto stance = with_classes(stance_count);
    stance.vector_rate = stance_vector_rate;
    models.stance = fit_part(lessons, &Lesson::stances, stance, std::nullopt);
    for (std::size_t part = 0; part < parts; ++part) {
        const auto others = fit_part(lessons, &Lesson::focus, focus, part);
        for (auto& lesson : lessons) {
            if (lesson.part == part) judge_focus(lesson.reading, others);
        }
    }
    for (auto& lesson : lessons)
        lesson.flags.push_back(
            {note_features(lesson.reading), lesson.record->vague, lesson.record->vague ? weight_of_flag : 1});
    models.vague = fit_part(lessons, &Lesson::flags, with_classes(2), std::nullopt);
    for (auto& lesson : lessons) {
        lesson.flags[0].label = lesson.record->dont_know;
        lesson.flags[0].weight = lesson.record->dont_know ? weight_of_flag : 1;
    }
    models.dont_know = fit_part(lessons, &Lesson::flags, with_classes(2), std::nullopt);
    return models;
}

bot::Understanding label(const Record& record, const Models& models, const MeaningOf& meaning_of) {
    auto reading = read_note(record.text, record.sentences, record.context);
    if (meaning_of && !reading.result.other_language) find_meanings(reading, meaning_of);
    if (!reading.sentences.empty() && !reading.result.other_language) label_note(reading, models);
    return std::move(reading.result);
}

}  // namespace debrief::training
