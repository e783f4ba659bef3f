#include "ocrtune/ocr/columns/rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace ocrtune::columns {
namespace {

constexpr int kWidth = 700;
constexpr int kHeight = 1000;
const Gutter kGutter{.x = 320, .top = 40, .bottom = 960};

/// Lines of a page in two columns, beside the gutter.
std::vector<LineBox> lines() {
  std::vector<LineBox> all;
  for (int y = 50; y < 960; y += 30) {
    all.push_back(
        {.centre = {150, static_cast<double>(y)}, .along = {1, 0}, .length = 300, .thickness = 20});
    all.push_back(
        {.centre = {490, static_cast<double>(y)}, .along = {1, 0}, .length = 300, .thickness = 20});
  }
  return all;
}

/// A page with marks like letters in these lines.
cv::Mat page() {
  cv::Mat gray(kHeight, kWidth, CV_8U, cv::Scalar(230));
  for (const LineBox& line : lines()) {
    for (int x = 0; x < 300; x += 12)
      cv::rectangle(gray,
                    cv::Rect(static_cast<int>(line.centre.x) - 150 + x,
                             static_cast<int>(line.centre.y) - 8, 7, 16),
                    cv::Scalar(40), cv::FILLED);
  }
  return gray;
}

void draw_rule(cv::Mat& gray, int from, int to, int y, int level = 60) {
  cv::line(gray, {from, y}, {to, y}, cv::Scalar(level), 2);
}

std::vector<Gutter> cut(const cv::Mat& gray) {
  return cut_at_rules({kGutter}, placed_lines(lines()), 0, gray);
}

TEST(Rules, AcrossAGutterEndIt) {
  cv::Mat gray = page();
  draw_rule(gray, 20, 620, 605);
  const std::vector<Gutter> parts = cut(gray);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].top, kGutter.top);
  EXPECT_NEAR(parts[0].bottom, 605, 2);
  EXPECT_EQ(parts[1].top, parts[0].bottom);
  EXPECT_EQ(parts[1].bottom, kGutter.bottom);
}

TEST(Rules, OfOneColumnDoNot) {
  cv::Mat gray = page();
  EXPECT_EQ(cut(gray).size(), 1U) << "text alone";
  draw_rule(gray, 0, 305, 605);
  draw_rule(gray, 335, 640, 605);
  draw_rule(gray, 310, 400, 245);
  EXPECT_EQ(cut(gray).size(), 1U);
  cv::line(gray, {320, 0}, {320, kHeight}, cv::Scalar(60), 3);
  EXPECT_EQ(cut(gray).size(), 1U) << "with a rule in the gutter";
}

TEST(Rules, TwoCloseTogetherAreOne) {
  cv::Mat gray = page();
  draw_rule(gray, 20, 620, 602);
  draw_rule(gray, 20, 620, 609);
  draw_rule(gray, 20, 620, 755);
  EXPECT_EQ(cut(gray).size(), 3U);
}

TEST(Rules, MayHaveSmallGapsAndBends) {
  cv::Mat gray = page();
  draw_rule(gray, 20, 360, 604);
  draw_rule(gray, 364, 620, 606);
  EXPECT_EQ(cut(gray).size(), 2U);
}

TEST(Rules, AreFoundOnASkewedPage) {
  cv::Mat gray = page();
  draw_rule(gray, 20, 620, 605);
  // A page that is turned, as placed_lines() sees it.
  const double slope = std::tan(3 * std::numbers::pi / 180);
  const double scale = 1 / (1 + slope * slope);
  const cv::Matx23d to_page(scale, -slope * scale, 0, slope * scale, scale, 0);
  cv::Mat turned;
  cv::warpAffine(gray, turned, to_page, {kWidth, kHeight + 40}, cv::INTER_LINEAR,
                 cv::BORDER_CONSTANT, cv::Scalar(230));
  const std::vector<Gutter> parts = cut_at_rules({kGutter}, placed_lines(lines()), slope, turned);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NEAR(parts[0].bottom, 605, 4);
  EXPECT_EQ(cut_at_rules({kGutter}, placed_lines(lines()), 0, turned).size(), 1U);
}

TEST(Rules, NeedAPage) {
  EXPECT_EQ(cut({}).size(), 1U);
  EXPECT_EQ(cut(cv::Mat(1, 1, CV_8U, cv::Scalar(0))).size(), 1U);
}

}  // namespace
}  // namespace ocrtune::columns
