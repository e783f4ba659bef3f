#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeOtsu, IsOpenCvsWithoutOffset) {
  cv::RNG rng(8);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(80, rng), round, rng);
    cv::Mat expected;
    cv::threshold(gray.clone(), expected, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    EXPECT_TRUE(same_pixels(output(binarize_otsu(), gray), expected));
  }
}

TEST(BinarizeOtsu, OffsetsCountFromTheMiddleOfWhatSplitsThePage) {
  const cv::Mat page = levels({10, 10, 10, 110, 200, 200, 200, 210});
  const auto black = [&](double offset) {
    return cv::countNonZero(output(binarize_otsu(), page, {{"offset", offset}}) == 0);
  };
  // Otsu's threshold is any level from 10 or 110 to that before the next one.
  const int without = black(0);
  EXPECT_TRUE(without == 3 || without == 4);
  EXPECT_EQ(black(-30), without);
  EXPECT_EQ(black(30), without);
  EXPECT_EQ(black(-255), 0);
  EXPECT_EQ(black(255), 8);
}

TEST(BinarizeOtsu, OffsetsThatReachTheSameLevelAreWorkedOutOnce) {
  const Stage stage = binarize_otsu();
  const auto resolved_at = [&](double offset) {
    return resolved(stage, values_of(stage, {{"offset", offset}}), 128);
  };
  EXPECT_EQ(resolved_at(127), resolved_at(255));
  EXPECT_EQ(resolved_at(-129), resolved_at(-255));
  EXPECT_NE(resolved_at(-128), resolved_at(-129));
}

TEST(BinarizeOtsu, FindsTextOnEvenLightOnly) {
  const TextPage even = text_page({.deviation = 8});
  EXPECT_GT(f_measure(output(binarize_otsu(), even.gray), even), 0.99);
  const TextPage uneven = text_page({.ink = 0.5, .shade = 0.8});
  EXPECT_LT(f_measure(output(binarize_otsu(), uneven.gray), uneven), 0.7);
}

}  // namespace
}  // namespace ocrtune
