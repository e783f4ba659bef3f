#include "ocrtune/ocr/lstm/lstm_recognizer.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocrtune/documents/tsv_writer.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/model_files.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

const std::atomic<bool> kGoOn{false};

/// Lines in several sizes, a little turned, with speckles: nothing is read without doubt.
cv::Mat page_of_text(std::uint64_t seed) {
  cv::Mat page = test::noise(1000, 700, seed);
  page = page / 12 + 215;
  const auto write = [&](const char* text, int y, double size, int gray) {
    cv::putText(page, text, {30, y}, cv::FONT_HERSHEY_DUPLEX, size, gray, size > 1 ? 2 : 1,
                cv::LINE_AA);
  };
  write("INVOICE No. 2024/0815", 70, 1.6, 20);
  write("3 x Coffee, large            12,60", 150, 1.0, 40);
  write("1 x croissant (butter)        2,40", 195, 1.0, 60);
  write("naive cafe jalapeno; it's 50% off!", 260, 0.7, 30);
  write("Total due by 31 December: $15.00", 340, 0.9, 90);
  cv::rectangle(page, {20, 400}, {980, 470}, cv::Scalar(40), -1);
  write("white on black is read inverted", 450, 1.0, 235);
  write("| small print: no returns, no refunds |", 530, 0.55, 10);
  const cv::Mat turn = cv::getRotationMatrix2D({500, 350}, 0.7, 1);
  cv::warpAffine(page, page, turn, page.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return page;
}

void expect_same(const OcrResult& stock, const OcrResult& ours) {
  EXPECT_EQ(ours.width, stock.width);
  EXPECT_EQ(ours.height, stock.height);
  ASSERT_EQ(ours.words.size(), stock.words.size());
  for (std::size_t i = 0; i < stock.words.size(); ++i) {
    const Word& a = stock.words[i];
    const Word& b = ours.words[i];
    EXPECT_EQ(b.text, a.text);
    EXPECT_EQ(b.confidence, a.confidence) << a.text;
    ASSERT_EQ(b.characters.size(), a.characters.size()) << a.text;
    for (std::size_t c = 0; c < a.characters.size(); ++c) {
      EXPECT_EQ(b.characters[c].text, a.characters[c].text) << a.text;
      EXPECT_NEAR(b.characters[c].probability, a.characters[c].probability, 1e-6) << a.text;
    }
    EXPECT_EQ(b.block, a.block) << a.text;
    EXPECT_EQ(b.index, a.index) << a.text;
    EXPECT_NEAR(b.left, a.left, 4) << a.text;
    EXPECT_NEAR(b.right, a.right, 4) << a.text;
    EXPECT_NEAR(b.top, a.top, 4) << a.text;
    EXPECT_NEAR(b.bottom, a.bottom, 4) << a.text;
  }
}

TEST(Lstm, ReadsWhatTesseractReads) {
  for (const char* lang : {"eng", "fra"}) {
    const auto stock = open_tesseract(lang, {});
    const auto ours = open_lstm(lang, {});
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const Image page{page_of_text(seed), {}};
      const auto theirs = stock->read(page, {}, kGoOn);
      const auto read = ours->read(page, {}, kGoOn);
      ASSERT_TRUE(theirs && read);
      ASSERT_GT(theirs->words.size(), 20U);
      expect_same(*theirs, *read);
    }
  }
}

void expect_same_words(const OcrResult& stock, const OcrResult& ours) {
  ASSERT_EQ(ours.words.size(), stock.words.size());
  for (std::size_t i = 0; i < stock.words.size(); ++i) {
    EXPECT_EQ(ours.words[i].text, stock.words[i].text);
    EXPECT_EQ(ours.words[i].confidence, stock.words[i].confidence) << stock.words[i].text;
  }
}

/// Some lines are surer in one language, some in the other, some in none; the second page has more
/// units than are decided together.
TEST(Lstm, ReadsSeveralLanguagesAtOnceAsTesseractDoes) {
  cv::Mat twice;
  cv::vconcat(page_of_text(1), page_of_text(2), twice);
  for (const char* lang : {"eng+fra", "fra+eng+deu", "rus+eng", "eng+ara", "chi_sim+eng"}) {
    SCOPED_TRACE(lang);
    const auto stock = open_tesseract(lang, {});
    const auto ours = open_lstm(lang, {});
    for (const cv::Mat& gray : {page_of_text(3), twice}) {
      const auto theirs = stock->read({gray, {}}, {}, kGoOn);
      const auto read = ours->read({gray, {}}, {}, kGoOn);
      ASSERT_TRUE(theirs && read);
      ASSERT_GT(theirs->words.size(), 20U);
      expect_same_words(*theirs, *read);
    }
  }
}

/// Digits and letters that an Arabic model reads as Arabic ones.
TEST(Lstm, ReadsScriptsFromRightToLeftAsTesseractDoes) {
  const auto stock = open_tesseract("ara", {});
  const auto ours = open_lstm("ara", {});
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Image page{page_of_text(seed), {}};
    const auto theirs = stock->read(page, {}, kGoOn);
    const auto read = ours->read(page, {}, kGoOn);
    ASSERT_TRUE(theirs && read);
    ASSERT_GT(theirs->words.size(), 10U);
    expect_same_words(*theirs, *read);
  }
}

/// Noise that is blurred makes marks everywhere, rows from edge to edge, and curved baselines.
TEST(Lstm, ReadsBadPagesAsTesseractDoes) {
  const auto stock = open_tesseract("eng", {});
  const auto ours = open_lstm("eng", {});
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    cv::Mat page = page_of_text(seed);
    cv::resize(page, page, {}, 0.45, 0.45, cv::INTER_AREA);
    page = page * 0.6 + test::noise(page.cols, page.rows, seed + 100) * 0.4;
    cv::GaussianBlur(page, page, {}, 1.2);
    const auto theirs = stock->read({page, {}}, {}, kGoOn);
    const auto read = ours->read({page, {}}, {}, kGoOn);
    ASSERT_TRUE(theirs && read);
    expect_same_words(*theirs, *read);
  }
}

/// Models of random weights, integer and float, as Tesseract loads them from a file.
TEST(Lstm, ReadsModelsOfItsOwnMakingAsTesseractDoes) {
  for (const bool integer : {true, false}) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      SCOPED_TRACE(seed);
      const test::TempFolder folder;
      test::TinyModel model;
      model.network = {
          .height = 36, .features = 16, .states = 24, .integer = integer, .seed = seed};
      folder.write("tiny.traineddata", test::tiny_model(model));
      const RecognitionOptions options{.tessdata = folder.path()};
      const Image page{page_of_text(seed), {}};
      const auto theirs = open_tesseract("tiny", options)->read(page, {}, kGoOn);
      const auto read = open_lstm("tiny", options)->read(page, {}, kGoOn);
      ASSERT_TRUE(theirs && read);
      EXPECT_GT(theirs->words.size(), 3U);
      ASSERT_EQ(read->words.size(), theirs->words.size());
      for (std::size_t i = 0; i < read->words.size(); ++i) {
        EXPECT_EQ(read->words[i].text, theirs->words[i].text);
        // The last bit of float sums depends on the processor.
        EXPECT_NEAR(read->words[i].confidence, theirs->words[i].confidence, integer ? 0 : 1);
      }
    }
  }
}

TEST(Lstm, InEveryMode) {
  const Image page{page_of_text(9), {}};
  const Image line{test::rendered("ONE LINE 42"), {}};
  for (const int psm : {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}) {
    const Image& image = psm < 7 || psm == 11 || psm == 12 ? page : line;
    const auto theirs = open_tesseract("eng", {.psm = psm})->read(image, {}, kGoOn);
    const auto read = open_lstm("eng", {.psm = psm})->read(image, {}, kGoOn);
    ASSERT_TRUE(theirs && read);
    SCOPED_TRACE(psm);
    expect_same(*theirs, *read);
  }
}

TEST(Lstm, WidePagesAreReadSmaller) {
  cv::Mat wide;
  cv::resize(page_of_text(4), wide, {}, 3, 3);
  const Image page{wide, {}};
  const auto theirs = open_tesseract("eng", {})->read(page, {}, kGoOn);
  const auto read = open_lstm("eng", {})->read(page, {}, kGoOn);
  ASSERT_TRUE(theirs && read);
  EXPECT_EQ(read->width, 3000);
  expect_same(*theirs, *read);
}

TEST(Lstm, WhatWasReadBeforeDoesntMatter) {
  const Image a{page_of_text(5), {}};
  const Image b{test::scanned(500, 200, 3), {}};
  const auto recognizer = open_lstm("eng", {});
  const auto first = recognizer->read(a, {}, kGoOn);
  for (int i = 0; i < 6; ++i) {
    cv::Mat other = b.gray.clone();
    other.at<uchar>(i, i) = 0;
    ASSERT_TRUE(recognizer->read({other, {}}, {}, kGoOn));
  }
  const auto again = recognizer->read(a, {}, kGoOn);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(tsv_text(*first), tsv_text(*again));
}

TEST(Lstm, EmptyAndTinyPages) {
  const auto recognizer = open_lstm("eng", {});
  for (const int size : {1, 3, 40}) {
    const auto read =
        recognizer->read({cv::Mat(size, size, CV_8UC1, cv::Scalar(255)), {}}, {}, kGoOn);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->words.empty());
    EXPECT_EQ(read->width, size);
    ASSERT_TRUE(recognizer->read({test::noise(size, size, 2), {}}, {}, kGoOn));
  }
}

TEST(Lstm, Stops) {
  const std::atomic<bool> stop{true};
  const auto recognizer = open_lstm("eng", {});
  EXPECT_FALSE(recognizer->read({page_of_text(1), {}}, {}, stop));
  EXPECT_TRUE(recognizer->read({page_of_text(1), {}}, {}, kGoOn));
}

TEST(Lstm, RefusesWhatItDoesntDo) {
  using test::contains;
  using test::error_of;
  const auto open = [](const char* lang, const RecognitionOptions& options) {
    return error_of(Errc::dependency_missing, [&] { open_lstm(lang, options); });
  };
  EXPECT_TRUE(contains(open("eng", {.oem = 0}), "engine mode 0"));
  EXPECT_TRUE(contains(open("eng", {.oem = 2}), "engine mode 2"));
}

}  // namespace
}  // namespace ocrtune
