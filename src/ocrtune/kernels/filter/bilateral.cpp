#include "ocrtune/kernels/filter/bilateral.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/kernels/filter/steady_power.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/filter/bilateral.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_BILATERAL_ONCE
#define OCRTUNE_KERNELS_BILATERAL_ONCE

namespace ocrtune::bilateral {

/// A pixel of the window.
struct Tap {
  int dx = 0;
  int dy = 0;
  float weight = 0;
};

/// A pixel of the window, relative to a row.
struct Term {
  const float* levels = nullptr;  ///< of column 0
  float weight = 0;
};

struct Task {
  std::vector<Tap> taps;
  int reach = 0;
  float falloff = 0;  ///< of the weight of a squared difference of levels
};

/// The last rows as floats, with the border's pixels beside them.
class Rows {
 public:
  /// Vectors may read this many numbers beyond a row.
  static constexpr std::size_t kSlack = 64;

  Rows(const cv::Mat& gray, int reach)
      : gray_(gray),
        reach_(reach),
        stride_(static_cast<std::size_t>(gray.cols) + 2 * static_cast<std::size_t>(reach) + kSlack),
        levels_(stride_ * static_cast<std::size_t>(2 * reach + 1)) {}

  /// Makes row y readable, instead of that 2 reach + 1 above it; y may be outside of the image.
  void load(int y) {
    const auto* from = gray_.ptr<std::uint8_t>(std::clamp(y, 0, gray_.rows - 1));
    float* to = levels_.data() + offset(y) - reach_;
    for (int x = -reach_; x < gray_.cols + reach_; ++x) {
      *to++ = static_cast<float>(from[std::clamp(x, 0, gray_.cols - 1)]);
    }
  }

  /// The value of pixel (0, y).
  [[nodiscard]] const float* at(int y) const { return levels_.data() + offset(y); }

 private:
  [[nodiscard]] std::size_t offset(int y) const {
    const int slot = (y + reach_) % (2 * reach_ + 1);
    return stride_ * static_cast<std::size_t>(slot) + static_cast<std::size_t>(reach_);
  }

  const cv::Mat& gray_;
  int reach_;
  std::size_t stride_;
  std::vector<float> levels_;
};

}  // namespace ocrtune::bilateral

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::bilateral::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, Rows::kSlack>;
using V = hn::Vec<D>;

constexpr D d;  // NOLINT(readability-identifier-naming): Highway's custom

/// (1 - falloff difference²)^32, or 0 if that is negative.
HWY_INLINE V nearness(V difference, V falloff) {
  V weight = hn::Sub(hn::Set(d, 1.0F), hn::Mul(hn::Mul(difference, difference), falloff));
  weight = hn::Max(weight, hn::Zero(d));
  for (int power = 1; power < 32; power *= 2) weight = hn::Mul(weight, weight);
  return weight;
}

/// The mean around as many pixels as a vector has lanes, from `here` on; `row` has the term of each
/// tap for the pixel at column 0. No fused multiply-add: not every machine has it.
HWY_INLINE V mean_at(const std::vector<Term>& row, float falloff_of_all, V here, int x) {
  const V falloff = hn::Set(d, falloff_of_all);
  V sum = hn::Zero(d);
  V weights = hn::Zero(d);
  for (const Term& term : row) {
    const V there = hn::LoadU(d, term.levels + x);
    const V weight = hn::Mul(nearness(hn::Sub(there, here), falloff), hn::Set(d, term.weight));
    weights = hn::Add(weights, weight);
    sum = hn::Add(sum, hn::Mul(weight, there));
  }
  return hn::Div(sum, weights);
}

void filter(const cv::Mat& gray, const Task& task, cv::Mat& out) {
  Rows rows(gray, task.reach);
  for (int y = -task.reach; y < task.reach; ++y) rows.load(y);
  const int lanes = static_cast<int>(hn::Lanes(d));
  HWY_ALIGN float means[Rows::kSlack];
  std::vector<Term> row(task.taps.size());
  for (int y = 0; y < gray.rows; ++y) {
    rows.load(y + task.reach);
    std::ranges::transform(task.taps, row.begin(), [&](const Tap& tap) {
      return Term{.levels = rows.at(y + tap.dy) + tap.dx, .weight = tap.weight};
    });
    const float* here = rows.at(y);
    auto* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; x += lanes) {
      const auto mean = mean_at(row, task.falloff, hn::LoadU(d, here + x), x);
      hn::Store(hn::Add(mean, hn::Set(d, 0.5F)), d, means);  // rounds, once it is an integer
      const int count = std::min(lanes, gray.cols - x);
      for (int i = 0; i < count; ++i) to[x + i] = static_cast<std::uint8_t>(means[i]);
    }
  }
}

}  // namespace ocrtune::bilateral::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace bilateral {
namespace {

HWY_EXPORT(filter);

Task task_for(double space, double level) {
  Task task{.taps = {},
            .reach = static_cast<int>(std::ceil(2 * space)),
            .falloff = static_cast<float>(1 / (64 * level * level))};
  const int side = 2 * task.reach + 1;
  task.taps.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int dy = -task.reach; dy <= task.reach; ++dy) {
    for (int dx = -task.reach; dx <= task.reach; ++dx) {
      const int square = dx * dx + dy * dy;
      if (square > task.reach * task.reach) continue;
      const auto weight = static_cast<float>(steady_decay(square / (2 * space * space)));
      task.taps.push_back({.dx = dx, .dy = dy, .weight = weight});
    }
  }
  return task;
}

}  // namespace
}  // namespace bilateral

cv::Mat bilateral_filter(const cv::Mat& gray, double space, double level) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(space >= 0.1 && space <= 16 && level >= 0.1);
  cv::Mat out(gray.size(), CV_8UC1);
  HWY_DYNAMIC_DISPATCH(bilateral::filter)(gray, bilateral::task_for(space, level), out);
  return out;
}

}  // namespace ocrtune

#endif
