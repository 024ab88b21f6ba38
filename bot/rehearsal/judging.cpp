#include "bot/rehearsal/judging.hpp"

#include <algorithm>

#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/answer_words.hpp"
#include "bot/rehearsal/texts.hpp"
#include "core/changes/erasure.hpp"

namespace debrief::bot::rehearsal {
namespace {

using sv = std::string_view;

constexpr std::size_t quote_words = 12, quotes_max = 3;
/// Of a pasted page the first part says enough, and a verdict must not take longer than an answer.
constexpr std::size_t answer_bytes_max = 4000;

enum class Whose { theirs, ours, nobodys };

struct Read {
    std::string text;
    SentenceWords words;
    Whose whose = Whose::nobodys;
    bool fact = false;
    std::string name;  ///< Somebody of theirs, or a name that is no beginning of a sentence.
};

std::string quoted(sv text) {
    std::string out = shortened(trimmed(text), quote_words);
    while (!out.empty() && (out.back() == '.' || out.back() == ',')) out.pop_back();
    return out;
}

bool negated(sv plain) {
    for (const sv no : {sv("can't"), sv("cannot"), sv("can not"), sv("won't"), sv("will not"), sv("no guarantee"),
                        sv("not guarantee"), sv("don't"), sv("do not"), sv("not promise"), sv("nobody can"),
                        sv("nicht"), sv("keine"), sv("niemand")}) {
        if (contains_phrase(plain, no)) return true;
    }
    return false;
}

/// "I cannot guarantee that": a "no" shortly before the word takes it back. German may say it behind.
bool taken_back(const std::string& sentence, const std::string& absolute, sv language) {
    const std::string plain = lower_case(sentence);
    if (language == "de") return negated(plain_line(sentence));
    const auto at = plain.find(lower_case(absolute));
    if (at == std::string::npos || at == 0) return false;
    constexpr std::size_t near = 24;
    const std::string before = plain_line(plain.substr(at > near ? at - near : 0, at > near ? near : at));
    for (const sv no : {sv("can't"), sv("cannot"), sv("won't"), sv("not"), sv("no"), sv("don't"), sv("doesn't"),
                        sv("isn't"), sv("nobody can"), sv("never")}) {
        if (contains_phrase(before, no)) return true;
    }
    return false;
}

/// A first or last name of theirs in the sentence, else a name in the middle of it (English only: German writes every
/// noun like one).
std::string name_in(const std::string& sentence, const Judging& with) {
    const auto words = plain_words(sentence);
    for (const KnownPerson& person : with.people) {
        for (const std::string& part : plain_words(person.name)) {
            if (part.size() > 2 && std::find(words.begin(), words.end(), part) != words.end()) return person.name;
        }
    }
    if (with.language == "de") return {};
    static constexpr sv no_names[]{"Monday",  "Tuesday",   "Wednesday", "Thursday", "Friday",   "Saturday", "Sunday",
                                   "January", "February",  "March",     "April",    "May",      "June",     "July",
                                   "August",  "September", "October",   "November", "December", "Debrief",  "English",
                                   "German",  "Mr",        "Mrs",       "Ms",       "IT",       "OK"};
    for (std::size_t at = sentence.find(' '); at != std::string::npos; at = sentence.find(' ', at + 1)) {
        const char before = at > 0 ? sentence[at - 1] : '.';
        if (before == '.' || before == '?' || before == '!' || before == ':' || at + 3 >= sentence.size()) continue;
        const char first = sentence[at + 1];
        if (first < 'A' || first > 'Z') continue;
        std::size_t end = at + 1;
        while (end < sentence.size() &&
               ((sentence[end] >= 'a' && sentence[end] <= 'z') || (sentence[end] >= 'A' && sentence[end] <= 'Z') ||
                static_cast<unsigned char>(sentence[end]) >= 0x80))
            ++end;
        const std::string word = sentence.substr(at + 1, end - at - 1);
        if (word.size() > 2 && std::find(std::begin(no_names), std::end(no_names), word) == std::end(no_names))
            return word;
    }
    return {};
}

bool speaks_of_fact(const std::string& sentence, const Judging& with) {
    const auto stems = content_stems(sentence);
    return std::any_of(with.facts.begin(), with.facts.end(), [&](const std::string& fact) {
        const auto wanted = content_stems(fact);
        return shared_stems(wanted, stems) >= 2;
    });
}

Whose whose_is(const Read& read, core::Focus focus, const Judging& with) {
    const SentenceWords& w = read.words;
    if (w.pushes) return Whose::ours;
    const bool theirs_named = w.you > 0 || read.fact;
    if (w.dont_know) return Whose::nobodys;
    if (w.asks) return Whose::theirs;
    // "I get it from our service by Tuesday" is done for them.
    if (w.step && w.day && w.ours == 1) return Whose::nobodys;
    if (w.ours > 0 && w.you == 0) return read.fact && focus == core::Focus::customer ? Whose::theirs : Whose::ours;
    if (w.promises || (!w.absolute.empty() && (w.we > 0 || w.you == 0))) return Whose::ours;
    if (w.step && w.ours <= 0) return w.your || read.fact ? Whose::theirs : Whose::nobodys;
    if (w.ours > 0 && w.you <= w.ours) return Whose::ours;
    if (w.ours > 0) return focus == core::Focus::seller ? Whose::ours : Whose::theirs;
    if (theirs_named && w.we == 0) return Whose::theirs;
    if (theirs_named) {
        // Both are in it: "you told me that we were late" is theirs.
        if (with.language == "de") return w.you >= w.we ? Whose::theirs : Whose::nobodys;
        return focus == core::Focus::seller                      ? Whose::ours
               : focus == core::Focus::customer || w.you >= w.we ? Whose::theirs
                                                                 : Whose::nobodys;
    }
    if (focus == core::Focus::customer && w.we == 0) return Whose::theirs;
    if (w.we > 0 || focus == core::Focus::seller) return Whose::ours;
    return read.name.empty() ? Whose::nobodys : Whose::theirs;
}

std::vector<Read> read_answer(sv answer, const Judging& with) {
    const std::string text = clipped(answer, answer_bytes_max);
    std::vector<std::string> sentences = split_sentences(text);
    std::vector<core::Focus> focus(sentences.size(), core::Focus::neutral);
    if (with.language != "de") {
        // As a note about them would have it. One sentence at a time: the split must stay the one of what was said.
        NoteContext context;
        context.account = with.account;
        context.rep = with.rep;
        context.contacts = with.people;
        context.meeting_date = with.today;
        context.encoder = with.encoder;
        std::string told;
        std::vector<std::string> third;
        for (const std::string& sentence : sentences) {
            third.push_back(trimmed(in_third_person(sentence)));
            told += (told.empty() ? "" : " ") + third.back();
        }
        const Understanding understood = understand(told, third, context);
        for (std::size_t i = 0; i < focus.size() && i < understood.sentences.size(); ++i)
            focus[i] = understood.sentences[i].focus;
    }
    std::vector<Read> out;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        Read one;
        one.text = sentences[i];
        one.words = read_words(sentences[i], with.language);
        one.name = name_in(sentences[i], with);
        one.fact = speaks_of_fact(sentences[i], with);
        one.whose = whose_is(one, focus[i], with);
        out.push_back(std::move(one));
    }
    return out;
}

struct Verdict {
    bool good = false;
    std::string why;
};

Verdict focus_of(const std::vector<Read>& read, const std::string& whole, bool honest_step, const Judging& with) {
    const Read* theirs = nullptr;
    const Read* ours = nullptr;
    int for_them = 0, for_us = 0;
    for (const Read& one : read) {
        if (one.whose == Whose::theirs) {
            ++for_them;
            if (theirs == nullptr || (one.fact && !theirs->fact)) theirs = &one;
        } else if (one.whose == Whose::ours) {
            ++for_us;
            if (ours == nullptr) ours = &one;
        }
    }
    const auto line = [&](Text which, const std::string& quote) {
        return say(which, with.language, {{"quote", quoted(quote)}});
    };
    if (theirs != nullptr && for_them >= for_us) return {true, line(Text::focus_good, theirs->text)};
    if (ours != nullptr) return {false, line(Text::focus_seller, ours->text)};
    if (honest_step) return {true, line(Text::focus_their_question, whole)};
    return {false, line(Text::focus_nobody, whole)};
}

Verdict concrete_of(const std::vector<Read>& read, const std::string& whole, bool dont_know, const Judging& with) {
    std::vector<std::string> held;
    bool name = false, figure = false, day = false, step = false, fact = false;
    std::string vague;
    const auto hold = [&](bool& kind, const std::string& words) {
        if (kind || words.empty()) return;
        kind = true;
        if (held.size() < quotes_max)
            held.push_back((with.language == "de" ? "„" : "“") + quoted(words) + (with.language == "de" ? "“" : "”"));
    };
    for (const Read& one : read) {
        hold(name, one.name);
        hold(figure, one.words.figure_said);
        hold(day, one.words.day_said);
        hold(step, one.words.step_said);
        if (one.words.asks) hold(step, one.text);
        if (one.fact) hold(fact, one.text);
        if (vague.empty()) vague = one.words.vague;
    }
    const int kinds = int{name} + int{figure} + int{day} + int{step} + int{fact};
    // A step alone is not enough: "I will look at it" says neither what nor when.
    const bool held_fast = name || figure || day || fact;
    const bool enough = kinds >= 3 || (vague.empty() && (kinds == 2 || held_fast));
    if (enough) {
        std::string quotes;
        for (const std::string& one : held) quotes += (quotes.empty() ? "" : ", ") + one;
        return {true, say(Text::concrete_good, with.language, {{"quotes", quotes}})};
    }
    const Text which = dont_know ? Text::concrete_how : !vague.empty() ? Text::concrete_vague : Text::concrete_none;
    return {false, say(which, with.language, {{"quote", quoted(which == Text::concrete_vague ? vague : whole)}})};
}

/// A figure or a day that we promise, and that stands nowhere in what is stored.
bool borne_out(const Read& one, const Judging& with) {
    const std::string& said = one.words.figure ? one.words.figure_said : one.words.day_said;
    const std::string digits = said.substr(0, said.find_first_of(" %"));
    return !digits.empty() && std::any_of(with.facts.begin(), with.facts.end(), [&](const std::string& fact) {
        return contains_phrase(plain_line(fact), lower_case(digits));
    });
}

Verdict honest_of(const std::vector<Read>& read, const std::string& whole, const Judging& with) {
    const auto line = [&](Text which, const std::string& quote) {
        return say(which, with.language, {{"quote", quoted(quote)}});
    };
    const Read* unknown = nullptr;
    for (const Read& one : read) {
        const SentenceWords& w = one.words;
        if (w.dont_know && unknown == nullptr) unknown = &one;
        const bool not_so = negated(plain_line(one.text)) || w.conditional || w.asks;
        // "Your line always stops at night" is theirs to say.
        const bool about_them = w.you > 0 && w.we == 0 && w.ours <= 0;
        const bool habit = w.absolute == "always" || lower_case(w.absolute) == "immer";
        if (!w.absolute.empty() && !w.asks && !(habit && about_them) &&
            !taken_back(one.text, w.absolute, with.language))
            return {false, line(Text::honest_absolute, one.text)};
        // "Never" and its like carry their own "not".
        if (lower_case(w.absolute).find("nothing can") != std::string::npos ||
            lower_case(w.absolute).find("nichts") != std::string::npos)
            return {false, line(Text::honest_absolute, one.text)};
        // Money off stays money off under a condition.
        const bool kept_back = negated(plain_line(one.text)) || w.asks;
        if (!w.away.empty() && (w.we > 0 || w.ours > 0) && !kept_back)
            return {false, line(Text::honest_away, one.text)};
        if (w.promises && (w.figure || w.day) && !not_so && !borne_out(one, with))
            return {false, line(Text::honest_promise, one.text)};
    }
    if (unknown != nullptr) return {true, line(Text::honest_dont_know, unknown->text)};
    return {true, line(Text::honest_good, whole)};
}

}  // namespace

Judging judging_of(const Conversation& conversation, const World& world) {
    Judging with;
    with.language = conversation.language;
    with.account = conversation.account.name;
    with.rep = conversation.rep.name;
    for (const auto& person : world.journey.people) {
        if (person.contact.name != core::erased_text) with.people.push_back({person.contact.name, person.role});
    }
    for (const auto& view : world.journey.dimensions) {
        for (const core::Item& item : view.items) {
            if (item.state == core::ItemState::confirmed && item.text != core::erased_text)
                with.facts.push_back(item.text);
        }
    }
    for (const auto& commitment : world.journey.commitments) with.facts.push_back(commitment.made.text);
    with.today = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>{conversation.started} + world.utc_offset)};
    with.encoder = world.encoder;
    return with;
}

Assessment assess(std::string_view answer, const Judging& with) {
    const std::vector<Read> read = read_answer(answer, with);
    const std::string whole = trimmed(answer);
    Assessment out;
    bool step = false, when = false;
    for (const Read& one : read) {
        out.dont_know = out.dont_know || one.words.dont_know;
        out.about_us = out.about_us || one.whose == Whose::ours;
        step = step || one.words.step;
        when = when || one.words.day || one.words.figure || !one.name.empty();
    }
    const Verdict focus = focus_of(read, whole, out.dont_know && step && when && !out.about_us, with);
    const Verdict concrete = concrete_of(read, whole, out.dont_know && !step, with);
    const Verdict honest = honest_of(read, whole, with);
    Judged& judged = out.judged;
    judged.focus = focus.good;
    judged.concrete = concrete.good;
    judged.honest = honest.good;
    judged.credited = focus.good && concrete.good && honest.good;
    judged.why = focus.why + "\n" + concrete.why + "\n" + honest.why;
    return out;
}

std::string axes(const Judged& judged, bool holding, std::string_view language) {
    std::vector<std::string> names;
    if (judged.focus == holding) names.push_back(say(Text::axis_focus, language));
    if (judged.concrete == holding) names.push_back(say(Text::axis_concrete, language));
    if (judged.honest == holding) names.push_back(say(Text::axis_honest, language));
    return joined(names, language);
}

}  // namespace debrief::bot::rehearsal
