#include "ocrtune/ocr/tesseract_recognizer.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <thread>

#include "ocrtune/base/random.h"
#include "ocrtune/documents/tsv_writer.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::rendered;

const std::atomic<bool> kGoOn{false};

bool same_ocr_result(const OcrResult& a, const OcrResult& b) {
  return a.width == b.width && a.height == b.height && tsv_text(a) == tsv_text(b);
}

TEST(Tesseract, ReadsAWord) {
  const auto recognizer = open_tesseract("eng", {});
  const Image page{rendered("HELLO WORLD 123"), {300, 300}};
  const auto ocr_result = recognizer->read(page, {}, kGoOn);
  ASSERT_TRUE(ocr_result);
  EXPECT_EQ(plain_text(*ocr_result), "HELLO WORLD 123\n");
  EXPECT_EQ(ocr_result->width, page.gray.cols);
  EXPECT_EQ(ocr_result->height, page.gray.rows);
  ASSERT_EQ(ocr_result->words.size(), 3U);
  EXPECT_GT(mean_confidence(*ocr_result), 80);
  const Word* previous = nullptr;
  for (const Word& word : ocr_result->words) {
    EXPECT_TRUE(word.confidence >= 0 && word.confidence <= 100);
    EXPECT_TRUE(word.left < word.right && word.top < word.bottom);
    EXPECT_TRUE(word.left >= 0 && word.right <= ocr_result->width && word.top >= 0 &&
                word.bottom <= ocr_result->height);
    EXPECT_EQ(word.block, 1);
    EXPECT_EQ(word.line, 1);
    EXPECT_EQ(word.index, previous == nullptr ? 1 : previous->index + 1);
    if (previous != nullptr) {
      EXPECT_GE(word.left, previous->right);
    }
    previous = &word;
  }
}

TEST(Tesseract, WhatWasReadBeforeDoesntMatter) {
  const Image a{rendered("FIRST 4711"), {}};
  const Image b{test::scanned(500, 200, 3), {}};
  const Image blank{cv::Mat(80, 120, CV_8UC1, cv::Scalar(255)), {}};
  const Image tiny{test::noise(1, 1, 1), {}};
  const auto recognizer = open_tesseract("eng", {});
  const auto first = recognizer->read(a, {}, kGoOn);
  const auto second = recognizer->read(b, {}, kGoOn);
  ASSERT_TRUE(first && second);
  for (const Image* other : {&b, &blank, &tiny, &a}) {
    ASSERT_TRUE(recognizer->read(*other, {}, kGoOn));
    EXPECT_TRUE(same_ocr_result(*recognizer->read(a, {}, kGoOn), *first));
  }
  EXPECT_TRUE(same_ocr_result(*recognizer->read(b, {}, kGoOn), *second));
  EXPECT_TRUE(same_ocr_result(*open_tesseract("eng", {})->read(b, {}, kGoOn), *second));
}

TEST(Tesseract, PagesWithoutTextHaveNoWords) {
  const auto recognizer = open_tesseract("eng", {});
  for (const cv::Size size : {cv::Size{1, 1}, cv::Size{1, 90}, cv::Size{90, 1}, cv::Size{70, 50}}) {
    for (const int level : {0, 255}) {
      SCOPED_TRACE(testing::Message() << size.width << "x" << size.height << " " << level);
      const auto ocr_result =
          recognizer->read({cv::Mat(size, CV_8UC1, cv::Scalar(level)), {}}, {}, kGoOn);
      ASSERT_TRUE(ocr_result);
      EXPECT_EQ(mean_confidence(*ocr_result), 0);
    }
  }
}

TEST(Tesseract, ReadsPartsOfLargerImages) {
  const cv::Mat page = rendered("PART 99");
  const auto recognizer = open_tesseract("eng", {});
  const auto whole = recognizer->read({page, {}}, {}, kGoOn);
  const auto part = recognizer->read({test::as_part_of_larger(page), {}}, {}, kGoOn);
  EXPECT_TRUE(same_ocr_result(*whole, *part));
}

TEST(Tesseract, BoxesAreThoseOfTheImageGiven) {
  cv::Mat wide(200, 2800, CV_8UC1, cv::Scalar(255));
  cv::putText(wide, "WIDE PAGE 42", {1500, 130}, cv::FONT_HERSHEY_SIMPLEX, 3, 0, 6, cv::LINE_AA);
  for (const auto width : {std::optional<int>{}, std::optional<int>{1000}}) {
    const auto ocr_result =
        open_tesseract("eng", {.max_width = width})->read({wide, {}}, {}, kGoOn);
    ASSERT_TRUE(ocr_result);
    EXPECT_EQ(plain_text(*ocr_result), "WIDE PAGE 42\n");
    EXPECT_EQ(ocr_result->width, 2800);
    EXPECT_NEAR(ocr_result->words.front().left, 1505, 25);
    for (const Word& word : ocr_result->words) EXPECT_LE(word.right, 2800);
  }
}

TEST(Tesseract, StopsWhenAsked) {
  const auto recognizer = open_tesseract("eng", {});
  const Image page{test::scanned(900, 700, 5), {}};
  std::atomic<bool> stop{true};
  EXPECT_FALSE(recognizer->read(page, {}, stop));
  stop = false;
  const auto whole = recognizer->read(page, {}, stop);
  ASSERT_TRUE(whole);
  {
    const std::jthread asks([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      stop = true;
    });
    EXPECT_FALSE(recognizer->read(page, {}, stop));
  }
  stop = false;
  EXPECT_TRUE(same_ocr_result(*recognizer->read(page, {}, stop), *whole));
}

TEST(Tesseract, OpeningSaysWhatIsMissing) {
  const test::TempFolder folder;
  folder.write("eng.traineddata", "not a model");
  const std::string path = folder.path().string();
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::dependency_missing, [] { (void)open_tesseract("eng+qqq", {}); }),
      "no package of Debian has it"));
  EXPECT_TRUE(
      test::contains(test::error_of(Errc::dependency_missing,
                                    [&] { (void)open_tesseract("eng", {.tessdata = path}); }),
                     "Tesseract can't use the data"));
  test::error_of(Errc::invalid_argument, [] { (void)open_tesseract("../x", {}); });
  EXPECT_TRUE(tesseract_version().starts_with("5."));
}

}  // namespace
}  // namespace ocrtune
