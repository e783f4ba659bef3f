#include <gtest/gtest.h>

#include "ocrtune/stages/registry.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeBradley, IsTheFormulaOfItsPaper) {
  cv::RNG rng(5);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 15) + 1;
    const double t = rng.uniform(-10.0, 50.0);
    Values resolved;
    resolved.set("window", window);
    resolved.set("t", t);
    SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
    expect_black_below(binarize_bradley().run({gray, {}}, resolved).gray, gray, window,
                       [&](const PlainWindow& around) { return around.mean() * (1 - t / 100); });
  }
}

TEST(BinarizeBradley, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_bradley(), page.gray, {{"window", 8}}), page), 0.97);
}

/// A share of the light is the same share in the dark.
TEST(BinarizeBradley, IsTheSameInHalfTheLight) {
  TextPage page = text_page({.paper = 240, .ink = 0.5, .shade = 0.3});
  page.gray = page.gray / 2 * 2;
  const cv::Mat dimmed = page.gray / 2;
  EXPECT_EQ(cv::norm(output(binarize_bradley(), page.gray), output(binarize_bradley(), dimmed),
                     cv::NORM_INF),
            0);
}

}  // namespace
}  // namespace ocrtune
