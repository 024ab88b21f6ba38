#include "core/journey/divergence.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/civil_date.hpp"

namespace debrief::core {
namespace {

/// More dated items than this on one dimension are compared among the newest only, so that a turn stays quick.
constexpr std::size_t compared_max = 64;

constexpr std::array<std::string_view, 40> small_words{
    "a",    "an",   "and",  "are",  "as",   "at",  "be",    "by",  "das", "dem",  "den",  "der", "die", "ein",
    "eine", "for",  "from", "has",  "have", "he",  "im",    "in",  "is",  "it",   "its",  "mit", "of",  "on",
    "she",  "that", "the",  "they", "to",   "und", "until", "von", "was", "will", "wird", "zum"};

bool has_one_answer(Dimension dimension) {
    return dimension == Dimension::decision_process || dimension == Dimension::timing;
}

/// An item with what comparing needs, made once.
struct Compared {
    const Item* item;
    std::vector<std::string> words;  ///< Lower case, sorted, without doubles, dates, numbers and small words.
    std::optional<DayRange> when;    ///< From the first to the last day that it names.
};

/// The words of a text outside the date expressions in it. ASCII is folded; other bytes stay as they are.
std::vector<std::string> content_words(std::string text, const std::vector<DateSaid>& dates) {
    for (const DateSaid& date : dates) {
        if (const auto at = date.text.empty() ? std::string::npos : text.find(date.text); at != std::string::npos) {
            text.replace(at, date.text.size(), 1, ' ');
        }
    }
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
        const bool number = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        const bool small = std::find(small_words.begin(), small_words.end(), word) != small_words.end();
        if (!word.empty() && !number && !small) words.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
        if (letter) {
            word += c;
        } else if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else {
            flush();
        }
    }
    flush();
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

Compared compared_of(const Item& item) {
    Compared made{&item, content_words(item.text, item.dates), std::nullopt};
    for (const DateSaid& date : item.dates) {
        const auto range = days_of(date.value);
        if (!range) continue;
        if (!made.when) made.when = range;
        made.when->first = std::min(made.when->first, range->first);
        made.when->last = std::max(made.when->last, range->last);
    }
    return made;
}

std::size_t shared_words(const Compared& a, const Compared& b) {
    std::vector<std::string_view> both;
    std::set_intersection(a.words.begin(), a.words.end(), b.words.begin(), b.words.end(), std::back_inserter(both));
    return both.size();
}

bool independent(const Item& a, const Item& b) {
    if (a.by.id != b.by.id) return true;
    return a.source.conversation && b.source.conversation && *a.source.conversation != *b.source.conversation;
}

Uuid person_of(const Item& item) {
    return item.person ? item.person->id : Uuid{};
}

bool answers_apart(const Compared& a, const Compared& b) {
    const Item& one = *a.item;
    const Item& other = *b.item;
    if (one.source.question.empty() || one.source.question != other.source.question) return false;
    if (one.said_on != other.said_on || one.opportunity != other.opportunity || person_of(one) != person_of(other))
        return false;
    if (!independent(one, other)) return false;
    // One that says all that the other says, and more, agrees with it.
    const std::size_t shared = shared_words(a, b);
    const bool same_days = !a.when || !b.when || (a.when->first <= b.when->last && b.when->first <= a.when->last);
    return !same_days || (shared < a.words.size() && shared < b.words.size());
}

bool same_words_other_dates(const Compared& a, const Compared& b) {
    if (!a.when || !b.when) return false;
    if (a.when->first <= b.when->last && b.when->first <= a.when->last) return false;
    const std::size_t shared = shared_words(a, b);
    const std::size_t all = a.words.size() + b.words.size() - shared;
    return shared >= 2 && shared * 5 >= all * 3;
}

bool names(const std::optional<Uuid>& reference, const Item& item) {
    return reference && *reference == item.id;
}

bool corrected_apart(const Item& a, const Item& b) {
    return a.supersedes && a.supersedes == b.supersedes && a.text != b.text;
}

}  // namespace

std::vector<std::pair<Uuid, Uuid>> diverging(const std::vector<ItemThen>& current) {
    std::vector<std::pair<Uuid, Uuid>> pairs;
    if (current.empty()) return pairs;

    // Signs that stand in the records: only items that carry one are compared with all the others.
    std::vector<bool> marked(current.size());
    for (std::size_t i = 0; i < current.size(); ++i) {
        marked[i] = current[i].item->contradicts.has_value() || current[i].item->supersedes.has_value();
    }
    std::vector<Compared> statements;
    const std::size_t first_compared = current.size() > compared_max ? current.size() - compared_max : 0;
    const bool compare = has_one_answer(current.front().item->dimension);
    for (std::size_t i = first_compared; compare && i < current.size(); ++i)
        statements.push_back(compared_of(*current[i].item));

    for (std::size_t i = 0; i < current.size(); ++i) {
        for (std::size_t k = i + 1; k < current.size(); ++k) {
            const Item& a = *current[i].item;
            const Item& b = *current[k].item;
            bool apart = false;
            if (marked[i] || marked[k]) {
                apart = names(a.contradicts, b) || names(b.contradicts, a) || corrected_apart(a, b);
            }
            if (!apart && compare && i >= first_compared) {
                const Compared& one = statements[i - first_compared];
                const Compared& other = statements[k - first_compared];
                apart = answers_apart(one, other) || same_words_other_dates(one, other);
            }
            if (apart) pairs.emplace_back(a.id, b.id);
        }
    }
    return pairs;
}

}  // namespace debrief::core
