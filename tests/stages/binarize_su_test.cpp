#include <gtest/gtest.h>

#include <cmath>

#include "ocrtune/kernels/threshold/high_contrast.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeSu, IsTheRuleOfItsPaper) {
  cv::RNG rng(14);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 10) + 1;
    const int least = rng.uniform(1, 2 * window);
    const double k = rng.uniform(-0.5, 1.5);
    Values resolved;
    resolved.set("window", window);
    resolved.set("edges", least);
    resolved.set("k", k);
    const cv::Mat out = binarize_su().run({gray, {}}, resolved).gray;
    const cv::Mat edges = high_contrast_pixels(gray);
    int wrong = 0;
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const PlainWindow near = plain_window(gray, {x, y}, window, edges);
        bool black = false;
        if (static_cast<int>(near.levels.size()) >= least) {
          const double limit = near.mean() + k * near.deviation();
          if (std::abs(gray.at<uchar>(y, x) - limit) < 1e-7) continue;
          black = gray.at<uchar>(y, x) <= limit;
        }
        if (out.at<uchar>(y, x) != (black ? 0 : 255)) ++wrong;
      }
    }
    EXPECT_EQ(wrong, 0) << gray.size() << " window " << window;
  }
}

TEST(BinarizeSu, FindsTextInStrongShade) {
  const TextPage page = text_page({.ink = 0.5, .shade = 0.8});
  EXPECT_GT(f_measure(output(binarize_su(), page.gray), page), 0.85);
}

TEST(BinarizeSu, CountsEdgesInSidesOfTheWindow) {
  const Stage stage = binarize_su();
  const auto edges_at = [&](double edges) {
    return resolved(stage, values_of(stage, {{"window", 1}, {"edges", edges}}), 20)
        .integer("edges");
  };
  EXPECT_EQ(edges_at(1), 21);
  EXPECT_EQ(edges_at(0.5), 11);
  EXPECT_EQ(edges_at(0), 1);
}

}  // namespace
}  // namespace ocrtune
