// The few functions on real numbers that the encoder needs, such that every machine gets the same bits: IEEE additions,
// multiplications, divisions and square roots in one fixed order, no library's exp or sin. The files that include this
// are compiled without contraction of products and sums (see bot/CMakeLists.txt).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace debrief::bot::encoder {

/// Sums are kept in so many independent lanes, which a compiler may compute at once without changing a bit.
inline constexpr std::size_t lanes = 8;

/// The sum of a[i] * b[i] over `size` numbers, a multiple of `lanes`.
float dot(const float* a, const float* b, std::size_t size);

/// e^x for x <= 0, to 1e-7 of it; 0 below -87 and for what is not a number. x > 0 counts as 0.
float exp_negative(float x);

/// The hyperbolic tangent, to 2e-7.
float tanh_of(float x);

/// Replaces numbers by their shares: e^x over the sum of all e^x. Nothing happens to an empty row.
void softmax(std::span<float> row);

/// Shifts and stretches a row to the mean 0 and the variance 1, then applies `gain` and `bias`. All four have one size,
/// a multiple of `lanes`. Source: Ba et al., "Layer Normalization", 2016.
void normalise(std::span<const float> row, std::span<const float> gain, std::span<const float> bias,
               std::span<float> out);

/// Gives a row the length 1; one without a length stays as it is. Its size is a multiple of `lanes`.
void give_unit_length(std::span<float> row);

/// One row for each position, from 0 on: the sines and then the cosines of position * rate, 2 * rates.size() numbers.
/// Each rate lies between 0 and 1. Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.5.
std::vector<float> position_signals(std::size_t positions, std::span<const float> rates);

}  // namespace debrief::bot::encoder
