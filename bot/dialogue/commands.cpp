#include "bot/dialogue/commands.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "bot/dialogue/plain_talk.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

constexpr std::pair<sv, Action> whole_lines[]{
    {"back", Action::back},
    {"go back", Action::back},
    {"previous", Action::back},
    {"previous question", Action::back},
    {"zurück", Action::back},
    {"vorige frage", Action::back},
    {"undo", Action::undo},
    {"undo that", Action::undo},
    {"take that back", Action::undo},
    {"rückgängig", Action::undo},
    {"rückgängig machen", Action::undo},
    {"nimm das zurück", Action::undo},
    {"resume", Action::resume},
    {"continue", Action::resume},
    {"go on", Action::resume},
    {"carry on", Action::resume},
    {"weitermachen", Action::resume},
    {"fortsetzen", Action::resume},
    {"mach weiter", Action::resume},
    {"confirm", Action::confirm},
    {"confirm all", Action::confirm},
    {"bestätigen", Action::confirm},
    {"alles bestätigen", Action::confirm},
    {"bestätige", Action::confirm},
    {"bestätigt", Action::confirm},
};
constexpr sv drop_verbs[]{"drop",      "remove",   "delete", "strike",  "streiche",
                          "streichen", "entferne", "lösche", "weg mit", "weg"};
constexpr sv confirm_verbs[]{"confirm", "accept", "keep", "bestätige", "behalte"};
constexpr sv correct_verbs[]{"correct", "change", "edit", "korrigiere", "ändere"};

std::optional<std::size_t> number_of(sv word) {
    if (word.empty() || word.size() > 3) return std::nullopt;
    std::size_t value = 0;
    for (const char c : word) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::size_t>(c - '0');
    }
    return value == 0 ? std::nullopt : std::optional(value);
}

/// "drop 2", "drop item 2", "drop no 2".
std::optional<std::size_t> verb_and_number(sv plain, std::span<const sv> verbs) {
    for (const sv verb : verbs) {
        if (!plain.starts_with(verb) || plain.size() <= verb.size() || plain[verb.size()] != ' ') continue;
        sv rest = plain.substr(verb.size() + 1);
        for (const sv filler : {sv("item "), sv("number "), sv("no "), sv("nummer "), sv("punkt ")}) {
            if (rest.starts_with(filler)) rest.remove_prefix(filler.size());
        }
        if (const auto n = number_of(rest)) return n;
    }
    return std::nullopt;
}

/// "2: their words", "correct 2: their words", "change 2 to their words".
std::optional<Command> correction_of_item(sv line) {
    std::string rest = trimmed(line);
    const std::string small = lower_case(rest);
    bool verb_said = false;
    for (const sv verb : correct_verbs) {
        if (small.starts_with(verb) && small.size() > verb.size() && small[verb.size()] == ' ') {
            rest = trimmed(sv(rest).substr(verb.size()));
            verb_said = true;
            break;
        }
    }
    std::size_t digits = 0;
    while (digits < rest.size() && digits < 3 && rest[digits] >= '0' && rest[digits] <= '9') ++digits;
    const auto number = number_of(sv(rest).substr(0, digits));
    if (!number) return std::nullopt;
    std::string text = trimmed(sv(rest).substr(digits));
    if (text.starts_with(':')) {
        text = trimmed(sv(text).substr(1));
    } else if (verb_said && lower_case(text).starts_with("to ")) {
        text = trimmed(sv(text).substr(3));
    } else if (!verb_said) {
        return std::nullopt;
    }
    if (text.empty()) return std::nullopt;
    return Command{Action::correct, number, std::move(text)};
}

bool starts_with_word(sv plain, sv word) {
    return plain.starts_with(word) && (plain.size() == word.size() || plain[word.size()] == ' ');
}

constexpr sv yes_words[]{"yes",
                         "yep",
                         "yeah",
                         "yup",
                         "sure",
                         "still",
                         "same",
                         "correct",
                         "right",
                         "true",
                         "absolutely",
                         "indeed",
                         "unchanged",
                         "nothing changed",
                         "nothing has changed",
                         "no change",
                         "no changes",
                         "as before",
                         "that's how it is",
                         "that is how it is",
                         "that's still",
                         "that is still",
                         "it's still",
                         "it is still",
                         "ja",
                         "genau",
                         "stimmt",
                         "noch immer",
                         "immer noch",
                         "unverändert",
                         "richtig",
                         "jawohl",
                         "doch",
                         "so ist es",
                         "gilt noch",
                         "wie gehabt"};
/// "It is" agrees, "it is worse now" does not: these count where their clause ends with them.
constexpr sv yes_clauses[]{"it is",  "it does",  "it did",  "they do",  "they did", "he does",
                           "he did", "she does", "she did", "they are", "he is",    "she is"};
constexpr sv no_words[]{"no",         "nope",        "not any more", "not anymore", "no longer",
                        "not really", "not yet",     "it isn't",     "it is not",   "it didn't",
                        "it did not", "they didn't", "he didn't",    "she didn't",  "nein",
                        "nicht mehr", "noch nicht",  "leider nicht", "nö"};

}  // namespace

std::optional<Command> parse_command(std::string_view line, Phase phase) {
    if (line.size() > 400 && phase != Phase::confirming) return std::nullopt;
    const std::string plain = plain_line(line);
    if (phase == Phase::confirming) {
        if (auto corrected = correction_of_item(line)) return corrected;
        if (const auto n = verb_and_number(plain, drop_verbs)) return Command{Action::drop, n, {}};
        if (const auto n = verb_and_number(plain, confirm_verbs)) return Command{Action::confirm, n, {}};
        // Elsewhere "yes" is an answer.
        if (merely_agrees(line)) return Command{Action::confirm, {}, {}};
    }
    for (const auto& [words, action] : whole_lines) {
        if (plain == words) return Command{action, {}, {}};
    }
    if (merely_skips(line)) return Command{Action::skip, {}, {}};
    if (merely_admits(line)) return Command{Action::dont_know, {}, {}};
    if (merely_stops(line)) return Command{Action::stop, {}, {}};
    if (merely_asks_why(line)) return Command{Action::why, {}, {}};
    return std::nullopt;
}

constexpr std::size_t words_of_half_a_yes = 6;

YesNo yes_or_no(std::string_view line) {
    std::string plain = plain_line(line);
    for (const sv opener : {sv("oh "), sv("well "), sv("hm "), sv("um "), sv("na ")}) {
        if (sv(plain).starts_with(opener)) plain = plain.substr(opener.size());
    }
    // "No change" says yes to "is that still so?": so the longer words come first.
    for (const sv word : yes_words) {
        if (starts_with_word(plain, word)) return YesNo::yes;
    }
    const std::string small = lower_case(line);
    const std::string clause = plain_line(sv(small).substr(0, small.find_first_of(",.;:!?")));
    if (std::find(std::begin(yes_clauses), std::end(yes_clauses), clause) != std::end(yes_clauses)) return YesNo::yes;
    for (const sv word : no_words) {
        if (starts_with_word(plain, word)) return YesNo::no;
    }
    return YesNo::neither;
}

bool half_agrees(std::string_view line) {
    const std::string plain = plain_line(line);
    constexpr sv halves[]{"more or less", "kind of",  "sort of",    "partly",  "in part",
                          "almost",       "mostly",   "not quite",  "roughly", "mehr oder weniger",
                          "teilweise",    "zum teil", "nicht ganz", "fast"};
    return plain_words(line).size() <= words_of_half_a_yes &&
           std::any_of(std::begin(halves), std::end(halves),
                       [&plain](sv half) { return contains_phrase(plain, half); });
}

bool only_yes_or_no(std::string_view line) {
    return yes_or_no(line) != YesNo::neither && plain_words(line).size() <= 4;
}

ChangeKind change_kind(std::string_view line) {
    const std::string plain = plain_line(line);
    for (const sv words : {sv("both"), sv("beide"), sv("beides")}) {
        if (contains_phrase(plain, words)) return ChangeKind::both;
    }
    for (const sv words : {sv("wrong before"), sv("mistaken"), sv("mistake"), sv("was wrong"), sv("wrong"),
                           sv("my error"), sv("irrtum"), sv("falsch"), sv("misheard")}) {
        if (contains_phrase(plain, words)) return ChangeKind::was_wrong;
    }
    for (const sv words : {sv("changed"), sv("has changed"), sv("it changed"), sv("new"), sv("geändert"), sv("neu"),
                           sv("moved"), sv("shifted")}) {
        if (contains_phrase(plain, words)) return ChangeKind::changed;
    }
    return only_yes_or_no(line) && yes_or_no(line) == YesNo::yes ? ChangeKind::changed : ChangeKind::neither;
}

std::optional<std::size_t> which_of_two(std::string_view line) {
    const std::string plain = plain_line(line);
    for (const sv words : {sv("first"), sv("1"), sv("erste"), sv("erstes"), sv("ersteres")}) {
        if (contains_phrase(plain, words)) return 0;
    }
    for (const sv words : {sv("second"), sv("2"), sv("zweite"), sv("zweites"), sv("letzteres"), sv("latter")}) {
        if (contains_phrase(plain, words)) return 1;
    }
    return std::nullopt;
}

bool wants_forgotten(std::string_view line) {
    constexpr sv whole[]{"forget that",
                         "forget it",
                         "please forget that",
                         "forget what i said",
                         "forget what i just said",
                         "forget i said that",
                         "delete what i said",
                         "delete what i just said",
                         "erase that",
                         "erase what i said",
                         "erase what i just said",
                         "erase my last line",
                         "delete my last line",
                         "that should not be stored",
                         "do not keep that",
                         "don't keep that",
                         "don't store that",
                         "vergiss das",
                         "bitte vergiss das",
                         "vergiss, was ich gesagt habe",
                         "lösch das",
                         "lösche das",
                         "behalte das nicht",
                         "lösch, was ich gesagt habe"};
    std::string plain = plain_line(line);
    for (const sv polite : {sv("please "), sv("bitte "), sv("oh "), sv("no, "), sv("wait, ")}) {
        if (plain.starts_with(polite)) plain = plain.substr(polite.size());
    }
    for (const sv polite : {sv(" please"), sv(" bitte")}) {
        if (plain.ends_with(polite)) plain = plain_line(plain.substr(0, plain.size() - polite.size()));
    }
    return std::find(std::begin(whole), std::end(whole), plain) != std::end(whole);
}

std::optional<int> hurry(std::string_view line) {
    const std::string plain = plain_line(line);
    constexpr std::pair<sv, int> numbers[]{{"a", 1},    {"one", 1},   {"two", 2},         {"three", 3}, {"four", 4},
                                           {"five", 5}, {"a few", 2}, {"a couple of", 2}, {"1", 1},     {"2", 2},
                                           {"3", 3},    {"4", 4},     {"5", 5},           {"eine", 1},  {"zwei", 2},
                                           {"drei", 3}, {"vier", 4},  {"fünf", 5}};
    for (const sv have : {sv("i have"), sv("i've got"), sv("i only have"), sv("i just have"), sv("i have only"),
                          sv("i've only got"), sv("ich habe"), sv("ich habe nur"), sv("habe nur")}) {
        for (const auto& [word, value] : numbers) {
            for (const sv unit : {sv("minute"), sv("minutes"), sv("min"), sv("mins"), sv("minuten")}) {
                std::string phrase(have);
                phrase.append(" ").append(word).append(" ").append(unit);
                if (contains_phrase(plain, phrase)) return value;
            }
        }
    }
    // Whose hurry it is decides: "they are in a hurry" is evidence.
    constexpr sv cues[]{"i am boarding",  "i'm boarding",    "boarding now",    "about to board",
                        "i'm in a hurry", "i am in a hurry", "i'm in a rush",   "i am in a rush",
                        "i've no time",   "i have no time",  "i've got to run", "i got to run",
                        "gotta run",      "i have to run",   "i need to run",   "i've got to go",
                        "i have to go",   "keep it quick",   "keep it short",   "ich habe keine zeit",
                        "ich muss los",   "muss gleich los", "ich bin in eile", "steige gleich ein"};
    for (const sv cue : cues) {
        if (contains_phrase(plain, cue)) return 1;
    }
    // "Quick, …" at the start is about us; "they want it quick" is about them.
    const std::string small = lower_case(trimmed(line));
    for (const sv start : {sv("quick,"), sv("quick:"), sv("quick one"), sv("quickly,"), sv("quick -"), sv("kurz:"),
                           sv("schnell:"), sv("schnell,")}) {
        if (sv(small).starts_with(start)) return 1;
    }
    return std::nullopt;
}

}  // namespace debrief::bot
