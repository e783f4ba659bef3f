#include <utility>

#include "ocrtune/samplers/history.h"
#include "ocrtune/samplers/registry.h"

namespace ocrtune {
namespace {

class RandomSampler final : public Sampler {
 public:
  explicit RandomSampler(SamplerOptions options)
      : seed_(options.seed), history_(std::move(options.space)) {}

  std::optional<Point> ask(std::size_t number) override {
    Random random = random_for(seed_, number);
    std::vector<double> units(history_.space().size());
    for (double& unit : units) unit = random.uniform();
    std::optional<Point> point = history_.unknown(history_.space().at(units), random);
    if (point) history_.begin(number, *point);
    return point;
  }

  void note(std::size_t number, const Point& point) override { history_.begin(number, point); }
  void replay(std::size_t number, const Point& point) override { note(number, point); }
  void tell(const Outcome& outcome) override { history_.tell(outcome); }

 private:
  std::uint64_t seed_;
  History history_;
};

}  // namespace

SamplerKind random_sampler() {
  return {.name = "random",
          .summary = "Draws every point anew, each value as likely as any other.",
          .good_for =
              "a baseline that other samplers have to beat; many free parameters of which "
              "few matter",
          .cost = "hundreds of trials; no time of its own",
          .cites = {"bergstra2012"},
          .several_objectives = true,
          .learns = false,
          .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
            return std::make_unique<RandomSampler>(std::move(options));
          }};
}

}  // namespace ocrtune
