#pragma once

namespace ocrtune {

/// base^exponent to within some 1e-14 of itself, the same bits on every machine: by products and
/// square roots alone, which IEEE 754 fixes to the last bit, as it doesn't std::pow.
///
/// `base` is from 0 to 1, `exponent` at least 0; what is below its 2^-52 counts as 0. 0^0 is 1.
/// Pure; thread-safe.
double steady_power(double base, double exponent);

/// exp(-x) by steady_power, for x from 0.
double steady_decay(double x);

}  // namespace ocrtune
