#include "ocrtune/kernels/filter/steady_power.h"

#include <cmath>

namespace ocrtune {

double steady_power(double base, double exponent) {
  // Beyond this, the power of any base below 1 is 0.
  constexpr double kMax = 0x1p62;
  double whole = std::floor(std::fmin(exponent, kMax));
  double rest = exponent > kMax ? 0 : exponent - whole;
  double power = 1;
  for (double square = base; whole > 0; square *= square) {
    const double half = std::floor(whole / 2);
    if (whole != 2 * half) power *= square;
    whole = half;
  }
  double root = base;
  for (int bit = 0; bit < 52 && rest > 0; ++bit) {
    root = std::sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      rest -= 1;
      power *= root;
    }
  }
  return power;
}

double steady_decay(double x) {
  constexpr double kInverseOfE = 0.36787944117144233;
  return steady_power(kInverseOfE, x);
}

}  // namespace ocrtune
