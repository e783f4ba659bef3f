#include "ocrtune/kernels/filter/total_variation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/filter/total_variation.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_TOTAL_VARIATION_ONCE
#define OCRTUNE_KERNELS_TOTAL_VARIATION_ONCE

namespace ocrtune::variation {

constexpr int kSteps = 16;

/// How far a step is extrapolated beyond its result, in the direction from the previous one.
using Momentum = std::array<float, kSteps>;

struct Task {
  float strength = 0;
  Momentum momentum{};
};

/// A number for each pixel, with room beside the rows for border values and for vectors.
class Plane {
 public:
  static constexpr std::ptrdiff_t kSlack = 64;

  /// With a row above and one below, all 0.
  explicit Plane(cv::Size size)
      : stride_(size.width + 2 * kSlack),
        numbers_(static_cast<std::size_t>(stride_ * (size.height + 2))) {}

  /// The number of pixel (0, y), y from -1 to the height.
  [[nodiscard]] float* row(int y) { return numbers_.data() + stride_ * (y + 1) + kSlack; }

 private:
  std::ptrdiff_t stride_;
  std::vector<float> numbers_;
};

/// A vector for each pixel: the dual's present result, and the point from which the next step
/// starts.
struct Dual {
  explicit Dual(cv::Size size) : across(size), down(size), from_across(size), from_down(size) {}

  Plane across;
  Plane down;
  Plane from_across;
  Plane from_down;
};

/// Two rows of the image of a dual; the step is at the first.
struct Primal {
  explicit Primal(int width) : here(cv::Size(width, 1)), below(cv::Size(width, 1)) {}

  Plane here;
  Plane below;
};

}  // namespace ocrtune::variation

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::variation::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, Plane::kSlack>;
using V = hn::Vec<D>;

constexpr D d;  // NOLINT(readability-identifier-naming): Highway's custom

/// The image in row y: gray + strength div (across, down). No fused multiply-add here or below: not
/// every machine has it.
void primal_row(Plane& gray, Plane& across, Plane& down, int width, int y, float strength,
                float* out) {
  const V scale = hn::Set(d, strength);
  const float* level = gray.row(y);
  const float* a = across.row(y);
  const float* b = down.row(y);
  const float* above = down.row(y - 1);
  for (int x = 0; x < width; x += static_cast<int>(hn::Lanes(d))) {
    const V right = hn::Sub(hn::LoadU(d, a + x), hn::LoadU(d, a + x - 1));
    const V below = hn::Sub(hn::LoadU(d, b + x), hn::LoadU(d, above + x));
    const V change = hn::Mul(scale, hn::Add(right, below));
    hn::StoreU(hn::Add(hn::LoadU(d, level + x), change), d, out + x);
  }
}

/// Sets a result and the start of the next step to `to`, extrapolated.
HWY_INLINE void move_on(V to, V momentum, float* result, float* from) {
  const V before = hn::LoadU(d, result);
  hn::StoreU(to, d, result);
  hn::StoreU(hn::Add(to, hn::Mul(momentum, hn::Sub(to, before))), d, from);
}

/// A step of row y; `primal` has the image of this row and the next.
void dual_row(Dual& dual, Primal& primal, cv::Size size, int y, float rate, float momentum) {
  const V beyond = hn::Set(d, momentum);
  const V along = hn::Set(d, rate);
  const V one = hn::Set(d, 1.0F);
  const float* here = primal.here.row(0);
  const float* below = primal.below.row(0);
  float* across = dual.across.row(y);
  float* down = dual.down.row(y);
  float* from_across = dual.from_across.row(y);
  float* from_down = dual.from_down.row(y);
  const bool last = y + 1 == size.height;
  for (int x = 0; x < size.width; x += static_cast<int>(hn::Lanes(d))) {
    const V level = hn::LoadU(d, here + x);
    const V to_right = hn::Sub(hn::LoadU(d, here + x + 1), level);
    const V to_below = last ? hn::Zero(d) : hn::Sub(hn::LoadU(d, below + x), level);
    const V a = hn::Add(hn::LoadU(d, from_across + x), hn::Mul(along, to_right));
    const V b = hn::Add(hn::LoadU(d, from_down + x), hn::Mul(along, to_below));
    const V length = hn::Sqrt(hn::Add(hn::Mul(a, a), hn::Mul(b, b)));
    const V scale = hn::Div(one, hn::Max(length, one));
    move_on(hn::Mul(a, scale), beyond, across + x, from_across + x);
    move_on(hn::Mul(b, scale), beyond, down + x, from_down + x);
  }
  across[size.width - 1] = 0;
  from_across[size.width - 1] = 0;
}

/// Runs all steps at once, each two rows behind the one before, so that rows are still in the
/// cache.
void descend(Plane& gray, Dual& dual, cv::Size size, const Task& task) {
  std::vector<Primal> primals(kSteps, Primal(size.width));
  const float rate = 1 / (8 * task.strength);
  for (int front = 0; front < size.height + 2 * (kSteps - 1); ++front) {
    for (int step = 0; step < kSteps; ++step) {
      const int y = front - 2 * step;
      if (y < 0 || y >= size.height) continue;
      Primal& primal = primals[static_cast<std::size_t>(step)];
      const auto make = [&](int row, Plane& to) {
        primal_row(gray, dual.from_across, dual.from_down, size.width, row, task.strength,
                   to.row(0));
      };
      if (y == 0) make(0, primal.here);
      if (y + 1 < size.height) make(y + 1, primal.below);
      // At the right border the difference is 0.
      primal.here.row(0)[size.width] = primal.here.row(0)[size.width - 1];
      dual_row(dual, primal, size, y, rate, task.momentum[static_cast<std::size_t>(step)]);
      std::swap(primal.here, primal.below);
    }
  }
}

void denoise(Plane& gray, cv::Size size, const Task& task, cv::Mat& out) {
  Dual dual(size);
  descend(gray, dual, size, task);
  Plane row(cv::Size(size.width, 1));
  for (int y = 0; y < size.height; ++y) {
    primal_row(gray, dual.across, dual.down, size.width, y, task.strength, row.row(0));
    auto* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < size.width; ++x) {
      to[x] = static_cast<std::uint8_t>(std::clamp(row.row(0)[x] + 0.5F, 0.0F, 255.0F));
    }
  }
}

}  // namespace ocrtune::variation::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace variation {
namespace {

HWY_EXPORT(denoise);

/// Nesterov's sequence: t' = (1 + sqrt(1 + 4 t²)) / 2 from 1 on; the momentum is (t - 1) / t'.
Momentum momentum() {
  Momentum momentum{};
  double t = 1;
  for (float& here : momentum) {
    const double next = (1 + std::sqrt(1 + 4 * t * t)) / 2;
    here = static_cast<float>((t - 1) / next);
    t = next;
  }
  return momentum;
}

}  // namespace
}  // namespace variation

cv::Mat less_variation(const cv::Mat& gray, double strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty() && strength >= 0.1);
  variation::Plane levels(gray.size());
  for (int y = 0; y < gray.rows; ++y) {
    const auto* from = gray.ptr<std::uint8_t>(y);
    std::copy(from, from + gray.cols, levels.row(y));
  }
  cv::Mat out(gray.size(), CV_8UC1);
  const variation::Task task{.strength = static_cast<float>(strength),
                             .momentum = variation::momentum()};
  HWY_DYNAMIC_DISPATCH(variation::denoise)(levels, gray.size(), task, out);
  return out;
}

}  // namespace ocrtune

#endif
