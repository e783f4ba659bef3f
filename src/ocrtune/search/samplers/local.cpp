#include "ocrtune/search/samplers/local.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/inverted_optimizer.h"
#include "ocrtune/search/samplers/merit.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMostCalls = 500;
// Maximum number of searches that end without a new point before a trial takes another point.
constexpr int kMostRestarts = 5;

/// One search with at most one trial in flight.
struct Lane {
  std::optional<InvertedOptimizer> search;
  std::vector<double> start;       // unit coordinates of all dimensions
  std::vector<std::size_t> moved;  // the dimensions that the search moves
  std::size_t awaited = 0;         // number of the trial whose value it needs; 0: none
};

/// Scrambled Sobol points one after the other.
class Starts {
 public:
  Starts(std::size_t dimensions, std::uint64_t seed) : dimensions_(dimensions), seed_(seed) {}

  std::vector<double> next() {
    if (next_ * dimensions_ == units_.size())
      units_ = sobol_points(dimensions_, std::max<std::size_t>(8, 2 * next_), seed_);
    const auto first = units_.begin() + static_cast<std::ptrdiff_t>(next_++ * dimensions_);
    return {first, first + static_cast<std::ptrdiff_t>(dimensions_)};
  }

 private:
  std::size_t dimensions_;
  std::uint64_t seed_;
  std::vector<double> units_;
  std::size_t next_ = 0;
};

class LocalSampler final : public Sampler {
 public:
  LocalSampler(LocalMethod method, SamplerOptions options)
      : method_(method),
        seed_(options.seed),
        history_(std::move(options.space)),
        starts_(history_.space().size(), options.seed),
        lanes_(std::max<std::size_t>(1, options.in_flight)) {}

  std::optional<Point> ask(std::size_t number) override {
    const std::optional<Choice> choice = choose(number);
    if (!choice) return std::nullopt;
    begin(number, *choice);
    return choice->point;
  }

  void note(std::size_t number, const Point& point) override {
    history_.begin(number, point);
    noted_.insert(number);
  }

  void replay(std::size_t number, const Point& point) override {
    const std::optional<Choice> choice = choose(number);
    if (choice && choice->point == point) {
      begin(number, *choice);
    } else {
      note(number, point);
    }
  }

  void tell(const Outcome& outcome) override {
    history_.tell(outcome);
    merit_.tell(outcome);
    if (outcome.number == 0 || noted_.erase(outcome.number) > 0) others_told_ = true;
    if (outcome.number == 0) return;
    Lane& lane = lane_of(outcome.number);
    if (lane.awaited != outcome.number) return;
    lane.awaited = 0;
    lane.search->tell(merit_.of(outcome));
  }

 private:
  struct Choice {
    Point point;
    bool searched = false;  // requested by the lane's search
  };

  Lane& lane_of(std::size_t number) { return lanes_[(number - 1) % lanes_.size()]; }

  void begin(std::size_t number, const Choice& choice) {
    history_.begin(number, choice.point);
    if (choice.searched) lane_of(number).awaited = number;
  }

  std::optional<Choice> choose(std::size_t number) {
    Random random = random_for(seed_, number);
    Lane& lane = lane_of(number);
    std::optional<Point> wished;
    for (int i = 0; i <= kMostRestarts && !wished; ++i) {
      if (!lane.search) begin_search(lane);
      const auto place = lane.search->ask(
          [&](std::span<const double> known) { return known_value(point_at(lane, known)); });
      if (place) {
        wished = point_at(lane, *place);
      } else {
        lane.search.reset();
      }
    }
    // If no point is new, or another lane waits for the same one, the trial takes a point nearby.
    const std::optional<Point> point =
        history_.unknown(wished.value_or(history_.space().at(lane.start)), random);
    if (!point) return std::nullopt;
    return Choice{.point = *point, .searched = point == wished && lane.awaited == 0};
  }

  std::optional<double> known_value(const Point& point) const {
    const Outcome* outcome = history_.outcome_of(point);
    return outcome == nullptr ? std::nullopt : std::optional(merit_.of(*outcome));
  }

  void begin_search(Lane& lane) {
    const Space& space = history_.space();
    const Point point = next_start();
    lane.start = space.units_of(point);
    lane.moved = space.movable(point);
    LocalStart start;
    for (const std::size_t i : lane.moved) {
      start.dimensions.push_back(space.dimensions()[i]);
      start.units.push_back(lane.start[i]);
    }
    lane.search.emplace([method = method_, start = std::move(start)](
                            const Score& objective) { minimize_locally(method, start, objective); },
                        kMostCalls);
  }

  Point next_start() {
    const std::optional<Point> best =
        others_told_ && !began_at_best_ ? best_told() : std::optional<Point>();
    if (!best) return history_.space().at(starts_.next());
    began_at_best_ = true;
    return *best;
  }

  std::optional<Point> best_told() const {
    const Outcome* best = nullptr;
    for (const Outcome& outcome : history_.outcomes()) {
      if (outcome.pruned || !history_.space().contains(outcome.point)) continue;
      if (best == nullptr || merit_.of(outcome) < merit_.of(*best)) best = &outcome;
    }
    return best == nullptr ? std::nullopt : std::optional(best->point);
  }

  Point point_at(const Lane& lane, std::span<const double> place) const {
    std::vector<double> units = lane.start;
    for (std::size_t i = 0; i < place.size(); ++i) {
      // NaN, from a numerical breakdown of a method, becomes the start's value.
      if (std::isfinite(place[i])) units[lane.moved[i]] = std::clamp(place[i], 0.0, kLastUnit);
    }
    return history_.space().at(units);
  }

  LocalMethod method_;
  std::uint64_t seed_;
  History history_;
  Merit merit_;
  Starts starts_;
  std::vector<Lane> lanes_;
  std::set<std::size_t> noted_;  // in flight and not chosen by this sampler
  bool others_told_ = false;
  bool began_at_best_ = false;
};

template <LocalMethod method>
std::unique_ptr<Sampler> make_local(SamplerOptions options) {
  return local_sampler(method, std::move(options));
}

constexpr const char* kSimpleCost =
    "10 to 20 trials per free parameter and start; under a millisecond per proposal";
constexpr const char* kGradientCost =
    "as many trials as free parameters plus one per step, 5 to 20 steps per start; under a "
    "millisecond per proposal";

}  // namespace

std::unique_ptr<Sampler> local_sampler(LocalMethod method, SamplerOptions options) {
  return std::make_unique<LocalSampler>(method, std::move(options));
}

std::vector<SamplerKind> local_samplers() {
  return {
      {.name = "nelder-mead",
       .summary = "Nelder-Mead simplex method with several starts.",
       .good_for = "refining a good point; the local method to try first, being the most robust to "
                   "noise and steps of the objective; up to 6 free parameters",
       .cost = kSimpleCost,
       .cites = {"nelder1965", "box1965", "nlopt2007"},
       .make = make_local<LocalMethod::nelder_mead>},
      {.name = "powell",
       .summary = "BOBYQA: minimizes quadratic models in a trust region, with several starts.",
       .good_for = "objectives that are smooth over a tenth of the range, where it needs the "
                   "fewest trials of the local methods",
       .cost = kSimpleCost,
       .cites = {"powell2009", "nlopt2007"},
       .make = make_local<LocalMethod::powell>},
      {.name = "cg",
       .summary = "Conjugate gradients by finite differences, with several starts.",
       .good_for = "comparison with other work; smooth objectives with real parameters",
       .cost = kGradientCost,
       .cites = {"polak1969", "armijo1966"},
       .make = make_local<LocalMethod::cg>},
      {.name = "bfgs",
       .summary =
           "BFGS quasi-Newton method with gradients by finite differences and several starts.",
       .good_for = "comparison with other work; smooth objectives with real parameters",
       .cost = kGradientCost,
       .cites = {"vlcek2006", "nlopt2007"},
       .make = make_local<LocalMethod::bfgs>},
      {.name = "lbfgs",
       .summary = "Limited-memory BFGS.",
       .good_for =
           "comparison with other work; smooth objectives with too many real parameters for bfgs",
       .cost = kGradientCost,
       .cites = {"nocedal1980", "liu1989", "nlopt2007"},
       .make = make_local<LocalMethod::lbfgs>},
      {.name = "tnc",
       .summary =
           "Truncated Newton method with gradients by finite differences and several starts.",
       .good_for = "comparison with other work; the other gradient methods need fewer trials",
       .cost = "at least twice as many trials per free parameter and step as bfgs; under a "
               "millisecond per proposal",
       .cites = {"dembo1983", "armijo1966"},
       .make = make_local<LocalMethod::tnc>},
      {.name = "cobyla",
       .summary = "COBYLA: linear approximations on a simplex, with several starts.",
       .good_for = "refining a good point of a rough objective; robust rather than fast",
       .cost = kSimpleCost,
       .cites = {"powell1994", "nlopt2007"},
       .make = make_local<LocalMethod::cobyla>},
      {.name = "slsqp",
       .summary = "Sequential quadratic programming with gradients by finite differences and "
                  "several starts.",
       .good_for =
           "smooth objectives with real parameters; usually the fastest of the gradient methods",
       .cost = kGradientCost,
       .cites = {"kraft1994", "nlopt2007"},
       .make = make_local<LocalMethod::slsqp>},
  };
}

}  // namespace ocrtune
