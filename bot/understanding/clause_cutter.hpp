// The work of taking one sentence apart: where a clause begins (clauses.cpp), and who it is about (clause_subject.cpp).
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "bot/understanding/clauses.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

class ClauseCutter {
public:
    ClauseCutter(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, std::size_t sentence,
                 const People& people, const Clause* previous)
        : tokens_(tokens), begin_(begin), end_(end), sentence_(sentence), people_(people), previous_(previous) {}

    std::vector<Clause> run();

private:
    [[nodiscard]] std::string_view norm(std::size_t i) const {
        return i < end_ ? std::string_view{tokens_[i].norm} : std::string_view{};
    }
    [[nodiscard]] bool one_of(std::size_t i, std::initializer_list<std::string_view> list) const {
        return std::find(list.begin(), list.end(), norm(i)) != list.end();
    }
    [[nodiscard]] bool has(std::size_t i, WordClass c) const { return i < end_ && is(tokens_[i], c); }
    // "the system they use": no new thought.
    [[nodiscard]] bool noun_before_relative(std::size_t k) const {
        return k >= 2 && (has(k - 2, WordClass::determiner) || has(k - 2, WordClass::possessive)) &&
               !has(k - 1, WordClass::date);
    }

    [[nodiscard]] std::size_t words(std::size_t b, std::size_t e) const;
    [[nodiscard]] std::size_t count_marks() const;
    void close(std::size_t b, std::size_t e);
    [[nodiscard]] bool finite(std::size_t i, bool after_pronoun) const;
    [[nodiscard]] bool begins_clause(std::size_t k) const;
    [[nodiscard]] bool speaker(std::size_t start, std::size_t colon) const;
    [[nodiscard]] bool asks_and_admits(std::size_t k) const;
    [[nodiscard]] bool subordinate(std::size_t start) const;
    [[nodiscard]] bool cuts_before(std::size_t start, std::size_t k, bool run_on) const;
    [[nodiscard]] bool has_verb(std::size_t b, std::size_t e) const;
    [[nodiscard]] bool has_main(std::size_t b, std::size_t e) const;

    [[nodiscard]] bool noun_like(std::size_t k) const;
    [[nodiscard]] bool says_more(std::size_t b, std::size_t e) const;
    void read(Clause& c, const Clause* before, bool first) const;
    [[nodiscard]] bool filler(std::size_t k) const;
    void strip_trailing_report(Clause& c) const;
    void strip_report(Clause& c, const Clause* before) const;
    void find_subject(Clause& c, const Clause* before, bool first) const;

    const std::vector<Token>& tokens_;
    std::size_t begin_, end_, sentence_;
    const People& people_;
    const Clause* previous_;
    std::vector<std::size_t> words_before_;  // At [i]: how many tokens of the first i of the sentence are words.
    std::vector<Clause> clauses_;
};

}  // namespace debrief::bot::understanding
