#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/metrics/statistics.h"

namespace ocrtune::bench {

/// `tune` holds a quarter of the pages out.
constexpr std::size_t kTunedTimes = 3;

/// Indices of so many of `population` pages, with replacement.
inline std::vector<std::size_t> drawn_pages(std::size_t population, std::size_t count,
                                            Random& random) {
  std::vector<std::size_t> pages(count);
  const auto last = static_cast<int>(population) - 1;
  for (std::size_t& page : pages) page = static_cast<std::size_t>(random.integer(0, last));
  return pages;
}

inline std::vector<double> values_at(const std::vector<double>& values,
                                     const std::vector<std::size_t>& pages) {
  std::vector<double> result;
  result.reserve(pages.size());
  for (const std::size_t page : pages) result.push_back(values[page]);
  return result;
}

/// How often intervals held what they are of.
struct Held {
  std::size_t count = 0;
  std::size_t times = 0;
  std::size_t below = 0;  ///< it is below the interval
  double width = 0;       ///< of all together

  void add(const Interval& interval, double truth) {
    // A mean of equal numbers may differ from them in its last digit.
    constexpr double kRounding = 1e-9;
    ++count;
    times += interval.low <= truth + kRounding && truth <= interval.high + kRounding ? 1 : 0;
    below += truth + kRounding < interval.low ? 1 : 0;
    width += interval.high - interval.low;
  }

  void add(const Held& other) {
    count += other.count;
    times += other.times;
    below += other.below;
    width += other.width;
  }

  [[nodiscard]] double percent(std::size_t part) const {
    return count == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(count);
  }
};

}  // namespace ocrtune::bench
