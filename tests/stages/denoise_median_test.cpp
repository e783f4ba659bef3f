#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

/// The middle one of the sorted levels around a pixel, the border's pixels going on forever.
uchar median_at(const cv::Mat& gray, int x, int y, int size) {
  std::vector<uchar> around;
  around.reserve(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  for (int dy = -size / 2; dy <= size / 2; ++dy) {
    for (int dx = -size / 2; dx <= size / 2; ++dx) {
      around.push_back(gray.at<uchar>(std::clamp(y + dy, 0, gray.rows - 1),
                                      std::clamp(x + dx, 0, gray.cols - 1)));
    }
  }
  std::ranges::sort(around);
  return around[around.size() / 2];
}

RC_GTEST_PROP(DenoiseMedian, IsTheMiddleOfTheSortedLevels, ()) {
  const int width = *rc::gen::inRange(1, 30);
  const int height = *rc::gen::inRange(1, 30);
  const int size = 2 * *rc::gen::inRange(0, 8) + 1;
  const cv::Mat gray = test::noise(width, height, *rc::gen::arbitrary<std::uint64_t>());
  const cv::Mat out = output(denoise_median(), gray, {{"size", size}});
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      RC_ASSERT(out.at<uchar>(y, x) == median_at(gray, x, y, size));
    }
  }
}

TEST(DenoiseMedian, OfSizeOneLeavesThePageAlone) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(denoise_median(), gray, {{"size", 1}}), gray));
}

TEST(DenoiseMedian, TakesSpecksAwayAndKeepsEdges) {
  cv::Mat page(30, 40, CV_8UC1, cv::Scalar(200));
  page.colRange(20, 40).setTo(40);
  const cv::Mat clean = page.clone();
  page.at<uchar>(10, 8) = 0;
  page.at<uchar>(20, 30) = 255;
  EXPECT_TRUE(same_pixels(output(denoise_median(), page, {{"size", 3}}), clean));
}

}  // namespace
}  // namespace ocrtune
