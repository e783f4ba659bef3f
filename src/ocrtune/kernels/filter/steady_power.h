#pragma once

namespace ocrtune {

/// base^exponent with a relative error of about 1e-14, with the same bits on every machine: it uses
/// products and square roots only, which IEEE 754 defines to the last bit, unlike std::pow.
///
/// `base` is from 0 to 1, `exponent` at least 0; fractional bits of `exponent` below 2^-52 are
/// ignored. 0^0 is 1. Pure; thread-safe.
double steady_power(double base, double exponent);

/// exp(-x) by steady_power, for x from 0.
double steady_decay(double x);

}  // namespace ocrtune
