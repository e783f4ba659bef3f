#include "ocrtune/kernels/filter/gaussian_kernel.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

/// Number of operations for a weight: none, one, or an addition and a multiplication.
int cost(int weight) { return std::min(std::abs(weight), 2); }

/// The staircase, by dynamic programming over the level at each tap.
std::vector<int> staircase(const std::vector<int>& kernel) {
  const int levels = *std::ranges::max_element(kernel) + 1;
  const auto at = [levels](std::size_t tap, int level) {
    return tap * static_cast<std::size_t>(levels) + static_cast<std::size_t>(level);
  };
  std::vector<int> total(static_cast<std::size_t>(levels));
  std::vector<int> before(total.size());
  std::vector<int> from(kernel.size() * total.size());
  for (int level = 0; level < levels; ++level) total[at(0, level)] = cost(level);
  for (std::size_t tap = 0; tap < kernel.size(); ++tap) {
    std::swap(total, before);
    for (int level = 0; level < levels; ++level) {
      int best = level;
      const auto total_from = [&](int other) {
        return before[at(0, other)] + (tap == 0 ? 0 : cost(level - other));
      };
      for (int other = 0; tap > 0 && other < levels; ++other) {
        if (total_from(other) < total_from(best)) best = other;
      }
      from[at(tap, level)] = best;
      total[at(0, level)] = total_from(best) + cost(kernel[tap] - level);
    }
  }
  int level = 0;
  for (int other = 1; other < levels; ++other) {
    const int now = total[at(0, level)] + cost(level);
    if (total[at(0, other)] + cost(other) < now) level = other;
  }
  std::vector<int> stairs(kernel.size());
  for (std::size_t tap = kernel.size(); tap-- > 0;) {
    stairs[tap] = level;
    level = from[at(tap, level)];
  }
  return stairs;
}

}  // namespace

std::vector<int> gaussian_kernel_fixed(int size) {
  CV_Assert(size >= 1 && size <= 2001 && size % 2 == 1);
  const cv::Mat exact = cv::getGaussianKernel(size, 0, CV_64F);
  std::vector<int> kernel(static_cast<std::size_t>(size));
  constexpr int kOne = 256;
  double error = 0;
  int left = kOne;
  for (int i = 0; i < size / 2; ++i) {
    // A product with a power of two is exact, so that contraction to an FMA changes nothing.
    const double wanted = exact.at<double>(i) * kOne + error;
    const int rounded = cvRound(wanted);
    error = wanted - rounded;
    kernel[static_cast<std::size_t>(i)] = rounded;
    kernel[static_cast<std::size_t>(size - 1 - i)] = rounded;
    left -= 2 * rounded;
  }
  kernel[static_cast<std::size_t>(size / 2)] = left;
  return kernel;
}

WindowSum window_sum(const std::vector<int>& kernel) {
  const std::vector<int> stairs = staircase(kernel);
  WindowSum sum;
  int level = 0;
  for (std::size_t tap = 0; tap <= kernel.size(); ++tap) {
    // Summation by parts: sum of s[i] (P[i + 1] - P[i]) = sum of (s[j - 1] - s[j]) P[j].
    const int next = tap < kernel.size() ? stairs[tap] : 0;
    if (next != level) sum.prefixes.push_back({static_cast<int>(tap), level - next});
    level = next;
    if (tap < kernel.size() && kernel[tap] != next) {
      sum.pixels.push_back({static_cast<int>(tap), kernel[tap] - next});
    }
  }
  return sum;
}

int gaussian_reach(double sigma) {
  return sigma > 0 ? static_cast<int>(std::ceil(3 * sigma)) + 1 : 0;
}

}  // namespace ocrtune
