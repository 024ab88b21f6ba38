// Exponential and logarithm that give the same bits on every machine: plain IEEE operations in a fixed order.
#pragma once

namespace debrief::bot::understanding {

/// e to the power of x; 0 below -700. x up to 700.
double exponential(double x);
/// The natural logarithm of x, 0 < x < 1e300.
double logarithm(double x);

}  // namespace debrief::bot::understanding
