#include "bot/encoder/arithmetic.hpp"

#include <array>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>

namespace debrief::bot::encoder {
namespace {

static_assert(FLT_EVAL_METHOD == 0, "Sums of floats have to be rounded to floats.");
static_assert(std::numeric_limits<float>::is_iec559 && std::numeric_limits<double>::is_iec559);

using Lanes = std::array<float, lanes>;

float sum_of(const Lanes& l) {
    return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
}

float sum_of(std::span<const float> row) {
    Lanes sum{};
    for (std::size_t i = 0; i < row.size(); i += lanes) {
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += row[i + k];
    }
    return sum_of(sum);
}

/// The sine and cosine of an angle, by their series; good to 1e-15 between 0 and 1.
struct Turn {
    double sine = 0.0, cosine = 1.0;

    explicit Turn(double angle) {
        double term = 1.0;
        for (int n = 1; n < 24; ++n) {
            term = term * angle / n;
            double& part = n % 2 == 1 ? sine : cosine;
            part += n % 4 < 2 ? term : -term;
        }
    }
};

}  // namespace

float dot(const float* a, const float* b, std::size_t size) {
    Lanes sum{};
    for (std::size_t i = 0; i < size; i += lanes) {
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += a[i + k] * b[i + k];
    }
    return sum_of(sum);
}

float exp_negative(float x) {
    if (!(x > -87.0F)) return 0.0F;  // Also what is not a number.
    if (x > 0.0F) x = 0.0F;
    // x = n ln 2 + rest with |rest| <= ln 2 / 2; ln 2 in two parts, the first with few enough digits to be exact.
    const auto n = static_cast<std::int32_t>(x * 1.44269504F - 0.5F);
    const auto whole = static_cast<float>(n);
    const float rest = (x - whole * 0.693145751953125F) - whole * 1.42860682e-6F;
    float series = 1.0F;
    for (int k = 7; k > 0; --k) series = 1.0F + series * rest / static_cast<float>(k);
    return series * std::bit_cast<float>(static_cast<std::uint32_t>(n + 127) << 23U);
}

float tanh_of(float x) {
    const float magnitude = x < 0.0F ? -x : x;
    const float e = exp_negative(-2.0F * magnitude);
    const float y = (1.0F - e) / (1.0F + e);
    return x < 0.0F ? -y : y;
}

void softmax(std::span<float> row) {
    if (row.empty()) return;
    float largest = row[0];
    for (const float x : row) largest = x > largest ? x : largest;
    float sum = 0.0F;
    for (float& x : row) {
        x = exp_negative(x - largest);
        sum += x;
    }
    const float share = sum > 0.0F ? 1.0F / sum : 0.0F;
    for (float& x : row) x *= share;
}

void normalise(std::span<const float> row, std::span<const float> gain, std::span<const float> bias,
               std::span<float> out) {
    const auto size = static_cast<float>(row.size());
    const float mean = sum_of(row) / size;
    for (std::size_t i = 0; i < row.size(); ++i) out[i] = row[i] - mean;
    const float variance = dot(out.data(), out.data(), out.size()) / size;
    const float factor = 1.0F / std::sqrt(variance + 1e-6F);
    for (std::size_t i = 0; i < row.size(); ++i) out[i] = gain[i] * factor * out[i] + bias[i];
}

void give_unit_length(std::span<float> row) {
    const float squares = dot(row.data(), row.data(), row.size());
    if (!(squares > 1e-12F)) return;
    const float factor = 1.0F / std::sqrt(squares);
    for (float& x : row) x *= factor;
}

std::vector<float> position_signals(std::size_t positions, std::span<const float> rates) {
    const std::size_t width = 2 * rates.size();
    std::vector<float> table(positions * width);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const Turn one{static_cast<double>(rates[i])};
        double sine = 0.0, cosine = 1.0;
        for (std::size_t position = 0; position < positions; ++position) {
            table[position * width + i] = static_cast<float>(sine);
            table[position * width + rates.size() + i] = static_cast<float>(cosine);
            const double before = sine;
            sine = before * one.cosine + cosine * one.sine;
            cosine = cosine * one.cosine - before * one.sine;
        }
    }
    return table;
}

}  // namespace debrief::bot::encoder
