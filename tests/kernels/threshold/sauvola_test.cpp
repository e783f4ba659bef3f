#include "ocrtune/kernels/threshold/sauvola.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>
#include <set>

#include "ocrtune/kernels/threshold/high_contrast.h"
#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"

namespace ocrtune {
namespace {

using namespace test;

double plain_sauvola(const PlainWindow& window, double k) {
  return window.mean() * (1 + k * (window.deviation() / 128 - 1));
}

/// 255 where a page is below its thresholds; these too, rounded up.
cv::Mat plain_black(const cv::Mat& gray, int window, double k, cv::Mat& limits) {
  limits.create(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const double limit = plain_sauvola(plain_window(gray, {x, y}, window), k);
      // Rounding must not make one more of a whole number.
      limits.at<uchar>(y, x) = cv::saturate_cast<uchar>(std::ceil(limit - 1e-9));
    }
  }
  return gray < limits;
}

cv::Mat plain_reduction(const cv::Mat& gray, int factor) {
  cv::Mat out((gray.rows + factor - 1) / factor, (gray.cols + factor - 1) / factor, CV_8UC1);
  for (int y = 0; y < out.rows; ++y) {
    for (int x = 0; x < out.cols; ++x) {
      const cv::Rect block =
          cv::Rect(x * factor, y * factor, factor, factor) & cv::Rect(0, 0, gray.cols, gray.rows);
      out.at<uchar>(y, x) = static_cast<uchar>(std::floor(cv::mean(gray(block))[0] + 0.5));
    }
  }
  return out;
}

/// Labels from 1 and the areas of components.
struct Labels {
  cv::Mat of;
  std::vector<int> areas;
};

Labels labelled(const cv::Mat& mask) {
  Labels labels;
  cv::Mat stats;
  cv::Mat centers;
  const int count = cv::connectedComponentsWithStats(mask, labels.of, stats, centers, 8);
  for (int i = 0; i < count; ++i) labels.areas.push_back(stats.at<int>(i, cv::CC_STAT_AREA));
  return labels;
}

constexpr int kScales = 3;

struct PlainScales {
  std::array<cv::Mat, kScales> limits;
  cv::Mat marks;  ///< 1 + the scale where an object is kept, else 0
};

PlainScales plain_scales(const cv::Mat& gray, MultiscaleSizes sizes, double k) {
  PlainScales all;
  std::array<cv::Mat, kScales> black;
  cv::Mat page = plain_reduction(gray, sizes.reduction);
  all.marks = cv::Mat(page.size(), CV_8UC1, cv::Scalar(0));
  for (std::size_t s = 0; s < kScales; ++s) {
    black.at(s) = plain_black(page, sizes.window, k, all.limits.at(s));
    page = plain_reduction(page, 2);
  }
  const double unit = sizes.window * sizes.window;
  for (int s = 0; s < kScales; ++s) {
    const Labels objects = labelled(black.at(static_cast<std::size_t>(s)));
    for (int y = 0; y < all.marks.rows; ++y) {
      for (int x = 0; x < all.marks.cols; ++x) {
        const int label = objects.of.at<int>(y >> s, x >> s);
        const double area = objects.areas[static_cast<std::size_t>(label)];
        const bool fits =
            label != 0 && (s == 0 || area > 0.15 * unit) && (s == kScales - 1 || area < 1.5 * unit);
        if (fits) all.marks.at<uchar>(y, x) = static_cast<uchar>(s + 1);
      }
    }
  }
  return all;
}

/// The scales of the nearest objects: several where they are as near.
std::set<int> nearest_scales(const cv::Mat& marks, cv::Point at) {
  std::set<int> scales;
  int nearest = marks.rows + marks.cols;
  for (int y = 0; y < marks.rows; ++y) {
    for (int x = 0; x < marks.cols; ++x) {
      if (marks.at<uchar>(y, x) == 0) continue;
      const int distance = std::max(std::abs(y - at.y), std::abs(x - at.x));
      if (distance < nearest) scales.clear();
      nearest = std::min(nearest, distance);
      if (distance == nearest) scales.insert(marks.at<uchar>(y, x) - 1);
    }
  }
  if (scales.empty()) scales.insert(0);
  return scales;
}

TEST(MultiscaleSauvola, TakesTheThresholdOfTheNearestObjectsScale) {
  cv::RNG rng(77);
  int several_scales = 0;
  for (int round = 0; round < 120 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(60, rng), round, rng);
    const MultiscaleSizes sizes{.window = 2 * rng.uniform(1, 6) + 1,
                                .reduction = rng.uniform(1, 4)};
    const double k = rng.uniform(0.05, 0.5);
    SCOPED_TRACE(testing::Message() << gray.size() << " round " << round);
    const cv::Mat out = multiscale_sauvola(gray, sizes, k);
    const PlainScales plain = plain_scales(gray, sizes, k);
    double most = 0;
    cv::minMaxLoc(plain.marks, nullptr, &most);
    if (most > 1) ++several_scales;
    int wrong = 0;
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const cv::Point at(x / sizes.reduction, y / sizes.reduction);
        bool possible = false;
        for (const int s : nearest_scales(plain.marks, at)) {
          const int limit =
              plain.limits.at(static_cast<std::size_t>(s)).at<uchar>(at.y >> s, at.x >> s);
          const int expected = gray.at<uchar>(y, x) < limit ? 0 : 255;
          possible = possible || out.at<uchar>(y, x) == expected;
        }
        if (!possible) ++wrong;
      }
    }
    EXPECT_EQ(wrong, 0);
  }
  EXPECT_GT(several_scales, 20);
}

/// A window of a few strokes sees even ground inside of a letter as wide as itself.
TEST(MultiscaleSauvola, KeepsLargeLettersFull) {
  cv::Mat page(400, 600, CV_8UC1, cv::Scalar(215));
  cv::rectangle(page, {40, 40, 45, 200}, 90, cv::FILLED);
  for (int x = 160; x < 560; x += 20) cv::rectangle(page, {x, 60, 6, 20}, 90, cv::FILLED);
  const auto black_share = [](const cv::Mat& out, const cv::Rect& part) {
    return 1 - cv::mean(out(part))[0] / 255;
  };
  const cv::Rect inside(45, 45, 35, 190);
  const cv::Mat single = black_below(
      page, 21, [](const WindowSums& sums) { return sauvola_threshold(sums, 0.3, 128); });
  const cv::Mat multiple = multiscale_sauvola(page, {.window = 21, .reduction = 1}, 0.3);
  EXPECT_LT(black_share(single, inside), 0.7);
  EXPECT_GT(black_share(multiple, inside), 0.9);
  EXPECT_GT(black_share(multiple, {160, 60, 6, 20}), 0.95);
}

TEST(HighContrastPixels, AreThoseAboveOtsusThreshold) {
  cv::RNG rng(5);
  for (int round = 0; round < 200 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(60, rng), round, rng);
    cv::Mat contrast(gray.size(), CV_8UC1);
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const auto levels = plain_window(gray, {x, y}, 3).levels;
        const auto [low, high] = std::ranges::minmax(levels);
        contrast.at<uchar>(y, x) = static_cast<uchar>(
            high + low == 0 ? 0 : std::floor(255 * (high - low) / (high + low) + 0.5));
      }
    }
    cv::Mat expected;
    cv::threshold(contrast, expected, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    EXPECT_TRUE(same_pixels(high_contrast_pixels(gray), expected)) << round;
  }
}

TEST(SauvolaOfHighContrast, IsSauvolasLessWhatHasNoEdges) {
  cv::RNG rng(6);
  int removed = 0;
  for (int round = 0; round < 120 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(60, rng), round, rng);
    const int window = 2 * rng.uniform(1, 12) + 1;
    const double k = rng.uniform(0.0, 0.3);
    cv::Mat limits;
    cv::Mat expected = plain_black(gray, window, k, limits);
    const Labels objects = labelled(expected);
    const cv::Mat edges = high_contrast_pixels(gray);
    std::vector<bool> sharp(objects.areas.size());
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        if (edges.at<uchar>(y, x) != 0) {
          sharp[static_cast<std::size_t>(objects.of.at<int>(y, x))] = true;
        }
      }
    }
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const int label = objects.of.at<int>(y, x);
        if (label == 0 || sharp[static_cast<std::size_t>(label)]) continue;
        expected.at<uchar>(y, x) = 0;
        ++removed;
      }
    }
    EXPECT_TRUE(same_pixels(sauvola_of_high_contrast(gray, window, k), 255 - expected)) << round;
  }
  EXPECT_GT(removed, 0);
}

TEST(Sauvola, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(multiscale_sauvola({}, {}, 0.3), cv::Exception);
  EXPECT_THROW(multiscale_sauvola(gray, {.window = 4}, 0.3), cv::Exception);
  EXPECT_THROW(multiscale_sauvola(gray, {.window = 5, .reduction = 0}, 0.3), cv::Exception);
  EXPECT_THROW(sauvola_of_high_contrast(gray, 4, 0.3), cv::Exception);
  EXPECT_THROW(high_contrast_pixels(cv::Mat(8, 8, CV_8UC3)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
