#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/local_search.h"
#include "ocrtune/search/samplers/merit.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"

namespace ocrtune {
namespace {

// Maximum number of searches that end without a new point before a trial takes another point.
constexpr int kMaxRestarts = 5;

/// One search with at most one trial in flight.
struct Lane {
  std::optional<LocalSearch> search;
  std::vector<double> start;       // unit coordinates of all dimensions
  std::vector<std::size_t> moved;  // the dimensions that the search moves
  std::size_t awaited = 0;         // number of the trial whose value it needs; 0: none
  bool ended = false;              // its search was the only one that it is to make
};

/// Local searches from several starts, in parallel up to the number of trials in flight. The first
/// start is the best point told that the sampler did not choose, if there is one; the others are
/// scrambled Sobol points. Booleans and categories keep the values of the start. With a number of
/// starts, there is a search for each, in turns, and the sampler is done when they have ended.
class LocalSampler final : public Sampler {
 public:
  LocalSampler(LocalMethod method, SamplerOptions options)
      : method_(method),
        seed_(options.seed),
        history_(std::move(options.space)),
        is_limited_(options.starts > 0),
        lanes_(std::max<std::size_t>(1, is_limited_ ? options.starts : options.in_flight)) {}

  std::optional<Point> ask(std::size_t number) override {
    std::optional<Point> point = choose(number);
    if (point) history_.begin(number, *point);
    return point;
  }

  void attach(std::size_t number, const Point& point) override {
    history_.begin(number, point);
    has_attached_ = true;
  }

  void replay(std::size_t number, const Point& point) override {
    // Choosing moves the searches on, so it must be repeated.
    if (choose(number) == point) {
      history_.begin(number, point);
    } else {
      if (Lane* lane = lane_awaiting(number)) lane->awaited = 0;
      attach(number, point);
    }
  }

  void tell(const Outcome& outcome) override {
    history_.tell(outcome);
    merit_.tell(outcome);
    if (outcome.number == 0) {
      has_attached_ = true;
    } else if (Lane* lane = lane_awaiting(outcome.number)) {
      lane->awaited = 0;
      lane->search->tell(merit_.of(outcome));
    }
  }

 private:
  Lane* lane_awaiting(std::size_t number) {
    const auto found = std::ranges::find(lanes_, number, &Lane::awaited);
    return found == lanes_.end() ? nullptr : &*found;
  }

  /// The lane whose turn it is, or else the next one that waits for no trial, or for one if all do;
  /// null if all have ended.
  Lane* lane_for(std::size_t number) {
    Lane* waiting = nullptr;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      Lane& lane = lanes_[(number - 1 + i) % lanes_.size()];
      if (lane.ended) continue;
      if (lane.awaited == 0 || !is_limited_) return &lane;
      if (waiting == nullptr) waiting = &lane;
    }
    return waiting;
  }

  std::optional<Point> choose(std::size_t number) {
    Random random = random_for(seed_, number);
    Lane* lane = lane_for(number);
    std::optional<Point> proposed;
    for (int i = 0; lane != nullptr && !proposed && (is_limited_ || i <= kMaxRestarts); ++i) {
      if (!lane->search) begin_search(*lane);
      proposed = proposal_of(*lane);
      if (proposed) break;
      lane->search.reset();
      lane->ended = is_limited_;
      if (is_limited_) lane = lane_for(number);
    }
    if (lane == nullptr) return std::nullopt;
    // If no point is new, or another lane waits for the same one, the trial takes a point nearby.
    std::optional<Point> point =
        history_.unknown(proposed.value_or(history_.space().at(lane->start)), random);
    if (point && point == proposed && lane->awaited == 0) lane->awaited = number;
    return point;
  }

  /// The next point of the lane's search; nothing at its end.
  std::optional<Point> proposal_of(Lane& lane) {
    const auto place = lane.search->ask(
        [&](std::span<const double> known) { return known_value(point_at(lane, known)); });
    return place ? std::optional(point_at(lane, *place)) : std::nullopt;
  }

  std::optional<double> known_value(const Point& point) const {
    const Outcome* outcome = history_.outcome_of(point);
    return outcome == nullptr ? std::nullopt : std::optional(merit_.of(*outcome));
  }

  void begin_search(Lane& lane) {
    const Space& space = history_.space();
    const Point start = next_start();
    lane.start = space.units_of(start);
    lane.moved = space.movable(start);
    std::vector<Dimension> dimensions;
    std::vector<double> units;
    for (const std::size_t i : lane.moved) {
      dimensions.push_back(space.dimensions()[i]);
      units.push_back(lane.start[i]);
    }
    lane.search.emplace(method_, std::move(dimensions), std::move(units));
  }

  Point next_start() {
    const Space& space = history_.space();
    const std::optional<Point> best =
        has_attached_ && !began_at_best_ ? best_told() : std::optional<Point>();
    if (!best) return space.at(sobol_point(space.size(), starts_++, seed_));
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
  bool is_limited_;  // the number of starts is
  Merit merit_;
  std::vector<Lane> lanes_;
  std::size_t starts_ = 0;     // Sobol points that searches began at
  bool has_attached_ = false;  // there are points that this sampler did not choose
  bool began_at_best_ = false;
};

template <LocalMethod method>
std::unique_ptr<Sampler> make_local(SamplerOptions options) {
  return std::make_unique<LocalSampler>(method, std::move(options));
}

constexpr const char* kSimpleCost =
    "10 to 20 trials per free parameter and start; under a millisecond per proposal";
constexpr const char* kGradientCost =
    "as many trials as free parameters plus one per step, 5 to 20 steps per start; under a "
    "millisecond per proposal";

}  // namespace

LocalMethod local_method_named(std::string_view name) {
  // In the order of LocalMethod.
  const std::vector<SamplerKind> samplers = local_samplers();
  const auto found = std::ranges::find(samplers, name, &SamplerKind::name);
  if (found != samplers.end()) return static_cast<LocalMethod>(found - samplers.begin());
  std::vector<std::string> names;
  names.reserve(samplers.size());
  for (const SamplerKind& sampler : samplers) names.push_back(sampler.name);
  throw Error(Errc::invalid_argument, unknown_name(tr("sampler"), name, names));
}

std::vector<SamplerKind> local_samplers() {
  std::vector<SamplerKind> samplers{
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
  for (SamplerKind& sampler : samplers) sampler.has_starts = true;
  return samplers;
}

}  // namespace ocrtune
