#include "ocrtune/ocr/columns/rows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <string>

namespace ocrtune::columns {
namespace {

using Rows = std::vector<std::vector<std::size_t>>;

std::vector<Row> rows_with(const std::vector<LineBox>& lines, const std::string& text) {
  return rows_of(lines, std::vector<std::string>(lines.size(), text), {});
}

/// The rows of lines that are no running text.
Rows rows_of_lines(const std::vector<LineBox>& lines) {
  Rows rows;
  for (const Row& row : rows_with(lines, "Total 1")) {
    EXPECT_EQ(row.block, 1);
    rows.push_back(row.lines);
  }
  return rows;
}

LineBox line(double left, double top, double length, double thickness = 20) {
  return {.centre = {left + length / 2, top + thickness / 2},
          .along = {1, 0},
          .length = length,
          .thickness = thickness};
}

/// The same line on a page that is turned around its upper left corner.
LineBox turned(LineBox box, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const auto turn = [&](const cv::Point2d& p) {
    return cv::Point2d(p.x * std::cos(angle) - p.y * std::sin(angle),
                       p.x * std::sin(angle) + p.y * std::cos(angle));
  };
  box.centre = turn(box.centre);
  box.along = turn(box.along);
  return box;
}

TEST(Rows, AreFromTopToBottomAndFromLeftToRight) {
  EXPECT_EQ(rows_of_lines({line(300, 12, 100), line(0, 60, 200), line(0, 10, 200)}),
            (Rows{{2, 0}, {1}}));
}

TEST(Rows, FollowASkewedPage) {
  std::vector<LineBox> lines;
  for (int row = 0; row < 5; ++row) {
    lines.push_back(turned(line(0, 40.0 * row, 300), 3));
    lines.push_back(turned(line(600, 40.0 * row, 300), 3));
  }
  EXPECT_EQ(rows_of_lines(lines), (Rows{{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}}));
}

TEST(Rows, DoNotJoinLinesAboveEachOther) {
  EXPECT_EQ(rows_of_lines({line(0, 0, 200), line(0, 9, 200)}), (Rows{{0}, {1}}));
}

TEST(Rows, OfASmallLineBesideALargeOne) {
  EXPECT_EQ(rows_of_lines({line(0, 0, 200, 60), line(250, 20, 60, 15)}), (Rows{{0, 1}}));
}

/// Two columns of five lines below a title, and a line below them.
std::vector<LineBox> two_columns() {
  std::vector<LineBox> lines{line(0, 0, 640)};
  for (int row = 1; row <= 5; ++row) {
    lines.push_back(line(0, 30.0 * row, 300));
    lines.push_back(line(340, 30.0 * row, 300));
  }
  lines.push_back(line(0, 180, 640));
  return lines;
}

const std::vector<Row> kByColumns{{{0}, 1}, {{1}, 1}, {{3}, 1}, {{5}, 1}, {{7}, 1},  {{9}, 1},
                                  {{2}, 2}, {{4}, 2}, {{6}, 2}, {{8}, 2}, {{10}, 2}, {{11}, 2}};

TEST(Rows, OfRunningTextInColumnsAreReadColumnByColumn) {
  EXPECT_EQ(rows_with(two_columns(), "and so it goes on"), kByColumns);
  std::vector<LineBox> skewed;
  for (LineBox each : two_columns()) {
    each.centre.y += 3000;
    skewed.push_back(turned(each, 5));
  }
  EXPECT_EQ(rows_with(skewed, "and so it goes on"), kByColumns);
}

TEST(Rows, OfCellsStayTogether) {
  for (const char* cell : {"Item no. 7", "1,250.00", "NAME OF THE SENDER", "Address"})
    EXPECT_EQ(rows_with(two_columns(), cell).size(), 7U) << cell;
}

TEST(Rows, OfVerticalLinesAreReadFromTheRight) {
  std::vector<LineBox> lines;
  for (int column = 0; column < 4; ++column)
    lines.push_back(
        {.centre = {50.0 + 40 * column, 300}, .along = {0, 1}, .length = 500, .thickness = 30});
  EXPECT_EQ(rows_of_lines(lines), (Rows{{3}, {2}, {1}, {0}}));
}

TEST(Rows, OfVerticalLinesAreInPartsBetweenRules) {
  // Two rows of vertical lines, one below the other, and a rule through both in the middle.
  std::vector<LineBox> lines;
  for (int column = 0; column < 20; ++column) {
    for (const double y : {150.0, 490.0})
      lines.push_back(
          {.centre = {600.0 - 30 * column, y}, .along = {0, 1}, .length = 300, .thickness = 20});
  }
  cv::Mat page(700, 640, CV_8U, cv::Scalar(255));
  const auto first_of_rows = [&] {
    std::vector<std::size_t> first;
    for (const Row& row :
         rows_of(lines, std::vector<std::string>(lines.size(), "語語語語語語語語語語語語"), page))
      first.push_back(row.lines.front());
    return first;
  };
  const auto upper = [](std::size_t line) { return line % 2 == 0; };
  std::vector<std::size_t> order = first_of_rows();
  EXPECT_TRUE(std::ranges::is_partitioned(order, upper));
  EXPECT_EQ(order.front(), 0U);
  cv::line(page, {315, 0}, {315, 640}, cv::Scalar(0), 2);
  order = first_of_rows();
  EXPECT_FALSE(std::ranges::is_partitioned(order, upper));
  EXPECT_TRUE(
      std::all_of(order.begin(), order.begin() + 20, [](std::size_t line) { return line < 20; }));
}

TEST(Rows, OfPartsBetweenRulesAreInOtherBlocks) {
  std::vector<LineBox> lines;
  for (int row = 0; row < 10; ++row) {
    lines.push_back(line(0, 30.0 * row, 300));
    lines.push_back(line(340, 30.0 * row, 300));
  }
  cv::Mat page(320, 640, CV_8U, cv::Scalar(255));
  cv::line(page, {0, 145}, {640, 145}, cv::Scalar(0), 2);
  const auto rows =
      rows_of(lines, std::vector<std::string>(lines.size(), "and so it goes on"), page);
  ASSERT_EQ(rows.size(), 20U);
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].block, static_cast<int>(i / 5) + 1);
}

RC_GTEST_PROP(Rows, HaveEachLineOnce, ()) {
  std::vector<LineBox> lines;
  const int count = *rc::gen::inRange(0, 30);
  for (int i = 0; i < count; ++i)
    lines.push_back(turned(line(*rc::gen::inRange(0, 900), *rc::gen::inRange(0, 900),
                                *rc::gen::inRange(1, 500), *rc::gen::inRange(1, 80)),
                           *rc::gen::inRange(-90, 90)));
  const auto text = *rc::gen::element<std::string>("Total 1", "and so it goes on");
  std::vector<std::size_t> all;
  for (const Row& row : rows_with(lines, text)) {
    RC_ASSERT(!row.lines.empty());
    all.insert(all.end(), row.lines.begin(), row.lines.end());
  }
  std::ranges::sort(all);
  RC_ASSERT(all.size() == lines.size());
  for (std::size_t i = 0; i < all.size(); ++i) RC_ASSERT(all[i] == i);
}

}  // namespace
}  // namespace ocrtune::columns
