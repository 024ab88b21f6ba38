#include "bot/ending/outcome_words.hpp"

#include <algorithm>
#include <array>

#include "bot/dialogue/words.hpp"

namespace debrief::bot::ending {
namespace {

using sv = std::string_view;

struct Cue {
    sv outcome, words;
};
constexpr Cue cues[]{
    // What they did not do.
    {"undecided", "did not decide"},
    {"undecided", "didn't decide"},
    {"undecided", "haven't decided"},
    {"undecided", "have not decided"},
    {"undecided", "never decided"},
    {"undecided", "could not decide"},
    {"undecided", "couldn't decide"},
    {"undecided", "can't decide"},
    {"undecided", "could not agree"},
    {"undecided", "couldn't agree"},
    {"undecided", "no decision"},
    {"undecided", "left undecided"},
    {"undecided", "undecided"},
    {"undecided", "put it off"},
    {"undecided", "put off"},
    {"undecided", "postponed"},
    {"undecided", "pushed it out"},
    {"undecided", "pushed back to"},
    {"undecided", "on hold"},
    {"undecided", "on ice"},
    {"undecided", "shelved"},
    {"undecided", "parked it"},
    {"undecided", "frozen"},
    {"undecided", "froze"},
    {"undecided", "fizzled out"},
    {"undecided", "petered out"},
    {"undecided", "went quiet"},
    {"undecided", "gone quiet"},
    {"undecided", "went silent"},
    {"undecided", "stopped answering"},
    {"undecided", "stopped replying"},
    {"undecided", "never came back to us"},
    {"undecided", "never got back to us"},
    {"undecided", "nicht entschieden"},
    {"undecided", "keine entscheidung"},
    {"undecided", "nie entschieden"},
    {"undecided", "nicht entscheiden"},
    {"undecided", "nicht einigen"},
    {"undecided", "nicht geeinigt"},
    {"undecided", "unentschieden"},
    {"undecided", "verschoben"},
    {"undecided", "vertagt"},
    {"undecided", "aufgeschoben"},
    {"undecided", "auf eis"},
    {"undecided", "eingefroren"},
    {"undecided", "im sande verlaufen"},
    {"undecided", "melden sich nicht mehr"},
    {"undecided", "meldet sich nicht mehr"},
    {"undecided", "nichts mehr gehört"},
    // As it was.
    {"stayed", "stay as they are"},
    {"stayed", "stays as it is"},
    {"stayed", "stay as is"},
    {"stayed", "stayed as"},
    {"stayed", "staying as"},
    {"stayed", "stayed"},
    {"stayed", "stay with"},
    {"stayed", "staying with"},
    {"stayed", "stays with"},
    {"stayed", "stick with"},
    {"stayed", "sticking with"},
    {"stayed", "sticks with"},
    {"stayed", "stuck with"},
    {"stayed", "sticking to"},
    {"stayed", "stick to"},
    {"stayed", "keep what they have"},
    {"stayed", "keeping what they have"},
    {"stayed", "kept what they have"},
    {"stayed", "kept what they had"},
    {"stayed", "kept the old"},
    {"stayed", "kept their old"},
    {"stayed", "keep the old"},
    {"stayed", "keep their old"},
    {"stayed", "keeping the old"},
    {"stayed", "keeping their old"},
    {"stayed", "carry on as before"},
    {"stayed", "carry on as they are"},
    {"stayed", "carry on with"},
    {"stayed", "carrying on with"},
    {"stayed", "go on as before"},
    {"stayed", "leave it as it is"},
    {"stayed", "leave things as they are"},
    {"stayed", "leaving things as they are"},
    {"stayed", "leaving it as it is"},
    {"stayed", "left it as it is"},
    {"stayed", "left everything as"},
    {"stayed", "doing nothing"},
    {"stayed", "do nothing"},
    {"stayed", "did nothing"},
    {"stayed", "not change anything"},
    {"stayed", "won't change anything"},
    {"stayed", "not changing anything"},
    {"stayed", "good enough as it is"},
    {"stayed", "make do"},
    {"stayed", "renewed with"},
    {"stayed", "renewed their"},
    {"stayed", "bleiben, wie sie sind"},
    {"stayed", "bleiben wie sie sind"},
    {"stayed", "bleiben bei"},
    {"stayed", "bleibt bei"},
    {"stayed", "sind geblieben"},
    {"stayed", "geblieben wie bisher"},
    {"stayed", "geblieben"},
    {"stayed", "bleibt alles"},
    {"stayed", "alles gelassen"},
    {"stayed", "alles beim alten"},
    {"stayed", "lassen alles"},
    {"stayed", "lassen es, wie"},
    {"stayed", "machen weiter wie"},
    {"stayed", "wie bisher weiter"},
    {"stayed", "machen nichts"},
    {"stayed", "tun nichts"},
    {"stayed", "ändern nichts"},
    {"stayed", "nichts ändern"},
    {"stayed", "nichts geändert"},
    {"stayed", "behalten ihr"},
    {"stayed", "behalten die alt"},
    {"stayed", "behalten das alte"},
    // Another way.
    {"elsewhere", "bought elsewhere"},
    {"elsewhere", "buy elsewhere"},
    {"elsewhere", "elsewhere"},
    {"elsewhere", "somewhere else"},
    {"elsewhere", "someone else"},
    {"elsewhere", "somebody else"},
    {"elsewhere", "somebody else's"},
    {"elsewhere", "other supplier"},
    {"elsewhere", "another supplier"},
    {"elsewhere", "another vendor"},
    {"elsewhere", "other vendor"},
    {"elsewhere", "a competitor"},
    {"elsewhere", "the competitor"},
    {"elsewhere", "the competition"},
    {"elsewhere", "the other offer"},
    {"elsewhere", "the other firm"},
    {"elsewhere", "the others"},
    {"elsewhere", "do it themselves"},
    {"elsewhere", "doing it themselves"},
    {"elsewhere", "build it themselves"},
    {"elsewhere", "building it themselves"},
    {"elsewhere", "built it themselves"},
    {"elsewhere", "in house"},
    {"elsewhere", "in-house"},
    {"elsewhere", "lost it to"},
    {"elsewhere", "lost to"},
    {"elsewhere", "lost this one to"},
    {"elsewhere", "anderswo"},
    {"elsewhere", "woanders"},
    {"elsewhere", "anders gelöst"},
    {"elsewhere", "einen anderen anbieter"},
    {"elsewhere", "anderen lieferanten"},
    {"elsewhere", "beim wettbewerb"},
    {"elsewhere", "den wettbewerb"},
    {"elsewhere", "zum wettbewerb"},
    {"elsewhere", "konkurrenz"},
    {"elsewhere", "machen es selbst"},
    {"elsewhere", "bauen es selbst"},
    {"elsewhere", "selbst gebaut"},
    {"elsewhere", "verloren an"},
    // We stepped back.
    {"withdrew", "we withdrew"},
    {"withdrew", "we have withdrawn"},
    {"withdrew", "we pulled out"},
    {"withdrew", "we stepped back"},
    {"withdrew", "we stepped away"},
    {"withdrew", "we walked away"},
    {"withdrew", "we bowed out"},
    {"withdrew", "we declined"},
    {"withdrew", "we turned it down"},
    {"withdrew", "we did not bid"},
    {"withdrew", "we didn't bid"},
    {"withdrew", "i withdrew"},
    {"withdrew", "i pulled out"},
    {"withdrew", "i stepped back"},
    {"withdrew", "i stepped away"},
    {"withdrew", "withdrew"},
    {"withdrew", "wir haben uns zurückgezogen"},
    {"withdrew", "uns zurückgezogen"},
    {"withdrew", "wir sind ausgestiegen"},
    {"withdrew", "ich bin ausgestiegen"},
    {"withdrew", "wir haben abgesagt"},
    {"withdrew", "zurückgezogen"},
    // They did not, and no more is said.
    {"not_bought", "did not buy"},
    {"not_bought", "didn't buy"},
    {"not_bought", "won't buy"},
    {"not_bought", "will not buy"},
    {"not_bought", "not buying"},
    {"not_bought", "not bought"},
    {"not_bought", "said no"},
    {"not_bought", "turned us down"},
    {"not_bought", "turned it down"},
    {"not_bought", "decided against"},
    {"not_bought", "not sign"},
    {"not_bought", "didn't sign"},
    {"not_bought", "we lost"},
    {"not_bought", "i lost"},
    {"not_bought", "lost it"},
    {"not_bought", "lost"},
    {"not_bought", "nicht gekauft"},
    {"not_bought", "kaufen nicht"},
    {"not_bought", "nicht bestellt"},
    {"not_bought", "nicht unterschrieben"},
    {"not_bought", "dagegen entschieden"},
    {"not_bought", "gegen uns entschieden"},
    {"not_bought", "haben abgelehnt"},
    {"not_bought", "verloren"},
    // They did.
    {"bought", "they bought"},
    {"bought", "bought it"},
    {"bought", "bought"},
    {"bought", "they signed"},
    {"bought", "has signed"},
    {"bought", "have signed"},
    {"bought", "signed it"},
    {"bought", "signed"},
    {"bought", "said yes"},
    {"bought", "ordered"},
    {"bought", "placed the order"},
    {"bought", "we won"},
    {"bought", "won it"},
    {"bought", "we got it"},
    {"bought", "we got the"},
    {"bought", "they took it"},
    {"bought", "chose us"},
    {"bought", "picked us"},
    {"bought", "decided for us"},
    {"bought", "went with us"},
    {"bought", "going with us"},
    {"bought", "go with us"},
    {"bought", "für uns entschieden"},
    {"bought", "gekauft"},
    {"bought", "bestellt"},
    {"bought", "haben unterschrieben"},
    {"bought", "hat unterschrieben"},
    {"bought", "unterschrieben"},
    {"bought", "zugesagt"},
    {"bought", "gewonnen"},
    {"bought", "den zuschlag bekommen"},
};

// "They went with …": with whom it was says which it is.
constexpr sv choosing[]{"went with",    "going with", "go with",     "gone with",   "chose",       "picked",
                        "signed with",  "signed for", "bought from", "buy from",    "decided for", "opted for",
                        "ordered from", "ordered at", "settled on",  "switched to", "moved to",    "go for",
                        "went for",     "gone for",   "going for",   "gekauft bei", "bestellt bei"};
constexpr sv us[]{"us", "our", "ours", "we", "uns", "unser", "unsere", "unserem"};
// "They bought … instead", "a used one": not from us.
constexpr sv other_things[]{"instead",       "second hand", "secondhand", "used one",
                            "a cheaper one", "stattdessen", "gebraucht"};

constexpr std::size_t words_of_an_outcome = 12;

bool at_word_border(sv text, std::size_t from, std::size_t length) {
    const auto letter = [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    const bool before = from == 0 || !letter(text[from - 1]);
    return before && (from + length >= text.size() || !letter(text[from + length]));
}

std::size_t find_words(sv text, sv words) {
    for (std::size_t at = text.find(words); at != sv::npos; at = text.find(words, at + 1)) {
        if (at_word_border(text, at, words.size())) return at;
    }
    return sv::npos;
}

struct Found {
    std::size_t at = sv::npos, length = 0;
    sv outcome;
};

/// What stands first; of two at one place the longer.
void offer(Found& best, std::size_t at, std::size_t length, sv outcome) {
    if (at == sv::npos) return;
    const std::size_t end = at + length, best_end = best.at + best.length;
    const bool inside = best.at != sv::npos && at < best_end && best.at < end;
    if (best.at == sv::npos || (inside ? length > best.length : at < best.at)) best = {at, length, outcome};
}

}  // namespace

std::optional<std::string> outcome_said(sv line) {
    const std::string small = lower_case(line);
    for (const sv word :
         {sv("bought"), sv("elsewhere"), sv("stayed"), sv("undecided"), sv("withdrew"), sv("not_bought")}) {
        if (plain_line(line) == word) return std::string(word);
    }
    Found best;
    for (const Cue& cue : cues) {
        if (cue.outcome != "not_bought") offer(best, find_words(small, cue.words), cue.words.size(), cue.outcome);
    }
    for (const sv verb : choosing) {
        const std::size_t at = find_words(small, verb);
        if (at == sv::npos) continue;
        const auto after = plain_words(sv(small).substr(at + verb.size()));
        if (after.empty()) continue;
        const bool ours = std::find(std::begin(us), std::end(us), after.front()) != std::end(us);
        offer(best, at, verb.size() + 1 + after.front().size(), ours ? "bought" : "elsewhere");
    }
    // "Sie haben sich für Siemens entschieden", "sie haben bei Nordtech gekauft".
    for (const auto& [opener, verb] : {std::pair{sv("für "), sv("entschieden")}, std::pair{sv("bei "), sv("gekauft")},
                                       std::pair{sv("bei "), sv("bestellt")}}) {
        const std::size_t from = small.find(opener), end = find_words(small, verb);
        if (from == std::string::npos || end == sv::npos || end < from) continue;
        const auto whom = plain_words(sv(small).substr(from + opener.size(), end - from - opener.size()));
        if (whom.empty() || whom.size() > 5) continue;
        const bool ours = std::find(std::begin(us), std::end(us), whom.front()) != std::end(us);
        offer(best, from, end + verb.size() - from, ours ? "bought" : "elsewhere");
    }
    // "They lost their COO and put it off": that they did not buy counts where nothing else is said.
    if (best.at == sv::npos) {
        for (const Cue& cue : cues) {
            if (cue.outcome == "not_bought" && find_words(small, cue.words) != sv::npos)
                return std::string("not_bought");
        }
        return std::nullopt;
    }
    const std::size_t from_whom = find_words(small, "from");
    const auto seller = from_whom == sv::npos || from_whom < best.at
                            ? std::vector<std::string>{}
                            : plain_words(sv(small).substr(from_whom + sv("from").size()));
    const bool from_others = best.outcome == "bought" && find_words(small, "bought") != sv::npos && !seller.empty() &&
                             std::find(std::begin(us), std::end(us), seller.front()) == std::end(us);
    if (from_others) return std::string("elsewhere");
    const bool other = std::any_of(std::begin(other_things), std::end(other_things),
                                   [&](sv words) { return find_words(small, words) != sv::npos; });
    // "Sie haben nicht gekauft": the word that says no stands before it.
    const auto ahead = plain_words(sv(small).substr(0, best.at));
    const auto near = ahead.size() < 3 ? ahead.begin() : ahead.end() - 3;
    const bool denied = std::any_of(near, ahead.end(), [](const std::string& word) {
        return word == "not" || word == "nicht" || word == "never" || word.ends_with("n't");
    });
    if (best.outcome == "bought" && denied) return std::string("not_bought");
    if (best.outcome == "bought" && other) return std::string("elsewhere");
    return std::string(best.outcome);
}

bool merely_outcome(sv line) {
    return plain_words(line).size() <= words_of_an_outcome && outcome_said(line).has_value();
}

std::string outcome_words(sv outcome, sv language) {
    constexpr std::array<std::array<sv, 3>, 6> all{{
        {"bought", "they bought", "sie haben gekauft"},
        {"elsewhere", "they bought elsewhere", "sie haben anderswo gekauft"},
        {"stayed", "they stayed as they are", "sie bleiben, wie sie sind"},
        {"undecided", "they did not decide", "sie haben nicht entschieden"},
        {"withdrew", "we withdrew", "wir haben uns zurückgezogen"},
        {"not_bought", "they did not buy", "sie haben nicht gekauft"},
    }};
    for (const auto& one : all) {
        if (one[0] == outcome) return std::string(one[language == "de" ? 2 : 1]);
    }
    return {};
}

std::string reason_within(sv line) {
    const std::string small = lower_case(line);
    for (const sv word : {sv(" because "), sv(" 'cause "), sv(" cause "), sv(" weil "), sv(" denn ")}) {
        const std::size_t at = small.find(word);
        if (at == std::string::npos || small.size() != line.size()) continue;
        std::string reason = trimmed(line.substr(at + word.size()));
        while (reason.ends_with('.')) reason.pop_back();
        if (plain_words(reason).size() >= 2) return reason;
    }
    return {};
}

}  // namespace debrief::bot::ending
