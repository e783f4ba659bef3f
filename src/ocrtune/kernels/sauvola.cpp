#include "ocrtune/kernels/sauvola.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "ocrtune/kernels/component_boxes.h"
#include "ocrtune/kernels/high_contrast.h"

namespace ocrtune {

namespace {

constexpr int kScales = 3;
/// Area of the objects of a scale, in windows: above the first where there is a finer scale, below
/// the second where there is a coarser one.
constexpr double kLeastArea = 0.15;
constexpr double kMostArea = 1.5;

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

/// The level that black pixels are below, for each pixel.
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

/// Writes `scale` + 1 where an object of that scale lies and no coarser one does.
void mark_objects(const cv::Mat& page, const cv::Mat& limits, int window, int scale,
                  cv::Mat& scales) {
  const cv::Mat black = page < limits;
  const double unit = static_cast<double>(window) * window;
  const auto fits = [&](const ComponentBox& box) {
    const auto area = static_cast<double>(box.area);
    return (scale == 0 || area > kLeastArea * unit) &&
           (scale == kScales - 1 || area < kMostArea * unit);
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

/// Gives each pixel the mark of the nearest one that has any (the longer of the ways across and
/// down), in two passes over the image (`rosenfeld1966`).
void spread_marks(cv::Mat& marks) {
  constexpr int kFar = std::numeric_limits<int>::max() - 1;
  cv::Mat distances(marks.rows + 2, marks.cols + 2, CV_32SC1, cv::Scalar(kFar));
  cv::Mat padded(distances.size(), CV_8UC1, cv::Scalar(0));
  marks.copyTo(padded({1, 1, marks.cols, marks.rows}));
  distances({1, 1, marks.cols, marks.rows}).setTo(0, marks);
  const auto pass = [&](int step) {
    const int first = step > 0 ? 1 : marks.rows;
    for (int y = first; y >= 1 && y <= marks.rows; y += step) {
      int* to = distances.ptr<int>(y);
      const int* beside = distances.ptr<int>(y - step);
      std::uint8_t* mark = padded.ptr<std::uint8_t>(y);
      const std::uint8_t* other = padded.ptr<std::uint8_t>(y - step);
      const auto take = [&](int x, int distance, std::uint8_t from) {
        if (distance + 1 >= to[x]) return;
        to[x] = distance + 1;
        mark[x] = from;
      };
      for (int x = step > 0 ? 1 : marks.cols; x >= 1 && x <= marks.cols; x += step) {
        take(x, to[x - step], mark[x - step]);
        for (const int at : {x - 1, x, x + 1}) take(x, beside[at], other[at]);
      }
    }
  };
  pass(1);
  pass(-1);
  padded({1, 1, marks.cols, marks.rows}).copyTo(marks);
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
  std::vector<std::uint8_t> row_limits(static_cast<std::size_t>(scales.cols));
  for (int y = 0; y < gray.rows; ++y) {
    const int row = y / sizes.reduction;
    for (int x = 0; x < scales.cols; ++x) {
      const int mark = scales.at<std::uint8_t>(row, x);
      const int scale = mark == 0 ? 0 : mark - 1;
      row_limits[static_cast<std::size_t>(x)] =
          limits[static_cast<std::size_t>(scale)].at<std::uint8_t>(row >> scale, x >> scale);
    }
    const std::uint8_t* from = gray.ptr<std::uint8_t>(y);
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      to[x] = from[x] < row_limits[static_cast<std::size_t>(x / sizes.reduction)] ? 0 : 255;
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
