#include "bot/rehearsal/answer_words.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "bot/dialogue/words.hpp"
#include "bot/rehearsal/answer_lexicon.hpp"

namespace debrief::bot::rehearsal {
namespace {

using sv = std::string_view;
using namespace lexicon;

int count_of(const std::vector<std::string>& words, std::span<const sv> wanted) {
    return static_cast<int>(std::count_if(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
    }));
}

bool word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// The first of `phrases` in the sentence, as it was said there, with the words around it up to `around`.
std::string first_of(sv sentence, sv plain, std::span<const sv> phrases) {
    std::string best;
    std::size_t best_at = sv::npos;
    for (const sv phrase : phrases) {
        for (std::size_t at = plain.find(phrase); at != sv::npos; at = plain.find(phrase, at + 1)) {
            const std::size_t end = at + phrase.size();
            const bool starts = at == 0 || !word_char(plain[at - 1]) || !word_char(phrase.front());
            const bool ends = end == plain.size() || !word_char(plain[end]) || !word_char(phrase.back());
            if (!starts || !ends) continue;
            if (at < best_at || (at == best_at && phrase.size() > best.size())) {
                best_at = at;
                best = sentence.substr(at, phrase.size());
            }
            break;
        }
    }
    return best;
}

bool any_of(sv plain, std::span<const sv> phrases) {
    return !first_of(plain, plain, phrases).empty();
}

/// "I will ask Miriam": a start, and within the next words an act.
std::string step_en(sv sentence, sv plain) {
    for (const sv start : step_starts_en) {
        for (std::size_t at = plain.find(start); at != sv::npos; at = plain.find(start, at + 1)) {
            const std::size_t end = at + start.size();
            if ((at > 0 && word_char(plain[at - 1])) || end >= plain.size() || word_char(plain[end]) ||
                plain[end] == '\'')
                continue;
            const sv behind = plain.substr(end, 34);
            if (behind.starts_with(" not ") || behind.starts_with(" never ")) continue;
            const std::string act = first_of(behind, behind, step_acts_en);
            if (act.empty()) continue;
            return shortened(sentence.substr(at), 7);
        }
    }
    return {};
}

std::string digits_in(sv sentence) {
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        if (sentence[at] < '0' || sentence[at] > '9') continue;
        std::size_t end = sentence.find_first_of(" ,;", at);
        if (end != sv::npos && sentence[end] == ' ') {
            const std::size_t more = sentence.find_first_of(" ,.;?", end + 1);
            end = more;
        }
        return trimmed(sentence.substr(at, end == sv::npos ? sv::npos : end - at));
    }
    return {};
}

}  // namespace

SentenceWords read_words(sv sentence, sv language) {
    const bool de = language == "de";
    std::string plain = lower_case(sentence);
    replace_all(plain, "\u2019", "'");
    // A curly apostrophe is longer than a straight one: what is cut out must be cut from the same spelling.
    std::string shown(sentence);
    replace_all(shown, "\u2019", "'");
    const sv said(shown);
    SentenceWords out;
    const std::vector<std::string> words = plain_words(shown);
    out.your = count_of(words, de ? std::span<const sv>(your_de) : std::span<const sv>(your_en)) > 0;
    out.you = count_of(words, de ? std::span<const sv>(you_de) : std::span<const sv>(you_en));
    out.we = count_of(words, de ? std::span<const sv>(we_de) : std::span<const sv>(we_en));
    out.ours = count_of(words, de ? std::span<const sv>(ours_de) : std::span<const sv>(ours_en));
    // "Let us", "lassen Sie uns" and "either of us" mean both sides.
    for (const sv both : {sv("let us"), sv("either of us"), sv("both of us"), sv("all of us"), sv("give us"),
                          sv("lassen sie uns"), sv("setzen uns"), sv("wir uns"), sv("von uns beiden")}) {
        if (any_of(plain, std::array{both})) --out.ours;
    }
    out.step_said = de ? first_of(said, plain, steps_de) : step_en(said, plain);
    out.step = !out.step_said.empty();
    const std::string start = words.empty() ? std::string() : words.front();
    const bool opens = de ? count_of({start}, question_starts_de) > 0 : count_of({start}, question_starts_en) > 0;
    out.asks = opens && plain.find('?') != std::string::npos && (out.you > 0 || out.ours == 0);
    out.pushes = any_of(plain, de ? std::span<const sv>(pushes_de) : std::span<const sv>(pushes_en));
    out.dont_know = any_of(plain, de ? std::span<const sv>(dont_know_de) : std::span<const sv>(dont_know_en));
    out.conditional = any_of(plain, de ? std::span<const sv>(conditional_de) : std::span<const sv>(conditional_en));
    out.promises = any_of(plain, de ? std::span<const sv>(promises_de) : std::span<const sv>(promises_en));
    out.figure_said = digits_in(said);
    if (out.figure_said.empty()) out.figure_said = first_of(said, plain, number_words);
    out.figure = !out.figure_said.empty();
    out.day_said = first_of(said, plain, day_words);
    out.day = !out.day_said.empty();
    out.vague = first_of(said, plain, de ? std::span<const sv>(vague_de) : std::span<const sv>(vague_en));
    out.absolute = first_of(said, plain, de ? std::span<const sv>(absolute_de) : std::span<const sv>(absolute_en));
    out.away = first_of(said, plain, de ? std::span<const sv>(away_de) : std::span<const sv>(away_en));
    return out;
}

std::string in_third_person(sv text) {
    static constexpr std::pair<sv, sv> third_person[]{
        {"you're", "they're"},      {"you've", "they've"},        {"you'd", "they'd"},
        {"you'll", "they'll"},      {"yours", "theirs"},          {"your", "their"},
        {"yourself", "themselves"}, {"yourselves", "themselves"}, {"you", "they"}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = [&](std::size_t i) {
            return i < text.size() && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') ||
                                       text[i] == '\'' || static_cast<unsigned char>(text[i]) >= 0x80);
        };
        if (!letter(at)) {
            out += text[at++];
            continue;
        }
        std::size_t end = at;
        while (letter(end)) ++end;
        const sv word = text.substr(at, end - at);
        const std::string small = lower_case(word);
        const auto* const found = std::find_if(std::begin(third_person), std::end(third_person),
                                               [&](const auto& pair) { return pair.first == small; });
        if (found == std::end(third_person)) {
            out += word;
        } else {
            std::string theirs(found->second);
            if (word[0] >= 'A' && word[0] <= 'Z') theirs[0] = static_cast<char>(theirs[0] - 'a' + 'A');
            out += theirs;
        }
        at = end;
    }
    return out;
}

}  // namespace debrief::bot::rehearsal
