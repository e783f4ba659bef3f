#include "ocrtune/documents/quarter_turns.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/image/turned_page.h"

namespace ocrtune {
namespace {

/// The page with only the pixels of a rectangle dark.
Image page_with(const cv::Size& size, const cv::Rect& dark) {
  cv::Mat gray(size, CV_8UC1, cv::Scalar(255));
  gray(dark) = 0;
  return {.gray = gray, .dpi = {300, 200}, .to_page = {}, .colour = {}, .held = {}};
}

TEST(TurnedClockwise, MovesTheUpperLeftCornerToTheRight) {
  const Image page = page_with({30, 20}, {0, 0, 3, 2});
  const Image once = turned_clockwise(page, 1);
  EXPECT_EQ(once.gray.size(), cv::Size(20, 30));
  EXPECT_EQ(once.gray.at<uchar>(0, 19), 0);
  EXPECT_EQ(once.gray.at<uchar>(2, 18), 0);
  EXPECT_EQ(cv::countNonZero(once.gray(cv::Rect(18, 0, 2, 3))), 0);
  EXPECT_EQ(once.dpi.x, 200);
  EXPECT_EQ(once.dpi.y, 300);
  EXPECT_EQ(turned_clockwise(page, 2).dpi.x, 300);
  EXPECT_EQ(turned_clockwise(page, 0).gray.data, page.gray.data);
}

TEST(TurnedClockwise, RotatesColoursToo) {
  Image page = page_with({4, 3}, {0, 0, 1, 1});
  page.colour = cv::Mat(page.gray.size(), CV_8UC3, cv::Scalar(0, 0, 0));
  page.colour.at<cv::Vec3b>(0, 0) = {1, 2, 3};
  EXPECT_EQ(turned_clockwise(page, 3).colour.at<cv::Vec3b>(3, 0), cv::Vec3b(1, 2, 3));
}

RC_GTEST_PROP(TurnBack, ABoxHasTheSameInkOnThePage, ()) {
  const cv::Size size(*rc::gen::inRange(1, 60), *rc::gen::inRange(1, 60));
  const int left = *rc::gen::inRange(0, size.width);
  const int top = *rc::gen::inRange(0, size.height);
  const cv::Rect dark(left, top, *rc::gen::inRange(1, size.width - left + 1),
                      *rc::gen::inRange(1, size.height - top + 1));
  const int turns = *rc::gen::inRange(0, 4);
  const Image turned = turned_clockwise(page_with(size, dark), turns);
  std::vector<cv::Point> ink;
  cv::findNonZero(turned.gray == 0, ink);
  const cv::Rect box = cv::boundingRect(ink);
  OcrResult ocr_result{.words = {{.text = "a",
                                  .left = box.x,
                                  .top = box.y,
                                  .right = box.x + box.width,
                                  .bottom = box.y + box.height}},
                       .width = turned.gray.cols,
                       .height = turned.gray.rows};
  turn_back(ocr_result, turns);
  const Word& word = ocr_result.words[0];
  RC_ASSERT(cv::Rect(cv::Point(word.left, word.top), cv::Point(word.right, word.bottom)) == dark);
  RC_ASSERT(ocr_result.width == size.width && ocr_result.height == size.height);
}

TEST(TurnBack, AWordWithoutAPositionStaysWithoutOne) {
  OcrResult ocr_result{.words = {{.text = "a"}}, .width = 30, .height = 20};
  turn_back(ocr_result, 1);
  EXPECT_EQ(ocr_result.words[0].right, 0);
  EXPECT_EQ(ocr_result.words[0].bottom, 0);
  EXPECT_EQ(ocr_result.width, 20);
}

}  // namespace
}  // namespace ocrtune
