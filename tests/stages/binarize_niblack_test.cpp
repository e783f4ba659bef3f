#include <gtest/gtest.h>

#include "ocrtune/stages/registry.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeNiblack, IsTheFormulaOfItsPaper) {
  cv::RNG rng(2);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 15) + 1;
    const double k = rng.uniform(-2.0, 0.5);
    Values resolved;
    resolved.set("window", window);
    resolved.set("k", k);
    SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
    expect_black_below(
        binarize_niblack().run({gray, {}}, resolved).gray, gray, window,
        [&](const PlainWindow& around) { return around.mean() + k * around.deviation(); });
  }
}

TEST(BinarizeNiblack, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_niblack(), page.gray, {{"window", 8}}), page), 0.9);
}

/// The fault that the later methods mend: on empty paper the noise is spread over both sides.
TEST(BinarizeNiblack, MakesSpecksOfTheNoiseOfEmptyPaper) {
  cv::Mat paper(200, 200, CV_8UC1);
  cv::RNG(3).fill(paper, cv::RNG::NORMAL, 200, 4);
  EXPECT_GT(cv::countNonZero(output(binarize_niblack(), paper) == 0), 4000);
  EXPECT_EQ(cv::countNonZero(output(binarize_sauvola(), paper) == 0), 0);
}

}  // namespace
}  // namespace ocrtune
