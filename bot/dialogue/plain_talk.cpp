#include "bot/dialogue/plain_talk.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "bot/dialogue/plain_phrases.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

using Words = std::vector<std::string>;

/// Phrases as words. One head must be there; fillers may stand anywhere between.
struct Vocabulary {
    std::vector<Words> heads, fillers;
};

constexpr sv agreeing[]{"yes",
                        "y",
                        "yep",
                        "yeah",
                        "yup",
                        "ok",
                        "okay",
                        "fine",
                        "good",
                        "great",
                        "perfect",
                        "right",
                        "correct",
                        "all good",
                        "all fine",
                        "all right",
                        "all correct",
                        "it's all good",
                        "that's all good",
                        "looks good",
                        "looks fine",
                        "looks right",
                        "looks correct",
                        "sounds good",
                        "sounds right",
                        "that's right",
                        "that is right",
                        "that's correct",
                        "that is correct",
                        "that's fine",
                        "that's good",
                        "that's it",
                        "it's correct",
                        "it's right",
                        "it's fine",
                        "everything is correct",
                        "everything's correct",
                        "everything is right",
                        "everything is fine",
                        "confirm",
                        "confirmed",
                        "i confirm",
                        "save",
                        "keep",
                        "go ahead",
                        "ja",
                        "jep",
                        "passt",
                        "stimmt",
                        "richtig",
                        "genau",
                        "alles gut",
                        "alles richtig",
                        "alles korrekt",
                        "in ordnung",
                        "sieht gut aus",
                        "so ist es",
                        "speichern",
                        "speichere",
                        "speicher",
                        "übernehmen",
                        "übernimm",
                        "bestätigen",
                        "bestätigt"};
constexpr sv after_agreeing[]{"it",       "this",   "that", "them", "all",     "everything", "all of it",
                              "them all", "so",     "now",  "then", "please",  "thanks",     "thank you",
                              "to me",    "for me", "well", "very", "i think", "bitte",      "danke",
                              "das",      "alles",  "es",   "dann", "mir",     "für mich"};

constexpr sv skipping[]{"skip",
                        "pass",
                        "next",
                        "next one",
                        "next question",
                        "the next one",
                        "the next question",
                        "later",
                        "not now",
                        "not right now",
                        "move on",
                        "let's move on",
                        "i'd rather not answer",
                        "i'd rather not say",
                        "i would rather not answer",
                        "i would rather not say",
                        "i'd rather skip",
                        "überspringen",
                        "überspring",
                        "überspringe",
                        "überspringen wir",
                        "weiter",
                        "nächste",
                        "nächste frage",
                        "die nächste",
                        "die nächste frage",
                        "später",
                        "jetzt nicht",
                        "nicht jetzt",
                        "passe",
                        "lassen wir das",
                        "lass das",
                        "das lassen wir",
                        "lass uns weitermachen",
                        "dazu komme ich später",
                        "darauf komme ich zurück",
                        "darauf komme ich später zurück",
                        "dazu möchte ich nichts sagen",
                        "das möchte ich nicht beantworten"};
/// These skip together with what they are about: "leave that one", "come back to it".
constexpr sv skipping_of[]{"skip",        "pass on", "leave",     "leave out", "come back to",
                           "get back to", "come to", "return to", "move past", "jump over"};
constexpr sv the_question[]{"it",       "this",         "that",          "this one",     "that one",
                            "this bit", "the question", "this question", "that question"};
constexpr sv after_skipping[]{"please",
                              "let's",
                              "let us",
                              "can we",
                              "could we",
                              "can you",
                              "i'll",
                              "i will",
                              "we can",
                              "we'll",
                              "we will",
                              "for now",
                              "now",
                              "ok",
                              "okay",
                              "thanks",
                              "thank you",
                              "just",
                              "hm",
                              "well",
                              "oh",
                              "no",
                              "sorry",
                              "that",
                              "it",
                              "this",
                              "to that",
                              "i'd",
                              "nothing to add",
                              "nothing more to add",
                              "bitte",
                              "danke",
                              "erst mal",
                              "erstmal",
                              "mal",
                              "können wir",
                              "lass uns",
                              "vorerst",
                              "jetzt",
                              "das",
                              "die frage",
                              "diese frage",
                              "ja",
                              "nein",
                              "ich",
                              "wir"};
constexpr sv reasons_of_mine[]{", i'm ", ", i am ", ", i have ", ", i've ", ", ich bin ", ", ich muss ", ", ich habe "};
constexpr std::size_t words_of_my_reason = 4;

constexpr sv admitting[]{"i don't know",
                         "i dont know",
                         "i do not know",
                         "don't know",
                         "dont know",
                         "do not know",
                         "dunno",
                         "idk",
                         "not known",
                         "no idea",
                         "no clue",
                         "i have no idea",
                         "i've no idea",
                         "i have no clue",
                         "haven't a clue",
                         "haven't got a clue",
                         "i haven't a clue",
                         "i haven't got a clue",
                         "not sure",
                         "i'm not sure",
                         "i am not sure",
                         "can't say",
                         "cannot say",
                         "i can't say",
                         "i cannot say",
                         "couldn't say",
                         "i couldn't say",
                         "can't tell you",
                         "i can't tell you",
                         "couldn't tell you",
                         "i couldn't tell you",
                         "didn't ask",
                         "i didn't ask",
                         "never asked",
                         "i never asked",
                         "forgot to ask",
                         "i forgot to ask",
                         "haven't heard",
                         "i haven't heard",
                         "it never came up",
                         "that never came up",
                         "that didn't come up",
                         "we never got that far",
                         "we never got to that",
                         "keine ahnung",
                         "weiß nicht",
                         "weiss nicht",
                         "ich weiß nicht",
                         "ich weiß es nicht",
                         "weiß ich nicht",
                         "ich weiss nicht",
                         "ich weiss es nicht",
                         "weiss ich nicht",
                         "das weiß ich nicht",
                         "kann ich nicht sagen",
                         "das kann ich nicht sagen",
                         "da bin ich überfragt",
                         "hab ich nicht gefragt",
                         "habe ich nicht gefragt",
                         "nicht gefragt",
                         "kam nicht zur sprache"};
constexpr sv after_admitting[]{
    "honestly", "frankly",    "sorry",      "to be honest", "to be fair",     "really",
    "hm",       "well",       "oh",         "actually",     "that",           "that's",
    "yet",      "there",      "about that", "right now",    "at the moment",  "good question",
    "no",       "i'm afraid", "i meant",    "i mean",       "ehrlich gesagt", "leider",
    "noch",     "das",        "da",         "gute frage",   "ehrlich",        "gerade",
    "im moment"};
constexpr sv indirect_questions[]{"what",  "who",     "whom",  "whose",  "how",     "when", "where", "why",
                                  "which", "whether", "if",    "was",    "wer",     "wen",  "wem",   "wie",
                                  "wann",  "wo",      "warum", "welche", "welcher", "ob"};
constexpr sv told_nothing[]{"didn't tell me",
                            "didn't tell us",
                            "did not tell me",
                            "did not tell us",
                            "wouldn't say",
                            "would not say",
                            "wouldn't tell",
                            "didn't want to say",
                            "never told me",
                            "i don't know",
                            "i do not know",
                            "no idea",
                            "no clue",
                            "i couldn't say",
                            "i can't say",
                            "couldn't tell you",
                            "can't tell you",
                            "i never asked",
                            "i didn't ask",
                            "i forgot to ask",
                            "keine ahnung",
                            "weiß ich nicht",
                            "ich weiß nicht",
                            "hat mir nicht gesagt",
                            "wollte nicht sagen",
                            "hat nichts gesagt",
                            "habe ich nicht gefragt"};

std::vector<Words> split(std::span<const sv> phrases) {
    std::vector<Words> out;
    out.reserve(phrases.size());
    for (const sv phrase : phrases) out.push_back(plain_words(phrase));
    return out;
}

/// How far the phrases reach from the first word: [i] tells whether they end before word i, and with a head among them.
struct Reach {
    bool any = false, with_head = false;
};
std::vector<Reach> reach_of(const Words& words, const Vocabulary& vocabulary) {
    std::vector<Reach> reach(words.size() + 1);
    reach[0].any = true;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (!reach[at].any) continue;
        const auto step = [&](const Words& phrase, bool head) {
            const auto from = words.begin() + static_cast<std::ptrdiff_t>(at);
            if (at + phrase.size() > words.size() || !std::equal(phrase.begin(), phrase.end(), from)) return;
            Reach& to = reach[at + phrase.size()];
            to.any = true;
            to.with_head = to.with_head || head || reach[at].with_head;
        };
        for (const Words& phrase : vocabulary.heads) step(phrase, true);
        for (const Words& phrase : vocabulary.fillers) step(phrase, false);
    }
    return reach;
}

constexpr std::size_t words_max = 16;  // Longer lines say something.

bool made_of(std::string_view line, const Vocabulary& vocabulary) {
    const auto words = plain_words(clipped(line, 400));
    return !words.empty() && words.size() <= words_max && reach_of(words, vocabulary).back().with_head;
}

const Vocabulary& agreement() {
    static const Vocabulary made{split(agreeing), split(after_agreeing)};
    return made;
}
const Vocabulary& skips() {
    static const Vocabulary made = [] {
        Vocabulary out{split(skipping), split(after_skipping)};
        for (const sv verb : skipping_of) {
            for (const sv object : the_question)
                out.heads.push_back(plain_words(std::string(verb) + " " + std::string(object)));
        }
        return out;
    }();
    return made;
}
const Vocabulary& admissions() {
    static const Vocabulary made{split(admitting), split(after_admitting)};
    return made;
}

const Vocabulary& stops() {
    static const Vocabulary made{split(stopping), split(after_stopping)};
    return made;
}
const Vocabulary& wonders() {
    static const Vocabulary made{split(wondering), split(after_wondering)};
    return made;
}

/// "skip it, I'm driving" -> "skip it".
std::string without_my_reason(std::string_view line) {
    const std::string small = lower_case(line);
    for (const sv reason : reasons_of_mine) {
        const std::size_t at = small.find(reason);
        if (at != std::string::npos && plain_words(sv(small).substr(at)).size() <= words_of_my_reason)
            return small.substr(0, at);
    }
    return small;
}

}  // namespace

bool merely_agrees(std::string_view line) {
    return line.find('?') == sv::npos && made_of(line, agreement());
}

bool merely_skips(std::string_view line) {
    return made_of(without_my_reason(clipped(line, 400)), skips());
}

bool merely_admits(std::string_view line) {
    return made_of(line, admissions());
}

bool merely_stops(std::string_view line) {
    return line.find('?') == sv::npos && made_of(line, stops());
}

bool merely_asks_why(std::string_view line) {
    return made_of(line, wonders());
}

bool begins_with_admission(std::string_view line) {
    const std::string start = clipped(trimmed(line), 400);
    const std::string clause = start.substr(0, start.find_first_of(",.;:!?"));
    if (merely_admits(clause)) return true;
    const auto words = plain_words(clause);
    const auto reach = reach_of(words, admissions());
    for (std::size_t at = 1; at < words.size(); ++at) {
        const bool asks = std::find(std::begin(indirect_questions), std::end(indirect_questions), words[at]) !=
                          std::end(indirect_questions);
        if (reach[at].with_head && asks) return true;
    }
    return false;
}

bool is_reps_ignorance(std::string_view text) {
    if (begins_with_admission(text)) return true;
    const std::string plain = plain_line(text);
    return std::any_of(std::begin(told_nothing), std::end(told_nothing),
                       [&](sv words) { return contains_phrase(plain, words); });
}

}  // namespace debrief::bot
