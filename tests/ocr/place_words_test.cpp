#include "ocrtune/ocr/place_words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace ocrtune {
namespace {

Reading with_box(int left, int top, int right, int bottom) {
  Reading reading{.words = {}, .width = 200, .height = 100};
  reading.words.push_back(
      {.text = "a", .left = left, .top = top, .right = right, .bottom = bottom});
  return reading;
}

TEST(PlaceWords, NothingChangesWhereNothingMoved) {
  Reading reading = with_box(3, 4, 50, 60);
  place_words(reading, cv::Matx33d::eye(), {200, 100});
  EXPECT_EQ(reading.words[0].right, 50);
  EXPECT_EQ(reading.words[0].bottom, 60);
}

TEST(PlaceWords, BoxesGrowToWholePixelsOfThePage) {
  Reading reading = with_box(10, 10, 31, 20);
  place_words(reading, cv::Matx33d(0.5, 0, 0, 0, 0.5, 0, 0, 0, 1), {100, 50});
  EXPECT_EQ(reading.width, 100);
  const Word& word = reading.words[0];
  EXPECT_EQ(word.left, 5);
  EXPECT_EQ(word.top, 5);
  EXPECT_EQ(word.right, 16);
  EXPECT_EQ(word.bottom, 10);
}

TEST(PlaceWords, ATurnedBoxLiesInsideItsUprightOne) {
  // A quarter turn: the image's right is the page's bottom.
  Reading reading = with_box(10, 20, 50, 30);
  place_words(reading, cv::Matx33d(0, -1, 100, 1, 0, 0, 0, 0, 1), {100, 200});
  const Word& word = reading.words[0];
  EXPECT_EQ(word.left, 70);
  EXPECT_EQ(word.right, 80);
  EXPECT_EQ(word.top, 10);
  EXPECT_EQ(word.bottom, 50);
}

TEST(PlaceWords, ABoxHoldsItsBentEdges) {
  Reading reading = with_box(0, 40, 200, 60);
  place_words(reading, Bend{.size = {200, 100}, .known = {0, 0, 200, 100}, .weights = {0, 0, 12}},
              {200, 100});
  EXPECT_EQ(reading.words[0].top, 40);
  EXPECT_EQ(reading.words[0].bottom, 72);
}

RC_GTEST_PROP(PlaceWords, BoxesStayOnThePage, ()) {
  const auto any = [] { return *rc::gen::inRange(-300, 300) / 100.0; };
  Reading reading = with_box(0, 0, 200, 100);
  place_words(reading, cv::Matx33d(any(), any(), 50 * any(), any(), any(), 50 * any(), 0, 0, 1),
              {70, 30});
  const Word& word = reading.words[0];
  RC_ASSERT(0 <= word.left && word.left <= word.right && word.right <= 70);
  RC_ASSERT(0 <= word.top && word.top <= word.bottom && word.bottom <= 30);
}

}  // namespace
}  // namespace ocrtune
