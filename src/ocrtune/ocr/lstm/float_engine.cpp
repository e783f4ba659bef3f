#include "ocrtune/ocr/lstm/float_engine.h"

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "ocrtune/ocr/lstm/plain_layers.h"

// Highway compiles the rest of this file once for each instruction set. Arrays of vectors need
// vectors of a fixed size.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/ocr/lstm/float_engine.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Number of sums computed side by side, as in Tesseract with AVX-512.
constexpr std::size_t kSums = 16;

float sum_of_products(const float* a, const float* b, std::size_t count) {
  const hn::CappedTag<float, kSums> d;
  constexpr std::size_t kLanes = HWY_LANES(float) < kSums ? HWY_LANES(float) : kSums;
  hn::Vec<decltype(d)> sums[kSums / kLanes];
  for (auto& sum : sums) sum = hn::Zero(d);
  std::size_t i = 0;
  for (; i + kSums <= count; i += kSums) {
    for (std::size_t part = 0; part < kSums / kLanes; ++part) {
      const std::size_t at = i + part * kLanes;
      sums[part] = hn::MulAdd(hn::LoadU(d, a + at), hn::LoadU(d, b + at), sums[part]);
    }
  }
  alignas(64) float lanes[kSums];
  for (std::size_t part = 0; part < kSums / kLanes; ++part) {
    hn::Store(sums[part], d, lanes + part * kLanes);
  }
  for (std::size_t half = kSums / 2; half > 0; half /= 2) {
    for (std::size_t lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  }
  const hn::CappedTag<float, 1> one;
  auto sum = hn::Set(one, lanes[0]);
  for (; i < count; ++i) sum = hn::MulAdd(hn::Set(one, a[i]), hn::Set(one, b[i]), sum);
  return hn::GetLane(sum);
}

void multiply(const WeightMatrix& weights, std::span<const float> inputs,
              std::span<float> outputs) {
  for (int output = 0; output < weights.outputs; ++output) {
    const float* row = weights.floats.data() + weights.row(output);
    outputs[static_cast<std::size_t>(output)] =
        sum_of_products(row, inputs.data(), inputs.size()) + row[inputs.size()];
  }
}

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune::lstm {
namespace {

HWY_EXPORT(multiply);

void product(const WeightMatrix& weights, std::span<const float> inputs, std::span<float> outputs) {
  HWY_DYNAMIC_DISPATCH(multiply)(weights, inputs, outputs);
}

class FloatEngine : public Engine {
 public:
  explicit FloatEngine(Network network) : network_(std::move(network)) {}

  void run(std::span<const Job> jobs, Workspace& workspace) const override {
    PlainLayers<float> layers(product, workspace.noise());
    for (const Job& job : jobs) {
      workspace.noise().restart();
      layers.run(network_, *job.line, *job.out);
    }
  }

 private:
  Network network_;
};

}  // namespace

std::unique_ptr<const Engine> make_float_engine(Network network) {
  return std::make_unique<FloatEngine>(std::move(network));
}

}  // namespace ocrtune::lstm

#endif
