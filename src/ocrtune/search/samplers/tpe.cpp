#include "ocrtune/search/samplers/tpe.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <utility>

#include "ocrtune/search/samplers/outcome_order.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"
#include "ocrtune/search/samplers/stateless_sampler.h"

namespace ocrtune {
namespace {

/// A category that a proposal must have.
struct Focus {
  std::size_t dimension = 0;
  double value = 0;

  [[nodiscard]] bool holds(const AxisRow& row) const { return row[dimension] == value; }
};

struct Rows {
  std::vector<const AxisRow*> rows;
  std::vector<double> weights;
};

struct Split {
  Rows good;
  Rows bad;
};

class TpeSampler final : public StatelessSampler {
 public:
  TpeSampler(SamplerOptions options, const TpeSettings& settings)
      : StatelessSampler(std::move(options)),
        settings_(settings),
        axes_(space()),
        first_(sobol_points(axes_.size(), settings.startup, seed())) {}

  void attach(std::size_t number, const Point& point) override {
    StatelessSampler::attach(number, point);
    in_flight_[number] = axes_.row_of(point);
  }

  void tell(const Outcome& outcome) override {
    StatelessSampler::tell(outcome);
    in_flight_.erase(outcome.number);
    rows_.push_back(axes_.row_of(outcome.point));
  }

 private:
  std::optional<Point> propose(std::size_t number, Random& random) override {
    const bool starts = number <= settings_.startup && rows_.size() < settings_.startup;
    if (starts || rows_.empty()) {
      const std::size_t place = (number - 1) % settings_.startup * axes_.size();
      return space().at(std::span(first_).subspan(place, axes_.size()));
    }
    std::optional<Focus> focus;
    if (random.chance(settings_.focus_share)) focus = any_focus(random);
    ParzenSettings narrowed = settings_.good;
    if (random.chance(settings_.narrow_share)) narrowed.bandwidth *= settings_.narrow_factor;
    const Split split = split_at(focus);
    const ParzenEstimator good(axes_, split.good.rows, split.good.weights, narrowed);
    const ParzenEstimator bad(axes_, split.bad.rows, split.bad.weights, settings_.bad);
    return axes_.point_of(best_candidate(good, bad, focus, random));
  }

  /// Any boolean or category value that trials have had.
  [[nodiscard]] std::optional<Focus> any_focus(Random& random) const {
    std::vector<std::size_t> nominal;
    for (std::size_t d = 0; d < axes_.size(); ++d) {
      if (axes_[d].kind == AxisKind::nominal && axes_[d].count > 1) nominal.push_back(d);
    }
    if (nominal.empty()) return std::nullopt;
    const auto any = [&](std::size_t count) {
      return static_cast<std::size_t>(random.integer(0, static_cast<int>(count) - 1));
    };
    const std::size_t dimension = nominal[any(nominal.size())];
    const Focus focus{dimension, static_cast<double>(any(axes_[dimension].count))};
    const bool known =
        std::ranges::any_of(rows_, [&](const AxisRow& row) { return focus.holds(row); });
    return known ? std::optional(focus) : std::nullopt;
  }

  /// The trials told, or those with the category in focus, and those in flight.
  [[nodiscard]] Split split_at(const std::optional<Focus>& focus) const {
    std::vector<std::size_t> order = best_first(history().outcomes());
    if (focus) std::erase_if(order, [&](std::size_t i) { return !focus->holds(rows_[i]); });
    const double share = std::ceil(settings_.good_share * static_cast<double>(order.size()));
    const std::size_t count = std::min(static_cast<std::size_t>(share), settings_.max_good);
    Split split;
    for (std::size_t i = 0; i < order.size(); ++i)
      (i < count ? split.good : split.bad).rows.push_back(&rows_[order[i]]);
    for (const auto& [number, row] : in_flight_) split.bad.rows.push_back(&row);
    // Linear weights, from the best down to almost 0.
    for (std::size_t i = 0; i < count; ++i)
      split.good.weights.push_back(2 -
                                   2 * (static_cast<double>(i) + 0.5) / static_cast<double>(count));
    split.bad.weights.assign(split.bad.rows.size(), 1);
    return split;
  }

  [[nodiscard]] AxisRow best_candidate(const ParzenEstimator& good, const ParzenEstimator& bad,
                                       const std::optional<Focus>& focus, Random& random) const {
    AxisRow best;
    double most = 0;
    for (std::size_t i = 0; i < settings_.candidates; ++i) {
      AxisRow row = good.drawn(random);
      if (focus && !focus->holds(row)) continue;
      const double gain = good.log_density(row) - bad.log_density(row);
      if (!best.empty() && gain <= most) continue;
      if (history().knows(axes_.point_of(row))) continue;
      best = std::move(row);
      most = gain;
    }
    return best.empty() ? good.drawn(random) : best;
  }

  TpeSettings settings_;
  SearchAxes axes_;
  std::vector<double> first_;  // start-up points, one row of coordinates each
  std::vector<AxisRow> rows_;  // in the order of the history's outcomes
  std::map<std::size_t, AxisRow> in_flight_;
};

}  // namespace

std::unique_ptr<Sampler> make_tpe(SamplerOptions options, const TpeSettings& settings) {
  return std::make_unique<TpeSampler>(std::move(options), settings);
}

SamplerKind tpe_sampler() {
  return {.name = "tpe",
          .summary =
              "Tree-structured Parzen estimator: proposes points where good trials are dense and "
              "others are not.",
          .good_for =
              "most searches: any kind of parameter, conditions between them, 50 to 1000 trials",
          .cost = "100 or more trials; about a millisecond per proposal",
          .cites = {"bergstra2011", "watanabe2023", "aitchison1976"},
          .several_objectives = true,
          .make = [](SamplerOptions options) { return make_tpe(std::move(options), {}); }};
}

}  // namespace ocrtune
