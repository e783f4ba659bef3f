#include "ocrtune/study/ranks.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace ocrtune {

std::vector<float> ranks(std::span<const double> values) {
  if (values.empty()) return {};
  std::vector<std::size_t> sorted(values.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::stable_sort(sorted, {}, [&](std::size_t i) { return values[i]; });
  if (values[sorted.front()] == values[sorted.back()]) return {};
  std::vector<float> ranks(values.size());
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin + 1;
    while (end < sorted.size() && values[sorted[end]] == values[sorted[begin]]) ++end;
    const double mean = static_cast<double>(begin + end - 1) / 2;
    for (std::size_t i = begin; i < end; ++i)
      ranks[sorted[i]] = static_cast<float>(mean / static_cast<double>(sorted.size() - 1));
    begin = end;
  }
  return ranks;
}

}  // namespace ocrtune
