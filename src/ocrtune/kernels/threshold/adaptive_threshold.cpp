#include "ocrtune/kernels/threshold/adaptive_threshold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/threshold/mean_grid.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/threshold/adaptive_threshold.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_ADAPTIVE_THRESHOLD_ONCE
#define OCRTUNE_KERNELS_ADAPTIVE_THRESHOLD_ONCE

namespace ocrtune::threshold {

/// Greatest number of float lanes that are used.
constexpr std::size_t kMaxLanes = 16;
/// Pixels of a row that are decided together if all of them are light, or all of them dark.
constexpr int kChunk = 128;

/// A pixel is white if its rounded mean is less than pixel + offset. As rounded means are in [0,
/// 255], it is certainly white from `white_from` on, and certainly black before `black_to`.
struct Rule {
  int offset;
  int white_from() const { return 256 - offset; }
  int black_to() const { return 1 - offset; }
  /// The mean below which it is white, and above which it is black.
  double limit(int pixel) const { return pixel + offset - 0.5; }
};

struct Task {
  const cv::Mat& gray;
  Rule rule;
  cv::Mat kernel;
  std::vector<float> weights;  // the kernel, padded by zeros to a multiple of kMaxLanes
  int taps;
  std::size_t max_undecided;
  std::size_t max_ties;
  cv::Mat& out;
};

}  // namespace ocrtune::threshold

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::threshold::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// NOLINTBEGIN(readability-identifier-naming): Highway's custom
constexpr hn::CappedTag<float, kMaxLanes> df;
constexpr hn::Rebind<std::int32_t, decltype(df)> di32;
constexpr hn::Rebind<std::uint8_t, decltype(df)> d8;
constexpr hn::CappedTag<std::uint8_t, 64> d8_full;
// NOLINTEND(readability-identifier-naming)
using VF = hn::Vec<decltype(df)>;

HWY_INLINE VF load_pixels(const std::uint8_t* from) {
  return hn::ConvertTo(df, hn::PromoteTo(di32, hn::LoadU(d8, from)));
}

/// Decides pixels by the interpolated means, and lists those too near to their limit.
class Decider {
 public:
  Decider(const Task& task, const MeanGrid& grid)
      : task_(task), grid_(grid), means_(static_cast<std::size_t>(grid.means.cols) + kMaxLanes) {
    for (std::size_t node = 0; node < 4; ++node) {
      for (std::size_t i = 0; i < weights_[node].size(); ++i) {
        weights_[node][i] = grid.interpolation[i % static_cast<std::size_t>(grid.step)][node];
      }
    }
  }

  /// False as soon as there are too many of them.
  bool run(std::vector<cv::Point>& undecided) {
    for (int y = 0; y < task_.gray.rows; ++y) {
      bool interpolated = false;
      const auto* row = task_.gray.ptr<std::uint8_t>(y);
      auto* out = task_.out.ptr<std::uint8_t>(y);
      for (int x = 0; x < task_.gray.cols; x += kChunk) {
        const auto count = static_cast<std::size_t>(std::min(kChunk, task_.gray.cols - x));
        alignas(64) std::uint8_t padded[kChunk];
        const std::uint8_t* pixels = row + x;
        if (count < kChunk) {
          std::memset(padded, pixels[0], kChunk);
          std::memcpy(padded, pixels, count);
          pixels = padded;
        }
        if (const int all = decided_at_once(pixels); all >= 0) {
          std::memset(out + x, all, count);
          continue;
        }
        if (!interpolated) interpolate_rows(y);
        interpolated = true;
        alignas(64) std::uint8_t decided[kChunk];
        decide({x, y}, pixels, static_cast<int>(count), decided, undecided);
        std::memcpy(out + x, decided, count);
        if (undecided.size() > task_.max_undecided) return false;
      }
    }
    return true;
  }

 private:
  /// The common result of all pixels of a chunk, whatever their means are, or -1.
  int decided_at_once(const std::uint8_t* pixels) const {
    const auto all = [&](const auto& check) {
      for (std::size_t i = 0; i < kChunk; i += hn::Lanes(d8_full)) {
        if (!check(hn::LoadU(d8_full, pixels + i))) return false;
      }
      return true;
    };
    if (const int from = task_.rule.white_from(); from <= 255) {
      const auto least = hn::Set(d8_full, static_cast<std::uint8_t>(std::max(from, 0)));
      if (all([&](auto v) { return hn::AllTrue(d8_full, hn::Eq(hn::Max(v, least), v)); })) {
        return 255;
      }
    }
    if (const int to = task_.rule.black_to(); to >= 1) {
      const auto most = hn::Set(d8_full, static_cast<std::uint8_t>(std::min(to - 1, 255)));
      if (all([&](auto v) { return hn::AllTrue(d8_full, hn::Eq(hn::Min(v, most), v)); })) return 0;
    }
    return -1;
  }

  /// Means at row y and the grid's columns.
  void interpolate_rows(int y) {
    const int step = grid_.step;
    const auto& by = grid_.interpolation[static_cast<std::size_t>(y % step)];
    const cv::Mat& means = grid_.means;
    const float* rows[4];
    for (int node = 0; node < 4; ++node) rows[node] = means.ptr<float>(y / step + node);
    const auto columns = static_cast<std::size_t>(means.cols);
    std::size_t i = 0;
    for (; i + hn::Lanes(df) <= columns; i += hn::Lanes(df)) interpolate(df, rows, by, i);
    for (; i < columns; ++i) interpolate(hn::CappedTag<float, 1>(), rows, by, i);
  }

  template <typename D>
  void interpolate(D d, const float* const* rows, const std::array<float, 4>& by, std::size_t i) {
    auto mean = hn::Mul(hn::Set(d, by[0]), hn::LoadU(d, rows[0] + i));
    for (std::size_t node = 1; node < 4; ++node) {
      mean = hn::MulAdd(hn::Set(d, by[node]), hn::LoadU(d, rows[node] + i), mean);
    }
    hn::StoreU(mean, d, means_.data() + i);
  }

  void decide(cv::Point at, const std::uint8_t* pixels, int count, std::uint8_t* out,
              std::vector<cv::Point>& undecided) const {
    const int lanes = static_cast<int>(hn::Lanes(df));
    const int step = grid_.step;
    alignas(64) std::int32_t from[kMaxLanes];
    for (int i = 0; i < lanes; ++i) from[i] = lanes < step ? 0 : i / step;
    const auto spread = hn::SetTableIndices(df, from);
    const VF error = hn::Set(df, static_cast<float>(grid_.error));
    const VF offset = hn::Set(df, static_cast<float>(task_.rule.limit(0)));
    for (int i = 0; i < count; i += lanes) {
      const int x = at.x + i;
      VF mean = hn::Zero(df);
      for (std::size_t node = 0; node < 4; ++node) {
        const VF points = hn::LoadU(df, means_.data() + static_cast<std::size_t>(x / step) + node);
        const VF by = hn::LoadU(df, weights_[node].data() + x % step);
        mean = hn::MulAdd(by, hn::TableLookupLanes(points, spread), mean);
      }
      const VF above = hn::Sub(hn::Add(load_pixels(pixels + i), offset), mean);
      const auto white = hn::Gt(above, hn::Zero(df));
      const auto white_bits = hn::IfThenElseZero(hn::RebindMask(di32, white), hn::Set(di32, 255));
      hn::StoreU(hn::DemoteTo(d8, white_bits), d8, out + i);
      const auto near = hn::Le(hn::Abs(above), error);
      if (HWY_LIKELY(hn::AllFalse(df, near))) continue;
      alignas(64) float flags[kMaxLanes];
      hn::Store(hn::IfThenElseZero(near, hn::Set(df, 1.0F)), df, flags);
      for (int lane = 0; lane < std::min(lanes, count - i); ++lane) {
        if (flags[lane] != 0) undecided.emplace_back(x + lane, at.y);
      }
    }
  }

  const Task& task_;
  const MeanGrid& grid_;
  std::vector<float> means_;  // of the row, at the grid's columns
  /// By the grid's point and x % step, for as many x in a row as there may be lanes.
  std::array<std::array<float, 2 * kMaxLanes>, 4> weights_{};
};

bool decide(const Task& task, const MeanGrid& grid, std::vector<cv::Point>& undecided) {
  return Decider(task, grid).run(undecided);
}

/// The mean around a pixel, computed from all of the window's pixels.
float mean_around(const Task& task, cv::Point at) {
  const cv::Mat& gray = task.gray;
  const int half = task.taps / 2;
  const int padded = static_cast<int>(task.weights.size());
  const int left = at.x - half;
  const bool inside = left >= 0 && left + padded <= gray.cols;
  std::array<std::uint8_t, 2001 + kMaxLanes> window{};
  VF sum = hn::Zero(df);
  for (int i = 0; i < task.taps; ++i) {
    const auto* row = gray.ptr<std::uint8_t>(std::clamp(at.y - half + i, 0, gray.rows - 1));
    const std::uint8_t* pixels = window.data();
    if (inside) {
      pixels = row + left;
    } else {
      const int begin = std::max(left, 0);
      const int end = std::min(left + task.taps, gray.cols);
      std::memset(window.data(), row[0], static_cast<std::size_t>(begin - left));
      std::memcpy(window.data() + (begin - left), row + begin,
                  static_cast<std::size_t>(end - begin));
      std::memset(window.data() + (end - left), row[gray.cols - 1],
                  static_cast<std::size_t>(left + task.taps - end));
    }
    VF row_sum = hn::Zero(df);
    for (int k = 0; k < padded; k += static_cast<int>(hn::Lanes(df))) {
      row_sum =
          hn::MulAdd(hn::LoadU(df, task.weights.data() + k), load_pixels(pixels + k), row_sum);
    }
    sum = hn::MulAdd(hn::Set(df, task.weights[static_cast<std::size_t>(i)]), row_sum, sum);
  }
  return hn::GetLane(hn::SumOfLanes(df, sum));
}

}  // namespace ocrtune::threshold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace threshold {
namespace {

HWY_EXPORT(decide);
HWY_EXPORT(mean_around);

using Points = std::vector<cv::Point>;

/// Decides a pixel by the mean around it; false if OpenCV's rounding errors matter.
bool decide_by_window(const Task& task, cv::Point at) {
  const double error = rounding_of_means(task.taps);
  const double mean = HWY_DYNAMIC_DISPATCH(mean_around)(task, at);
  const double above = task.rule.limit(task.gray.at<std::uint8_t>(at)) - mean;
  task.out.at<std::uint8_t>(at) = above > 0 ? 255 : 0;
  return std::abs(above) > error;
}

/// OpenCV's means of `count` pixels in a row: its filter, on a copy of their surroundings. OpenCV
/// makes each sum in the same order, with or without FMA, wherever the pixel is; so the bits are
/// those of the whole image's means.
cv::Mat opencv_means(const Task& task, cv::Point at, int count) {
  const cv::Mat& gray = task.gray;
  const int taps = task.taps;
  const int half = taps / 2;
  const cv::Rect wanted(at.x - half, at.y - half, count + taps - 1, taps);
  const cv::Rect there = wanted & cv::Rect({}, gray.size());
  cv::Mat around;
  cv::copyMakeBorder(gray(there), around, there.y - wanted.y, wanted.br().y - there.br().y,
                     there.x - wanted.x, wanted.br().x - there.br().x,
                     cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
  around.convertTo(around, CV_32F);
  cv::Mat means;
  cv::sepFilter2D(around(cv::Rect(half, half, count, 1)), means, CV_32F, task.kernel, task.kernel,
                  {-1, -1}, 0, cv::BORDER_REPLICATE);
  return means;
}

void break_ties(const Task& task, const Points& ties) {
  constexpr int kTogether = 8;
  for (std::size_t i = 0; i < ties.size();) {
    const cv::Point first = ties[i];
    const int count = std::min(kTogether, task.gray.cols - first.x);
    const cv::Mat means = opencv_means(task, first, count);
    for (; i < ties.size() && ties[i].y == first.y && ties[i].x < first.x + count; ++i) {
      const int mean = cv::saturate_cast<std::uint8_t>(means.at<float>(0, ties[i].x - first.x));
      const int pixel = task.gray.at<std::uint8_t>(ties[i]);
      task.out.at<std::uint8_t>(ties[i]) = mean < pixel + task.rule.offset ? 255 : 0;
    }
  }
}

/// The widest step with which interpolation is accurate enough to decide nearly all pixels of most
/// pages.
int step_for(int taps) {
  if (taps < 61) return 1;
  if (taps < 101) return 2;
  return taps < 301 ? 4 : 8;
}

Task task_for(const cv::Mat& gray, int block, int offset, cv::Mat& out) {
  const cv::Mat kernel = cv::getGaussianKernel(block, 0, CV_32F);
  const auto side = static_cast<std::size_t>(block);
  // Each of the two limits costs up to a fifth of the time that OpenCV takes for the image. That
  // time grows with the side of the block, while the time for a window, OpenCV's or ours, grows
  // with its area.
  Task task{
      .gray = gray,
      .rule = {offset},
      .kernel = kernel,
      .weights = std::vector<float>(hwy::RoundUpTo(side, kMaxLanes), 0.0F),
      .taps = block,
      .max_undecided = std::max<std::size_t>(64, gray.total() / (3 * side)),
      .max_ties = std::max<std::size_t>(16, gray.total() * side / (32 * side * side + 48'000)),
      .out = out};
  std::copy_n(kernel.ptr<float>(), block, task.weights.begin());
  return task;
}

/// Whether the image has too many ties, estimated from those among undecided pixels, from the top
/// to the last of them.
bool too_many_ties(const Task& task, const Points& undecided) {
  const std::size_t stride = undecided.size() / 256 + 1;
  std::size_t ties = 0;
  for (std::size_t i = 0; i < undecided.size(); i += stride) {
    if (!decide_by_window(task, undecided[i])) ties += stride;
  }
  const auto rows = static_cast<std::size_t>(task.gray.rows);
  return ties * rows > task.max_ties * static_cast<std::size_t>(undecided.back().y + 1);
}

/// Decides all pixels but `undecided`; false if there are too many of these.
bool decide_by_grid(const Task& task, int step, Points& undecided) {
  const MeanGrid grid = mean_grid(task.gray, task.kernel, step);
  undecided.clear();
  return HWY_DYNAMIC_DISPATCH(decide)(task, grid, undecided);
}

/// False, with the output unfinished, if OpenCV would be faster.
bool run(const Task& task) {
  Points undecided;
  const int step = step_for(task.taps);
  if (!decide_by_grid(task, step, undecided)) {
    if (step == 1 || too_many_ties(task, undecided)) return false;
    if (!decide_by_grid(task, 1, undecided)) return false;
  }
  Points ties;
  for (const cv::Point at : undecided) {
    if (decide_by_window(task, at)) continue;
    if (ties.size() == task.max_ties) return false;
    ties.push_back(at);
  }
  break_ties(task, ties);
  return true;
}

}  // namespace
}  // namespace threshold

// Each operation rounds a value of at most 256 by at most 2^-24 of it. A row sum of n products has
// n roundings, but of partial sums that are half the whole on average, and so has a column sum, in
// OpenCV and here; a few more are for products, pairs and the last steps.
double rounding_of_means(int block) { return (2 * block + 20) * 256 * std::exp2(-24); }

bool lighter_than_mean(const cv::Mat& around, int offset) {
  const int side = around.rows;
  const cv::Mat kernel = cv::getGaussianKernel(side, 0, CV_32F);
  cv::Mat pixels;
  around.convertTo(pixels, CV_32F);
  cv::Mat mean;
  cv::sepFilter2D(pixels(cv::Rect(side / 2, side / 2, 1, 1)), mean, CV_32F, kernel, kernel,
                  {-1, -1}, 0, cv::BORDER_REPLICATE);
  const int pixel = around.at<std::uint8_t>(side / 2, side / 2);
  return cv::saturate_cast<std::uint8_t>(mean.at<float>(0)) < pixel + offset;
}

cv::Mat adaptive_threshold_gaussian(const cv::Mat& gray, int block, double c) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(block >= 3 && block <= 2001 && block % 2 == 1);
  CV_Assert(c >= -255 && c <= 255);
  // OpenCV is fast for small windows; and a line's window is one pixel high.
  constexpr int kMinBlock = 31;
  cv::Mat out(gray.size(), CV_8UC1);
  if (block >= kMinBlock && gray.rows > 1 && gray.cols > 1 &&
      threshold::run(threshold::task_for(gray, block, cvCeil(c), out))) {
    return out;
  }
  cv::adaptiveThreshold(gray, out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY, block,
                        c);
  return out;
}

}  // namespace ocrtune

#endif
