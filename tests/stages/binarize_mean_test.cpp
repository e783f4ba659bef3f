#include <gtest/gtest.h>

#include "ocrtune/stages/registry.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeMean, IsTheFormulaOfItsPaper) {
  cv::RNG rng(1);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 15) + 1;
    const double c = rng.uniform(-20.0, 40.0);
    Values resolved;
    resolved.set("window", window);
    resolved.set("c", c);
    SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
    expect_black_below(binarize_mean().run({gray, {}}, resolved).gray, gray, window,
                       [&](const PlainWindow& around) { return around.mean() - c; });
  }
}

TEST(BinarizeMean, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_mean(), page.gray, {{"window", 8}}), page), 0.97);
}

TEST(BinarizeMean, MakesLessBlackTheLargerCIs) {
  const TextPage page = text_page({.deviation = 12});
  int black = page.gray.rows * page.gray.cols + 1;
  for (const double c : {-255.0, 0.0, 10.0, 30.0, 255.0}) {
    const int now = cv::countNonZero(output(binarize_mean(), page.gray, {{"c", c}}) == 0);
    EXPECT_LT(now, black);
    black = now;
  }
  EXPECT_EQ(black, 0);
}

}  // namespace
}  // namespace ocrtune
