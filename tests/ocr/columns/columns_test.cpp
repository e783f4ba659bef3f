#include "ocrtune/ocr/columns/columns.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace ocrtune::columns {
namespace {

/// Lines 20 px high, and their texts.
class LinesOfPage {
 public:
  LinesOfPage& add(double left, double right, double top,
                   const std::string& text = "and so it goes on") {
    lines.push_back({.index = lines.size(),
                     .x = (left + right) / 2,
                     .y = top + 10,
                     .left = left,
                     .right = right,
                     .height = 20,
                     .bounds = {left, top, right - left, 20}});
    texts.push_back(text);
    return *this;
  }
  /// Lines one below the other.
  LinesOfPage& column(double left, double right, double top, int count,
                      const std::string& text = "and so it goes on") {
    for (int i = 0; i < count; ++i) add(left, right, top + 30 * i, text);
    return *this;
  }
  [[nodiscard]] std::vector<Gutter> gutters() const {
    return gutters_between_columns(lines, texts);
  }

  std::vector<PlacedLine> lines;
  std::vector<std::string> texts;
};

TEST(Gutters, AreBetweenColumnsOfRunningTextAsFarAsNoLineCrosses) {
  LinesOfPage page;
  page.add(0, 640, 0)
      .column(0, 300, 60, 6)
      .column(340, 640, 60, 6)
      .add(0, 200, 240)
      .add(0, 640, 300);
  const std::vector<Gutter> gutters = page.gutters();
  ASSERT_EQ(gutters.size(), 1U);
  EXPECT_EQ(gutters[0].x, 320);
  EXPECT_EQ(gutters[0].top, 60);
  EXPECT_EQ(gutters[0].bottom, 260);
  EXPECT_TRUE(is_in_earlier_column(page.lines[6], page.lines[7], gutters));
  EXPECT_FALSE(is_in_earlier_column(page.lines[7], page.lines[6], gutters));
  EXPECT_FALSE(is_in_earlier_column(page.lines[0], page.lines[7], gutters)) << "above it";
  EXPECT_FALSE(is_in_earlier_column(page.lines[1], page.lines[2], gutters)) << "in one column";
}

TEST(Gutters, GoOnBesideARuledLineThatIsRecognizedAsText) {
  const auto with_rule = [](double below) {
    LinesOfPage page;
    page.column(0, 300, 0, 6).column(340, 640, 0, 6).add(0, 300, 182, "-");
    page.lines.back().height = 2;
    page.lines.back().y = 183;
    return page.add(0, 300, 190 + below).add(340, 640, 190 + below).gutters();
  };
  ASSERT_EQ(with_rule(10).size(), 1U);
  EXPECT_EQ(with_rule(10)[0].bottom, 220);
  EXPECT_LT(with_rule(80)[0].bottom, 200) << "too far away";
}

TEST(Gutters, GoOnThroughALineOfBothColumns) {
  const auto with_line = [](double left, double right, double top, double height) {
    LinesOfPage page;
    page.column(0, 300, 0, 6).column(340, 640, 0, 6).add(left, right, top);
    page.lines.back().height = height;
    return page.column(0, 300, 210, 6).column(340, 640, 210, 6).gutters();
  };
  ASSERT_EQ(with_line(0, 640, 180, 20).size(), 1U);
  EXPECT_EQ(with_line(0, 640, 180, 20)[0].bottom, 380);
  EXPECT_EQ(with_line(100, 540, 180, 20).size(), 2U) << "a heading";
  EXPECT_EQ(with_line(0, 640, 180, 34).size(), 2U) << "a large one";
}

TEST(Gutters, OfThreeColumnsAreNotAcrossTheMiddleOne) {
  LinesOfPage page;
  page.column(0, 300, 0, 6).column(340, 640, 0, 6).column(680, 980, 0, 6);
  for (const Gutter& gutter : page.gutters())
    EXPECT_TRUE(gutter.x == 320 || gutter.x == 660) << gutter.x;
  EXPECT_GE(page.gutters().size(), 2U);
}

TEST(Gutters, AreNotInTablesFormsAndLists) {
  const auto beside = [](double left_end, const std::string& left, double right,
                         const std::string& text) {
    LinesOfPage page;
    return page.column(0, left_end, 0, 8, left).column(right, right + 300, 0, 8, text).gutters();
  };
  EXPECT_TRUE(beside(300, "and so it goes on", 340, "12.50 and 13.50").empty()) << "figures";
  EXPECT_TRUE(beside(300, "and so it goes on", 340, "Name of the sender").empty()) << "labels";
  EXPECT_TRUE(beside(100, "and so", 340, "and so it goes on").empty()) << "short lines";
  LinesOfPage few;
  EXPECT_TRUE(few.column(0, 300, 0, 3).column(340, 640, 0, 3).gutters().empty());
  LinesOfPage ragged;
  ragged.column(440, 740, 0, 5);
  double top = 0;
  for (const double width : {150.0, 400.0, 160.0, 150.0, 155.0}) {
    ragged.add(0, width, top);
    top += 30;
  }
  EXPECT_TRUE(ragged.gutters().empty());
}

/// Running text, and beside it lines that begin at `top` and are `pitch` apart.
LinesOfPage text_with_aside(double left, double right, double top, double pitch, int count) {
  LinesOfPage page;
  page.column(340, 940, 0, 12);
  for (int i = 0; i < count; ++i) page.add(left, right, top + pitch * i, "Price 12.50");
  return page;
}

TEST(Gutters, AreBesideASidebarWhoseBaselinesAreOthers) {
  const std::vector<Gutter> left = text_with_aside(0, 300, 5, 41, 8).gutters();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].x, 320);
  const std::vector<Gutter> right = text_with_aside(980, 1200, 5, 41, 8).gutters();
  ASSERT_EQ(right.size(), 1U);
  EXPECT_EQ(right[0].x, 960);
}

TEST(Gutters, AreNotBesideLabelsAndItemsOfTheLines) {
  EXPECT_TRUE(text_with_aside(0, 300, 0, 30, 12).gutters().empty()) << "of each line";
  EXPECT_TRUE(text_with_aside(0, 300, 2, 60, 6).gutters().empty()) << "of each second line";
  EXPECT_TRUE(text_with_aside(980, 1100, 15, 60, 6).gutters().empty())
      << "half-way between the two lines of a cell";
  EXPECT_TRUE(text_with_aside(0, 300, 5, 97, 3).gutters().empty()) << "too few";
}

TEST(Gutters, OfASidebarAreNotBesideThoseOfColumns) {
  LinesOfPage page = text_with_aside(980, 1200, 5, 41, 8);
  page.column(0, 300, 0, 12);
  const std::vector<Gutter> gutters = page.gutters();
  EXPECT_EQ(gutters.size(), 2U);
  EXPECT_EQ(std::ranges::count(gutters, 320.0, &Gutter::x), 1);
}

TEST(Gutters, DoNotReachIntoATableAboveTheColumns) {
  LinesOfPage page;
  page.column(0, 430, 0, 10, "Delivery of goods").column(700, 780, 0, 10, "12.50");
  page.column(0, 480, 400, 5).column(520, 1000, 400, 5);
  const std::vector<Gutter> gutters = page.gutters();
  ASSERT_EQ(gutters.size(), 1U);
  EXPECT_EQ(gutters[0].top, 400);
}

TEST(Gutters, GoOnBesideAColumnWithAHeading) {
  LinesOfPage page;
  page.column(0, 300, 0, 20).column(340, 640, 0, 6).add(340, 500, 260).column(340, 640, 340, 8);
  const std::vector<Gutter> gutters = page.gutters();
  ASSERT_EQ(gutters.size(), 1U);
  EXPECT_EQ(gutters[0].top, 0);
  EXPECT_EQ(gutters[0].bottom, 590);
}

TEST(Gutters, AreNotBetweenTheEdgesOfAPage) {
  LinesOfPage page;
  EXPECT_TRUE(page.column(0, 300, 0, 6).column(600, 900, 0, 6).gutters().empty());
}

TEST(Gutters, OfScriptsWithoutCapitalLetters) {
  const auto columns = [](int lines) {
    LinesOfPage page;
    return page.column(0, 300, 0, lines, "文字在這裡繼續寫下去")
        .column(340, 640, 0, lines, "文字在這裡繼續寫下去")
        .gutters();
  };
  EXPECT_EQ(columns(8).size(), 1U);
  EXPECT_TRUE(columns(7).empty()) << "cells of a table";
}

RC_GTEST_PROP(Gutters, LieWithinThePage, ()) {
  LinesOfPage page;
  page.column(0, 300, 100, *rc::gen::inRange(0, 12))
      .column(340, 640, 100, *rc::gen::inRange(0, 12));
  const int count = *rc::gen::inRange(0, 20);
  for (int i = 0; i < count; ++i) {
    const double left = 20.0 * *rc::gen::inRange(0, 40);
    page.add(left, left + 20.0 * *rc::gen::inRange(1, 20), 25.0 * *rc::gen::inRange(0, 12));
  }
  for (const Gutter& gutter : page.gutters()) {
    RC_ASSERT(gutter.x > 0 && gutter.x < 1200);
    RC_ASSERT(gutter.top < gutter.bottom);
  }
}

}  // namespace
}  // namespace ocrtune::columns
