#include "bot/understanding/spoken_words.hpp"

#include <array>
#include <unordered_map>

namespace debrief::bot::understanding {
namespace {

struct Slip {
    std::string_view written, meant;
};
// How people write on phones; the second half, after a space, becomes a token of its own.
constexpr std::array slips{
    Slip{"tmrw", "tomorrow"},
    Slip{"tmr", "tomorrow"},
    Slip{"tmw", "tomorrow"},
    Slip{"2moro", "tomorrow"},
    Slip{"tomorow", "tomorrow"},
    Slip{"tommorow", "tomorrow"},
    Slip{"tommorrow", "tomorrow"},
    Slip{"2morrow", "tomorrow"},
    Slip{"yday", "yesterday"},
    Slip{"ystrdy", "yesterday"},
    Slip{"mtg", "meeting"},
    Slip{"bc", "because"},
    Slip{"cos", "because"},
    Slip{"coz", "because"},
    Slip{"becuase", "because"},
    Slip{"becasue", "because"},
    Slip{"cuz", "because"},
    Slip{"ppl", "people"},
    Slip{"pls", "please"},
    Slip{"plz", "please"},
    Slip{"thx", "thanks"},
    Slip{"mgr", "manager"},
    Slip{"mgmt", "management"},
    Slip{"dept", "department"},
    Slip{"wk", "week"},
    Slip{"wks", "weeks"},
    Slip{"qtr", "quarter"},
    Slip{"qrtr", "quarter"},
    Slip{"yr", "year"},
    Slip{"yrs", "years"},
    Slip{"nxt", "next"},
    Slip{"mth", "month"},
    Slip{"mths", "months"},
    Slip{"hrs", "hours"},
    Slip{"hr", "hour"},
    Slip{"pct", "percent"},
    Slip{"abt", "about"},
    Slip{"b4", "before"},
    Slip{"bfore", "before"},
    Slip{"w", "with"},
    Slip{"wo", "without"},
    Slip{"def", "definitely"},
    Slip{"dunno", "do not know"},
    Slip{"gonna", "going to"},
    Slip{"wanna", "want to"},
    Slip{"gotta", "got to"},
    Slip{"dont", "do not"},
    Slip{"doesnt", "does not"},
    Slip{"didnt", "did not"},
    Slip{"wont", "will not"},
    Slip{"cant", "can not"},
    Slip{"cannot", "can not"},
    Slip{"isnt", "is not"},
    Slip{"arent", "are not"},
    Slip{"wasnt", "was not"},
    Slip{"werent", "were not"},
    Slip{"hasnt", "has not"},
    Slip{"havent", "have not"},
    Slip{"hadnt", "had not"},
    Slip{"wouldnt", "would not"},
    Slip{"couldnt", "could not"},
    Slip{"shouldnt", "should not"},
    Slip{"hes", "he is"},
    Slip{"shes", "she is"},
    Slip{"theyre", "they are"},
    Slip{"theyve", "they have"},
    Slip{"theyll", "they will"},
    Slip{"ive", "i have"},
    Slip{"im", "i am"},
    Slip{"weve", "we have"},
    Slip{"thats", "that is"},
    Slip{"theres", "there is"},
    Slip{"whats", "what is"},
    Slip{"youre", "you are"},
    Slip{"itll", "it will"},
    Slip{"recieve", "receive"},
    Slip{"definately", "definitely"},
    Slip{"seperate", "separate"},
    Slip{"teh", "the"},
    Slip{"adn", "and"},
    Slip{"thier", "their"},
    Slip{"wierd", "weird"},
    Slip{"beleive", "believe"},
    Slip{"comitted", "committed"},
    Slip{"commited", "committed"},
    Slip{"agred", "agreed"},
    Slip{"budjet", "budget"},
    Slip{"bugdet", "budget"},
    Slip{"descision", "decision"},
    Slip{"decison", "decision"},
    Slip{"aprove", "approve"},
    Slip{"aproval", "approval"},
    Slip{"expencive", "expensive"},
    Slip{"problm", "problem"},
    Slip{"probelm", "problem"},
    Slip{"sceptical", "skeptical"},
    Slip{"sceptic", "skeptic"},
    Slip{"sceptics", "skeptics"},
    Slip{"favor", "favour"},
    Slip{"dr", "dr"},
    Slip{"prio", "priority"},
    Slip{"mins", "minutes"},
    Slip{"concerend", "concerned"},
    Slip{"woried", "worried"},
    Slip{"worryed", "worried"},
    Slip{"afriad", "afraid"},
    Slip{"competiter", "competitor"},
    Slip{"competetor", "competitor"},
    Slip{"custmer", "customer"},
    Slip{"costumer", "customer"},
    Slip{"costumers", "customers"},
    Slip{"untill", "until"},
    Slip{"til", "until"},
    Slip{"till", "until"},
    Slip{"wether", "whether"},
};

const std::unordered_map<std::string_view, std::string_view>& slip_table() {
    static const auto table = [] {
        std::unordered_map<std::string_view, std::string_view> made;
        for (const Slip& s : slips) made.emplace(s.written, s.meant);
        return made;
    }();
    return table;
}

struct NumberWord {
    std::string_view word;
    int value;
};
constexpr std::array number_words{
    NumberWord{"one", 1},       NumberWord{"two", 2},         NumberWord{"three", 3},
    NumberWord{"four", 4},      NumberWord{"five", 5},        NumberWord{"six", 6},
    NumberWord{"seven", 7},     NumberWord{"eight", 8},       NumberWord{"nine", 9},
    NumberWord{"ten", 10},      NumberWord{"eleven", 11},     NumberWord{"twelve", 12},
    NumberWord{"thirteen", 13}, NumberWord{"fourteen", 14},   NumberWord{"fifteen", 15},
    NumberWord{"sixteen", 16},  NumberWord{"seventeen", 17},  NumberWord{"eighteen", 18},
    NumberWord{"nineteen", 19}, NumberWord{"twenty", 20},     NumberWord{"thirty", 30},
    NumberWord{"forty", 40},    NumberWord{"fifty", 50},      NumberWord{"sixty", 60},
    NumberWord{"seventy", 70},  NumberWord{"eighty", 80},     NumberWord{"ninety", 90},
    NumberWord{"hundred", 100}, NumberWord{"thousand", 1000}, NumberWord{"million", 1000000},
    NumberWord{"dozen", 12},
};
constexpr std::array ordinal_words{
    NumberWord{"first", 1},       NumberWord{"second", 2},       NumberWord{"third", 3},
    NumberWord{"fourth", 4},      NumberWord{"fifth", 5},        NumberWord{"sixth", 6},
    NumberWord{"seventh", 7},     NumberWord{"eighth", 8},       NumberWord{"ninth", 9},
    NumberWord{"tenth", 10},      NumberWord{"eleventh", 11},    NumberWord{"twelfth", 12},
    NumberWord{"thirteenth", 13}, NumberWord{"fourteenth", 14},  NumberWord{"fifteenth", 15},
    NumberWord{"sixteenth", 16},  NumberWord{"seventeenth", 17}, NumberWord{"eighteenth", 18},
    NumberWord{"nineteenth", 19}, NumberWord{"twentieth", 20},   NumberWord{"thirtieth", 30},
};
template <std::size_t N>
std::optional<int> look_up(const std::array<NumberWord, N>& table, std::string_view word) {
    for (const NumberWord& n : table) {
        if (n.word == word) return n.value;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> meant_by(std::string_view written) {
    const auto found = slip_table().find(written);
    return found == slip_table().end() ? std::nullopt : std::optional{found->second};
}

std::optional<int> number_word(std::string_view word) {
    return look_up(number_words, word);
}
std::optional<int> ordinal_word(std::string_view word) {
    return look_up(ordinal_words, word);
}

}  // namespace debrief::bot::understanding
