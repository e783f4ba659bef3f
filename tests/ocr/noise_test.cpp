#include "ocrtune/ocr/noise.h"

#include <gtest/gtest.h>

#include <atomic>
#include <opencv2/imgproc.hpp>

#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/self_check.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

/// A white image with squares of `side` px, so many beside each other and below.
cv::Mat squares(int across, int down, int side) {
  const int step = side + 6;
  cv::Mat image(down * step, across * step, CV_8UC1, cv::Scalar(255));
  for (int y = 0; y < down; ++y) {
    for (int x = 0; x < across; ++x)
      cv::rectangle(image, {x * step + 1, y * step + 1, side, side}, cv::Scalar(0), cv::FILLED);
  }
  return image;
}

TEST(PageMarks, AreComponentsLargerThanSpecks) {
  EXPECT_EQ(page_marks(squares(20, 10, 8)), 200);
  EXPECT_EQ(page_marks(squares(20, 10, 7)), 0);
}

TEST(PageMarks, AreThoseOfTheSizeThatHasMore) {
  // Read at half its size, where squares of 12 px are specks.
  EXPECT_EQ(page_marks(squares(200, 5, 12)), 1000);
}

TEST(PageMarks, AreThoseOfFaintPrintBesideABlackStamp) {
  const cv::Mat page = self_check_page().gray;
  const std::int64_t clear = page_marks(page);
  EXPECT_GT(clear, 80);
  cv::Mat faint;
  page.convertTo(faint, CV_8U, 0.08, 0.92 * 235);
  faint(cv::Rect(0, page.rows - 30, page.cols, 30)).setTo(10);
  EXPECT_GT(page_marks(faint), clear / 2);
  cv::Mat white_on_black;
  cv::bitwise_not(page, white_on_black);
  EXPECT_GT(page_marks(white_on_black), clear / 2);
}

TEST(IsNoise, NeedsManyMarksAndManyMoreThanThePage) {
  EXPECT_FALSE(is_noise(3000, 10));
  EXPECT_TRUE(is_noise(3001, 10));
  EXPECT_TRUE(is_noise(3001, 1200));
  EXPECT_FALSE(is_noise(5000, 2000));
  EXPECT_TRUE(is_noise(5001, 2000));
}

TEST(Recognizers, DoNotReadNoise) {
  const Image noise{.gray = squares(90, 80, 8), .dpi = {}};
  const Image page{.gray = squares(20, 3, 8), .dpi = {}};
  const std::atomic<bool> stop{false};
  for (const OcrEngine& engine : all_engines()) {
    // External engines have a time limit instead.
    if (!engine.automatic || engine.refuses("eng", {})) continue;
    const auto recognizer = engine.open("eng", {});
    int asked = 0;
    const CountPageMarks marks = [&] {
      ++asked;
      return page_marks(page.gray);
    };
    EXPECT_TRUE(recognizer->read(page, {}, stop, marks).has_value());
    EXPECT_EQ(asked, 0) << "of an image of few marks its page isn't looked at";
    const std::string why = test::error_of(Errc::limit_reached,
                                           [&] { (void)recognizer->read(noise, {}, stop, marks); });
    EXPECT_EQ(why, "noise: 7200 connected components, the original has 60");
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(recognizer->read(page, {}, stop, marks).has_value()) << "it goes on";
  }
}

}  // namespace
}  // namespace ocrtune
