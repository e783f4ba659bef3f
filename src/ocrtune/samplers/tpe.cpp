#include "ocrtune/samplers/tpe.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "ocrtune/samplers/history.h"
#include "ocrtune/samplers/registry.h"
#include "ocrtune/samplers/sobol.h"

namespace ocrtune {
namespace {

class TpeSampler final : public Sampler {
 public:
  TpeSampler(SamplerOptions options, const TpeSettings& settings)
      : seed_(options.seed),
        settings_(settings),
        axes_(options.space),
        history_(std::move(options.space)),
        first_(sobol_points(axes_.size(), settings.startup, seed_)) {}

  std::optional<Point> ask(std::size_t number) override {
    Random random = random_for(seed_, number);
    const std::optional<Point> point = history_.unknown(proposed(number, random), random);
    if (point) begin(number, *point);
    return point;
  }

  void note(std::size_t number, const Point& point) override { begin(number, point); }
  void replay(std::size_t number, const Point& point) override { note(number, point); }

  void tell(const Outcome& outcome) override {
    history_.tell(outcome);
    in_flight_.erase(outcome.number);
    rows_.push_back(axes_.row_of(outcome.point));
  }

 private:
  void begin(std::size_t number, const Point& point) {
    history_.begin(number, point);
    in_flight_[number] = axes_.row_of(point);
  }

  Point proposed(std::size_t number, Random& random) const {
    const std::size_t n = axes_.size();
    if (number <= settings_.startup && rows_.size() < settings_.startup)
      return history_.space().at(std::span(first_).subspan((number - 1) * n, n));
    if (rows_.empty()) return history_.space().initial();
    split();
    const bool separate = random.chance(settings_.separate);
    return separate ? separately(random) : jointly(random);
  }

  void split() const {
    const std::size_t n = rows_.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0U);
    const std::vector<Outcome>& outcomes = history_.outcomes();
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      return std::pair(outcomes[a].violation, outcomes[a].values[0]) <
             std::pair(outcomes[b].violation, outcomes[b].values[0]);
    });
    const double wanted = std::ceil(settings_.good_share * static_cast<double>(n) +
                                    settings_.good_root * std::sqrt(static_cast<double>(n)));
    const auto count = static_cast<std::size_t>(std::clamp(wanted, 1.0, settings_.most_good));
    good_.clear();
    bad_.clear();
    good_weights_.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if (i < count) {
        good_.push_back(&rows_[order[i]]);
        good_weights_.push_back(
            1 + settings_.rank_weight *
                    (1 - 2 * (static_cast<double>(i) + 0.5) / static_cast<double>(count)));
      } else {
        bad_.push_back(&rows_[order[i]]);
      }
    }
    for (const auto& [number, row] : in_flight_) bad_.push_back(&row);
    bad_weights_.assign(bad_.size(), 1);
  }

  Point jointly(Random& random) const {
    std::vector<std::size_t> all(axes_.size());
    std::iota(all.begin(), all.end(), 0U);
    const ParzenEstimator good(axes_, all, good_, good_weights_, settings_.good);
    const ParzenEstimator bad(axes_, all, bad_, bad_weights_, settings_.bad);
    AxisRow best;
    double most = 0;
    for (std::size_t i = 0; i < settings_.candidates; ++i) {
      AxisRow row(axes_.size(), kMissing);
      good.draw(row, random);
      const double gain = good.log_density(row) - bad.log_density(row);
      if (!best.empty() && gain <= most) continue;
      if (history_.knows(axes_.point_of(row))) continue;
      best = row;
      most = gain;
    }
    if (best.empty()) {
      best.assign(axes_.size(), kMissing);
      good.draw(best, random);
    }
    return axes_.point_of(best);
  }

  Point separately(Random& random) const {
    AxisRow row(axes_.size(), kMissing);
    for (std::size_t d = 0; d < axes_.size(); ++d) {
      if (!axes_.is_active(d, row)) continue;
      const ParzenEstimator good(axes_, {d}, good_, good_weights_, settings_.good1);
      const ParzenEstimator bad(axes_, {d}, bad_, bad_weights_, settings_.bad1);
      AxisRow best;
      double most = 0;
      for (std::size_t i = 0; i < settings_.candidates; ++i) {
        good.draw(row, random);
        const double gain = good.log_density(row) - bad.log_density(row);
        if (!best.empty() && gain <= most) continue;
        best = row;
        most = gain;
      }
      row = best;
    }
    return axes_.point_of(row);
  }

  std::uint64_t seed_;
  TpeSettings settings_;
  SearchAxes axes_;
  History history_;
  std::vector<double> first_;
  std::vector<AxisRow> rows_;
  std::map<std::size_t, AxisRow> in_flight_;
  mutable std::vector<const AxisRow*> good_, bad_;
  mutable std::vector<double> good_weights_, bad_weights_;
};

}  // namespace

std::unique_ptr<Sampler> make_tpe(SamplerOptions options, const TpeSettings& settings) {
  return std::make_unique<TpeSampler>(std::move(options), settings);
}

SamplerKind tpe_sampler() {
  return {.name = "tpe",
          .summary = "Looks where good points are dense and bad ones are not.",
          .good_for =
              "most searches: any kind of parameter, conditions between them, 50 to 1000 trials",
          .cost = "100 trials and more; about a millisecond for a proposal",
          .cites = {"bergstra2011", "watanabe2023"},
          .make = [](SamplerOptions options) { return make_tpe(std::move(options), {}); }};
}

}  // namespace ocrtune
