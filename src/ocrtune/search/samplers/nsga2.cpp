#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "ocrtune/metrics/pareto.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"
#include "ocrtune/search/samplers/stateless_sampler.h"

namespace ocrtune {
namespace {

constexpr std::size_t kPopulation = 50;
constexpr double kCrossoverIndex = 2;
constexpr double kMutationIndex = 20;
constexpr double kMinMutation = 0.05;
constexpr int kTries = 10;

struct Individual {
  Outcome outcome;
  std::size_t rank = 0;
  double crowding = 0;
};

/// Sorts by rank: by constraint violation, then complete trials before pruned ones, then by
/// domination.
void sort_by_rank(std::vector<Individual>& all) {
  const auto class_of = [](const Individual& one) {
    return std::pair(std::max(0.0, one.outcome.violation), one.outcome.pruned);
  };
  std::ranges::stable_sort(all, {}, class_of);
  std::size_t rank = 0;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    std::vector<ObjectiveVector> values;
    for (; end < all.size() && class_of(all[end]) == class_of(all[begin]); ++end)
      values.push_back(all[end].outcome.values);
    const std::vector<std::size_t> ranks = nondomination_ranks(values);
    for (std::size_t i = 0; i < ranks.size(); ++i) all[begin + i].rank = rank + ranks[i];
    rank += std::ranges::max(ranks) + 1;
  }
  std::ranges::stable_sort(all, {}, &Individual::rank);
}

void measure_crowding(std::span<Individual> front) {
  std::vector<ObjectiveVector> values;
  for (const Individual& one : front) values.push_back(one.outcome.values);
  const std::vector<double> distances = crowding_distances(values);
  for (std::size_t i = 0; i < front.size(); ++i) front[i].crowding = distances[i];
}

/// Selects the best: whole fronts, and from the last one those that remain after removing the most
/// crowded one by one.
void select(std::vector<Individual>& all, std::size_t count) {
  sort_by_rank(all);
  for (std::size_t begin = 0; begin < std::min(count, all.size());) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(begin);
    auto last = std::ranges::upper_bound(first, all.end(), first->rank, {}, &Individual::rank);
    measure_crowding({first, last});
    while (static_cast<std::size_t>(last - all.begin()) > count) {
      const auto crowded = std::ranges::min_element(first, last, {}, &Individual::crowding);
      std::rotate(crowded, crowded + 1, last);
      --last;
      measure_crowding({first, last});
    }
    begin = static_cast<std::size_t>(last - all.begin());
  }
  all.resize(std::min(count, all.size()));
}

/// One of the two children in [0, 1] of the simulated binary crossover of a < b (Deb & Agrawal
/// 1995).
double blended(double a, double b, Random& random) {
  const bool upper = random.chance(0.5);
  const double room = upper ? 1 - b : a;
  const double alpha = 2 - std::pow(1 + 2 * room / (b - a), -(kCrossoverIndex + 1));
  const double draw = random.uniform() * alpha;
  const double base = draw <= 1 ? draw : 1 / (2 - draw);
  const double spread = std::pow(base, 1 / (kCrossoverIndex + 1)) * (b - a);
  return ((a + b) + (upper ? spread : -spread)) / 2;
}

/// Polynomial mutation within [0, 1].
double mutated(double unit, Random& random) {
  const double power = kMutationIndex + 1;
  const double draw = random.uniform();
  if (draw < 0.5) {
    const double base = 2 * draw + (1 - 2 * draw) * std::pow(1 - unit, power);
    return unit + std::pow(base, 1 / power) - 1;
  }
  const double base = 2 * (1 - draw) + (2 * draw - 1) * std::pow(unit, power);
  return unit + 1 - std::pow(base, 1 / power);
}

double crossed(const Dimension& dimension, double of_mother, double of_father, Random& random) {
  const auto [low, high] = std::minmax(of_mother, of_father);
  // For almost equal parents, the division by their distance would overflow.
  const bool blends = !is_nominal(dimension) && high - low > 1e-14 && random.chance(0.5);
  if (blends) return blended(low, high, random);
  return random.chance(0.5) ? of_mother : of_father;
}

class Nsga2Sampler final : public StatelessSampler {
 public:
  explicit Nsga2Sampler(SamplerOptions options)
      : StatelessSampler(std::move(options)),
        start_(sobol_points(space().size(), kPopulation, seed())) {}

  void tell(const Outcome& outcome) override {
    StatelessSampler::tell(outcome);
    told_.push_back({.outcome = outcome});
    if (told_.size() < kPopulation) return;
    parents_.insert(parents_.end(), std::make_move_iterator(told_.begin()),
                    std::make_move_iterator(told_.end()));
    told_.clear();
    select(parents_, kPopulation);
  }

 private:
  std::optional<Point> propose(std::size_t /*number*/, Random& random) override {
    const std::size_t begun = history().outcomes().size() + history().in_flight().size();
    if (begun < kPopulation) {
      const std::span<const double> all = start_;
      return space().at(all.subspan(begun * space().size(), space().size()));
    }
    std::vector<Individual> first = told_;
    if (parents_.empty()) select(first, kPopulation);
    const std::vector<Individual>& parents = parents_.empty() ? first : parents_;
    if (parents.empty()) return random_point(space(), random);
    Point point;
    for (int i = 0; i < kTries; ++i) {
      point = child(parents, random);
      if (!history().knows(point)) break;
    }
    return point;
  }

  static const Individual& winner(const std::vector<Individual>& parents, Random& random) {
    const int last = static_cast<int>(parents.size()) - 1;
    const Individual& a = parents[static_cast<std::size_t>(random.integer(0, last))];
    const Individual& b = parents[static_cast<std::size_t>(random.integer(0, last))];
    if (a.rank != b.rank) return a.rank < b.rank ? a : b;
    return a.crowding >= b.crowding ? a : b;
  }

  [[nodiscard]] Point child(const std::vector<Individual>& parents, Random& random) const {
    const Point& mother = winner(parents, random).outcome.point;
    const Point& father = winner(parents, random).outcome.point;
    const std::vector<double> of_mother = space().units_of(mother);
    const std::vector<double> of_father = space().units_of(father);
    const double mutation = std::max(kMinMutation, 1 / static_cast<double>(space().size()));
    std::vector<double> units(space().size());
    for (std::size_t i = 0; i < units.size(); ++i) {
      const Dimension& dimension = space().dimensions()[i];
      const bool in_mother = mother.find(dimension.name).has_value();
      const bool in_father = father.find(dimension.name).has_value();
      if (in_mother && in_father) {
        units[i] = crossed(dimension, of_mother[i], of_father[i], random);
      } else if (in_mother || in_father) {
        units[i] = in_mother ? of_mother[i] : of_father[i];
      } else {
        units[i] = random.uniform();
      }
      if (random.chance(mutation))
        units[i] = is_nominal(dimension) ? random.uniform() : mutated(units[i], random);
      units[i] = std::clamp(units[i], 0.0, kLastUnit);
    }
    return space().at(units);
  }

  std::vector<double> start_;
  std::vector<Individual> parents_;  // best first
  std::vector<Individual> told_;     // since the last selection
};

}  // namespace

SamplerKind nsga2_sampler() {
  return {
      .name = "nsga2",
      .summary =
          "Genetic algorithm for several objectives: crossover, mutation, nondominated sorting.",
      .good_for =
          "several objectives: covers the whole Pareto front; up to sixteen trials in flight",
      .cost = "300 or more trials; negligible time per proposal",
      .cites = {"deb2002", "deb1995"},
      .several_objectives = true,
      .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
        return std::make_unique<Nsga2Sampler>(std::move(options));
      }};
}

}  // namespace ocrtune
