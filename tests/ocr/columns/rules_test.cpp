#include "ocrtune/ocr/columns/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <string>

#include "ocrtune/ocr/columns/columns.h"

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
  const double angle = 3 * std::numbers::pi / 180;
  const auto turned = [&](const cv::Point2d& p) {
    return cv::Point2d(p.x * std::cos(angle) - p.y * std::sin(angle) + 60,
                       p.x * std::sin(angle) + p.y * std::cos(angle));
  };
  std::vector<LineBox> boxes = lines();
  cv::Mat gray(kHeight + 60, kWidth + 60, CV_8U, cv::Scalar(230));
  for (LineBox& line : boxes) {
    line.along = {std::cos(angle), std::sin(angle)};
    line.centre = turned(line.centre);
  }
  cv::line(gray, turned({20, 605}), turned({620, 605}), cv::Scalar(60), 2);
  const std::vector<PlacedLine> placed = placed_lines(boxes);
  const double slope = page_slope(boxes);
  EXPECT_NEAR(slope, std::tan(angle), 1e-6);
  const std::vector<Gutter> gutters =
      gutters_between_columns(placed, std::vector<std::string>(boxes.size(), "and so it goes on"));
  ASSERT_EQ(gutters.size(), 1U);
  const std::vector<Gutter> parts = cut_at_rules(gutters, placed, slope, gray);
  ASSERT_EQ(parts.size(), 2U);
  const auto above = [&](double y) {
    return std::ranges::count_if(placed, [&](const PlacedLine& line) { return line.y < y; });
  };
  EXPECT_EQ(above(parts[0].bottom), 2 * 19) << "lines whose middle is above 605";
  EXPECT_EQ(cut_at_rules(gutters, placed, 0, gray).size(), 1U);
}

TEST(Rules, AreNoDarkAreas) {
  cv::Mat gray = page();
  cv::rectangle(gray, cv::Rect(0, 400, kWidth, 200), cv::Scalar(70), cv::FILLED);
  EXPECT_EQ(cut(gray).size(), 1U) << "a shadow";
  cv::Mat inverted;
  cv::bitwise_not(page(), inverted);
  EXPECT_EQ(cut(inverted).size(), 1U) << "light text on a dark page";
  cv::GaussianBlur(inverted, inverted, {9, 9}, 3);
  EXPECT_EQ(cut(inverted).size(), 1U);
}

TEST(Rules, OfAPageWithManyAreLeftOut) {
  cv::Mat gray = page();
  std::vector<Gutter> many;
  for (int i = 0; i < 20; ++i) many.push_back({.x = 320.0 + i, .top = 40, .bottom = 960});
  for (int y = 65; y < 960; y += 30) draw_rule(gray, 20, 640, y);
  EXPECT_EQ(cut(gray).size(), 31U);
  EXPECT_EQ(cut_at_rules(many, placed_lines(lines()), 0, gray).size(), many.size());
}

TEST(Rules, OfTheLargestPage) {
  const cv::Mat gray(32767, 700, CV_8U, cv::Scalar(230));
  EXPECT_EQ(cut(gray).size(), 1U);
  EXPECT_EQ(cut_at_rules({{.x = 320, .top = 0, .bottom = 32767}}, {}, 0, gray).size(), 1U);
}

TEST(Rules, NeedAPage) {
  EXPECT_EQ(cut({}).size(), 1U);
  EXPECT_EQ(cut(cv::Mat(1, 1, CV_8U, cv::Scalar(0))).size(), 1U);
}

TEST(Rules, SetLinesApart) {
  const std::vector<PlacedLine> placed = placed_lines(lines());
  const std::vector<Gutter> parts{{.x = 320, .top = 40, .bottom = 605},
                                  {.x = 320, .top = 605, .bottom = 960}};
  EXPECT_TRUE(are_apart_by_rule(placed.front(), placed.back(), parts));
  EXPECT_TRUE(are_apart_by_rule(placed.back(), placed.front(), parts));
  EXPECT_FALSE(are_apart_by_rule(placed[0], placed[1], parts));
  EXPECT_FALSE(are_apart_by_rule(placed.front(), placed.back(), {kGutter}));
}

}  // namespace
}  // namespace ocrtune::columns
