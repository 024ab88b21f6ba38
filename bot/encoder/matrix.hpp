// Matrices of 8-bit weights times rows of numbers that were rounded to 14 bits. The products are summed as integers, so
// the order of the sum, and with it the machine, makes no difference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace debrief::bot::encoder {

/// A matrix has at most so many columns: the sum of their products then fits in 32 bits.
inline constexpr std::size_t columns_max = 2048;

/// Maps `columns` numbers to `rows` numbers. The weight in row r and column c is scales[r] * weights[r * columns + c].
struct Matrix {
    std::size_t rows = 0, columns = 0;  ///< Columns: a multiple of 16.
    std::vector<float> scales;          ///< One a row, not negative.
    std::vector<std::int8_t> weights;   ///< -127 to 127.
    std::vector<float> bias;            ///< One a row; empty in a table that is only looked up.
};

/// Rows of numbers, each number a multiple of its row's scale.
struct RoundedRows {
    std::size_t columns = 0;
    std::vector<float> scales;         ///< One a row.
    std::vector<std::int16_t> values;  ///< -8191 to 8191, row by row.
};

/// Rounds rows of `columns` numbers. A row with an infinite number in it becomes zeros.
RoundedRows rounded(std::span<const float> rows, std::size_t columns);

/// matrix * row + bias for each row; the result has matrix.rows numbers a row.
std::vector<float> multiply(const Matrix& matrix, const RoundedRows& rows);

}  // namespace debrief::bot::encoder
