#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "ocrtune/search/samplers/gaussian_process.h"
#include "ocrtune/search/samplers/merit.h"
#include "ocrtune/search/samplers/output_transform.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"
#include "ocrtune/search/samplers/stateless_sampler.h"

namespace ocrtune {
namespace {

constexpr std::size_t kFewestFirstPoints = 5;
constexpr std::size_t kMaxStarts = 20;
constexpr std::size_t kMaxOutcomes = 300;
// For a value estimated from a trial's first pages; the variance of the values is 1.
constexpr double kPrunedNoise = 0.1;
constexpr std::size_t kSpread = 512;
constexpr std::size_t kBestPoints = 5;
constexpr std::size_t kNearEach = 40;
constexpr std::size_t kRefined = 4;
constexpr int kRounds = 6;

struct Candidate {
  std::vector<double> units;
  double score = -HUGE_VAL;  // logarithm of the expected improvement
};

bool scores_higher(const Candidate& a, const Candidate& b) { return a.score > b.score; }

class GpSampler final : public StatelessSampler {
 public:
  using StatelessSampler::StatelessSampler;

  void tell(const Outcome& outcome) override {
    StatelessSampler::tell(outcome);
    merit_.tell(outcome);
  }

 private:
  std::optional<Point> propose(std::size_t number, Random& random) override {
    const std::size_t starts = std::clamp(space().size() + 1, kFewestFirstPoints, kMaxStarts);
    const std::size_t told = history().outcomes().size();
    const bool early =
        told < kFewestFirstPoints - 2 || told + history().in_flight().size() < starts;
    return space().at(early ? sobol_point(space().size(), number - 1, seed())
                            : proposal(number, random));
  }

  /// The first `count` outcomes; of many, the best and the latest.
  [[nodiscard]] GpData data_of(std::size_t count) const {
    std::vector<const Outcome*> chosen;
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(&history().outcomes()[i]);
    if (count > kMaxOutcomes) {
      std::stable_sort(
          chosen.begin(), chosen.end() - kMaxOutcomes / 2,
          [&](const Outcome* a, const Outcome* b) { return merit_.of(*a) < merit_.of(*b); });
      chosen.erase(chosen.begin() + kMaxOutcomes / 2, chosen.end() - kMaxOutcomes / 2);
    }
    GpData data;
    for (const Dimension& dimension : space().dimensions())
      data.nominal.push_back(is_nominal(dimension));
    for (const Outcome* outcome : chosen) {
      const std::vector<double> units = space().units_of(outcome->point);
      data.inputs.insert(data.inputs.end(), units.begin(), units.end());
      data.values.push_back(merit_.of(*outcome));
      data.noise.push_back(outcome->pruned ? kPrunedNoise : 0);
    }
    data.values = normalised(std::move(data.values));
    return data;
  }

  /// Fitted to the first outcomes, less often the more there are. Depends on these alone, not on
  /// the time of the call.
  const GpKernel& kernel() {
    const std::size_t told = history().outcomes().size();
    const std::size_t count = told - told % (1 + told / 30);
    if (count != fitted_) kernel_ = fit_kernel(data_of(count));
    fitted_ = count;
    return kernel_;
  }

  /// A process that assumes the expected values for points in flight, so that another place becomes
  /// better.
  GaussianProcess kriging_believer() {
    GpData data = data_of(history().outcomes().size());
    std::vector<double> waiting;
    for (const auto& [number, point] : history().in_flight()) {
      const std::vector<double> units = space().units_of(point);
      waiting.insert(waiting.end(), units.begin(), units.end());
    }
    GaussianProcess process(data, kernel());
    if (waiting.empty()) return process;
    for (const GpPosterior& posterior : process.at(waiting)) {
      data.values.push_back(posterior.mean);
      data.noise.push_back(0);
    }
    data.inputs.insert(data.inputs.end(), waiting.begin(), waiting.end());
    return {std::move(data), kernel_};
  }

  std::vector<double> proposal(std::size_t number, Random& random) {
    const GaussianProcess process = kriging_believer();
    const std::vector<GpPosterior> told = process.at(process.data().inputs);
    const double best = std::ranges::min_element(told, {}, &GpPosterior::mean)->mean;
    std::vector<Candidate> candidates = spread(number);
    around_best(process.data(), told, random, candidates);
    score(process, best, candidates);
    std::ranges::stable_sort(candidates, scores_higher);
    candidates.resize(std::min(candidates.size(), kRefined));
    for (Candidate& candidate : candidates) refine(process, best, random, candidate);
    return std::ranges::min_element(candidates, scores_higher)->units;
  }

  std::vector<Candidate> spread(std::size_t number) {
    const std::size_t size = space().size();
    const std::vector<double> points = sobol_points(size, kSpread, mix64(seed() + number));
    std::vector<Candidate> candidates;
    for (auto row = points.begin(); row != points.end(); row += static_cast<std::ptrdiff_t>(size))
      candidates.push_back({.units = {row, row + static_cast<std::ptrdiff_t>(size)}});
    return candidates;
  }

  void around_best(const GpData& data, const std::vector<GpPosterior>& told, Random& random,
                   std::vector<Candidate>& candidates) const {
    std::vector<std::size_t> rows(told.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return told[row].mean; });
    rows.resize(std::min(rows.size(), kBestPoints));
    for (const std::size_t row : rows) {
      const auto first = data.inputs.begin() + static_cast<std::ptrdiff_t>(row * data.columns());
      const std::vector<double> units(first, first + static_cast<std::ptrdiff_t>(data.columns()));
      for (std::size_t i = 0; i < kNearEach; ++i)
        candidates.push_back({.units = moved(units, random)});
    }
  }

  /// Moves some coordinates by a hundredth to a quarter of the range.
  [[nodiscard]] std::vector<double> moved(std::vector<double> units, Random& random) const {
    const double deviation = 0.25 * std::pow(0.04, random.uniform());
    const double share = std::max(1.5 / static_cast<double>(units.size()), random.uniform());
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (!random.chance(share)) continue;
      const Dimension& dimension = space().dimensions()[i];
      if (is_nominal(dimension)) {
        units[i] = random.uniform();
      } else {
        units[i] = stepped(dimension, units[i], random.normal(0, deviation));
      }
    }
    return units;
  }

  /// A coordinate moved by `change`, at least to the next value.
  [[nodiscard]] static double stepped(const Dimension& dimension, double unit, double change) {
    const double to = std::clamp(unit + change, 0.0, kLastUnit);
    const double step = step_of(dimension);
    if (step == 0) return to;
    const double here = value_at(dimension, unit);
    const double there = value_at(dimension, to);
    const double next = here + std::copysign(step, change);
    return unit_at(dimension, there == here ? nearest_value(dimension, next) : there);
  }

  /// Hill climbing, one coordinate at a time.
  void refine(const GaussianProcess& process, double best, Random& random,
              Candidate& candidate) const {
    double change = 0.1;
    for (int round = 0; round < kRounds; ++round) {
      std::vector<Candidate> near;
      for (std::size_t i = 0; i < candidate.units.size(); ++i) {
        const Dimension& dimension = space().dimensions()[i];
        for (const double by : {change, -change}) {
          near.push_back({.units = candidate.units});
          near.back().units[i] =
              is_nominal(dimension) ? random.uniform() : stepped(dimension, candidate.units[i], by);
        }
      }
      score(process, best, near);
      const auto top = std::ranges::min_element(near, scores_higher);
      if (scores_higher(*top, candidate)) {
        candidate = *top;
      } else {
        change /= 3;
      }
    }
  }

  /// Moves candidates to points of the space and scores those that are not known yet.
  void score(const GaussianProcess& process, double best,
             std::vector<Candidate>& candidates) const {
    std::vector<double> places;
    std::vector<Candidate*> scored;
    for (Candidate& candidate : candidates) {
      const Point point = space().at(candidate.units);
      candidate.units = space().units_of(point);
      if (history().knows(point)) continue;
      places.insert(places.end(), candidate.units.begin(), candidate.units.end());
      scored.push_back(&candidate);
    }
    if (scored.empty()) return;
    const std::vector<GpPosterior> posteriors = process.at(places);
    for (std::size_t i = 0; i < scored.size(); ++i)
      scored[i]->score = log_expected_improvement(posteriors[i], best);
  }

  Merit merit_;
  GpKernel kernel_;
  std::size_t fitted_ = 0;  // number of outcomes that kernel_ is fitted to
};

}  // namespace

SamplerKind gp_sampler() {
  return {.name = "gp",
          .summary =
              "Bayesian optimization: models the objective by a Gaussian process and maximizes the "
              "expected improvement.",
          .good_for =
              "few expensive trials (20 to 150), also several in flight; up to about 15 free "
              "parameters; smooth objectives; the default of `ocrtune optimize`",
          .cost =
              "20 to 150 trials; time per proposal: about 2 ms at 50 trials, 10 to 35 ms at 100, "
              "sometimes half a second at 300",
          .cites = {"jones1998", "rasmussen2006", "ament2023", "yeo2000"},
          .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
            return std::make_unique<GpSampler>(std::move(options));
          }};
}

}  // namespace ocrtune
