#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// A sampler without internal state: its choice depends only on what was attached and told. It
/// proposes a point; if that is known already, the trial gets a similar one that is not. Not
/// thread-safe.
class StatelessSampler : public Sampler {
 public:
  explicit StatelessSampler(SamplerOptions options)
      : seed_(options.seed), history_(std::move(options.space)) {}

  std::optional<Point> ask(std::size_t number) override {
    Random random = random_for(seed_, number);
    const std::optional<Point> candidate = propose(number, random);
    if (!candidate) return std::nullopt;
    std::optional<Point> point = history_.unknown(*candidate, random);
    if (point) attach(number, *point);
    return point;
  }

  void attach(std::size_t number, const Point& point) override { history_.begin(number, point); }
  void replay(std::size_t number, const Point& point) override { attach(number, point); }
  void tell(const Outcome& outcome) override { history_.tell(outcome); }

 protected:
  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const Space& space() const { return history_.space(); }

 private:
  /// Any point of the space, known or not; nothing if the sampler is done.
  virtual std::optional<Point> propose(std::size_t number, Random& random) = 0;

  std::uint64_t seed_;
  History history_;
};

}  // namespace ocrtune
