#include "ocrtune/samplers/local.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "ocrtune/samplers/history.h"
#include "ocrtune/samplers/inverted_optimizer.h"
#include "ocrtune/samplers/merit.h"
#include "ocrtune/samplers/registry.h"
#include "ocrtune/samplers/sobol.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMostCalls = 500;
// Searches that ended without a new point before a trial goes elsewhere.
constexpr int kMostRestarts = 5;

/// One search, which has at most one trial in flight.
struct Lane {
  std::optional<InvertedOptimizer> search;
  std::vector<double> start;       // unit coordinates of all dimensions
  std::vector<std::size_t> moved;  // the dimensions that the search moves
  std::size_t awaited = 0;         // the trial whose value it needs; 0: none
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
    bool searched = false;  // the lane's search asks for it
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
    // Where all is known, or another lane waits for the same point, the trial looks beside it.
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
      // NaN, where a method's arithmetic breaks down, means the start's value.
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
  std::set<std::size_t> noted_;  // in flight, not chosen here
  bool others_told_ = false;
  bool began_at_best_ = false;
};

template <LocalMethod method>
std::unique_ptr<Sampler> make_local(SamplerOptions options) {
  return local_sampler(method, std::move(options));
}

constexpr const char* kSimpleCost =
    "10 to 20 trials for each free parameter in each search; under a millisecond for a proposal";
constexpr const char* kGradientCost =
    "one trial more than there are free parameters for each step, 5 to 20 steps in each search; "
    "under a millisecond for a proposal";

}  // namespace

std::unique_ptr<Sampler> local_sampler(LocalMethod method, SamplerOptions options) {
  return std::make_unique<LocalSampler>(method, std::move(options));
}

std::vector<SamplerKind> local_samplers() {
  return {
      {.name = "nelder-mead",
       .summary = "Moves a simplex of points downhill, from several starts.",
       .good_for =
           "polishing a good point; the local method to take first, since noise and steps of the "
           "objective trouble it least; up to 6 free parameters",
       .cost = kSimpleCost,
       .cites = {"nelder1965", "box1965", "nlopt2007"},
       .make = make_local<LocalMethod::nelder_mead>},
      {.name = "powell",
       .summary = "Goes to the bottom of a quadratic model of the points around it (BOBYQA), from "
                  "several starts.",
       .good_for =
           "objectives that are smooth over a tenth of the range; there it needs the fewest "
           "trials of the local methods",
       .cost = kSimpleCost,
       .cites = {"powell2009", "nlopt2007"},
       .make = make_local<LocalMethod::powell>},
      {.name = "cg",
       .summary = "Goes along conjugate gradients measured by differences, from several starts.",
       .good_for = "comparison with other work; smooth objectives with real parameters",
       .cost = kGradientCost,
       .cites = {"polak1969", "armijo1966"},
       .make = make_local<LocalMethod::cg>},
      {.name = "bfgs",
       .summary = "Goes down by a variable metric from gradients measured by differences, from "
                  "several starts.",
       .good_for = "comparison with other work; smooth objectives with real parameters",
       .cost = kGradientCost,
       .cites = {"vlcek2006", "nlopt2007"},
       .make = make_local<LocalMethod::bfgs>},
      {.name = "lbfgs",
       .summary = "Like bfgs, with a metric from the last few steps only.",
       .good_for =
           "comparison with other work; smooth objectives with so many real parameters that "
           "bfgs takes its time",
       .cost = kGradientCost,
       .cites = {"nocedal1980", "liu1989", "nlopt2007"},
       .make = make_local<LocalMethod::lbfgs>},
      {.name = "tnc",
       .summary = "Truncated Newton steps from differences of gradients, from several starts.",
       .good_for = "comparison with other work; the other gradient methods need fewer trials",
       .cost = "twice as many trials for each free parameter and step as bfgs, or more; under a "
               "millisecond for a proposal",
       .cites = {"dembo1983", "armijo1966"},
       .make = make_local<LocalMethod::tnc>},
      {.name = "cobyla",
       .summary = "Goes down linear models between the corners of a simplex, from several starts.",
       .good_for = "polishing a good point of a rough objective; careful rather than quick",
       .cost = kSimpleCost,
       .cites = {"powell1994", "nlopt2007"},
       .make = make_local<LocalMethod::cobyla>},
      {.name = "slsqp",
       .summary = "Sequential quadratic programming with gradients measured by differences, from "
                  "several starts.",
       .good_for =
           "smooth objectives with real parameters; most often the quickest of the gradient "
           "methods",
       .cost = kGradientCost,
       .cites = {"kraft1994", "nlopt2007"},
       .make = make_local<LocalMethod::slsqp>},
  };
}

}  // namespace ocrtune
