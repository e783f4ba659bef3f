#include "ocrtune/ocr/lstm/border_noise.h"

#include <cmath>
#include <limits>

namespace ocrtune::lstm {
namespace {

/// Draws that are kept from line to line: those for about 20,000 px.
constexpr std::size_t kMaxKept = 131'072;

double spread(std::uint_fast32_t draw, double range) {
  return range * 2.0 * static_cast<double>(draw) / std::numeric_limits<std::int32_t>::max() - range;
}

}  // namespace

BorderNoise::BorderNoise(std::int64_t sample_iteration) : sample_iteration_(sample_iteration) {
  seed();
}

void BorderNoise::seed() {
  generator_.seed(static_cast<std::uint64_t>(sample_iteration_) * 0x10000001U);
  generator_();
}

void BorderNoise::restart() {
  position_ = 0;
  if (values_.size() <= kMaxKept) return;
  quantised_ = {};
  values_ = {};
  seed();
}

std::span<const std::int8_t> BorderNoise::quantised(std::size_t count) {
  const std::size_t begin = advance(count);
  return std::span(quantised_).subspan(begin, count);
}

std::span<const float> BorderNoise::values(std::size_t count) {
  const std::size_t begin = advance(count);
  return std::span(values_).subspan(begin, count);
}

std::size_t BorderNoise::advance(std::size_t count) {
  const std::size_t begin = position_;
  position_ += count;
  while (values_.size() < position_) {
    const std::uint_fast32_t draw = generator_();
    values_.push_back(static_cast<float>(spread(draw, 1)));
    const double level = spread(draw, 127);
    quantised_.push_back(static_cast<std::int8_t>(level + std::copysign(0.5, level)));
  }
  return begin;
}

}  // namespace ocrtune::lstm
