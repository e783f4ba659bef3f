#include "samplers/neighbours.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ocrtune::bench {
namespace {

constexpr std::size_t kNearest = 8;
constexpr std::size_t kNone = ~std::size_t{0};

double squared(double value) { return value * value; }

double variance(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  const double mean = std::reduce(values.begin(), values.end()) / count;
  double sum = 0;
  for (const double value : values) sum += squared(value - mean);
  return sum / count;
}

}  // namespace

Neighbours::Neighbours(std::vector<double> coordinates, std::vector<double> values)
    : variables_(coordinates.size() / values.size()),
      coordinates_(std::move(coordinates)),
      values_(std::move(values)),
      scales_(variables_, 1) {
  double least = error();
  constexpr int kRounds = 3;
  for (int round = 0; round < kRounds; ++round) {
    for (double& scale : scales_) {
      const double before = scale;
      for (const double factor : {0.1, 0.3, 0.6, 1.7, 3.0}) {
        const double kept = std::exchange(scale, before * factor);
        const double now = error();
        if (now < least) {
          least = now;
        } else {
          scale = kept;
        }
      }
    }
  }
}

double Neighbours::at(std::span<const double> point) const { return guess(point, kNone); }

std::span<const double> Neighbours::row(std::size_t index) const {
  return std::span(coordinates_).subspan(index * variables_, variables_);
}

double Neighbours::guess(std::span<const double> point, std::size_t left_out) const {
  std::vector<std::pair<double, double>> others;  // squared distance, value
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (i == left_out) continue;
    double distance = 0;
    for (std::size_t j = 0; j < variables_; ++j)
      distance += squared(scales_[j] * (point[j] - row(i)[j]));
    others.emplace_back(distance, values_[i]);
  }
  std::ranges::nth_element(others, others.begin() + kNearest);
  // Points may all be at the same distance.
  const double reach = others[kNearest].first + 1e-12;
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < kNearest; ++i) {
    const double weight = 1 - others[i].first / reach;
    sum += weight * others[i].second;
    weights += weight;
  }
  return sum / weights;
}

/// Mean squared error of guesses for some of the points from all others.
double Neighbours::error() const {
  constexpr std::size_t kLooks = 256;
  const std::size_t stride = std::max<std::size_t>(1, values_.size() / kLooks);
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < values_.size(); i += stride) {
    sum += squared(guess(row(i), i) - values_[i]);
    ++count;
  }
  return sum / count;
}

double explained(std::span<const double> coordinates, std::span<const double> values) {
  constexpr std::size_t kFolds = 5;
  const std::size_t variables = coordinates.size() / values.size();
  double error = 0;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<double> kept;
    std::vector<double> kept_values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i % kFolds == fold) continue;
      const auto row = coordinates.subspan(i * variables, variables);
      kept.insert(kept.end(), row.begin(), row.end());
      kept_values.push_back(values[i]);
    }
    const Neighbours neighbours(std::move(kept), std::move(kept_values));
    for (std::size_t i = fold; i < values.size(); i += kFolds)
      error += squared(neighbours.at(coordinates.subspan(i * variables, variables)) - values[i]);
  }
  return 1 - error / static_cast<double>(values.size()) / variance(values);
}

}  // namespace ocrtune::bench
