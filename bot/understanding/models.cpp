#include "bot/understanding/models.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "bot/understanding/told.hpp"

namespace debrief::embedded {
extern const std::string_view understanding_models;
}

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t stamp_bytes = 8;  // In front of both sets of models.

}  // namespace

core::Bytes Models::write() const {
    core::Bytes out;
    for (const auto* model : {&topic, &join, &focus, &stance, &vague, &dont_know}) model->write(out);
    return out;
}

core::Result<Models> Models::read(core::ByteView& bytes) {
    Models models;
    const std::pair<LinearModel*, std::size_t> wanted[]{
        {&models.topic, dimension_count + 1}, {&models.join, 2},  {&models.focus, core::focus_names.size()},
        {&models.stance, stance_count},       {&models.vague, 2}, {&models.dont_know, 2}};
    for (const auto& [model, classes] : wanted) {
        auto read = LinearModel::read(bytes);
        if (!read) return read.error();
        if (read->classes() != classes)
            return core::Error{core::Errc::corrupt, "A model of the understanding has other classes.", {}, {}};
        *model = std::move(*read);
    }
    return models;
}

std::uint64_t trained_on() {
    const auto bytes = core::as_bytes(embedded::understanding_models);
    std::uint64_t stamp = 0;
    for (std::size_t b = 0; b < std::min(stamp_bytes, bytes.size()); ++b)
        stamp |= static_cast<std::uint64_t>(bytes[b]) << (8 * b);
    return stamp;
}

namespace {

core::Result<std::array<Models, 2>> read_both(core::ByteView file) {
    std::array<Models, 2> models;
    auto rest = file.subspan(std::min(stamp_bytes, file.size()));
    for (auto& one : models) {
        auto read = Models::read(rest);
        if (!read) return read.error();
        one = std::move(*read);
    }
    return models;
}

std::array<Models, 2>& both_models() {
    // A test reads them; a build with broken ones never gets so far.
    static std::array<Models, 2> both = [] {
        auto read = read_both(core::as_bytes(embedded::understanding_models));
        return read ? std::move(*read) : std::array<Models, 2>{};
    }();
    return both;
}

}  // namespace

const Models& built_in_models(bool with_encoder) {
    return both_models()[with_encoder ? 1 : 0];
}

core::Status install_models(core::ByteView file) {
    auto read = read_both(file);
    if (!read) return read.error();
    both_models() = std::move(*read);
    return core::Ok{};
}

Meaning meaning_of(const encoder::Encoder& encoder, std::string_view words) {
    Meaning rounded;
    for (const float x : encoder.encode(words))
        rounded.push_back(static_cast<std::int16_t>(std::floor(x * static_cast<float>(Features::vector_unit) + 0.5F)));
    return rounded;
}

namespace {

/// The words as the encoder sees them when it is asked about one person: names mean nothing to it. He is `person`.
std::string words_about(const Reading& r, const Clause& c, std::size_t person) {
    std::string text;
    std::string_view last;
    for (std::size_t i = c.begin; i < c.end; ++i) {
        const Token& t = r.tokens[i];
        std::string_view word = r.text.substr(t.span.offset, t.span.length);
        if (is(t, WordClass::person) && !is(t, WordClass::role)) {
            const Mention* m = r.people.at(i);
            word = m == nullptr || m->person != person ? "someone" : "he";
            if (word == last) continue;
        } else if (is(t, WordClass::vendor)) {
            word = "another firm";
        } else if (is(t, WordClass::company)) {
            word = "the company";
        }
        if (!text.empty() && t.spaced) text += ' ';
        text += word;
        last = word;
    }
    return text;
}

/// All clauses of which the person is the subject, or is quoted with; if there is none: those that name the person.
std::string text_about(const Reading& r, std::size_t person) {
    std::string text, named;
    for (const auto k : r.told[person].clauses) {
        const Clause& c = r.clauses[k];
        const bool own = holds(c, person);
        if (!own && !names(r, c, person)) continue;
        auto& into = own ? text : named;
        if (!into.empty()) into += ". ";
        into += words_about(r, c, person);
    }
    return text.empty() ? named : text;
}

}  // namespace

void find_meanings(Reading& r, const MeaningOf& ask) {
    for (const Clause& c : r.clauses) r.clause_meanings.push_back(ask(r.words(c.core_begin, c.core_end)));
    for (std::size_t p = 0; p < r.people.named; ++p) r.person_meanings.push_back(ask(text_about(r, p)));
    for (const Span& s : r.sentences) r.sentence_meanings.push_back(ask(r.text.substr(s.offset, s.length)));
}

void label_note(Reading& reading, const Models& models) {
    find_topics(reading, models.topic);
    judge_focus(reading, models.focus);
    find_facts(reading, models.join);
    judge_stances(reading, models.stance);
    set_flags(reading, models);
}

}  // namespace debrief::bot::understanding
