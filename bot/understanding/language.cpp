#include <algorithm>
#include <array>
#include <unordered_set>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {
namespace {

using Words = std::unordered_set<std::string_view>;

// Function words that no English sentence holds, folded.
const std::array<Words, 8>& foreign() {
    static const std::array<Words, 8> lists{
        Words{"der",    "das",    "und",   "ist",    "nicht",  "ein",    "eine",   "einen", "einem", "wir",   "sie",
              "ich",    "mit",    "fur",   "auf",    "dem",    "den",    "des",    "zu",    "sich",  "auch",  "wird",
              "werden", "haben",  "hatte", "sind",   "aber",   "wenn",   "dass",   "noch",  "nur",   "bei",   "nach",
              "von",    "vom",    "zum",   "zur",    "wie",    "sehr",   "keine",  "kein",  "ihre",  "uber",  "weil",
              "schon",  "mal",    "hat",   "es",     "im",     "am",     "gut",    "oder",  "bis",   "ohne",  "beim",
              "muss",   "mussen", "kann",  "konnen", "soll",   "sollen", "wollen", "ihr",   "ihren", "unser", "unsere",
              "uns",    "jede",   "jeden", "jetzt",  "gesagt", "gibt",   "geht",   "macht", "steht", "immer", "mehr",
              "viel",   "seit",   "vor",   "gegen",  "durch",  "dann"},
        Words{"le",    "les",  "des",  "est",   "et",   "une",  "du",  "nous", "vous", "ils", "elle",
              "pas",   "que",  "qui",  "dans",  "pour", "avec", "sur", "sont", "aux",  "ce",  "cette",
              "mais",  "ou",   "leur", "leurs", "ne",   "je",   "il",  "a",    "plus", "ont", "etre",
              "avoir", "tres", "sans", "au",    "par",  "c",    "d",   "l",    "qu",   "j"},
        Words{"el",    "los",      "las",    "es",      "y",    "una",  "un",  "del", "que",    "no",   "con",  "para",
              "por",   "se",       "su",     "sus",     "pero", "como", "mas", "muy", "hay",    "esta", "este", "son",
              "ellos", "nosotros", "tienen", "quieren", "al",   "lo",   "le",  "nos", "porque", "ya"},
        Words{"de",     "het",   "een",  "en",  "niet", "van",   "ik",   "wij", "zij",  "ze",  "dat",
              "die",    "met",   "voor", "op",  "zijn", "wordt", "maar", "ook", "naar", "bij", "nog",
              "hebben", "heeft", "geen", "als", "om",   "te",    "aan",  "er",  "wel",  "hun"},
        Words{"il",    "lo",  "gli",   "e",        "una",   "che",  "non", "con",   "per",    "sono",
              "della", "del", "di",    "ma",       "anche", "come", "piu", "molto", "questo", "questa",
              "loro",  "noi", "hanno", "vogliono", "nel",   "alla", "ci",  "si",    "perche"},
        Words{"o",   "os",  "as",  "e",    "uma",  "um",    "que",  "nao", "com", "para",   "por",  "sao", "da", "do",
              "dos", "das", "mas", "como", "mais", "muito", "eles", "nos", "tem", "querem", "esta", "foi", "ao"},
        Words{"och", "att", "det", "som",  "en",   "ett", "inte", "med", "for", "pa",
              "de",  "vi",  "har", "av",   "till", "men", "om",   "ar",  "var", "jag",
              "den", "og",  "er",  "ikke", "til",  "af",  "jeg",  "han", "hun", "skal"},
        Words{"i",  "w",  "nie", "na",  "do",  "z",   "sie",  "jest", "to",  "ze",    "ze",   "o",
              "od", "po", "ale", "jak", "czy", "oni", "maja", "chca", "dla", "przez", "jego", "ich"},
    };
    return lists;
}
const Words& english() {
    static const Words words{"the",   "and",   "is",   "to",    "of",   "in",     "that",    "it",     "for",   "on",
                             "with",  "he",    "she",  "they",  "we",   "was",    "are",     "not",    "but",   "have",
                             "has",   "his",   "her",  "their", "from", "at",     "by",      "this",   "be",    "will",
                             "would", "who",   "what", "when",  "if",   "as",     "an",      "or",     "so",    "our",
                             "my",    "them",  "him",  "about", "all",  "been",   "had",     "do",     "does",  "did",
                             "can",   "could", "no",   "i",     "a",    "every",  "because", "before", "after", "until",
                             "next",  "said",  "says", "wants", "want", "needs",  "one",     "two",    "than",  "too",
                             "very",  "there", "good", "well",  "went", "nothing"};
    return words;
}

}  // namespace

bool is_other_language(const std::vector<Token>& tokens) {
    std::size_t words = 0, in_english = 0, other_script = 0;
    std::array<std::size_t, 8> counts{};
    for (const Token& t : tokens) {
        if (t.kind != TokenKind::word) continue;
        ++words;
        if (t.norm.front() < 0) ++other_script;
        if (english().contains(t.norm)) ++in_english;
        for (std::size_t l = 0; l < counts.size(); ++l) {
            if (foreign()[l].contains(t.norm)) ++counts[l];
        }
    }
    if (words < 3) return words > 0 && other_script == words;
    if (other_script * 2 > words) return true;
    const std::size_t best = *std::max_element(counts.begin(), counts.end());
    // Words such as "no", "as", "do" belong to several languages: the other one must clearly win.
    return best >= 2 && best * 6 >= words && best * 2 > in_english * 3;
}

}  // namespace debrief::bot::understanding
