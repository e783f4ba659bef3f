#include "ocrtune/kernels/measure/dark_regions.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

constexpr DarkRegionLimits kLimits{.window = 61, .share = 0.6};

struct Writing {
  cv::Point at;
  std::string text;
  int level = 0;
};

void write(cv::Mat& page, const Writing& writing) {
  cv::putText(page, writing.text, writing.at, cv::FONT_HERSHEY_SIMPLEX, 0.8, writing.level, 2);
}

cv::Mat paper() {
  cv::Mat page(500, 700, CV_8UC1, cv::Scalar(230));
  for (int y = 330; y < 480; y += 36) write(page, {{20, y}, "dark text on light paper", 40});
  return page;
}

/// Agreement of the mask with a region that it should cover.
double overlap(const cv::Mat& mask, const cv::Mat& region) {
  return static_cast<double>(cv::countNonZero(mask & region)) / cv::countNonZero(mask | region);
}

TEST(DarkRegions, AreWholePages) {
  cv::Mat page = 255 - paper();
  for (int y = 40; y < 300; y += 36) write(page, {{20, y}, "light text on dark ground", 215});
  const cv::Mat mask = dark_text_regions(page, kLimits);
  ASSERT_FALSE(mask.empty());
  EXPECT_EQ(cv::countNonZero(mask), page.rows * page.cols);
}

TEST(DarkRegions, AreBarsToTheirEdges) {
  cv::Mat page = paper();
  const cv::Rect bar(50, 60, 560, 90);
  page(bar).setTo(50);
  write(page, {{80, 115}, "LIGHT HEADING, 17 LETTERS", 225});
  cv::Mat region(page.size(), CV_8UC1, cv::Scalar(0));
  region(bar).setTo(255);
  EXPECT_GT(overlap(dark_text_regions(page, kLimits), region), 0.999);
}

/// A table's frame hangs together with its dark head.
TEST(DarkRegions, EndWhereAFrameGoesOn) {
  cv::Mat page = paper();
  const cv::Rect bar(50, 30, 560, 70);
  cv::rectangle(page, {50, 30, 560, 280}, 50, 3);
  page(bar).setTo(50);
  write(page, {{80, 75}, "LIGHT HEADING", 225});
  write(page, {{80, 180}, "dark text in a cell", 50});
  const cv::Mat mask = dark_text_regions(page, kLimits);
  cv::Mat region(page.size(), CV_8UC1, cv::Scalar(0));
  region(bar).setTo(255);
  EXPECT_EQ(cv::countNonZero(mask & region), cv::countNonZero(region));
  EXPECT_EQ(cv::countNonZero(mask.rowRange(135, page.rows)), 0);
}

TEST(DarkRegions, LeaveLightPanelsAlone) {
  cv::Mat page(500, 700, CV_8UC1, cv::Scalar(40));
  write(page, {{40, 60}, "light text on dark ground", 215});
  const cv::Rect panel(100, 150, 500, 300);
  page(panel).setTo(230);
  for (int y = 200; y < 440; y += 36) write(page, {{120, y}, "dark text on a panel", 40});
  const cv::Mat mask = dark_text_regions(page, kLimits);
  EXPECT_EQ(cv::countNonZero(mask(panel)), 0);
  cv::Mat region(page.size(), CV_8UC1, cv::Scalar(255));
  region(panel).setTo(0);
  EXPECT_GT(overlap(mask, region), 0.99);
}

TEST(DarkRegions, AreNotOrdinaryTextShadowsLidsAndPictures) {
  EXPECT_TRUE(dark_text_regions(paper(), kLimits).empty());
  cv::Mat bold = paper();
  cv::putText(bold, "HEADLINE", {30, 150}, cv::FONT_HERSHEY_SIMPLEX, 4, 30, 24);
  EXPECT_TRUE(dark_text_regions(bold, kLimits).empty());
  cv::Mat lid = paper();
  lid.colRange(600, 700).setTo(10);
  EXPECT_TRUE(dark_text_regions(lid, kLimits).empty());
  cv::Mat shadow = paper();
  shadow.colRange(0, 330) *= 0.35;
  EXPECT_TRUE(dark_text_regions(shadow, kLimits).empty());
  cv::Mat picture = paper();
  cv::circle(picture, {300, 150}, 120, 60, cv::FILLED);
  cv::circle(picture, {300, 150}, 40, 200, cv::FILLED);
  EXPECT_TRUE(dark_text_regions(picture, kLimits).empty());
}

TEST(DarkRegions, LookOnlyAtThePixelsTheyAreGiven) {
  cv::RNG rng(3);
  for (int round = 0; round < 200; ++round) {
    const cv::Mat image = kernel_image(kernel_size(200, rng), round, rng);
    const cv::Mat mask = dark_text_regions(image, {.window = 9, .share = 0.5});
    EXPECT_TRUE(same_pixels(
        dark_text_regions(as_part_of_larger(image), {.window = 9, .share = 0.5}), mask));
    EXPECT_TRUE(mask.empty() || mask.size() == image.size());
  }
  EXPECT_THROW(dark_text_regions({}, kLimits), cv::Exception);
  EXPECT_THROW(dark_text_regions(cv::Mat(8, 8, CV_8UC3), kLimits), cv::Exception);
  EXPECT_THROW(dark_text_regions(paper(), {.window = 10}), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
