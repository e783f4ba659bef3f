#include <gtest/gtest.h>

#include <cmath>

#include "ocrtune/stages/registry.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeNick, IsTheFormulaOfItsPaper) {
  cv::RNG rng(4);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(50, rng), round, rng);
    const int window = 2 * rng.uniform(1, 15) + 1;
    const double k = rng.uniform(-0.4, 0.1);
    Values resolved;
    resolved.set("window", window);
    resolved.set("k", k);
    SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
    expect_black_below(binarize_nick().run({gray, {}}, resolved).gray, gray, window,
                       [&](const PlainWindow& around) {
                         const double mean = around.mean();
                         const auto count = static_cast<double>(around.levels.size());
                         return mean +
                                k * std::sqrt((around.sum_of_squares() - mean * mean) / count);
                       });
  }
}

TEST(BinarizeNick, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_nick(), page.gray, {{"window", 8}}), page), 0.97);
}

TEST(BinarizeNick, LeavesNoisyPaperWhite) {
  cv::Mat paper(200, 200, CV_8UC1);
  cv::RNG(3).fill(paper, cv::RNG::NORMAL, 200, 4);
  EXPECT_EQ(cv::countNonZero(output(binarize_nick(), paper) == 0), 0);
}

}  // namespace
}  // namespace ocrtune
