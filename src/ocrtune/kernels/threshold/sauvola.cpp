#include "ocrtune/kernels/threshold/sauvola.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/threshold/high_contrast.h"

namespace ocrtune {

namespace {

constexpr int kScales = 3;
/// Range of areas of the objects of a scale, in windows: from the first if there is a finer scale,
/// up to the second if there is a coarser one.
constexpr double kMinArea = 0.15;
constexpr double kMaxArea = 1.5;

/// Means of squares of `factor` x `factor` px, rounded; those at the right and below may be cut.
cv::Mat block_means(const cv::Mat& gray, int factor) {
  if (factor == 1) return gray;
  cv::Mat means((gray.rows + factor - 1) / factor, (gray.cols + factor - 1) / factor, CV_8UC1);
  std::vector<int> sums(static_cast<std::size_t>(means.cols));
  for (int row = 0; row < means.rows; ++row) {
    std::ranges::fill(sums, 0);
    const int bottom = std::min((row + 1) * factor, gray.rows);
    for (int y = row * factor; y < bottom; ++y) {
      const std::uint8_t* from = gray.ptr<std::uint8_t>(y);
      for (int x = 0; x < gray.cols; ++x) sums[static_cast<std::size_t>(x / factor)] += from[x];
    }
    std::uint8_t* to = means.ptr<std::uint8_t>(row);
    for (int column = 0; column < means.cols; ++column) {
      const int width = std::min((column + 1) * factor, gray.cols) - column * factor;
      const int count = width * (bottom - row * factor);
      const int sum = sums[static_cast<std::size_t>(column)];
      to[column] = static_cast<std::uint8_t>((sum + count / 2) / count);
    }
  }
  return means;
}

/// The threshold of each pixel: darker pixels are black.
cv::Mat thresholds(const cv::Mat& gray, int window, double k) {
  LocalMoments moments(gray, window);
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    moments.next_row();
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const double threshold = sauvola_threshold(moments.at(x), k, kSauvolaRange);
      to[x] = static_cast<std::uint8_t>(std::clamp(std::ceil(threshold), 0.0, 255.0));
    }
  }
  return out;
}

/// Writes `scale` + 1 where there is an object of that scale and none of a coarser one.
void mark_objects(const cv::Mat& page, const cv::Mat& limits, int window, int scale,
                  cv::Mat& scales) {
  const cv::Mat black = page < limits;
  const double unit = static_cast<double>(window) * window;
  const auto fits = [&](const ComponentBox& box) {
    const auto area = static_cast<double>(box.area);
    return (scale == 0 || area > kMinArea * unit) &&
           (scale == kScales - 1 || area < kMaxArea * unit);
  };
  const Components objects = components(black);
  const int ratio = 1 << scale;
  for (const ComponentRun& run : objects.runs) {
    if (!fits(objects.boxes[run.component])) continue;
    const int bottom = std::min((run.y + 1) * ratio, scales.rows);
    const int right = std::min(run.end * ratio, scales.cols);
    for (int y = run.y * ratio; y < bottom; ++y) {
      std::uint8_t* row = scales.ptr<std::uint8_t>(y);
      for (int x = run.begin * ratio; x < right; ++x) {
        if (row[x] == 0) row[x] = static_cast<std::uint8_t>(scale + 1);
      }
    }
  }
}

/// Gives each pixel the mark of the nearest marked one (by the greater of the distances across and
/// down; the lower mark if two are equally near), in two passes over the image (`rosenfeld1966`).
void spread_marks(cv::Mat& marks) {
  constexpr int kStep = kScales + 1;  // a distance of one; leaves room for a mark in the remainder
  constexpr int kFar = (std::numeric_limits<int>::max() / kStep - 1) * kStep;  // the distance if
                                                                               // there is no mark
  cv::Mat nearest(marks.rows + 2, marks.cols + 2, CV_32SC1, cv::Scalar(kFar));
  for (int y = 0; y < marks.rows; ++y) {
    const std::uint8_t* from = marks.ptr<std::uint8_t>(y);
    int* to = nearest.ptr<int>(y + 1) + 1;
    for (int x = 0; x < marks.cols; ++x) to[x] = from[x] == 0 ? kFar : from[x];
  }
  const auto take_row = [&](int y, int beside, int first, int last, int step) {
    int* to = nearest.ptr<int>(y);
    const int* other = nearest.ptr<int>(beside);
    int before = kFar;
    for (int x = first; x != last; x += step) {
      const int around = std::min({before, other[x - 1], other[x], other[x + 1]});
      before = std::min(to[x], std::min(around, kFar) + kStep);
      to[x] = before;
    }
  };
  for (int y = 1; y <= marks.rows; ++y) take_row(y, y - 1, 1, marks.cols + 1, 1);
  for (int y = marks.rows; y >= 1; --y) take_row(y, y + 1, marks.cols, 0, -1);
  for (int y = 0; y < marks.rows; ++y) {
    const int* from = nearest.ptr<int>(y + 1) + 1;
    std::uint8_t* to = marks.ptr<std::uint8_t>(y);
    for (int x = 0; x < marks.cols; ++x) to[x] = static_cast<std::uint8_t>(from[x] % kStep);
  }
}

/// The limits of a row of the finest scale, repeated for the pixels of the page.
void limits_of_row(const cv::Mat& scales, const std::array<cv::Mat, kScales>& limits, int row,
                   std::vector<std::uint8_t>& out) {
  std::array<const std::uint8_t*, kScales> of{};
  for (std::size_t scale = 0; scale < kScales; ++scale) {
    of[scale] = limits[scale].ptr<std::uint8_t>(row >> scale);
  }
  const std::uint8_t* marks = scales.ptr<std::uint8_t>(row);
  const int reduction = (static_cast<int>(out.size()) + scales.cols - 1) / scales.cols;
  std::size_t at = 0;
  for (int x = 0; x < scales.cols; ++x) {
    const std::size_t scale = marks[x] == 0 ? 0 : marks[x] - std::size_t{1};
    const std::uint8_t limit = of[scale][x >> scale];
    for (int i = 0; i < reduction && at < out.size(); ++i) out[at++] = limit;
  }
}

}  // namespace

cv::Mat multiscale_sauvola(const cv::Mat& gray, MultiscaleSizes sizes, double k) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1 && sizes.reduction >= 1);
  std::array<cv::Mat, kScales> pages;
  std::array<cv::Mat, kScales> limits;
  for (std::size_t scale = 0; scale < kScales; ++scale) {
    pages[scale] =
        scale == 0 ? block_means(gray, sizes.reduction) : block_means(pages[scale - 1], 2);
    limits[scale] = thresholds(pages[scale], sizes.window, k);
  }
  cv::Mat scales(pages[0].size(), CV_8UC1, cv::Scalar(0));
  for (int scale = kScales - 1; scale >= 0; --scale) {
    const auto at = static_cast<std::size_t>(scale);
    mark_objects(pages[at], limits[at], sizes.window, scale, scales);
  }
  spread_marks(scales);

  cv::Mat out(gray.size(), CV_8UC1);
  std::vector<std::uint8_t> row_limits(static_cast<std::size_t>(gray.cols));
  for (int y = 0; y < gray.rows; ++y) {
    if (y % sizes.reduction == 0) limits_of_row(scales, limits, y / sizes.reduction, row_limits);
    const std::uint8_t* from = gray.ptr<std::uint8_t>(y);
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      to[x] = from[x] < row_limits[static_cast<std::size_t>(x)] ? 0 : 255;
    }
  }
  return out;
}

cv::Mat sauvola_of_high_contrast(const cv::Mat& gray, int window, double k) {
  cv::Mat out = black_below(gray, window, [=](const WindowSums& sums) {
    return sauvola_threshold(sums, k, kSauvolaRange);
  });
  const cv::Mat edges = high_contrast_pixels(gray);
  const Components objects = components(255 - out);
  std::vector<bool> kept(objects.boxes.size());
  for (const ComponentRun& run : objects.runs) {
    const std::uint8_t* row = edges.ptr<std::uint8_t>(run.y);
    if (std::any_of(row + run.begin, row + run.end, [](std::uint8_t edge) { return edge != 0; })) {
      kept[run.component] = true;
    }
  }
  for (const ComponentRun& run : objects.runs) {
    if (!kept[run.component]) out.row(run.y).colRange(run.begin, run.end).setTo(255);
  }
  return out;
}

}  // namespace ocrtune
