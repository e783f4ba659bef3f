#include "ocrtune/ocr/ppocr/rows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ocrtune::ppocr {
namespace {

using Rows = std::vector<std::vector<std::size_t>>;

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
  EXPECT_EQ(rows_of({line(300, 12, 100), line(0, 60, 200), line(0, 10, 200)}), (Rows{{2, 0}, {1}}));
}

TEST(Rows, FollowASkewedPage) {
  std::vector<LineBox> lines;
  for (int row = 0; row < 5; ++row) {
    lines.push_back(turned(line(0, 40.0 * row, 300), 3));
    lines.push_back(turned(line(600, 40.0 * row, 300), 3));
  }
  EXPECT_EQ(rows_of(lines), (Rows{{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}}));
}

TEST(Rows, DoNotJoinLinesAboveEachOther) {
  EXPECT_EQ(rows_of({line(0, 0, 200), line(0, 9, 200)}), (Rows{{0}, {1}}));
}

TEST(Rows, OfASmallLineBesideALargeOne) {
  EXPECT_EQ(rows_of({line(0, 0, 200, 60), line(250, 20, 60, 15)}), (Rows{{0, 1}}));
}

RC_GTEST_PROP(Rows, HaveEachLineOnce, ()) {
  std::vector<LineBox> lines;
  const int count = *rc::gen::inRange(0, 30);
  for (int i = 0; i < count; ++i)
    lines.push_back(turned(line(*rc::gen::inRange(0, 900), *rc::gen::inRange(0, 900),
                                *rc::gen::inRange(1, 500), *rc::gen::inRange(1, 80)),
                           *rc::gen::inRange(-90, 90)));
  std::vector<std::size_t> all;
  for (const std::vector<std::size_t>& row : rows_of(lines)) {
    RC_ASSERT(!row.empty());
    all.insert(all.end(), row.begin(), row.end());
  }
  std::ranges::sort(all);
  RC_ASSERT(all.size() == lines.size());
  for (std::size_t i = 0; i < all.size(); ++i) RC_ASSERT(all[i] == i);
}

}  // namespace
}  // namespace ocrtune::ppocr
