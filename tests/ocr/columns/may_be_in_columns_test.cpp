#include "ocrtune/ocr/columns/may_be_in_columns.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace ocrtune {
namespace {

Word word(int line, int left, int right) {
  return {.text = "word",
          .left = left,
          .top = 30 * line,
          .right = right,
          .bottom = 30 * line + 20,
          .block = 1,
          .paragraph = 1,
          .line = line};
}

/// Lines of two parts, with this space between them in every `step`th line.
OcrResult lines(int count, int space, int step = 1) {
  OcrResult result;
  for (int line = 1; line <= count; ++line) {
    const int wide = line % step == 0 ? space : 4;
    result.words.push_back(word(line, 0, 100));
    result.words.push_back(word(line, 108, 300));
    result.words.push_back(word(line, 300 + wide, 500));
  }
  return result;
}

TEST(MayBeInColumns, IfSevenLinesHaveAWideSpaceOneAboveTheOther) {
  EXPECT_TRUE(may_be_in_columns(lines(7, 30)));
  EXPECT_FALSE(may_be_in_columns(lines(6, 30)));
  EXPECT_FALSE(may_be_in_columns(lines(30, 8))) << "as wide as spaces between words";
  EXPECT_TRUE(may_be_in_columns(lines(20, 30, 2))) << "in every second line";
  EXPECT_FALSE(may_be_in_columns(lines(40, 30, 3)));
  EXPECT_FALSE(may_be_in_columns({}));
}

TEST(MayBeInColumns, NotIfTheSpacesAreElsewhereInEachLine) {
  OcrResult result;
  for (int line = 1; line <= 30; ++line) {
    const int at = 100 + 60 * (line % 5);
    result.words.push_back(word(line, 0, at));
    result.words.push_back(word(line, at + 30, 500));
  }
  EXPECT_FALSE(may_be_in_columns(result));
}

RC_GTEST_PROP(MayBeInColumns, IsTheSameWhereverThePageIs, ()) {
  OcrResult result;
  OcrResult moved;
  const auto number = [](int most) { return *rc::gen::inRange(0, most); };
  const int gap = number(40);
  const int count = number(30);
  const int by = number(500);
  for (int line = 1; line <= count; ++line) {
    const int jitter = number(6);
    for (const Word& each : {word(line, 0, 200 + jitter), word(line, 200 + jitter + gap, 500)}) {
      result.words.push_back(each);
      moved.words.push_back(each);
      moved.words.back().left += by;
      moved.words.back().right += by;
    }
  }
  RC_CLASSIFY(may_be_in_columns(result));
  RC_ASSERT(may_be_in_columns(result) == may_be_in_columns(moved));
  RC_ASSERT(count >= 7 || !may_be_in_columns(result));
}

}  // namespace
}  // namespace ocrtune
