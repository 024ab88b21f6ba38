// What the learned models see of a note: words and their neighbours, hits of the rules' cues, who a clause is about,
// and what was asked. Every feature is present or not, and is named by a hash of its text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {

struct Feature {
    std::uint32_t id = 0;
    std::uint32_t begin = 0, end = 0;  ///< The tokens that it stands for; empty if it is no word.
};

class Features {
public:
    void add(std::string_view kind, std::string_view a = {}, std::string_view b = {}, std::string_view c = {}) {
        list_.push_back({hash(kind, a, b, c), 0, 0});
    }
    void add_words(std::size_t begin, std::size_t end, std::string_view kind, std::string_view a,
                   std::string_view b = {}, std::string_view c = {}) {
        list_.push_back({hash(kind, a, b, c), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    /// Sorts, and keeps each feature once. To be called when all are in.
    void settle();
    [[nodiscard]] const std::vector<Feature>& list() const { return list_; }
    /// The encoder's vectors, one behind the other, in 4096ths; empty where there is no encoder.
    [[nodiscard]] const std::vector<std::int16_t>& vector() const { return vector_; }
    void add_vector(const std::vector<std::int16_t>& vector) {
        vector_.insert(vector_.end(), vector.begin(), vector.end());
    }
    static constexpr std::int64_t vector_unit = 4096;

    /// FNV-1a, 32 bits, over the parts and a mark between them.
    static std::uint32_t hash(std::string_view kind, std::string_view a, std::string_view b, std::string_view c);

private:
    std::vector<Feature> list_;
    std::vector<std::int16_t> vector_;
};

/// Of clause `k`: what is it about, if anything? Needs clauses, `told` and cues.
Features clause_features(const Reading& reading, std::size_t k);
/// Of clause `k`: does it go on with the fact of clause `k - 1`, of the same sentence? Needs topics.
Features join_features(const Reading& reading, std::size_t k);
/// Of a sentence: whose world is it? Needs topics.
Features sentence_features(const Reading& reading, std::size_t sentence);
/// Of a named person: where do they stand? Needs topics.
Features person_features(const Reading& reading, std::size_t person);
/// Of the whole note: is it vague, is it a don't-know? Needs topics.
Features note_features(const Reading& reading);

}  // namespace debrief::bot::understanding
