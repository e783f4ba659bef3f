#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "ocrtune/search/samplers/cma_strategy.h"
#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"

namespace ocrtune {
namespace {

constexpr std::size_t kFewestStarts = 4;
constexpr std::size_t kStartsPerParameter = 2;
constexpr std::size_t kStartParents = 6;
constexpr double kStartSigma = 0.15;
constexpr double kRestartSigma = 0.25;
constexpr std::size_t kMaxDoublings = 5;
constexpr double kChoiceRate = 0.2;
constexpr double kChoiceFloor = 0.2;
constexpr int kTries = 200;

auto quality(const Outcome& outcome) {
  return std::tuple(std::max(0.0, outcome.violation), outcome.pruned, outcome.values[0]);
}

bool is_better(const Outcome& a, const Outcome& b) { return quality(a) < quality(b); }

/// The probability of each value of a switch or category.
class Choices {
 public:
  explicit Choices(std::size_t count) : shares_(count, 1 / static_cast<double>(count)) {}

  std::size_t draw(Random& random) const {
    double rest = random.uniform();
    std::size_t choice = 0;
    while (choice + 1 < shares_.size() && rest >= shares_[choice]) rest -= shares_[choice++];
    return choice;
  }

  /// `gains`: for each value, the weights of the good points that have it; their sum is at most 1.
  void learn(std::span<const double> gains) {
    const double all = std::accumulate(gains.begin(), gains.end(), 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      const double share = shares_[i] + kChoiceRate * (gains[i] - all * shares_[i]);
      shares_[i] = std::max(share, kChoiceFloor / static_cast<double>(shares_.size()));
      sum += shares_[i];
    }
    for (double& share : shares_) share /= sum;
  }

  [[nodiscard]] std::size_t size() const { return shares_.size(); }

 private:
  std::vector<double> shares_;
};

/// A drawn point: the strategy's coordinates of ordered parameters, and the values of others.
struct Draw {
  std::vector<double> ordered;
  std::vector<std::size_t> chosen;
};

struct Member {
  Draw draw;
  Outcome outcome;
  double weight = 0;
};

/// Weights by rank; equally good points get the mean of their weights.
void weigh(std::vector<Member>& generation) {
  std::ranges::stable_sort(generation, is_better, &Member::outcome);
  const std::vector<double> weights = cma_weights(generation.size());
  for (std::size_t begin = 0, end = 0; begin < generation.size(); begin = end) {
    double sum = 0;
    while (end < generation.size() &&
           !is_better(generation[begin].outcome, generation[end].outcome))
      sum += weights[end++];
    for (std::size_t i = begin; i < end; ++i)
      generation[i].weight = sum / static_cast<double>(end - begin);
  }
}

/// The values of an integer or stepped dimension as cells; empty for a real without step.
CmaCells cells_of(const Dimension& dimension) {
  const std::uint64_t count = value_count(dimension);
  if (count == 0 || dimension.low >= dimension.high) return {};
  if (!dimension.log) {
    return [count = static_cast<double>(count)](double unit) {
      const double cell = std::floor(unit * count);
      return CmaCell{cell / count, (cell + 1) / count};
    };
  }
  return [dimension](double unit) {
    const double value = value_at(dimension, unit);
    return CmaCell{unit_at(dimension, value - 0.5), unit_at(dimension, value + 0.5)};
  };
}

class CmaesSampler final : public Sampler {
 public:
  explicit CmaesSampler(SamplerOptions options)
      : seed_(options.seed), history_(std::move(options.space)) {
    for (std::size_t i = 0; i < space().size(); ++i)
      (is_nominal(space().dimensions()[i]) ? nominal_ : ordered_).push_back(i);
    for (const std::size_t i : ordered_) cells_.push_back(cells_of(space().dimensions()[i]));
    const auto ordered = static_cast<double>(std::max<std::size_t>(1, ordered_.size()));
    generation_ = 4 + static_cast<std::size_t>(1.5 * std::log(ordered));
    starts_ = std::max(kFewestStarts, kStartsPerParameter * space().size());
    start_ = sobol_points(space().size(), starts_, seed_);
  }

  std::optional<Point> ask(std::size_t number) override {
    return begin_trial(number, proposal(number));
  }

  void attach(std::size_t number, const Point& point) override { history_.begin(number, point); }

  void replay(std::size_t number, const Point& point) override {
    // Drawing changes the sampler's state, so it must be repeated.
    std::optional<Proposal> again = proposal(number);
    if (again && again->point == point) {
      (void)begin_trial(number, std::move(again));
    } else {
      attach(number, point);
    }
  }

  void tell(const Outcome& outcome) override {
    history_.tell(outcome);
    if (const auto drawn = draws_.extract(outcome.number)) {
      take(std::move(drawn.mapped()), outcome);
    } else if (worst_parent_ && is_better(outcome, *worst_parent_)) {
      Draw draw = draw_of(outcome.point);
      if (strategy_) draw.ordered = strategy_->unfolded(draw.ordered);
      take(std::move(draw), outcome);
    }
  }

 private:
  struct Proposal {
    Point point;
    std::optional<Draw> draw;  ///< if it comes from the strategy
  };

  [[nodiscard]] const Space& space() const { return history_.space(); }

  std::optional<Point> begin_trial(std::size_t number, std::optional<Proposal> proposal) {
    if (!proposal) return std::nullopt;
    history_.begin(number, proposal->point);
    if (proposal->draw) draws_.emplace(number, std::move(*proposal->draw));
    return std::move(proposal->point);
  }

  std::optional<Proposal> proposal(std::size_t number) {
    Random random = random_for(seed_, number);
    const std::size_t begun = history_.outcomes().size() + history_.in_flight().size();
    if (begun < starts_) {
      const std::span<const double> all = start_;
      return near(space().at(all.subspan(begun * space().size(), space().size())), random);
    }
    if (history_.outcomes().empty()) return near(random_point(space(), random), random);
    if (!worst_parent_) start();
    Point point;
    for (int i = 0; i < kTries; ++i) {
      if (is_stale_) restart(random);
      Draw draw = drawn(random);
      point = point_of(draw);
      if (!history_.knows(point)) return Proposal{std::move(point), std::move(draw)};
      // A known point needs no second trial.
      if (const Outcome* outcome = history_.outcome_of(point)) take(std::move(draw), *outcome);
    }
    return near(point, random);
  }

  [[nodiscard]] std::optional<Proposal> near(const Point& point, Random& random) const {
    std::optional<Point> unknown = history_.unknown(point, random);
    if (!unknown) return std::nullopt;
    return Proposal{std::move(*unknown), std::nullopt};
  }

  Draw drawn(Random& random) {
    Draw draw;
    if (strategy_) draw.ordered = strategy_->draw(random);
    for (const Choices& choices : choices_) draw.chosen.push_back(choices.draw(random));
    return draw;
  }

  [[nodiscard]] Draw draw_of(const Point& point) const {
    const std::vector<double> units = space().units_of(point);
    Draw draw;
    for (const std::size_t i : ordered_) draw.ordered.push_back(units[i]);
    for (const std::size_t i : nominal_) {
      const auto count = static_cast<double>(value_count(space().dimensions()[i]));
      draw.chosen.push_back(static_cast<std::size_t>(units[i] * count));
    }
    return draw;
  }

  [[nodiscard]] Point point_of(const Draw& draw) const {
    std::vector<double> units(space().size());
    for (std::size_t i = 0; i < ordered_.size(); ++i) units[ordered_[i]] = folded(draw.ordered[i]);
    for (std::size_t i = 0; i < nominal_.size(); ++i) {
      units[nominal_[i]] =
          (static_cast<double>(draw.chosen[i]) + 0.5) / static_cast<double>(choices_[i].size());
    }
    return space().at(units);
  }

  [[nodiscard]] bool has(const Point& point, std::size_t dimension) const {
    return point.find(space().dimensions()[dimension].name).has_value();
  }

  [[nodiscard]] std::vector<bool> active_ordered(const Point& point) const {
    std::vector<bool> active;
    for (const std::size_t i : ordered_) active.push_back(has(point, i));
    return active;
  }

  /// The weighted mean of the best points so far.
  void start() {
    std::vector<Outcome> best = history_.outcomes();
    std::ranges::stable_sort(best, is_better);
    best.resize(std::min(best.size(), kStartParents));
    std::vector<double> mean(ordered_.size(), 0);
    // The better half of twice as many has positive weights.
    const std::vector<double> weights = cma_weights(2 * best.size());
    double sum = 0;
    for (std::size_t k = 0; k < best.size(); ++k) {
      const std::vector<double> units = draw_of(best[k].point).ordered;
      for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += weights[k] * units[i];
      sum += weights[k];
    }
    for (double& unit : mean) unit /= sum;
    set_up(mean, kStartSigma);
    worst_parent_ = best.back();
  }

  /// Restarts at a random place with larger generations, which search more globally.
  void restart(Random& random) {
    if (doublings_ < kMaxDoublings) {
      ++doublings_;
      generation_ *= 2;
    }
    std::vector<double> mean(ordered_.size());
    for (double& unit : mean) unit = random.uniform();
    set_up(mean, kRestartSigma);
  }

  void set_up(std::span<const double> mean, double sigma) {
    if (!mean.empty()) strategy_.emplace(mean, sigma, cells_, generation_);
    choices_.clear();
    for (const std::size_t i : nominal_)
      choices_.emplace_back(static_cast<std::size_t>(value_count(space().dimensions()[i])));
    pool_.clear();
    bests_.clear();
    is_stale_ = false;
  }

  void take(Draw draw, const Outcome& outcome) {
    pool_.push_back({std::move(draw), outcome});
    if (pool_.size() < generation_) return;
    weigh(pool_);
    if (strategy_) {
      std::vector<CmaPoint> points;
      for (const Member& one : pool_)
        points.push_back({one.draw.ordered, active_ordered(one.outcome.point), one.weight});
      strategy_->update(points);
    }
    learn_choices();
    worst_parent_ = pool_[pool_.size() / 2 - 1].outcome;
    bests_.push_back(pool_[0].outcome.values[0]);
    is_stale_ = is_stale(pool_[0].outcome.point);
    pool_.clear();
  }

  void learn_choices() {
    double sum = 0;
    for (const Member& one : pool_) sum += std::max(0.0, one.weight);
    // All are equally good.
    if (sum <= 0) return;
    for (std::size_t i = 0; i < nominal_.size(); ++i) {
      std::vector<double> gains(choices_[i].size(), 0);
      for (const Member& one : pool_) {
        if (one.weight > 0 && has(one.outcome.point, nominal_[i]))
          gains[one.draw.chosen[i]] += one.weight / sum;
      }
      choices_[i].learn(gains);
    }
  }

  [[nodiscard]] bool is_stale(const Point& best) const {
    if (strategy_ && strategy_->has_converged(active_ordered(best))) return true;
    const std::size_t window = 10 + 30 * space().size() / generation_;
    if (bests_.size() < window) return false;
    const auto last = std::ranges::minmax(std::span(bests_).last(window));
    return last.max - last.min <= 1e-12 * std::abs(last.max);
  }

  std::uint64_t seed_;
  History history_;
  std::vector<std::size_t> ordered_;  // dimensions of the strategy
  std::vector<std::size_t> nominal_;  // those of choices_
  std::vector<CmaCells> cells_;
  std::size_t generation_ = 0;
  std::size_t doublings_ = 0;
  std::size_t starts_ = 0;
  std::vector<double> start_;
  std::optional<CmaStrategy> strategy_;
  std::vector<Choices> choices_;
  std::map<std::size_t, Draw> draws_;    // in flight, by number
  std::vector<Member> pool_;             // of the current generation
  std::vector<double> bests_;            // of each generation since the start
  std::optional<Outcome> worst_parent_;  // of the last generation; none before the start
  bool is_stale_ = false;
};

}  // namespace

SamplerKind cmaes_sampler() {
  return {.name = "cmaes",
          .summary =
              "Covariance matrix adaptation evolution strategy: adapts a normal distribution "
              "towards better points.",
          .good_for = "interacting real and integer parameters; up to about four trials in flight",
          .cost = "100 or more trials; negligible time per proposal",
          .cites = {"hansen2016", "hamano2022", "auger2005", "hansen2011", "wang2014"},
          .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
            return std::make_unique<CmaesSampler>(std::move(options));
          }};
}

}  // namespace ocrtune
