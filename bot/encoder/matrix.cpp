#include "bot/encoder/matrix.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace debrief::bot::encoder {
namespace {

constexpr float value_max = 8191.0F;
static_assert(8191LL * 128LL * static_cast<long long>(columns_max) <= std::numeric_limits<std::int32_t>::max());

constexpr std::size_t block = 4;  // So many rows of the matrix are multiplied at once.
using Sums = std::array<std::int32_t, block>;

/// The products of `block` rows of weights, each `columns` wide, with one row of numbers.
[[gnu::always_inline]] inline Sums sums_of(const std::int16_t* weights, const std::int16_t* values,
                                           std::size_t columns) {
    std::int32_t a = 0, b = 0, c = 0, d = 0;
    for (std::size_t i = 0; i < columns; ++i) {
        const std::int32_t value = values[i];
        a += value * weights[i];
        b += value * weights[i + columns];
        c += value * weights[i + 2 * columns];
        d += value * weights[i + 3 * columns];
    }
    return {a, b, c, d};
}

using Kernel = Sums (*)(const std::int16_t* weights, const std::int16_t* values, std::size_t columns);

Sums sums_anywhere(const std::int16_t* weights, const std::int16_t* values, std::size_t columns) {
    return sums_of(weights, values, columns);
}

// Twice as fast where the processor has wide registers. They are sums of integers: the result is the same.
#if defined(__x86_64__)
[[gnu::target("avx2")]] Sums sums_with_avx2(const std::int16_t* weights, const std::int16_t* values,
                                            std::size_t columns) {
    return sums_of(weights, values, columns);
}
Kernel best_kernel() {
    return __builtin_cpu_supports("avx2") ? sums_with_avx2 : sums_anywhere;
}
#else
Kernel best_kernel() {
    return sums_anywhere;
}
#endif

/// The largest magnitude of a row; infinite or no number if one of them is. Without their sign, floats are ordered as
/// their bits are; in this form the search runs in wide registers.
float largest_of(const float* row, std::size_t size) {
    std::int32_t top = 0;
    for (std::size_t i = 0; i < size; ++i) top = std::max(top, std::bit_cast<std::int32_t>(row[i]) & 0x7fffffff);
    return std::bit_cast<float>(top);
}

void round_row(const float* row, float factor, std::size_t size, std::int16_t* out) {
    for (std::size_t i = 0; i < size; ++i) {
        const float x = row[i] * factor;
        out[i] = static_cast<std::int16_t>(static_cast<std::int32_t>(x + (x < 0.0F ? -0.5F : 0.5F)));
    }
}

}  // namespace

RoundedRows rounded(std::span<const float> rows, std::size_t columns) {
    RoundedRows made{columns, {}, std::vector<std::int16_t>(rows.size())};
    for (std::size_t start = 0; start < rows.size(); start += columns) {
        const float largest = largest_of(rows.data() + start, columns);
        const bool usable = largest > 1e-30F && largest <= std::numeric_limits<float>::max();
        made.scales.push_back(usable ? largest / value_max : 0.0F);
        if (usable) round_row(rows.data() + start, value_max / largest, columns, made.values.data() + start);
    }
    return made;
}

std::vector<float> multiply(const Matrix& matrix, const RoundedRows& rows) {
    const std::size_t columns = matrix.columns, count = rows.scales.size();
    std::vector<float> out(count * matrix.rows);
    std::vector<std::int16_t> wide(block * columns);
    const Kernel sums_of_block = best_kernel();
    for (std::size_t first = 0; first < matrix.rows; first += block) {
        const std::int8_t* weights = matrix.weights.data() + first * columns;
        std::copy(weights, weights + block * columns, wide.begin());
        for (std::size_t row = 0; row < count; ++row) {
            const Sums sums = sums_of_block(wide.data(), rows.values.data() + row * columns, columns);
            for (std::size_t k = 0; k < block; ++k) {
                out[row * matrix.rows + first + k] =
                    static_cast<float>(sums[k]) * (matrix.scales[first + k] * rows.scales[row]) +
                    matrix.bias[first + k];
            }
        }
    }
    return out;
}

}  // namespace debrief::bot::encoder
