#include <gtest/gtest.h>

#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeSauvola, IsTheFormulaOfItsPaper) {
  cv::RNG rng(3);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 15) + 1;
    const double k = rng.uniform(0.0, 0.6);
    const double r = rng.uniform(50.0, 200.0);
    Values resolved;
    resolved.set("window", window);
    resolved.set("k", k);
    resolved.set("r", r);
    SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
    expect_black_below(binarize_sauvola().run({gray, {}}, resolved).gray, gray, window,
                       [&](const PlainWindow& around) {
                         return around.mean() * (1 + k * (around.deviation() / r - 1));
                       });
  }
}

TEST(BinarizeSauvola, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_sauvola(), page.gray, {{"window", 8}}), page), 0.97);
}

TEST(BinarizeSauvola, LeavesNoisyPaperWhite) {
  const TextPage page = text_page({.shade = 0.5, .deviation = 10});
  EXPECT_GT(f_measure(output(binarize_sauvola(), page.gray, {{"window", 8}}), page), 0.95);
}

TEST(BinarizeSauvola, LosesTextOfLittleContrast) {
  const TextPage page = text_page({.paper = 120, .ink = 0.8});
  EXPECT_LT(f_measure(output(binarize_sauvola(), page.gray), page), 0.1);
  EXPECT_GT(f_measure(output(binarize_sauvola(), page.gray, {{"r", 30}}), page), 0.9);
}

}  // namespace
}  // namespace ocrtune
