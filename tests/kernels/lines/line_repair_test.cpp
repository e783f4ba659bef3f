#include "ocrtune/kernels/lines/line_repair.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/lines/line_mask.h"
#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

constexpr LineRepairSettings kUsual{.h_size = 41, .v_size = 41, .thickness = 8, .margin = 1};

/// Letters of thick strokes, most of them leaning one way or the other, on white.
cv::Mat print() {
  cv::Mat page(200, 500, CV_8UC1, cv::Scalar(230));
  for (int x = 30; x < 480; x += 45) {
    const int lean = (x / 45 % 3 - 1) * 12;
    cv::line(page, {x + lean, 80}, {x - lean, 120}, 30, 5);
  }
  return page;
}

TEST(WithoutLinesRepaired, TakesALineAndLeavesTheStrokesAcrossIt) {
  const cv::Mat clean = print();
  cv::Mat ruled = clean.clone();
  cv::line(ruled, {0, 100}, {499, 100}, 30, 3);
  const cv::Mat out = without_lines_repaired(ruled, kUsual);
  cv::Mat off;
  cv::absdiff(out, clean, off);
  // A pixel here and there on the strokes' jagged edges.
  EXPECT_LT(cv::countNonZero(off > 40), 70);
  // Painting the line white takes the strokes too.
  cv::absdiff(without_lines(ruled, {.h_size = 41, .v_size = 41, .dilate_iter = 1}), clean, off);
  EXPECT_GT(cv::countNonZero(off > 40), 400);
}

TEST(WithoutLinesRepaired, TreatsDownAsAcross) {
  cv::Mat ruled = print();
  cv::line(ruled, {0, 100}, {499, 100}, 30, 3);
  cv::Mat turned = ruled.t();
  EXPECT_TRUE(same_pixels(without_lines_repaired(turned, kUsual),
                          cv::Mat(without_lines_repaired(ruled, kUsual).t())));
}

TEST(WithoutLinesRepaired, TakesAGridWithItsCrossings) {
  cv::Mat page(240, 300, CV_8UC1, cv::Scalar(200));
  for (int at = 40; at < 240; at += 60) {
    cv::line(page, {10, at}, {290, at}, 20, 2);
    cv::line(page, {at, 10}, {at, 230}, 20, 2);
  }
  const cv::Mat out = without_lines_repaired(page, kUsual);
  EXPECT_TRUE(same_pixels(out, cv::Mat(page.size(), CV_8UC1, cv::Scalar(200))));
}

TEST(WithoutLinesRepaired, LeavesBarsAndShortLinesAlone) {
  cv::Mat page(120, 300, CV_8UC1, cv::Scalar(200));
  page(cv::Rect(20, 20, 200, 14)).setTo(20);
  page(cv::Rect(20, 80, 60, 3)).setTo(20);
  EXPECT_TRUE(same_pixels(without_lines_repaired(page, kUsual), page));
  LineRepairSettings thicker = kUsual;
  thicker.thickness = 14;
  EXPECT_EQ(without_lines_repaired(page, thicker).at<std::uint8_t>(25, 100), 200);
  EXPECT_EQ(without_lines_repaired(page, thicker).at<std::uint8_t>(81, 40), 20);
}

TEST(WithoutLinesRepaired, FillsWithThePaperBeside) {
  cv::Mat page(60, 300, CV_8UC1);
  for (int x = 0; x < page.cols; ++x) page.col(x).setTo(100 + x / 3);
  const cv::Mat paper = page.clone();
  cv::line(page, {0, 30}, {299, 30}, 10, 3);
  const cv::Mat out = without_lines_repaired(page, kUsual);
  EXPECT_LE(cv::norm(out, paper, cv::NORM_INF), 3);
}

TEST(WithoutLinesRepaired, NeverDarkensAndChangesLinesOnly) {
  cv::RNG rng(20250105);
  int changed = 0;
  for (int round = 0; round < 400 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(120, rng), round, rng);
    const LineRepairSettings settings{.h_size = rng.uniform(1, 20),
                                      .v_size = rng.uniform(1, 20),
                                      .thickness = rng.uniform(0, 9),
                                      .margin = rng.uniform(0, 3)};
    const cv::Mat out = without_lines_repaired(gray, settings);
    ASSERT_EQ(out.size(), gray.size());
    const cv::Mat mask = line_mask(
        gray,
        {.h_size = settings.h_size, .v_size = settings.v_size, .dilate_iter = settings.margin});
    EXPECT_EQ(cv::countNonZero(out < gray), 0);
    EXPECT_EQ(cv::countNonZero((out != gray) & ~mask), 0);
    const bool is_same = same_pixels(out, gray);
    EXPECT_TRUE(is_same || settings.thickness > 0);
    if (!is_same) ++changed;
    EXPECT_TRUE(same_pixels(without_lines_repaired(gray.clone(), settings), out));
  }
  EXPECT_GT(changed, 50);
}

TEST(WithoutLinesRepaired, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(without_lines_repaired({}, kUsual), cv::Exception);
  EXPECT_THROW(without_lines_repaired(cv::Mat(8, 8, CV_8UC3), kUsual), cv::Exception);
  EXPECT_THROW(without_lines_repaired(gray, {.h_size = 0}), cv::Exception);
  EXPECT_THROW(without_lines_repaired(gray, {.thickness = -1}), cv::Exception);
  EXPECT_THROW(without_lines_repaired(gray, {.margin = -1}), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
