#include "bot/dialogue/item_talk.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;
using Said = std::vector<std::string>;
using What = ItemTalk::What;

constexpr std::size_t item_talk_words_max = 40;   // Longer lines tell something.
constexpr std::size_t item_name_words_max = 3;    // Of a person.
constexpr std::size_t item_manner_words_max = 9;  // "Swap 3 and 4, please": a wish about the list is short.

constexpr sv item_openers[]{"no",    "nope",   "please",   "well", "hm",     "oh",   "ok",   "okay",     "sorry",
                            "wait",  "um",     "and",      "but",  "also",   "then", "so",   "ah",       "yes",
                            "yeah",  "can",    "could",    "you",  "let's",  "let",  "us",   "i'd",      "i",
                            "would", "want",   "to",       "the",  "just",   "nein", "ja",   "bitte",    "ach",
                            "aber",  "und",    "also",     "dann", "moment", "die",  "den",  "das",      "der",
                            "du",    "kannst", "könntest", "lass", "uns",    "nur",  "only", "actually", "eigentlich"};
constexpr sv item_closers[]{"please", "thanks", "thank", "you",  "then",  "too", "as",  "well",  "again", "from",
                            "the",    "list",   "away",  "out",  "off",   "for", "me",  "now",   "bitte", "danke",
                            "raus",   "weg",    "dann",  "auch", "jetzt", "aus", "der", "liste", "also"};
constexpr sv list_labels[]{"item",   "items", "number", "numbers", "no",    "point",
                           "points", "nr",    "nummer", "nummern", "punkt", "punkte"};
constexpr sv drop_words[]{"drop",     "remove",    "delete",     "strike",      "scratch",       "scrap",
                          "skip",     "leave out", "take out",   "throw out",   "get rid of",    "forget",
                          "not",      "without",   "don't keep", "do not keep", "don't confirm", "do not confirm",
                          "streiche", "streich",   "streichen",  "entferne",    "lösche",        "lösch",
                          "lass weg", "weg mit",   "ohne",       "nicht",       "vergiss"};
constexpr sv keep_words[]{"confirm", "keep",      "accept",     "save",    "only",     "just",
                          "yes to",  "bestätige", "bestätigen", "behalte", "behalten", "nur"};
/// These leave something out only together with "out": "leave 6 out".
constexpr sv out_verbs[]{"leave", "take", "cross", "throw", "lass", "nimm", "wirf"};
constexpr sv out_ends[]{"out", "away", "off", "weg", "raus"};
constexpr sv all_words[]{"all", "everything", "all of it", "all of them", "them all", "the rest", "alles", "alle"};
constexpr sv except_words[]{"but not",   "but without", "except for", "except",   "besides", "apart from", "other than",
                            "without",   "but",         "just not",   "only not", "not",     "minus",      "aber nicht",
                            "aber ohne", "außer",       "ausser",     "bis auf",  "ohne",    "nur nicht",  "nicht"};
constexpr sv keep_the_rest[]{"and confirm the rest",
                             "confirm the rest",
                             "and keep the rest",
                             "keep the rest",
                             "and confirm the others",
                             "confirm the others",
                             "and keep the others",
                             "keep the others",
                             "the rest is fine",
                             "the rest is right",
                             "the rest is ok",
                             "the rest is good",
                             "the others are fine",
                             "the others are right",
                             "rest is fine",
                             "rest is ok",
                             "und bestätige den rest",
                             "den rest bestätigen",
                             "und den rest bestätigen",
                             "der rest stimmt",
                             "der rest passt",
                             "rest stimmt",
                             "rest passt"};
constexpr sv item_being[]{"is",     "are",   "was",    "were",    "isn't",  "aren't", "ist",   "sind",
                          "war",    "waren", "stimmt", "stimmen", "can",    "should", "must",  "kann",
                          "können", "soll",  "sollen", "muss",    "müssen", "came",   "comes", "come",
                          "kam",    "kommt", "kamen",  "kommen",  "said",   "says",   "sagte", "sagt"};
constexpr sv wrong_words[]{"is wrong",
                           "are wrong",
                           "wrong",
                           "is not right",
                           "are not right",
                           "isn't right",
                           "aren't right",
                           "is not true",
                           "are not true",
                           "isn't true",
                           "aren't true",
                           "is not so",
                           "are not so",
                           "isn't so",
                           "is not correct",
                           "are not correct",
                           "isn't correct",
                           "is incorrect",
                           "are incorrect",
                           "is false",
                           "are false",
                           "is nonsense",
                           "are nonsense",
                           "is rubbish",
                           "are rubbish",
                           "is a mistake",
                           "are mistakes",
                           "was a mistake",
                           "is not needed",
                           "are not needed",
                           "is superfluous",
                           "is a duplicate",
                           "are duplicates",
                           "can go",
                           "should go",
                           "must go",
                           "out",
                           "goes",
                           "ist falsch",
                           "sind falsch",
                           "falsch",
                           "stimmt nicht",
                           "stimmen nicht",
                           "ist unsinn",
                           "sind unsinn",
                           "ist quatsch",
                           "sind quatsch",
                           "ist nicht richtig",
                           "sind nicht richtig",
                           "ist nicht wahr",
                           "ist überflüssig",
                           "sind überflüssig",
                           "ist doppelt",
                           "sind doppelt",
                           "kann weg",
                           "können weg",
                           "muss weg",
                           "müssen weg",
                           "weg",
                           "raus"};
constexpr sv right_words[]{"is right", "are right", "is fine",     "are fine",     "is ok",          "are ok",
                           "is okay",  "are okay",  "is correct",  "are correct",  "is good",        "are good",
                           "is true",  "are true",  "ist richtig", "sind richtig", "stimmt",         "stimmen",
                           "passt",    "passen",    "ist gut",     "sind gut",     "ist in ordnung", "sind in ordnung"};
constexpr sv should_say[]{
    "should say",   "should read",       "should be",        "must say",           "must read",   "has to say",
    "ought to say", "should rather say", "should rather be", "should instead say", "soll heißen", "sollte heißen",
    "muss heißen",  "müsste heißen",     "soll lauten",      "sollte lauten",      "soll sein",   "sollte sein"};
constexpr sv belongs_to[]{"is from",    "are from",    "was from",     "were from",  "is by",     "are by",
                          "is said by", "was said by", "were said by", "comes from", "came from", "come from",
                          "belongs to", "belong to",   "is",           "are",        "was",       "were",
                          "said",       "ist von",     "sind von",     "war von",    "waren von", "kam von",
                          "kommt von",  "kamen von",   "gehört",       "gehören",    "ist",       "sind",
                          "war",        "waren",       "sagte",        "sagt"};
constexpr sv manners[]{"drop",       "remove", "delete",  "keep",     "confirm", "streiche", "lösche",
                       "behalte",    "merge",  "combine", "join",     "split",   "swap",     "change",
                       "fix",        "edit",   "correct", "move",     "put",     "rename",   "reword",
                       "korrigiere", "ändere", "tausche", "verbinde", "teile"};
constexpr std::pair<sv, std::size_t> spoken_numbers[]{
    {"one", 1},  {"two", 2},   {"three", 3},   {"four", 4},    {"five", 5}, {"six", 6},   {"seven", 7}, {"eight", 8},
    {"nine", 9}, {"ten", 10},  {"eleven", 11}, {"twelve", 12}, {"eins", 1}, {"zwei", 2},  {"drei", 3},  {"vier", 4},
    {"fünf", 5}, {"sechs", 6}, {"sieben", 7},  {"acht", 8},    {"neun", 9}, {"zehn", 10}, {"elf", 11},  {"zwölf", 12}};

/// Without a number these are about the list as well: "remove the one about Easter", "no, that's wrong".
constexpr sv taking_out[]{"drop", "remove", "delete", "strike", "scratch", "streiche", "streich", "entferne", "lösche"};
constexpr sv pointing[]{"the", "that", "this", "it", "what", "one", "das", "den", "die", "es", "was"};
constexpr sv disagreeing[]{"no",
                           "nope",
                           "wrong",
                           "that's wrong",
                           "this is wrong",
                           "that is wrong",
                           "not right",
                           "that's not right",
                           "that isn't right",
                           "not quite",
                           "not quite right",
                           "not so",
                           "not correct",
                           "not true",
                           "nein",
                           "falsch",
                           "das ist falsch",
                           "stimmt nicht",
                           "das stimmt nicht",
                           "nicht richtig",
                           "nicht ganz",
                           "das ist nicht richtig",
                           "das stimmt so nicht"};

bool among(sv word, std::span<const sv> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// The words of a line, and a place in them.
class Reader {
public:
    explicit Reader(const Said& words) : words_(words) {}

    [[nodiscard]] bool at_end() const { return at_ == words_.size(); }
    [[nodiscard]] std::size_t place() const { return at_; }
    void go_to(std::size_t place) { at_ = place; }
    [[nodiscard]] std::string rest() const {
        std::string out;
        for (std::size_t i = at_; i < words_.size(); ++i) out += (out.empty() ? "" : " ") + words_[i];
        return out;
    }
    /// The longest of the phrases that stands here is passed.
    bool pass(std::span<const sv> phrases) {
        std::size_t longest = 0;
        for (const sv phrase : phrases) {
            const Said wanted = plain_words(phrase);
            const bool here = at_ + wanted.size() <= words_.size() &&
                              std::equal(wanted.begin(), wanted.end(), words_.begin() + offset(at_));
            if (here) longest = std::max(longest, wanted.size());
        }
        at_ += longest;
        return longest > 0;
    }
    void pass_all(std::span<const sv> words) {
        while (!at_end() && among(words_[at_], words)) ++at_;
    }
    /// "6", "6 and 12", "items 2 to 4", "1, 2 und 5". Number words only where a verb came before.
    std::vector<std::size_t> numbers(bool spoken) {
        std::vector<std::size_t> out;
        const std::size_t begin = at_;
        for (std::size_t end = at_; !at_end();) {
            const bool range = !out.empty() && pass(std::array{sv("to"), sv("through"), sv("till"), sv("bis")});
            if (!range)
                pass_all(std::array{sv("and"), sv("or"), sv("und"), sv("oder"), sv("the"), sv("also"), sv("plus")});
            pass_all(list_labels);
            const std::size_t one = number(spoken);
            if (one == 0) {
                at_ = out.empty() ? begin : end;
                break;
            }
            const std::size_t from = range ? out.back() + 1 : one;
            for (std::size_t n = from; n <= one; ++n) {
                if (std::find(out.begin(), out.end(), n) == out.end()) out.push_back(n);
            }
            end = ++at_;
        }
        return out;
    }

private:
    static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }
    [[nodiscard]] std::size_t number(bool spoken) const {
        if (at_end()) return 0;
        const std::string& word = words_[at_];
        const bool digits = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits && word.size() <= 3) return std::stoul(word);
        for (const auto& [name, value] : spoken_numbers) {
            if (spoken && word == name) return value;
        }
        return 0;
    }

    const Said& words_;
    std::size_t at_ = 0;
};

/// "2-4" is a range and not two numbers; apostrophes are typed ones, so that small letters take the same room.
std::string with_plain_marks(sv typed) {
    std::string line(typed), out;
    replace_all(line, "\xE2\x80\x99", "'");
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::size_t dash = sv(line).substr(i).starts_with("–") ? sv("–").size() : line[i] == '-' ? 1 : 0;
        const bool between = dash > 0 && i > 0 && i + dash < line.size() && digit(line[i - 1]) && digit(line[i + dash]);
        out += between ? std::string(" to ") : std::string(1, line[i]);
        if (between) i += dash - 1;
    }
    return out;
}

/// What stands behind the first of the phrases in the line as it was typed.
std::string typed_behind(sv line, std::span<const sv> phrases) {
    const std::string small = lower_case(line);
    std::size_t first = std::string::npos, end = std::string::npos;
    for (const sv phrase : phrases) {
        const std::size_t at = small.find(phrase);
        if (at >= first) continue;
        first = at;
        end = at + phrase.size();
    }
    if (end >= line.size() || small.size() != line.size()) return {};
    const std::size_t text = line.find_first_not_of(":, ", end);
    return text == sv::npos ? std::string{} : trimmed(line.substr(text));
}

std::string bare_name(std::string words) {
    for (const sv ending : {sv("'s"), sv("'")}) {
        if (words.ends_with(ending)) words.resize(words.size() - ending.size());
    }
    return words;
}

std::optional<ItemTalk> with_verb(Reader reader) {
    const std::size_t start = reader.place();
    // "Yes but without 4", "all except 2 and 3", "confirm everything but 7".
    std::size_t all = 0;
    while (reader.pass(keep_words) || reader.pass(all_words) ||
           reader.pass(std::array{sv("yes"), sv("ok"), sv("okay"), sv("yeah"), sv("fine"), sv("good"), sv("ja"),
                                  sv("right"), sv("correct"), sv("them"), sv("it"), sv("that's"), sv("passt")}))
        ++all;
    if (all > 0 && reader.pass(except_words)) {
        reader.pass(drop_words);
        if (auto numbers = reader.numbers(true); !numbers.empty()) {
            reader.pass_all(item_closers);
            if (reader.at_end()) return ItemTalk{What::confirm_without, std::move(numbers), {}};
        }
    }
    reader.go_to(start);
    if (reader.pass(out_verbs)) {
        auto numbers = reader.numbers(true);
        const bool out = !numbers.empty() && reader.pass(out_ends);
        reader.pass_all(item_closers);
        if (out && reader.at_end()) return ItemTalk{What::drop, std::move(numbers), {}};
    }
    for (const bool keeps : {false, true}) {
        reader.go_to(start);
        if (!reader.pass(keeps ? std::span<const sv>(keep_words) : std::span<const sv>(drop_words))) continue;
        auto numbers = reader.numbers(true);
        if (numbers.empty()) continue;
        reader.pass_all(item_closers);
        if (!keeps && reader.pass(keep_the_rest)) {
            reader.pass_all(item_closers);
            if (reader.at_end()) return ItemTalk{What::confirm_without, std::move(numbers), {}};
        }
        if (reader.at_end()) return ItemTalk{keeps ? What::confirm : What::drop, std::move(numbers), {}};
    }
    return std::nullopt;
}

std::optional<ItemTalk> number_first(Reader reader, sv line, std::size_t words) {
    auto numbers = reader.numbers(false);
    if (numbers.empty()) return std::nullopt;
    if (reader.at_end()) return ItemTalk{What::unclear, std::move(numbers), {}};
    const std::size_t behind = reader.place();
    const auto whole = [&](std::span<const sv> phrases) {
        reader.go_to(behind);
        if (!reader.pass(phrases)) return false;
        reader.pass_all(item_closers);
        return reader.at_end();
    };
    if (whole(right_words)) return ItemTalk{What::confirm, std::move(numbers), {}};
    if (whole(wrong_words)) return ItemTalk{What::drop, std::move(numbers), {}};
    reader.go_to(behind);
    if (reader.pass(wrong_words) && reader.pass(keep_the_rest) && reader.at_end())
        return ItemTalk{What::confirm_without, std::move(numbers), {}};
    // "5 should say …", "5 is wrong, it should be …"
    reader.go_to(behind);
    reader.pass(wrong_words);
    reader.pass(std::array{sv("it"), sv("they"), sv("es"), sv("das")});
    if (numbers.size() == 1 && reader.pass(should_say) && !reader.at_end())
        return ItemTalk{What::correct, std::move(numbers), typed_behind(line, should_say)};
    reader.go_to(behind);
    if (reader.pass(belongs_to) && !reader.at_end()) {
        std::string name = reader.rest();
        if (plain_words(name).size() <= item_name_words_max)
            return ItemTalk{What::person, std::move(numbers), bare_name(std::move(name))};
    }
    reader.go_to(behind);
    if (words <= item_talk_words_max / 2 && reader.pass(item_being))
        return ItemTalk{What::unclear, std::move(numbers), {}};
    return std::nullopt;
}

}  // namespace

namespace {

std::optional<ItemTalk> read_item_talk(const std::string& line) {
    const Said words = plain_words(line);
    if (words.empty() || words.size() > item_talk_words_max) return std::nullopt;
    Reader reader(words);
    // Openers may be verbs too ("only 1 and 3"), so each place among them is tried.
    for (std::size_t at = 0; at <= words.size(); ++at) {
        reader.go_to(at);
        if (auto talk = with_verb(reader)) return talk;
        if (auto talk = number_first(reader, line, words.size())) return talk;
        if (at < words.size() && !among(words[at], item_openers) && !among(words[at], list_labels)) break;
    }
    // "Petra said 4 and 5."
    for (std::size_t at = 1; at <= item_name_words_max && at < words.size(); ++at) {
        reader.go_to(at);
        if (!reader.pass(std::array{sv("said"), sv("told me"), sv("sagte"), sv("hat")})) continue;
        auto numbers = reader.numbers(false);
        reader.pass(std::array{sv("gesagt")});
        if (numbers.empty() || !reader.at_end()) continue;
        std::string name;
        for (std::size_t i = 0; i < at; ++i) name += (name.empty() ? "" : " ") + words[i];
        return ItemTalk{What::person, std::move(numbers), std::move(name)};
    }
    reader.go_to(0);
    reader.pass_all(item_openers);
    if (words.size() <= item_manner_words_max && reader.pass(taking_out) && reader.pass(pointing)) return ItemTalk{};
    reader.go_to(0);
    while (reader.pass(disagreeing)) {
        if (reader.at_end()) return ItemTalk{};
    }
    reader.go_to(0);
    reader.pass_all(item_openers);
    const bool wish = reader.pass(manners);
    if (!wish || words.size() > item_manner_words_max) return std::nullopt;
    auto numbers = reader.numbers(false);
    if (numbers.empty()) return std::nullopt;
    return ItemTalk{What::unclear, std::move(numbers), {}};
}

}  // namespace

std::optional<ItemTalk> item_talk(std::string_view typed, std::size_t items) {
    if (items == 0) return std::nullopt;
    auto talk = read_item_talk(with_plain_marks(clipped(trimmed(typed), 400)));
    if (!talk) return std::nullopt;
    const auto& numbers = talk->numbers;
    if (std::all_of(numbers.begin(), numbers.end(), [&](std::size_t n) { return n >= 1 && n <= items; })) return talk;
    const bool plain = talk->what == What::confirm || talk->what == What::confirm_without || talk->what == What::drop;
    if (!plain) return std::nullopt;
    return ItemTalk{What::not_there, {}, {}};
}

}  // namespace debrief::bot
