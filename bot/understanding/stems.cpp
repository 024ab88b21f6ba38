#include "bot/understanding/stems.hpp"

#include <array>
#include <string>
#include <unordered_map>

#include "bot/understanding/tokens.hpp"
#include "bot/understanding/utf8.hpp"

namespace debrief::bot::understanding {
namespace {

// base past participle; "-" where a form equals the base or the past.
constexpr std::string_view irregular_verbs =
    "be was been|have had -|do did done|go went gone|say said -|tell told -|think thought -|know knew known|see saw "
    "seen|find found -|feel felt -|"
    "leave left -|lose lost -|keep kept -|hold held -|bring brought -|buy bought -|catch caught -|teach taught -|fight "
    "fought -|seek sought -|sell sold -|"
    "make made -|take took taken|give gave given|get got gotten|come came -|become became -|begin began begun|break "
    "broke broken|speak spoke spoken|"
    "write wrote written|drive drove driven|rise rose risen|fall fell fallen|grow grew grown|throw threw thrown|show "
    "showed shown|draw drew drawn|"
    "choose chose chosen|freeze froze frozen|steal stole stolen|wear wore worn|tear tore torn|bear bore borne|swear "
    "swore sworn|forget forgot forgotten|"
    "bite bit bitten|hide hid hidden|ride rode ridden|eat ate eaten|fly flew flown|run ran -|meet met -|send sent "
    "-|spend spent -|lend lent -|build built -|"
    "mean meant -|deal dealt -|burn burnt -|learn learnt -|sit sat -|stand stood -|understand understood -|win won "
    "-|hear heard -|pay paid -|sleep slept -|"
    "shut - -|cost - -|bet - -|stick stuck -|strike struck -|sink sank sunk|ring rang rung|sing sang sung|drink drank "
    "drunk|swim swam swum|shrink shrank shrunk|"
    "lead led -|feed fed -|bleed bled -|shoot shot -|fit - -|slip slipped -|lie lay lain|wake woke woken|shake shook "
    "shaken|mistake mistook mistaken|withdraw withdrew withdrawn|"
    "overcome overcame -|undertake undertook undertaken|foresee foresaw foreseen|redo redid redone|rebuild rebuilt "
    "-|oversee oversaw overseen|stink stank stunk|"
    "quit - -|put - -|cut - -|set - -|let - -|hit - -|hurt - -|read - -|spread - -|split - -|light lit -|flee fled "
    "-|wind wound -|bind bound -|grind ground -";
constexpr std::string_view irregular_nouns =
    "men man|women woman|children child|wives wife|knives knife|lives life|halves half|losses loss|crises "
    "crisis|analyses analysis|criteria criterion";

const std::unordered_map<std::string_view, std::string_view>& table(bool past_only) {
    const auto make = [](bool only_past) {
        std::unordered_map<std::string_view, std::string_view> made;
        const auto each = [&](std::string_view list, bool verbs) {
            while (!list.empty()) {
                const std::size_t bar = std::min(list.find('|'), list.size());
                std::string_view entry = list.substr(0, bar);
                list.remove_prefix(std::min(bar + 1, list.size()));
                const std::size_t space = entry.find(' ');
                const std::string_view first = entry.substr(0, space);
                entry.remove_prefix(space + 1);
                if (!verbs) {
                    if (!only_past) made.emplace(first, entry);
                    continue;
                }
                while (!entry.empty()) {
                    const std::size_t end = std::min(entry.find(' '), entry.size());
                    if (entry.substr(0, end) != "-") made.emplace(entry.substr(0, end), first);
                    entry.remove_prefix(std::min(end + 1, entry.size()));
                }
            }
        };
        each(irregular_verbs, true);
        each(irregular_nouns, false);
        if (!only_past) {
            for (const std::string_view form : {"is", "are", "am", "were"}) made.emplace(form, "be");
            made.emplace("has", "have");
            made.emplace("does", "do");
        } else {
            made.emplace("were", "be");
        }
        return made;
    };
    static const auto all = make(false);
    static const auto past = make(true);
    return past_only ? past : all;
}

bool ends(std::string_view word, std::string_view tail) {
    return word.size() >= tail.size() && word.substr(word.size() - tail.size()) == tail;
}
bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}
bool has_vowel(std::string_view w) {
    for (const char c : w) {
        if (is_vowel(c) || c == 'y') return true;
    }
    return false;
}

// "stopp" is "stop", "wast(e)" is "wast": what remains of a word whose ending is gone.
// "los(ing)" has lost an e, for "loss-" would have doubled its s.
void tidy(std::string& w) {
    const std::size_t n = w.size();
    if (n == 3 && !is_vowel(w[0]) && is_vowel(w[1]) && !is_vowel(w[2]) && w[2] != 'w' && w[2] != 'x' && w[2] != 'y')
        w += 'e';
    if (n >= 4 && w[n - 1] == w[n - 2] && !is_vowel(w[n - 1]) && w[n - 1] != 'l' && w[n - 1] != 's' && w[n - 1] != 'z')
        w.pop_back();
    if (w.size() >= 3 && w.back() == 'i') w.back() = 'y';
}

}  // namespace

std::string_view irregular_base(std::string_view folded) {
    const auto found = table(false).find(folded);
    return found == table(false).end() ? std::string_view{} : found->second;
}

bool is_past_form(std::string_view folded) {
    if (table(true).contains(folded)) return true;
    static constexpr std::array<std::string_view, 14> not_past{"need",   "feed",    "speed",   "seed",    "indeed",
                                                               "exceed", "proceed", "succeed", "hundred", "bed",
                                                               "red",    "used",    "embed",   "deed"};
    for (const std::string_view word : not_past) {
        if (folded == word) return false;
    }
    return folded.size() > 4 && ends(folded, "ed");
}

std::string fold(std::string_view word) {
    std::string folded;
    folded.reserve(word.size());
    for (std::size_t i = 0; i < word.size();) {
        const Glyph glyph = glyph_at(word, i);
        if (glyph.plain.empty()) {
            folded += word.substr(i, glyph.length);
        } else {
            folded += glyph.plain;
        }
        i += glyph.length;
    }
    return folded;
}

std::string stem_of(std::string_view folded) {
    if (const std::string_view base = irregular_base(folded); !base.empty()) folded = base;
    std::string w{folded};
    if (w.size() <= 3) return w;
    if (ends(w, "ies") && w.size() > 4) {
        w.resize(w.size() - 2);
        w.back() = 'y';
    } else if (ends(w, "sses") || ends(w, "shes") || ends(w, "ches") || ends(w, "xes")) {
        w.resize(w.size() - 2);
    } else if (ends(w, "s") && !ends(w, "ss") && !ends(w, "us") && !ends(w, "is")) {
        w.pop_back();
    }
    if (ends(w, "ing") && w.size() > 5 && has_vowel(std::string_view{w}.substr(0, w.size() - 3))) {
        w.resize(w.size() - 3);
        tidy(w);
    } else if (ends(w, "ed") && w.size() > 4 && has_vowel(std::string_view{w}.substr(0, w.size() - 2))) {
        w.resize(w.size() - 2);
        tidy(w);
    }
    if (w.size() > 4 && w.back() == 'e' && w != "quite" && w != "whole") w.pop_back();
    if (w.size() > 3 && w.back() == 'y' && !is_vowel(w[w.size() - 2])) w.back() = 'i';
    return w;
}

}  // namespace debrief::bot::understanding
