#include "ocrtune/metrics/coverage.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/metrics/ocr_quality.h"
#include "ocrtune/metrics/text_quality.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/ocr/self_check.h"

namespace ocrtune {
namespace {

/// A page of some 100 letters and what our engine reads of it.
struct ReadPage {
  cv::Mat gray = self_check_page().gray;
  RecognizerPool recognizers{RecognitionOptions{}};

  OcrResult read(const cv::Mat& image) {
    const std::atomic<bool> stop{false};
    return *recognizers.get("eng", {}).read({.gray = image, .dpi = {}}, {}, stop);
  }
};

cv::Mat faint(const cv::Mat& gray, double share) {
  cv::Mat page;
  gray.convertTo(page, CV_8U, share, (1 - share) * 235);
  return page;
}

TEST(TextMarks, AreTheLettersOfAPageDarkOrLightOrFaint) {
  const cv::Mat page = self_check_page().gray;
  const std::size_t count = text_marks(page).size();
  EXPECT_GT(count, 80U);
  cv::Mat inverted;
  cv::bitwise_not(page, inverted);
  EXPECT_NEAR(static_cast<double>(text_marks(inverted).size()), static_cast<double>(count),
              0.1 * static_cast<double>(count));
  for (const double share : {0.2, 0.08})
    EXPECT_GT(text_marks(faint(page, share)).size(), count * 7 / 10) << share;
}

TEST(TextMarks, AreTheFaintOnesWhereAFewAreDark) {
  const cv::Mat page = faint(self_check_page().gray, 0.08);
  const std::size_t count = text_marks(page).size();
  cv::Mat stamped = page.clone();
  for (int i = 0; i < 12; ++i) stamped(cv::Rect(10 + 9 * i, page.rows - 18, 4, 14)).setTo(10);
  EXPECT_GT(text_marks(stamped).size(), count / 2);
  EXPECT_GT(count, 4 * 12U);
}

TEST(FaintTextMarks, AreWhereTextIsHardlyVisible) {
  for (const bool inverted : {false, true}) {
    cv::Mat clear = self_check_page().gray;
    if (inverted) cv::bitwise_not(clear, clear);
    cv::Mat hardly;
    clear.convertTo(hardly, CV_8U, 0.06, 0.94 * (inverted ? 20 : 235));
    cv::Mat page;
    cv::vconcat(std::vector<cv::Mat>{clear, clear, clear, hardly, hardly, hardly}, page);
    const auto below = [&](const std::vector<cv::Point>& marks) {
      return std::ranges::count_if(
          marks, [&](const cv::Point& mark) { return mark.y > page.rows - clear.rows; });
    };
    EXPECT_GT(below(faint_text_marks(page)), 60) << inverted;
    EXPECT_EQ(below(text_marks(page)), 0) << inverted;
  }
}

TEST(FaintTextMarks, AreNotWhereThereIsNoText) {
  EXPECT_TRUE(faint_text_marks(cv::Mat(300, 400, CV_8UC1, cv::Scalar(230))).empty());
  EXPECT_TRUE(faint_text_marks(cv::Mat(1, 1, CV_8UC1, cv::Scalar(0))).empty());
}

TEST(TextMarks, AreNotWhereThereIsNoText) {
  EXPECT_TRUE(text_marks(cv::Mat(300, 400, CV_8UC1, cv::Scalar(230))).empty());
  EXPECT_TRUE(text_marks(cv::Mat(1, 1, CV_8UC1, cv::Scalar(0))).empty());
  cv::Mat ruled(300, 400, CV_8UC1, cv::Scalar(230));
  for (int y = 20; y < 300; y += 40) ruled.rowRange(y, y + 3).setTo(20);
  EXPECT_TRUE(text_marks(ruled).empty());
  Random random(3);
  cv::Mat grainy(300, 400, CV_8UC1);
  for (int y = 0; y < grainy.rows; ++y) {
    for (int x = 0; x < grainy.cols; ++x)
      grainy.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(std::lround(random.normal(228, 3)));
  }
  EXPECT_LT(text_marks(grainy).size(), 10U);
}

TEST(IsBlank, WithoutASingleWord) {
  cv::Mat page(900, 700, CV_8UC1);
  Random random(5);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x)
      page.at<uchar>(y, x) = static_cast<uchar>(
          225 - y / 60 + std::lround(std::clamp(random.normal(0, 2), -4.0, 4.0)));
  }
  EXPECT_TRUE(is_blank(page));
  EXPECT_FALSE(is_blank(page(cv::Rect(0, 0, 300, 300)))) << "it may be a word";
  for (const int level : {30, 150}) {
    cv::Mat with_number = page.clone();
    cv::putText(with_number, "12", {340, 850}, cv::FONT_HERSHEY_SIMPLEX, 0.8, level, 2);
    EXPECT_FALSE(is_blank(with_number)) << level;
    EXPECT_FALSE(is_blank(with_number.t())) << "on its side, " << level;
  }
  // Red on green, of equal luma.
  cv::Mat colour(page.size(), CV_8UC3, cv::Scalar(0, 89, 0));
  cv::putText(colour, "12", {340, 450}, cv::FONT_HERSHEY_SIMPLEX, 0.8, {0, 0, 175}, 2);
  cv::Mat gray;
  cv::cvtColor(colour, gray, cv::COLOR_BGR2GRAY);
  EXPECT_TRUE(is_blank(gray));
  EXPECT_FALSE(is_blank(gray, colour));
}

TEST(Coverage, OfAWholeOcrResultIsAllAndOfHalfOfItHalf) {
  ReadPage page;
  const std::vector<cv::Point> marks = text_marks(page.gray);
  OcrResult ocr_result = page.read(page.gray);
  EXPECT_GT(*coverage(marks, ocr_result), 0.95);
  std::erase_if(ocr_result.words, [](const Word& word) { return word.line % 2 == 0; });
  EXPECT_GT(*coverage(marks, ocr_result), 0.2);
  EXPECT_LT(*coverage(marks, ocr_result), 0.8);
  ocr_result.words.clear();
  EXPECT_EQ(coverage(marks, ocr_result), 0);
}

TEST(Coverage, IsNotToldOfAHandfulOfMarks) {
  const std::vector<cv::Point> nine(9);
  const std::vector<cv::Point> ten(10);
  const OcrResult all{.words = {{.text = "x", .right = 9, .bottom = 9}}, .width = 9, .height = 9};
  EXPECT_FALSE(coverage(nine, all).has_value());
  EXPECT_EQ(coverage(ten, all), 1);
  EXPECT_FALSE(coverage({}, {}).has_value());
}

RC_GTEST_PROP(Coverage, GrowsWithWordsWhateverTheirOrder, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const auto place = [&] { return random.integer(-20, 220); };
  std::vector<cv::Point> marks(static_cast<std::size_t>(random.integer(10, 60)));
  for (cv::Point& mark : marks) mark = {random.integer(0, 199), random.integer(0, 149)};
  OcrResult ocr_result{.words = {}, .width = 200, .height = 150};
  double before = 0;
  for (int i = 0; i < 8; ++i) {
    const int left = place();
    const int top = place();
    ocr_result.words.push_back({.text = "w",
                                .left = left,
                                .top = top,
                                .right = left + random.integer(0, 80),
                                .bottom = top + random.integer(0, 60)});
    const double now = *coverage(marks, ocr_result);
    RC_ASSERT(now >= before && now <= 1);
    before = now;
  }
  // As it is defined, mark by mark.
  const auto is_covered = [&](const cv::Point& mark) {
    return std::ranges::any_of(ocr_result.words, [&](const Word& word) {
      const int margin = (word.bottom - word.top) / 4;
      return mark.x >= word.left - margin && mark.x < word.right + margin &&
             mark.y >= word.top - margin && mark.y < word.bottom + margin;
    });
  };
  const auto covered = static_cast<double>(std::ranges::count_if(marks, is_covered));
  RC_ASSERT(before == covered / static_cast<double>(marks.size()));
  std::ranges::reverse(ocr_result.words);
  RC_ASSERT(*coverage(marks, ocr_result) == before);
}

/// Made variants of a page: what an OCR result leaves out shows in what is expected of it.
TEST(Coverage, WhatWasNotReadIsExpectedToBeWrong) {
  ReadPage page;
  const std::vector<cv::Point> marks = text_marks(page.gray);
  const auto lexicon = Lexicon::open("eng", "");
  const auto expected = [&](const OcrResult& ocr_result, const std::vector<cv::Point>& of) {
    return expected_cer(ocr_quality(ocr_result, *lexicon, of));
  };
  const OcrResult whole = page.read(page.gray);
  EXPECT_LT(expected(whole, marks), 0.15);

  OcrResult half = whole;
  std::erase_if(half.words, [](const Word& word) { return word.line % 2 == 0; });
  EXPECT_GT(expected(half, marks), 0.25);

  cv::Mat cut = page.gray.clone();
  cut.colRange(cut.cols / 3, cut.cols).setTo(255);
  EXPECT_GT(expected(page.read(cut), marks), 0.25);

  cv::Mat rotated;
  cv::rotate(page.gray, rotated, cv::ROTATE_90_CLOCKWISE);
  EXPECT_GT(expected(page.read(rotated), text_marks(rotated)), 0.25);

  // Eight sure digits of a page.
  OcrResult sure = whole;
  sure.words.resize(2);
  for (Word& word : sure.words) {
    word.text = "1234";
    word.confidence = 96;
  }
  EXPECT_GT(expected(sure, marks), 0.5);
}

TEST(Coverage, AFewSureWordsAreNotBetterThanADoubtfulPage) {
  ReadPage page;
  const std::vector<cv::Point> marks = text_marks(page.gray);
  const auto lexicon = Lexicon::open("eng", "");
  OcrResult doubtful = page.read(page.gray);
  for (Word& word : doubtful.words) word.confidence = 52;
  OcrResult sure = doubtful;
  sure.words.resize(2);
  for (Word& word : sure.words) word.confidence = 96;
  EXPECT_GT(ocr_quality(sure, *lexicon).net_legible, ocr_quality(doubtful, *lexicon).net_legible)
      << "without knowing what is on the page";
  const OcrQuality of_sure = ocr_quality(sure, *lexicon, marks);
  const OcrQuality of_doubtful = ocr_quality(doubtful, *lexicon, marks);
  EXPECT_LT(of_sure.net_legible, of_doubtful.net_legible);
  EXPECT_LT(of_sure.legible, of_doubtful.legible);
  EXPECT_LT(text_quality(of_sure.legible, of_sure.char_confidence),
            text_quality(of_doubtful.legible, of_doubtful.char_confidence));
}

}  // namespace
}  // namespace ocrtune
