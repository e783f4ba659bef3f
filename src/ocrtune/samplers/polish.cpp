#include <algorithm>
#include <set>
#include <utility>

#include "ocrtune/samplers/history.h"
#include "ocrtune/samplers/registry.h"

namespace ocrtune {
namespace {

/// Trials after which the best one is worth the first step.
constexpr std::size_t kFirst = 24;

/// Every so many trials one is a step.
constexpr std::size_t kTurn = 3;

// Of a parameter's range.
constexpr double kWidest = 0.25;
constexpr double kBegin = 0.12;
constexpr double kNarrowest = 0.004;

// One success in five keeps the width (Beyer & Schwefel 2002).
constexpr double kWiden = 1.5;
constexpr double kNarrow = 0.9036;

class PolishSampler final : public Sampler {
 public:
  explicit PolishSampler(SamplerOptions options)
      : seed_(mix64(options.seed)),
        history_(options.space),
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

  void note(std::size_t number, const Point& point) override {
    history_.begin(number, point);
    inner_->note(number, point);
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
    if (steps_.erase(outcome.number) > 0)
      width_ = std::clamp(width_ * (better ? kWiden : kNarrow), kNarrowest, kWidest);
    if (better) best_ = outcome;
  }

 private:
  [[nodiscard]] bool is_step(std::size_t number) const {
    return number > kFirst && number % kTurn == 0 && best_.has_value();
  }

  void take_step(std::size_t number, const Point& point) {
    steps_.insert(number);
    note(number, point);
  }

  /// The best point with one or two of its ordered parameters moved.
  [[nodiscard]] Point step(Random& random) const {
    const Space& space = history_.space();
    std::vector<std::size_t> ordered;
    for (std::size_t i = 0; i < space.size(); ++i) {
      const Dimension& dimension = space.dimensions()[i];
      const bool movable = !is_nominal(dimension) && value_count(dimension) != 1;
      if (movable && space.is_active(i, best_->point)) ordered.push_back(i);
    }
    std::vector<double> units = space.units_of(best_->point);
    if (ordered.empty()) return best_->point;
    const int moves = random.integer(1, 2);
    for (int i = 0; i < moves; ++i) {
      const auto last = static_cast<int>(ordered.size()) - 1;
      const std::size_t which = ordered[static_cast<std::size_t>(random.integer(0, last))];
      const auto count = static_cast<double>(value_count(space.dimensions()[which]));
      // At least to the next value, where there are few.
      const double reach = std::max(width_, count > 0 ? 1 / count : 0);
      const double moved = units[which] + random.normal(0, reach);
      units[which] = std::clamp(moved, 0.0, 1 - 0x1p-53);
    }
    return space.at(units);
  }

  std::uint64_t seed_;
  History history_;
  std::unique_ptr<Sampler> inner_;
  std::optional<Outcome> best_;
  std::set<std::size_t> steps_;  // in flight
  double width_ = kBegin;
};

}  // namespace

SamplerKind polish_sampler() {
  return {.name = "polish",
          .summary = "Takes turns: two points of tpe, then a small step from the best one.",
          .good_for = "tuning pipelines; what `ocrtune tune` takes",
          .cost = "50 trials and more; about a millisecond of its own for a proposal",
          .cites = {"bergstra2011", "beyer2002"},
          .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
            return std::make_unique<PolishSampler>(std::move(options));
          }};
}

}  // namespace ocrtune
