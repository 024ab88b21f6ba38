#include "bot/understanding/understanding.hpp"

#include "bot/understanding/models.hpp"
#include "bot/understanding/told.hpp"

namespace debrief::bot {
namespace understanding {

std::string Reading::words(std::size_t begin, std::size_t end) const {
    const Span s = span(begin, end);
    return std::string{text.substr(s.offset, s.length)};
}

Span Reading::span(std::size_t begin, std::size_t end) const {
    if (begin >= end || end > tokens.size()) return {};
    const std::size_t from = tokens[begin].span.offset;
    return {from, tokens[end - 1].span.offset + tokens[end - 1].span.length - from};
}

namespace {

void assign_sentences(Reading& r) {
    std::size_t s = 0;
    for (Token& t : r.tokens) {
        while (s + 1 < r.sentences.size() && r.sentences[s + 1].offset <= t.span.offset &&
               (r.sentences[s + 1].length > 0 || s + 2 < r.sentences.size()))
            ++s;
        t.sentence = s;
    }
}

void cut_all_clauses(Reading& r) {
    std::size_t begin = 0;
    while (begin < r.tokens.size()) {
        std::size_t end = begin + 1;
        while (end < r.tokens.size() && r.tokens[end].sentence == r.tokens[begin].sentence) ++end;
        const Clause* previous = r.clauses.empty() ? nullptr : &r.clauses.back();
        auto clauses = cut_clauses(r.tokens, begin, end, r.tokens[begin].sentence, r.people, previous);
        r.clauses.insert(r.clauses.end(), clauses.begin(), clauses.end());
        begin = end;
    }
}

// What can be said of a note that we cannot read: whom it names, and nothing else.
void keep_as_note(Reading& r) {
    r.result.other_language = true;
    for (const Span& s : r.sentences) {
        FocusedSentence out;
        out.span = s;
        out.text = std::string{r.text.substr(s.offset, s.length)};
        r.result.sentences.push_back(std::move(out));
    }
    for (std::size_t p = 0; p < r.people.named; ++p) {
        if (r.people.list[p].known) r.result.people.push_back(r.people.list[p]);
    }
}

}  // namespace
}  // namespace understanding

std::vector<std::string> split_sentences(std::string_view text) {
    std::vector<std::string> sentences;
    for (const Span& s : understanding::sentence_spans(text)) sentences.emplace_back(text.substr(s.offset, s.length));
    return sentences;
}

namespace understanding {

Reading read_note(std::string_view text, const std::vector<std::string>& sentences, const NoteContext& context) {
    Reading r;
    r.text = text;
    r.context = &context;
    r.sentences = place_sentences(text, sentences);
    r.tokens = tokenise(text);
    if (r.sentences.empty()) return r;
    assign_sentences(r);
    classify(r.tokens);
    std::vector<std::string> names;
    for (const KnownPerson& p : context.contacts) {
        for (const Token& t : tokenise(p.name)) names.push_back(t.norm);
    }
    const bool foreign = is_other_language(r.tokens);
    if (!foreign) r.dates = find_dates(r.tokens, Day{context.meeting_date}, names);
    r.people = find_people(text, r.tokens, context);
    if (foreign) {
        keep_as_note(r);
        return r;
    }
    cut_all_clauses(r);
    find_told(r);
    for (const Clause& c : r.clauses) r.cues.push_back(weigh(r.tokens, c));
    find_private_remarks(r);
    for (const FoundDate& d : r.dates)
        r.result.dates.push_back({r.words(d.begin, d.end), d.value, r.span(d.begin, d.end)});
    return r;
}

}  // namespace understanding

Understanding understand(std::string_view text, const std::vector<std::string>& sentences, const NoteContext& context) {
    auto reading = understanding::read_note(text, sentences, context);
    if (reading.sentences.empty()) return {};
    if (reading.result.other_language) return std::move(reading.result);
    const bool encoded = context.encoder != nullptr && text.size() <= understanding::encoded_max;
    if (encoded) {
        understanding::find_meanings(
            reading, [&](std::string_view words) { return understanding::meaning_of(*context.encoder, words); });
    }
    const auto& models = understanding::built_in_models(encoded);
    if (models.topic.classes() == 0) {
        // The models are still on their way: nothing is guessed, and the rep can file the note by hand.
        understanding::keep_as_note(reading);
        return std::move(reading.result);
    }
    understanding::label_note(reading, models);
    return std::move(reading.result);
}

std::vector<DateMention> dates_in(std::string_view text, const NoteContext& context) {
    return understanding::read_note(text, {}, context).result.dates;
}

std::vector<Span> private_remarks_in(std::string_view text, const NoteContext& context) {
    return understanding::read_note(text, {}, context).result.private_remarks;
}

}  // namespace debrief::bot
