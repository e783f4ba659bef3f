#include "ocrtune/kernels/nlm/weights.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <opencv2/core.hpp>

namespace ocrtune::nlm {
namespace {

constexpr double kIndexToDistance = (1 << kShift) / double{kTemplate * kTemplate};

/// The same arithmetic as OpenCV's, including the order of operations and the mixture of float and
/// double.
std::uint32_t weight_at(int index, float h, int one) {
  double weight = std::exp(-(index * kIndexToDistance) / (h * h));
  if (std::isnan(weight)) weight = 1;  // 0 / 0, if h is so small that its square is 0
  const int fixed = cvRound(one * weight);
  constexpr double kThreshold = 0.001;
  return fixed < kThreshold * one ? 0 : static_cast<std::uint32_t>(fixed);
}

/// The weights up to the first that is 0.
std::vector<std::uint32_t> live_weights(float h, int one) {
  std::vector<std::uint32_t> weights;
  for (int index = 0; index <= kMaxIndex; ++index) {
    const std::uint32_t weight = weight_at(index, h, one);
    if (weight == 0) break;
    weights.push_back(weight);
  }
  return weights;
}

/// The most by which `start` can be shifted.
std::uint16_t shift_of(double start) {
  constexpr std::uint16_t kMax = 15;
  std::uint16_t shift = 0;
  while (shift < kMax && std::nearbyint(std::ldexp(start, shift + 1)) <= UINT16_MAX) ++shift;
  return shift;
}

/// Fills in a block whose first product is `start`; false if one bit cannot correct the product.
bool add_block(const std::vector<std::uint32_t>& weights, std::size_t block, double start,
               Factors& factors) {
  const auto whole = static_cast<std::uint32_t>(std::nearbyint(start));
  factors.start[block] = static_cast<std::uint16_t>(whole);
  const std::size_t first = block * Factors::kBlock;
  for (std::size_t r = 0; r < Factors::kBlock && first + r < weights.size(); ++r) {
    const std::uint32_t missing =
        weights[first + r] - (whole * factors.within[r] >> (16 + factors.shift[block]));
    if (missing > 1) return false;
    std::uint16_t& bits = factors.extra[block / 16][r];
    bits = static_cast<std::uint16_t>(bits | missing << (block % 16));
  }
  return true;
}

/// With a shift for each block, or one for all, which `within` includes.
Factors factors_of(const std::vector<std::uint32_t>& weights, float h, bool shifted) {
  Factors factors;
  factors.shifted = shifted;
  constexpr std::size_t kBlock = Factors::kBlock;
  const std::size_t blocks = (weights.size() + kBlock - 1) / kBlock;
  if (blocks > Factors::kBlocks || weights[0] > UINT16_MAX) return factors;
  // If h is too small for a finite value, only index 0 counts.
  const double decay = weights.size() == 1 ? 1 : kIndexToDistance / (h * h);
  const int included = shifted ? 0 : shift_of(weights[0]);
  for (std::size_t r = 0; r < kBlock; ++r) {
    const double factor = std::exp(-decay * static_cast<double>(r));
    const double within = std::nearbyint(std::ldexp(factor, 16 - included));
    factors.within[r] = static_cast<std::uint16_t>(std::min(65535.0, within));
  }
  factors.exact = true;
  for (std::size_t block = 0; block < blocks; ++block) {
    const double start = weights[0] * std::exp(-decay * static_cast<double>(block * kBlock));
    if (shifted) factors.shift[block] = shift_of(start);
    const int shift = included + factors.shift[block];
    factors.exact = factors.exact && add_block(weights, block, std::ldexp(start, shift), factors);
  }
  return factors;
}

}  // namespace

Weights weights_for(float h, int search) {
  // The sum of all weighted pixels just fits into an int.
  const int one = INT_MAX / (search * search * 255);
  const std::vector<std::uint32_t> live = live_weights(h, one);
  Weights weights;
  weights.one = live[0];
  weights.cutoff = live.size();
  weights.narrow = weights.cutoff < kNarrowIndices;
  const bool split = one > UINT16_MAX;
  if (!split && one > INT16_MAX) weights.bias = 1U << kPlaneBits;
  const std::size_t size = weights.narrow ? kNarrowIndices : kMaxIndex + 1;
  for (int plane = 0; plane < (split ? 2 : 1); ++plane) {
    std::vector<std::uint16_t>& table = weights.planes.emplace_back(size);
    for (std::size_t i = 0; i < size; ++i) {
      std::uint32_t weight = i < live.size() ? live[i] : 0;
      if (split) weight = weight >> (kPlaneBits * plane) & INT16_MAX;
      table[i] = static_cast<std::uint16_t>(weight - weights.bias);
    }
  }
  if (!split) weights.factors = factors_of(live, h, false);
  if (!split && !weights.factors.exact) weights.factors = factors_of(live, h, true);
  return weights;
}

std::vector<std::uint32_t> whole_weights(const Weights& weights) {
  std::vector<std::uint32_t> whole(weights.cutoff);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (std::size_t plane = 0; plane < weights.planes.size(); ++plane) {
      const auto part = static_cast<std::uint16_t>(weights.planes[plane][i] + weights.bias);
      whole[i] += std::uint32_t{part} << (kPlaneBits * plane);
    }
  }
  return whole;
}

}  // namespace ocrtune::nlm
