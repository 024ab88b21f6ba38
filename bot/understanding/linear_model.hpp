// A linear classifier over features that are there or not, and over the encoder's vector where there is one. Whole
// numbers throughout, so that every machine gives the same answer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "bot/understanding/features.hpp"
#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::bot::understanding {

/// What a model says: the class that won, and how clearly.
struct Verdict {
    std::size_t label = 0;
    double margin = 0;           ///< 0..1: d / (1 + d), d the distance to the second class in logits.
    Feature why;                 ///< The words that spoke most for it; empty if none did.
    std::vector<double> logits;  ///< One a class.
};

class LinearModel {
public:
    static constexpr double unit = 1024;  ///< One logit, in `bias` and `dense`.
    static constexpr double coarse = 32;  ///< One logit, in `weights`: there are many of them.
    static constexpr std::size_t classes_max = 16;

    LinearModel() = default;
    /// `ids` ascending; `weights` and `dense` row by row, a row for each id or component, a column for each class.
    LinearModel(std::size_t classes, std::vector<std::int16_t> bias, std::vector<std::uint32_t> ids,
                std::vector<std::int8_t> weights, std::vector<std::int16_t> dense);

    [[nodiscard]] std::size_t classes() const { return bias_.size(); }
    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    /// `prior`, in logits, is added to what the features say: one a class, or nothing.
    [[nodiscard]] Verdict judge(const Features& features, const std::vector<double>& prior = {}) const;

    void write(core::Bytes& out) const;
    /// Takes the model from the front of `bytes`. Errors: `corrupt`.
    static core::Result<LinearModel> read(core::ByteView& bytes);

private:
    std::vector<std::int16_t> bias_;
    std::vector<std::uint32_t> ids_;
    std::vector<std::int8_t> weights_;
    std::vector<std::int16_t> dense_;
};

}  // namespace debrief::bot::understanding
