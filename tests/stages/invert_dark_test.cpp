#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(InvertDark, TurnsAWholePage) {
  const cv::Mat light = text_page({.deviation = 6}).gray;
  const cv::Mat dark = 255 - light;
  EXPECT_TRUE(same_pixels(output(invert_dark(), dark), light));
}

TEST(InvertDark, LeavesOrdinaryPagesAlone) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const cv::Mat gray = scanned(300, 200, seed);
    EXPECT_TRUE(same_pixels(output(invert_dark(), gray), gray));
  }
  const cv::Mat page = text_page({.shade = 0.6, .deviation = 6}).gray;
  EXPECT_TRUE(same_pixels(output(invert_dark(), page), page));
}

TEST(InvertDark, LeavesEveryPageAloneAtShareOne) {
  const cv::Mat dark = 255 - text_page({}).gray;
  EXPECT_TRUE(same_pixels(output(invert_dark(), dark, {{"share", 1}}), dark));
  const Stage stage = invert_dark();
  EXPECT_EQ(resolved(stage, values_of(stage, {{"share", 1}, {"window", 2}}), 20),
            resolved(stage, values_of(stage, {{"share", 1}, {"window", 8}}), 20));
}

TEST(InvertDark, FindsNothingMoreToDo) {
  TextPage page = text_page({});
  page.gray.rowRange(100, 190) = 255 - page.gray.rowRange(100, 190);
  const cv::Mat once = output(invert_dark(), page.gray);
  EXPECT_FALSE(same_pixels(once, page.gray));
  EXPECT_TRUE(same_pixels(output(invert_dark(), once), once));
}

}  // namespace
}  // namespace ocrtune
