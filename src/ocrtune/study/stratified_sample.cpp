#include "ocrtune/study/stratified_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <opencv2/core.hpp>

#include "ocrtune/study/ranks.h"

namespace ocrtune {
namespace {

/// Mean number of sampled units of a stratum; more strata would leave most of them without one.
constexpr std::size_t kSampledPerStratum = 3;

constexpr int kAttempts = 5;
constexpr int kIterations = 100;

/// The place of a unit in a random order.
std::uint64_t random_place(std::uint64_t seed, const ContentHash& id) {
  return content_hash(fmt::format("{} {}", seed, id.text())).high;
}

/// Makes the state of OpenCV's random numbers in this thread what it was before.
class RandomState {
 public:
  explicit RandomState(std::uint64_t seed) : before_(cv::theRNG().state) {
    cv::theRNG().state = seed;
  }
  ~RandomState() { cv::theRNG().state = before_; }
  RandomState(const RandomState&) = delete;
  RandomState& operator=(const RandomState&) = delete;

 private:
  std::uint64_t before_;
};

std::vector<float> ranks_of(std::span<const SampleUnit> units,
                            const std::vector<std::size_t>& order, std::size_t feature) {
  std::vector<double> values;
  values.reserve(order.size());
  for (const std::size_t unit : order) values.push_back(units[unit].features[feature]);
  return ranks(values);
}

/// The stratum of each unit, in the order of `order`.
std::vector<int> strata_of(std::span<const SampleUnit> units, const std::vector<std::size_t>& order,
                           std::size_t count, std::uint64_t seed) {
  std::vector<std::vector<float>> columns;
  for (std::size_t feature = 0; feature < units.front().features.size(); ++feature) {
    std::vector<float> ranks = ranks_of(units, order, feature);
    if (!ranks.empty()) columns.push_back(std::move(ranks));
  }
  if (columns.empty() || count < 2) return std::vector<int>(order.size(), 0);
  cv::Mat points(static_cast<int>(order.size()), static_cast<int>(columns.size()), CV_32F);
  for (int row = 0; row < points.rows; ++row) {
    for (int column = 0; column < points.cols; ++column) {
      points.at<float>(row, column) =
          columns[static_cast<std::size_t>(column)][static_cast<std::size_t>(row)];
    }
  }
  const RandomState state(seed);
  std::vector<int> strata;
  cv::kmeans(points, static_cast<int>(count), strata,
             {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, kIterations, 1e-4}, kAttempts,
             cv::KMEANS_PP_CENTERS);
  return strata;
}

/// From 0 to below 1.
double start_of(std::uint64_t seed) {
  const std::uint64_t bits = content_hash(fmt::format("{} start", seed)).high;
  return static_cast<double>(bits >> 11U) / static_cast<double>(std::uint64_t{1} << 53U);
}

}  // namespace

std::vector<std::size_t> stratified_sample(std::span<const SampleUnit> units, std::size_t wanted,
                                           std::uint64_t seed) {
  std::vector<std::uint64_t> places;
  places.reserve(units.size());
  for (const SampleUnit& unit : units) places.push_back(random_place(seed, unit.id));
  std::vector<std::size_t> order(units.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (units.size() <= wanted) return order;
  std::ranges::stable_sort(order, {}, [&](std::size_t unit) { return places[unit]; });
  const std::size_t strata = std::max<std::size_t>(1, wanted / kSampledPerStratum);
  const std::vector<int> stratum = strata_of(units, order, strata, seed);

  std::vector<std::size_t> list(units.size());
  std::iota(list.begin(), list.end(), std::size_t{0});
  std::ranges::stable_sort(list, {}, [&](std::size_t place) { return stratum[place]; });
  const double interval = static_cast<double>(units.size()) / static_cast<double>(wanted);
  const double start = start_of(seed);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto place = static_cast<std::size_t>((start + static_cast<double>(i)) * interval);
    chosen.push_back(order[list[std::min(place, units.size() - 1)]]);
  }
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace ocrtune
