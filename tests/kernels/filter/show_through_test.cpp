#include "ocrtune/kernels/filter/show_through.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/filter/background.h"
#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

/// How far below its paper a pixel is, 255 for black.
cv::Mat_<int> depths_of(const cv::Mat& gray, const cv::Mat& paper) {
  const cv::Mat quotient = divided_by(gray, paper);
  cv::Mat_<int> depths(gray.size());
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) depths(y, x) = 255 - quotient.at<std::uint8_t>(y, x);
  }
  return depths;
}

/// The lower median of the depths that Otsu's threshold, as OpenCV finds it, calls ink.
int plain_ink(const cv::Mat_<int>& depths) {
  cv::Mat bytes;
  depths.convertTo(bytes, CV_8U);
  cv::Mat ignored;
  const double threshold = cv::threshold(bytes, ignored, 0, 255, cv::THRESH_OTSU);
  std::vector<int> ink;
  std::ranges::copy_if(depths, std::back_inserter(ink),
                       [&](int depth) { return depth > threshold; });
  std::ranges::sort(ink);
  return ink.empty() ? 0 : ink[(ink.size() - 1) / 2];
}

TEST(WithoutShowThrough, IsItsFormulaForAnyImage) {
  cv::RNG rng(20250104);
  int changed = 0;
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(60, rng), round, rng);
    const ShowThroughSettings settings{.contrast = rng.uniform(0.0, 1.0),
                                       .window = 2 * rng.uniform(1, 30) + 1,
                                       .reach = rng.uniform(0, 4)};
    const cv::Mat out = without_show_through(gray, settings);
    const cv::Mat paper = median_paper(gray, settings.window);
    const cv::Mat_<int> depths = depths_of(gray, paper);
    const double limit = settings.contrast * plain_ink(depths);
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        int deepest = 0;
        for (int v = std::max(0, y - settings.reach);
             v <= std::min(gray.rows - 1, y + settings.reach); ++v) {
          for (int u = std::max(0, x - settings.reach);
               u <= std::min(gray.cols - 1, x + settings.reach); ++u) {
            deepest = std::max(deepest, depths(v, u));
          }
        }
        const double level = gray.at<std::uint8_t>(y, x);
        const double below = std::max(paper.at<std::uint8_t>(y, x) - level, 0.0);
        const double kept = limit == 0 ? 1 : std::clamp((deepest / limit - 0.75) / 0.5, 0.0, 1.0);
        // Shares are multiples of 1/256.
        EXPECT_NEAR(out.at<std::uint8_t>(y, x), level + below * (1 - kept), 1.01);
      }
    }
    if (!same_pixels(out, gray)) ++changed;
  }
  EXPECT_GT(changed, 150);
}

TEST(WithoutShowThrough, TakesTheOtherSideAndLeavesThisOne) {
  cv::Mat page(240, 500, CV_8UC1, cv::Scalar(220));
  const auto print = [&](cv::Mat& image, int x, int y, int level) {
    cv::putText(image, "quick brown fox", {x, y}, cv::FONT_HERSHEY_SIMPLEX, 1, level, 2,
                cv::LINE_AA);
  };
  cv::Mat front = page.clone();
  for (int y = 40; y < page.rows; y += 60) print(front, 10, y, 40);
  cv::Mat back = page.clone();
  for (int y = 65; y < page.rows; y += 60) print(back, 60, y, 170);
  const cv::Mat both = cv::min(front, back);
  const cv::Mat out = without_show_through(both, {.contrast = 0.5, .window = 81, .reach = 2});
  // Everything but the soft edges of the front, where the back runs into them.
  cv::Mat near_ink;
  cv::dilate(front < 200, near_ink, cv::Mat::ones(7, 7, CV_8UC1));
  cv::Mat off;
  cv::absdiff(out, front, off);
  EXPECT_LE(cv::norm(off, cv::NORM_INF, ~near_ink), 2);
  EXPECT_EQ(cv::norm(off, cv::NORM_INF, front < 100), 0);
}

TEST(WithoutShowThrough, NeverDarkens) {
  const cv::Mat gray = scanned(120, 90, 6);
  for (const double contrast : {0.0, 0.3, 1.0}) {
    const cv::Mat out = without_show_through(gray, {.contrast = contrast, .window = 31});
    EXPECT_EQ(cv::countNonZero(out < gray), 0);
    EXPECT_EQ(same_pixels(out, gray), contrast == 0);
  }
}

TEST(WithoutShowThrough, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(without_show_through({}, {}), cv::Exception);
  EXPECT_THROW(without_show_through(cv::Mat(8, 8, CV_8UC3), {}), cv::Exception);
  EXPECT_THROW(without_show_through(gray, {.contrast = 2}), cv::Exception);
  EXPECT_THROW(without_show_through(gray, {.window = 4}), cv::Exception);
  EXPECT_THROW(without_show_through(gray, {.reach = -1}), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
