#include "bot/understanding/word_classes.hpp"

#include <array>
#include <string>
#include <unordered_map>

namespace debrief::bot::understanding {
namespace {

struct ClassWords {
    WordClass name;
    std::string_view label;
    bool by_stem;
    std::string_view words;
};

constexpr std::array class_words{
    ClassWords{WordClass::rep, "rep", false, "i we us me myself ourselves"},
    ClassWords{WordClass::our, "our", false, "my our"},
    ClassWords{WordClass::third, "third", false, "he she they him them himself herself themselves"},
    ClassWords{WordClass::it, "it", false, "it this that these those there"},
    ClassWords{WordClass::possessive, "poss", false, "his her their its theirs hers"},
    ClassWords{WordClass::determiner, "det", false,
               "the a an every each all some any no another both most many few several this that these those half "
               "neither either"},
    ClassWords{WordClass::negation, "neg", false, "not no never nobody none nothing neither nor hardly without cannot"},
    ClassWords{WordClass::be, "be", false, "be is are am was were been being"},
    ClassWords{WordClass::have, "have", false, "have has had having"},
    ClassWords{WordClass::modal, "modal", false, "will would can could must should shall may might ought"},
    ClassWords{
        WordClass::preposition, "prep", false,
        "in on at by for from to of with without into onto over under after before until since through during against "
        "about between among per as than like near beside behind towards toward within outside inside across around"},
    ClassWords{WordClass::conjunction, "conj", false,
               "and but or so because since while although though whereas if unless then which who that as plus yet"},
    ClassWords{WordClass::question, "wh", false, "who what when where why how which whether whom whose"},
    ClassWords{WordClass::say, "say", true,
               "say tell mention admit think believe feel reckon explain claim argue report add insist confirm swear "
               "complain guess suppose estimate hint suggest warn stress emphasise emphasize repeat state note point"},
    ClassWords{
        WordClass::verb, "verb", true,
        "want need like love hate fear worry doubt hope wish prefer agree promise offer decide plan try start stop "
        "keep lose cost pay spend save buy sell order sign approve vote release check test try run use "
        "work fail break crash take make get give go come leave join stay move change replace report lead own manage "
        "handle ask answer call ring show send share bring invite introduce meet talk speak look see hear know find "
        "understand forget remember wait expect require depend help support block refuse reject accept oppose push "
        "drive convince persuade present defend fight compare evaluate consider choose pick switch build hire "
        "grow shrink cut reduce double open close end expire run begin finish happen miss wait waste throw write type "
        "copy enter fill print read drop rise fall hold put set let turn carry cover deal face suffer struggle "
        "care trust listen count measure track plan prepare collect gather draft review discuss organise organize "
        "arrange schedule book set visit walk demand insist quit resign retire die sit stand become seem appear sound "
        "live deliver produce ship load pack repair fix maintain clean train teach learn hide avoid prevent risk hurt "
        "damage burn bleed drag cause mean matter belong serve supply cancel postpone delay freeze add remove install "
        "upgrade renew extend pull feed rely cope blame sack fire lay earn return reply promote appoint step head "
        "chair draw feel have do bet dread resent complain cling favour"},
    ClassWords{
        WordClass::adverb, "adv", false,
        "well so um uh er ok okay right honestly basically actually apparently also still now then today yes yeah no "
        "and but or because plus anyway however besides meanwhile first second third finally next maybe perhaps "
        "only just even already really frankly obviously clearly of course unfortunately fortunately currently "
        "otherwise instead though too again later always usually often sometimes probably definitely overall turns out "
        "btw fyi interestingly"},
    ClassWords{WordClass::money, "money", false,
               "euro euros dollar dollars pound pounds eur usd gbp chf franc francs grand thousand million billion "
               "cents pence quid k kr krona crowns yen rupees zloty $ € £"},
    ClassWords{WordClass::unit, "unit", true,
               "hour day week month year minute percent tonne ton litre liter kilo pallet piece unit point night shift "
               "case order ticket invoice euro dollar pound"},
    ClassWords{WordClass::group, "group", true,
               "board committee council team engineers clerks staff union department group management directors "
               "partners procurement purchasing legal compliance finance it operations sales marketing hr everybody "
               "everyone people employees workers "
               "operators drivers nurses doctors teachers parents members shareholders investors customers clients "
               "tenants guests patients users colleagues others cabinet assembly family owners crew dealers suppliers "
               "regulator bank insurers auditors "
               "heads managers planners buyers technicians pickers consultants lawyers"},
    ClassWords{WordClass::company, "company", false,
               "company firm organisation organization customer client plant hospital school hotel council trust coop "
               "factory business"},
};

// Words that a slip of the pen must not be mistaken for a name, beyond the classes above.
constexpr std::string_view more_common_words =
    "about above again almost alone along among another around away back bad because before best better big bit board "
    "bottom budget case chance clear close cold common company cool cost could course deal dear different done door "
    "down during "
    "each early easy either else end enough even ever every exactly except fact fair far fast feel felt fine fire five "
    "food form four free friday from full fund future game gave general girl glad gone good great green ground group "
    "grow guess "
    "half hand happy hard head hear heart heavy here high home hope hour house huge idea important inside issue just "
    "keen keep kind know large last late later learn least left less let level life light like line list little local "
    "long loose "
    "lot low main major make many march market mark matter maybe mean media meet might mind minute model money month "
    "more morning most move much must name near need never new next nice night nine none normal north note nothing "
    "number off "
    "office often okay old once one only open order other our out over own page paper part past pay people per person "
    "phone place plan point poor power price problem process product proof put quality question quick quite rather "
    "ready real "
    "reason red rest rich right road room round rule run safe said sale same save school season seat second see seem "
    "sell send sense serious set seven several short should show side sign simple since single site six size skill "
    "slow small "
    "some soon sort south space spend staff stage stand start state stay step still stock stop story street strong "
    "stuff such summer sure system table take talk tax team ten term test than that them then there these they thing "
    "think third "
    "this those three time today together told took top total town trade train tried true trust try turn two type "
    "under unit until upon use used user value very visit wait walk wall want warm water way week well went were what "
    "when where "
    "which while white who whole why wide will win with woman word work world would write wrong year yes yet young "
    "your data date page machine line lines report reports spring autumn winter monday tuesday wednesday thursday "
    "saturday sunday "
    "january february april june july august september october november december tomorrow yesterday customer customers "
    "client supplier vendor contract project solution software service services hotel bank plant store stores grand "
    "joint "
    "early marine chain chart share sharp crane carol clerk merry sandy faith grace alarm brand bench board mango "
    "paint print point prime round sauce scale score spare steel stone store storm table trail truck trunk vault wagon "
    "wheel";

struct Tables {
    std::unordered_map<std::string, std::uint64_t> by_word;
    std::unordered_map<std::string, std::uint64_t> by_stem;
    std::unordered_map<std::string, bool> common;
};

template <typename F>
void each_word(std::string_view list, F use) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (end > 0) use(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

const Tables& tables() {
    static const Tables made = [] {
        Tables t;
        for (const ClassWords& c : class_words) {
            each_word(c.words, [&](std::string_view w) {
                if (c.by_stem) {
                    t.by_stem[stem_of(w)] |= bit(c.name);
                } else {
                    t.by_word[std::string{w}] |= bit(c.name);
                }
                t.common[std::string{w}] = true;
            });
        }
        each_word(more_common_words, [&](std::string_view w) { t.common[std::string{w}] = true; });
        return t;
    }();
    return made;
}

}  // namespace

std::optional<WordClass> class_named(std::string_view name) {
    for (const ClassWords& c : class_words) {
        if (c.label == name) return c.name;
    }
    if (name == "role") return WordClass::role;
    if (name == "num") return WordClass::number;
    if (name == "date") return WordClass::date;
    if (name == "person") return WordClass::person;
    if (name == "vendor") return WordClass::vendor;
    return std::nullopt;
}

void classify(std::vector<Token>& tokens) {
    const Tables& t = tables();
    for (Token& token : tokens) {
        if (const auto found = t.by_word.find(token.norm); found != t.by_word.end()) token.classes |= found->second;
        if (token.kind == TokenKind::word) {
            if (const auto found = t.by_stem.find(token.stem); found != t.by_stem.end()) token.classes |= found->second;
        }
        if (token.number) mark(token, WordClass::number);
        if (token.kind == TokenKind::number && (token.norm.back() == 'k' || token.norm.back() == 'm'))
            mark(token, WordClass::money);
    }
}

bool is_common_word(std::string_view norm) {
    const Tables& t = tables();
    return t.common.contains(std::string{norm}) || t.by_stem.contains(stem_of(norm));
}

}  // namespace debrief::bot::understanding
