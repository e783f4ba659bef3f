#include "ocrtune/metrics/expected_errors.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {
namespace {

/// scale * (exp(constant) * (disagreement + offset)^exponent - offset).
struct PowerLaw {
  double scale;
  double constant;
  double exponent;
  double offset;

  [[nodiscard]] double at(double disagreement) const {
    return scale * (std::exp(constant) * std::pow(disagreement + offset, exponent) - offset);
  }
};

constexpr PowerLaw kStrong{.scale = 1.249, .constant = -1.618, .exponent = 0.4165, .offset = 0.004};
constexpr PowerLaw kTesseract{
    .scale = 1.176, .constant = -1.774, .exponent = 0.381, .offset = 0.004};

constexpr double kNeither = 0.015;
constexpr double kOfTheOthers = 0.92;

}  // namespace

double expected_cer_of_consensus(double disagreement, bool strong) {
  return std::clamp((strong ? kStrong : kTesseract).at(disagreement), 0.0, 1.0);
}

double expected_excess(double distance) {
  return kOfTheOthers * std::max(0.0, distance - kNeither);
}

}  // namespace ocrtune
