#include <utility>

#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/stateless_sampler.h"

namespace ocrtune {
namespace {

class RandomSampler final : public StatelessSampler {
 public:
  using StatelessSampler::StatelessSampler;

 private:
  std::optional<Point> propose(std::size_t /*number*/, Random& random) override {
    return random_point(space(), random);
  }
};

}  // namespace

SamplerKind random_sampler() {
  return {.name = "random",
          .summary = "Draws every point independently from the uniform distribution.",
          .good_for = "comparison with other samplers; many free parameters of which few matter",
          .cost = "hundreds of trials; negligible time per proposal",
          .cites = {"bergstra2012"},
          .several_objectives = true,
          .learns = false,
          .make = [](SamplerOptions options) -> std::unique_ptr<Sampler> {
            return std::make_unique<RandomSampler>(std::move(options));
          }};
}

}  // namespace ocrtune
