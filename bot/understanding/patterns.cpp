#include "bot/understanding/patterns.hpp"

#include <algorithm>
#include <charconv>

#include "bot/understanding/stems.hpp"
#include "core/result.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t gap_max = 3;
constexpr std::size_t prefix_key = 3;  // Prefix elements are indexed by so many letters.
constexpr std::size_t no_match = static_cast<std::size_t>(-1);

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\n')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\n')) s.remove_suffix(1);
    return s;
}

bool has_ending(std::string_view word) {
    const auto ends = [&](std::string_view tail) {
        return word.size() > tail.size() + 2 && word.substr(word.size() - tail.size()) == tail;
    };
    return !irregular_base(word).empty() ||
           (stem_of(word) != word && (ends("ing") || ends("ed") || (ends("s") && !ends("ss"))));
}

template <typename F>
void each_part(std::string_view text, char separator, F use) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (const auto part = trimmed(text.substr(0, end)); !part.empty()) use(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

Lexicon::Lexicon(std::string_view text) {
    each_part(text, '\n', [this](std::string_view line) {
        if (line.front() == '#') return;
        const std::size_t space = line.find(' ');
        const std::size_t colon = line.find(':');
        DEBRIEF_CHECK(space != std::string_view::npos && colon != std::string_view::npos && space < colon);
        const std::string name{line.substr(0, space)};
        float weight = 0;  // Tenths are enough; from_chars for float is missing in older libraries.
        int tenths = 0;
        const auto digits = trimmed(line.substr(space, colon - space));
        const std::size_t dot = std::min(digits.find('.'), digits.size());
        std::from_chars(digits.data(), digits.data() + dot, tenths);
        weight = static_cast<float>(tenths);
        if (dot + 1 < digits.size()) weight += static_cast<float>(digits[dot + 1] - '0') / 10.0F;
        DEBRIEF_CHECK(weight > 0);
        auto found = std::find(labels_.begin(), labels_.end(), name);
        if (found == labels_.end()) found = labels_.insert(labels_.end(), name);
        const auto label = static_cast<std::uint16_t>(found - labels_.begin());
        each_part(line.substr(colon + 1), ';', [&](std::string_view phrase) { add(label, weight, phrase); });
    });
}

std::uint16_t Lexicon::label(std::string_view name) const {
    const auto found = std::find(labels_.begin(), labels_.end(), name);
    return found == labels_.end() ? std::uint16_t{0xFFFF} : static_cast<std::uint16_t>(found - labels_.begin());
}

void Lexicon::add(std::uint16_t label, float weight, std::string_view phrase) {
    Phrase made{label, weight, false, {}};
    each_part(phrase, ' ', [&](std::string_view word) {
        Element element;
        if (word == "^") {
            made.at_start = true;
            return;
        }
        if (word == "~") {
            element.gap = true;
            made.elements.push_back(element);
            return;
        }
        if (word.size() > 1 && word.back() == '?') {
            element.optional = true;
            word.remove_suffix(1);
        }
        each_part(word, '|', [&](std::string_view choice) {
            if (choice.size() > 1 && choice.front() == '@') {
                const auto name = class_named(choice.substr(1));
                DEBRIEF_CHECK(name.has_value());
                element.choices.push_back({Kind::word_class, {}, bit(*name)});
            } else if (choice.size() > 1 && choice.front() == '=') {
                element.choices.push_back({Kind::exact, std::string{choice.substr(1)}});
            } else if (choice.size() > prefix_key && choice.back() == '*') {
                element.choices.push_back({Kind::prefix, std::string{choice.substr(0, choice.size() - 1)}});
            } else if (has_ending(choice)) {
                element.choices.push_back({Kind::exact, std::string{choice}});
            } else {
                element.choices.push_back({Kind::stem, stem_of(choice)});
            }
        });
        made.elements.push_back(std::move(element));
    });
    DEBRIEF_CHECK(!made.elements.empty() && !made.elements.front().gap && !made.elements.front().optional);
    phrases_.push_back(std::move(made));
    index(phrases_.size() - 1);
}

void Lexicon::index(std::size_t phrase) {
    const auto id = static_cast<std::uint32_t>(phrase);
    for (const Choice& choice : phrases_[phrase].elements.front().choices) {
        switch (choice.kind) {
            case Kind::stem:
                by_stem_[choice.text].push_back(id);
                break;
            case Kind::exact:
                by_word_[choice.text].push_back(id);
                break;
            case Kind::prefix:
                by_prefix_[choice.text.substr(0, prefix_key)].push_back(id);
                break;
            default:
                by_class_.emplace_back(choice.classes, id);
                break;
        }
    }
}

bool Lexicon::fits(const Choice& choice, const Token& token) {
    switch (choice.kind) {
        case Kind::stem:
            return token.stem == choice.text || token.norm == choice.text;
        case Kind::exact:
            return token.norm == choice.text;
        case Kind::prefix:
            return token.norm.compare(0, choice.text.size(), choice.text) == 0;
        default:
            return (token.classes & choice.classes) != 0;
    }
}

std::size_t Lexicon::match(const Phrase& phrase, std::size_t element, const std::vector<Token>& tokens, std::size_t at,
                           std::size_t end) const {
    if (element == phrase.elements.size()) return at;
    const Element& wanted = phrase.elements[element];
    if (wanted.gap) {
        for (std::size_t skip = 0; skip <= gap_max && at + skip <= end; ++skip) {
            if (const std::size_t found = match(phrase, element + 1, tokens, at + skip, end); found != no_match)
                return found;
            if (at + skip < end && tokens[at + skip].kind == TokenKind::mark) break;
        }
        return no_match;
    }
    if (at < end && std::any_of(wanted.choices.begin(), wanted.choices.end(),
                                [&](const Choice& c) { return fits(c, tokens[at]); })) {
        if (const std::size_t found = match(phrase, element + 1, tokens, at + 1, end); found != no_match) return found;
    }
    return wanted.optional ? match(phrase, element + 1, tokens, at, end) : no_match;
}

std::vector<PhraseHit> Lexicon::find(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) const {
    std::vector<PhraseHit> hits;
    std::vector<std::uint32_t> tried;
    for (std::size_t i = begin; i < end; ++i) {
        const Token& token = tokens[i];
        tried.clear();
        const auto gather = [&](const auto& map, const std::string& key) {
            if (const auto found = map.find(key); found != map.end())
                tried.insert(tried.end(), found->second.begin(), found->second.end());
        };
        gather(by_stem_, token.stem);
        if (token.norm != token.stem) gather(by_stem_, token.norm);
        gather(by_word_, token.norm);
        if (token.norm.size() >= prefix_key) gather(by_prefix_, token.norm.substr(0, prefix_key));
        for (const auto& [classes, id] : by_class_) {
            if ((token.classes & classes) != 0) tried.push_back(id);
        }
        std::sort(tried.begin(), tried.end());
        tried.erase(std::unique(tried.begin(), tried.end()), tried.end());
        for (const std::uint32_t id : tried) {
            const Phrase& phrase = phrases_[id];
            if (phrase.at_start && i != begin) continue;
            if (const std::size_t stop = match(phrase, 0, tokens, i, end); stop != no_match)
                hits.push_back({phrase.label, phrase.weight, i, stop});
        }
    }
    return hits;
}

}  // namespace debrief::bot::understanding
