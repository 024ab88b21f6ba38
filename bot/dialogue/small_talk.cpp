#include "bot/dialogue/small_talk.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/plain_talk.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

constexpr std::size_t logistics_words_max = 12;
constexpr std::array logistics{
    sv("met"),       sv("meeting"),   sv("call"),    sv("video"),  sv("zoom"),    sv("teams"),    sv("phone"),
    sv("tour"),      sv("lobby"),     sv("car"),     sv("train"),  sv("flight"),  sv("drive"),    sv("drove"),
    sv("lunch"),     sv("coffee"),    sv("canteen"), sv("office"), sv("room"),    sv("corridor"), sv("minutes"),
    sv("hour"),      sv("hours"),     sv("online"),  sv("remote"), sv("arrived"), sv("jump off"), sv("had to leave"),
    sv("had to go"), sv("getroffen"), sv("termin"),  sv("anruf"),  sv("telefon"), sv("führung"),  sv("auto"),
    sv("zug"),       sv("büro"),      sv("mittag"),  sv("kaffee"), sv("minuten"), sv("stunde"),   sv("kantine")};
/// Who judges claims something.
constexpr std::array judging{sv("good"),       sv("great"),     sv("well"),        sv("nice"),        sv("fine"),
                             sv("positive"),   sv("warm"),      sv("friendly"),    sv("happy"),       sv("bad"),
                             sv("badly"),      sv("ok"),        sv("okay"),        sv("interesting"), sv("interested"),
                             sv("productive"), sv("promising"), sv("smooth"),      sv("smoothly"),    sv("keen"),
                             sv("excited"),    sv("pleasant"),  sv("lively"),      sv("tough"),       sv("hard"),
                             sv("difficult"),  sv("useful"),    sv("vibes"),       sv("energy"),      sv("gut"),
                             sv("toll"),       sv("nett"),      sv("super"),       sv("prima"),       sv("positiv"),
                             sv("angenehm"),   sv("schlecht"),  sv("interessant"), sv("freundlich"),  sv("schwierig")};
constexpr std::array not_knowing{sv("know"),     sv("sure"),      sv("idea"),      sv("clue"),       sv("remember"),
                                 sv("ask"),      sv("asked"),     sv("say"),       sv("tell"),       sv("unclear"),
                                 sv("weiß"),     sv("weiss"),     sv("ahnung"),    sv("sagen"),      sv("gefragt"),
                                 sv("couldn't"), sv("could not"), sv("never got"), sv("didn't get"), sv("heard"),
                                 sv("came up"),  sv("come up"),   sv("mentioned"), sv("nobody"),     sv("forgot"),
                                 sv("konnte"),   sv("niemand"),   sv("gehört"),    sv("unklar"),     sv("überfragt")};

template <typename List>
bool holds_any(const std::string& plain, const List& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](sv words) { return contains_phrase(plain, words); });
}

}  // namespace

bool is_logistics(std::string_view line) {
    const std::string plain = plain_line(line);
    return plain_words(line).size() <= logistics_words_max && holds_any(plain, logistics) && !holds_any(plain, judging);
}

bool says_nothing_about_anybody(const Heard& heard, std::string_view line) {
    return heard.proposals.empty() && heard.people.empty() && heard.read.dates.empty() && !heard.customer_words &&
           !heard.seller && figures_in(line).empty();
}

bool speaks_of_not_knowing(std::string_view line) {
    return holds_any(plain_line(line), not_knowing);
}

}  // namespace debrief::bot
