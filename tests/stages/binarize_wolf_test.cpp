#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/stages/registry.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeWolf, IsTheFormulaOfItsPaper) {
  cv::RNG rng(12);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 15) + 1;
    const double k = rng.uniform(-0.2, 1.0);
    double darkest = 255;
    double greatest = 0;
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        darkest = std::min<double>(darkest, gray.at<uchar>(y, x));
        greatest = std::max(greatest, plain_window(gray, {x, y}, window).deviation());
      }
    }
    Values resolved;
    resolved.set("window", window);
    resolved.set("k", k);
    SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
    expect_black_below(binarize_wolf().run({gray, {}}, resolved).gray, gray, window,
                       [&](const PlainWindow& around) {
                         if (greatest == 0) return around.mean();
                         const double mean = around.mean();
                         return (1 - k) * mean + k * darkest +
                                k * around.deviation() / greatest * (mean - darkest);
                       });
  }
}

TEST(BinarizeWolf, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.5});
  EXPECT_GT(f_measure(output(binarize_wolf(), page.gray, {{"window", 8}}), page), 0.97);
}

/// What it was made for: the threshold follows the contrast that the page has.
TEST(BinarizeWolf, IsTheSameForLessContrast) {
  const TextPage strong = text_page({.paper = 240, .ink = 0.25});
  const cv::Mat weak = 150 + (strong.gray - 60) / 4;
  EXPECT_GT(f_measure(output(binarize_wolf(), weak), strong), 0.97);
  EXPECT_EQ(
      cv::norm(output(binarize_wolf(), weak), output(binarize_wolf(), strong.gray), cv::NORM_INF),
      0);
}

}  // namespace
}  // namespace ocrtune
