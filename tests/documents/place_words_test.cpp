#include "ocrtune/documents/place_words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

OcrResult with_box(int left, int top, int right, int bottom) {
  OcrResult ocr_result{.words = {}, .width = 200, .height = 100};
  ocr_result.words.push_back(
      {.text = "a", .left = left, .top = top, .right = right, .bottom = bottom});
  return ocr_result;
}

/// An image without ink, `to_page` away from its page.
Image blank(const PageMap& to_page) {
  return {.gray = cv::Mat(100, 200, CV_8UC1, cv::Scalar(255)), .to_page = to_page};
}

TEST(PlaceWords, NothingChangesWhereNothingMoved) {
  OcrResult ocr_result = with_box(3, 4, 50, 60);
  place_words(ocr_result, blank(cv::Matx33d::eye()), {200, 100});
  EXPECT_EQ(ocr_result.words[0].right, 50);
  EXPECT_EQ(ocr_result.words[0].bottom, 60);
}

TEST(PlaceWords, BoxesGrowToWholePixelsOfThePage) {
  OcrResult ocr_result = with_box(10, 10, 31, 20);
  place_words(ocr_result, blank(cv::Matx33d(0.5, 0, 0, 0, 0.5, 0, 0, 0, 1)), {100, 50});
  EXPECT_EQ(ocr_result.width, 100);
  const Word& word = ocr_result.words[0];
  EXPECT_EQ(word.left, 5);
  EXPECT_EQ(word.top, 5);
  EXPECT_EQ(word.right, 16);
  EXPECT_EQ(word.bottom, 10);
}

TEST(PlaceWords, ATurnedBoxLiesInsideItsUprightOne) {
  // A quarter turn: the image's right is the page's bottom.
  OcrResult ocr_result = with_box(10, 20, 50, 30);
  place_words(ocr_result, blank(cv::Matx33d(0, -1, 100, 1, 0, 0, 0, 0, 1)), {100, 200});
  const Word& word = ocr_result.words[0];
  EXPECT_EQ(word.left, 70);
  EXPECT_EQ(word.right, 80);
  EXPECT_EQ(word.top, 10);
  EXPECT_EQ(word.bottom, 50);
}

TEST(PlaceWords, ABoxHoldsItsBentEdges) {
  OcrResult ocr_result = with_box(0, 40, 200, 60);
  const Bend bend{.size = {200, 100}, .known = {0, 0, 200, 100}, .weights = {0, 0, 12}};
  place_words(ocr_result, blank(bend), {200, 100});
  EXPECT_EQ(ocr_result.words[0].top, 40);
  EXPECT_EQ(ocr_result.words[0].bottom, 72);
}

/// Turned by 5 degrees about the middle.
cv::Matx33d leaning() {
  const double c = std::cos(5 * CV_PI / 180);
  const double s = std::sin(5 * CV_PI / 180);
  const cv::Matx33d about(1, 0, 100, 0, 1, 50, 0, 0, 1);
  return about * cv::Matx33d(c, -s, 0, s, c, 0, 0, 0, 1) * about.inv();
}

/// The same ink drawn on the page, looked for there.
cv::Rect box_of_ink(const std::vector<cv::Rect>& blots, const cv::Matx33d& map) {
  std::vector<cv::Point2f> corners;
  for (const cv::Rect& blot : blots) {
    for (const cv::Point& corner :
         {blot.tl(), blot.br(), {blot.x, blot.br().y}, {blot.br().x, blot.y}}) {
      const cv::Vec3d place = map * cv::Vec3d(corner.x, corner.y, 1);
      corners.emplace_back(static_cast<float>(place[0]), static_cast<float>(place[1]));
    }
  }
  return cv::boundingRect(corners);
}

void expect_around_ink(uchar paper, uchar ink) {
  // Like "od": low where the box leans up.
  const std::vector<cv::Rect> blots{{20, 50, 130, 20}, {150, 30, 10, 40}};
  Image image = blank(leaning());
  image.gray.setTo(paper);
  for (const cv::Rect& blot : blots) image.gray(blot).setTo(ink);
  OcrResult ocr_result = with_box(20, 30, 160, 70);
  place_words(ocr_result, image, {200, 100});
  const Word& word = ocr_result.words[0];
  const cv::Rect found(cv::Point(word.left, word.top), cv::Point(word.right, word.bottom));
  const cv::Rect wanted = box_of_ink(blots, leaning());
  EXPECT_LE(std::abs(found.x - wanted.x), 1);
  EXPECT_LE(std::abs(found.y - wanted.y), 1);
  EXPECT_LE(std::abs(found.br().x - wanted.br().x), 1);
  EXPECT_LE(std::abs(found.br().y - wanted.br().y), 1);
  OcrResult without_ink = with_box(20, 30, 160, 70);
  place_words(without_ink, blank(leaning()), {200, 100});
  EXPECT_LT(without_ink.words[0].top, word.top - 5) << "the box leans out of its ink";
}

TEST(PlaceWords, ALeaningBoxIsTheOneAroundItsInk) {
  expect_around_ink(255, 0);
  expect_around_ink(180, 90);
  expect_around_ink(20, 230);
}

TEST(PlaceWords, AnUprightBoxStaysAsItWasRead) {
  Image image = blank(cv::Matx33d(2, 0, 0, 0, 2, 0, 0, 0, 1));
  image.gray(cv::Rect(20, 20, 10, 10)).setTo(0);
  OcrResult ocr_result = with_box(10, 10, 50, 50);
  place_words(ocr_result, image, {400, 200});
  EXPECT_EQ(ocr_result.words[0].left, 20);
  EXPECT_EQ(ocr_result.words[0].bottom, 100);
}

RC_GTEST_PROP(PlaceWords, BoxesStayOnThePage, ()) {
  const auto any = [] { return *rc::gen::inRange(-300, 300) / 100.0; };
  OcrResult ocr_result = with_box(0, 0, 200, 100);
  const cv::Matx33d map(any(), any(), 50 * any(), any(), any(), 50 * any(), 0, 0, 1);
  place_words(ocr_result, blank(map), {70, 30});
  const Word& word = ocr_result.words[0];
  RC_ASSERT(0 <= word.left && word.left <= word.right && word.right <= 70);
  RC_ASSERT(0 <= word.top && word.top <= word.bottom && word.bottom <= 30);
}

}  // namespace
}  // namespace ocrtune
