#include "bot/understanding/arithmetic.hpp"

namespace debrief::bot::understanding {

double exponential(double x) {
    if (x < -700) return 0;
    // e^x = (e^(x / 2^k))^(2^k), the inner one by its series.
    int halvings = 0;
    while (x > 0.0625 || x < -0.0625) x *= 0.5, ++halvings;
    double term = 1, sum = 1;
    for (int i = 1; i < 9; ++i) {
        term = term * x / i;
        sum += term;
    }
    for (; halvings > 0; --halvings) sum *= sum;
    return sum;
}

double logarithm(double x) {
    constexpr double of_two = 0.69314718055994531;
    int doublings = 0;
    while (x > 1.5) x *= 0.5, ++doublings;
    while (x < 0.75) x *= 2, --doublings;
    // log x = 2 artanh((x - 1) / (x + 1)), by its series.
    const double ratio = (x - 1) / (x + 1), square = ratio * ratio;
    double power = ratio, sum = 0;
    for (int i = 1; i < 24; i += 2) {
        sum += power / i;
        power *= square;
    }
    return doublings * of_two + 2 * sum;
}

}  // namespace debrief::bot::understanding
