#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/registry.h"

namespace ocrtune {
namespace {

/// Number of trials before the first step from the best point.
constexpr std::size_t kFirst = 24;

/// One of so many trials is a step.
constexpr std::size_t kTurn = 3;

// Of a parameter's range.
constexpr double kWidest = 0.25;
constexpr double kBegin = 0.12;
constexpr double kNarrowest = 0.004;

// The 1/5 success rule keeps the width (Beyer & Schwefel 2002).
constexpr double kWiden = 1.5;
constexpr double kNarrow = 0.9036;

/// A step in flight.
struct Step {
  std::vector<std::size_t> moved;  // dimensions
  double from = 0;                 // value of the point that it started from
};

/// How often a dimension was moved, and how often that changed the result.
struct Effect {
  double moves = 0;
  double changes = 0;

  [[nodiscard]] double weight() const { return (1 + changes) / (2 + moves); }
};

class PolishSampler final : public Sampler {
 public:
  explicit PolishSampler(SamplerOptions options)
      : seed_(mix64(options.seed)),
        history_(options.space),
        effects_(options.space.size()),
        inner_(make_sampler("tpe", std::move(options))) {}

  std::optional<Point> ask(std::size_t number) override {
    if (!is_step(number)) {
      std::optional<Point> point = inner_->ask(number);
      if (point) history_.begin(number, *point);
      return point;
    }
    Random random = random_for(seed_, number);
    std::optional<Point> point = history_.unknown(step(random), random);
    if (point) take_step(number, *point);
    return point;
  }

  void attach(std::size_t number, const Point& point) override {
    history_.begin(number, point);
    inner_->attach(number, point);
  }

  void replay(std::size_t number, const Point& point) override {
    if (is_step(number)) {
      take_step(number, point);
    } else {
      history_.begin(number, point);
      inner_->replay(number, point);
    }
  }

  void tell(const Outcome& outcome) override {
    history_.tell(outcome);
    inner_->tell(outcome);
    const bool better = !outcome.pruned && outcome.violation <= 0 &&
                        (!best_ || outcome.values.front() < best_->values.front());
    if (const auto step = steps_.find(outcome.number); step != steps_.end()) {
      learn(step->second, outcome, better);
      steps_.erase(step);
    }
    if (better) best_ = outcome;
  }

 private:
  [[nodiscard]] bool is_step(std::size_t number) const {
    return number > kFirst && number % kTurn == 0 && best_.has_value();
  }

  void take_step(std::size_t number, const Point& point) {
    Step step{.moved = {}, .from = best_->values.front()};
    for (std::size_t i = 0; i < effects_.size(); ++i) {
      const std::string& name = history_.space().dimensions()[i].name;
      if (point.find(name) != best_->point.find(name)) step.moved.push_back(i);
    }
    steps_.emplace(number, std::move(step));
    attach(number, point);
  }

  /// Parameters without effect are moved less and less often.
  void learn(const Step& step, const Outcome& outcome, bool better) {
    const bool changed = outcome.pruned || outcome.values.front() != step.from;
    // If two parameters moved together, the effect cannot be attributed.
    if (step.moved.size() == 1) {
      ++effects_[step.moved[0]].moves;
      if (changed) ++effects_[step.moved[0]].changes;
    }
    if (changed) width_ = std::clamp(width_ * (better ? kWiden : kNarrow), kNarrowest, kWidest);
  }

  /// A dimension drawn with a probability according to its effect.
  [[nodiscard]] std::size_t drawn(const std::vector<std::size_t>& dimensions,
                                  Random& random) const {
    double sum = 0;
    for (const std::size_t i : dimensions) sum += effects_[i].weight();
    double left = random.uniform(0, sum);
    for (const std::size_t i : dimensions) {
      left -= effects_[i].weight();
      if (left < 0) return i;
    }
    return dimensions.back();
  }

  /// The best point with one or two of its ordered parameters moved.
  [[nodiscard]] Point step(Random& random) const {
    const Space& space = history_.space();
    const std::vector<std::size_t> dimensions = space.movable(best_->point);
    if (dimensions.empty()) return best_->point;
    std::vector<double> units = space.units_of(best_->point);
    const int moves = random.integer(1, 2);
    for (int i = 0; i < moves; ++i) {
      const std::size_t which = drawn(dimensions, random);
      const auto count = static_cast<double>(value_count(space.dimensions()[which]));
      // At least to the next value, if there are few values.
      const double reach = std::max(width_, count > 0 ? 1 / count : 0);
      units[which] = std::clamp(units[which] + random.normal(0, reach), 0.0, kLastUnit);
    }
    return space.at(units);
  }

  std::uint64_t seed_;
  History history_;
  std::vector<Effect> effects_;  // by dimension
  std::unique_ptr<Sampler> inner_;
  std::optional<Outcome> best_;
  std::map<std::size_t, Step> steps_;  // in flight, by number
  double width_ = kBegin;
};

}  // namespace

SamplerKind polish_sampler() {
  return {.name = "polish",
          .summary = "Alternates two points of tpe and a small step from the best point.",
          .good_for = "tuning pipelines; the default of `ocrtune tune`",
          .cost = "50 or more trials; about a millisecond per proposal",
          .cites = {"bergstra2011", "beyer2002"},
          .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
            return std::make_unique<PolishSampler>(std::move(options));
          }};
}

}  // namespace ocrtune
