// Both engines do what their settings say: as a Tesseract that was opened for it alone, whatever
// was read before.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <span>

#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "support/images.h"
#include "support/repetitions.h"
#include "support/sanitized.h"

namespace ocrtune {
namespace {

const std::atomic<bool> kNotStopped{false};

const std::vector<OcrSettings>& all_settings() {
  static const std::vector<OcrSettings> kSettings{
      {},
      {.thresholding = Thresholding::sauvola, .window = 23, .k = 0.34},
      {.dpi = 300},
      {.inversion = Inversion::off},
      {.psm = 3},
      {.thresholding = Thresholding::adaptive_otsu, .window = 60, .smoothing = 1},
      {.psm = 11, .thresholding = Thresholding::sauvola, .window = 81, .k = 0.1, .dpi = 200},
      {.psm = 3, .dpi = 300},
      {.psm = 4, .thresholding = Thresholding::adaptive_otsu, .window = 16, .dpi = 600},
      {.psm = 7, .inversion = Inversion::on},
      {.psm = 1, .inversion = Inversion::off}};
  return kSettings;
}

/// Text on paper that gets darker to the right, some of it white on black, with a ruled line.
cv::Mat shaded_page() {
  cv::Mat page(420, 900, CV_8UC1);
  const cv::Mat grain = test::noise(page.cols, page.rows, 5);
  for (int y = 0; y < page.rows; ++y)
    for (int x = 0; x < page.cols; ++x)
      page.at<uchar>(y, x) = static_cast<uchar>(245 - x / 6 - grain.at<uchar>(y, x) / 16);
  const auto write = [&](const char* text, int y, double size, int gray) {
    cv::putText(page, text, {30, y}, cv::FONT_HERSHEY_DUPLEX, size, gray, 1, cv::LINE_AA);
  };
  write("The quick brown fox jumps over it", 60, 1.1, 60);
  write("12 pieces at 4.75 make 57.00 or less", 130, 1.1, 75);
  write("faint: a lazy dog sleeps in the sun", 200, 1.0, 95);
  cv::rectangle(page, {20, 240}, {880, 300}, cv::Scalar(20), -1);
  write("white on black from left to right", 282, 1.0, 240);
  write("small letters, and many of them too", 350, 0.7, 40);
  cv::line(page, {30, 380}, {870, 382}, 50, 2);
  return page;
}

std::string words_of(Recognizer& recognizer, const cv::Mat& gray, const OcrSettings& settings) {
  const auto ocr_result = recognizer.read({gray, {}}, settings, kNotStopped);
  std::string text;
  for (const Word& word : ocr_result->words)
    text += word.text + ' ' + std::to_string(word.confidence) + '\n';
  return text;
}

/// The words by a Tesseract that has these settings from the beginning.
std::string reference(const cv::Mat& gray, const OcrSettings& settings) {
  const auto fresh = open_tesseract("eng", {});
  return words_of(*fresh, gray, settings);
}

TEST(OcrSettingsOfEngines, ReadEachSettingAsOneOpenedForItWhateverWasBefore) {
  const cv::Mat page = shaded_page();
  std::vector<std::string> expected;
  for (const OcrSettings& settings : all_settings()) expected.push_back(reference(page, settings));
  const auto stock = open_tesseract("eng", {});
  const auto ours = open_lstm("eng", {});
  const std::size_t count = all_settings().size();
  // Steps through a ring of a prime number of settings, so that each comes after different ones;
  // the second order in `./test.sh full` only.
  constexpr std::array<std::size_t, 2> kSteps{4, 1};
  const int orders = test::repetitions(2, 1);
  for (const std::size_t step : std::span(kSteps).first(static_cast<std::size_t>(orders))) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t which = i * step % count;
      SCOPED_TRACE(all_settings()[which].text());
      EXPECT_EQ(words_of(*stock, page, all_settings()[which]), expected[which]);
      EXPECT_EQ(words_of(*ours, page, all_settings()[which]), expected[which]);
    }
  }
}

TEST(OcrSettingsOfEngines, SettingsMakeADifference) {
  const cv::Mat page = shaded_page();
  const std::string plain = reference(page, {});
  EXPECT_GT(std::ranges::count(plain, '\n'), 20);
  for (const std::size_t which : {1U, 3U, 4U, 5U})
    EXPECT_NE(reference(page, all_settings()[which]), plain) << all_settings()[which].text();
  EXPECT_EQ(reference(page, {.inversion = Inversion::on}), plain);
  EXPECT_EQ(reference(page, {.psm = 6}), plain);
  EXPECT_EQ(reference(page, {.psm = 6, .dpi = 300}), plain);
  // What Tesseract takes for a page that states no resolution.
  EXPECT_EQ(reference(page, {.psm = 3, .dpi = 70}), reference(page, {.psm = 3}));
}

TEST(OcrSettingsOfEngines, OtherModelsAndPagesThatAreHalved) {
  cv::Mat wide;
  cv::resize(shaded_page(), wide, {}, 3, 3);
  const auto stock = open_tesseract("fra", {});
  const auto ours = open_lstm("fra", {});
  for (const OcrSettings& settings : all_settings()) {
    SCOPED_TRACE(settings.text());
    EXPECT_EQ(words_of(*ours, wide, settings), words_of(*stock, wide, settings));
  }
  // The window is in px of the page, and shrinks with it.
  cv::Mat half;
  cv::resize(wide, half, {}, 0.5, 0.5);
  const OcrSettings settings{.thresholding = Thresholding::sauvola, .window = 50, .k = 0.3};
  const auto large = stock->read({wide, {}}, settings, kNotStopped);
  const auto small = stock->read({half, {}}, settings.scaled(0.5), kNotStopped);
  ASSERT_TRUE(large && small);
  EXPECT_EQ(plain_text(*large), plain_text(*small));
}

TEST(OcrSettingsOfEngines, TinyAndNarrowPages) {
  const auto stock = open_tesseract("eng", {});
  const auto ours = open_lstm("eng", {});
  for (const cv::Size size : {cv::Size{1, 1},
                              {2, 9},
                              {5, 5},
                              {7, 7},
                              {8, 6},
                              {1, 300},
                              {300, 1},
                              {16, 16},
                              {40, 17},
                              {400, 8}}) {
    const cv::Mat page = test::noise(size.width, size.height, 3);
    for (const OcrSettings& settings : all_settings()) {
      SCOPED_TRACE(testing::Message() << size << ' ' << settings.text());
      const test::LibraryLeaks of_tesseract;  // which loses its copy of some of these pages
      EXPECT_EQ(words_of(*ours, page, settings), words_of(*stock, page, settings));
    }
  }
}

TEST(OcrSettingsOfEngines, APoolOpensAtMostTwoForALanguage) {
  RecognizerPool pool({});
  std::vector<const Recognizer*> seen;
  for (int k = 0; k < 200; ++k) {
    for (const int psm : {0, 3, 4, 6, 11}) {
      const OcrSettings settings{.psm = psm,
                                 .thresholding = Thresholding::sauvola,
                                 .window = 7 + 2 * k,
                                 .k = k / 200.0,
                                 .dpi = 70 + k};
      const Recognizer* recognizer = &pool.get("eng", settings);
      if (std::ranges::find(seen, recognizer) == seen.end()) seen.push_back(recognizer);
    }
  }
  EXPECT_LE(seen.size(), 2U);
  EXPECT_EQ(std::ranges::count(seen, &pool.get("fra", {})), 0);
}

TEST(OcrSettingsOfEngines, APoolReadsWithTheLanguagesThatAreSet) {
  RecognizerPool pool({});
  const Recognizer* both = &pool.get("eng+fra", {});
  EXPECT_EQ(&pool.get("eng+fra", {.languages = Languages::all}), both);
  EXPECT_EQ(&pool.get("eng+fra", {.languages = Languages::second}), &pool.get("fra", {}));
  EXPECT_NE(&pool.get("eng+fra", {.languages = Languages::first}), both);
}

bool same_pix(PIX* a, PIX* b) {
  l_int32 same = 0;
  return pixEqual(a, b, &same) == 0 && same == 1;
}

/// Leptonica's Sauvola and Otsu with the same px: sizes arrive at them as they are settings,
/// whatever resolution they are multiplied by on the way.
TEST(OcrSettingsOfEngines, SizesArriveInPx) {
  const PixPtr page = to_pix(shaded_page()(cv::Rect(0, 0, 240, 200)));
  layout::LayoutFinder finder({});
  for (const int window : {7, 15, 23, 41, 81, 131}) {
    for (const int dpi : {0, 70, 111, 300, 2400}) {
      SCOPED_TRACE(testing::Message() << window << " px, " << dpi << " dpi");
      PIX* expected = nullptr;
      ASSERT_EQ(pixSauvolaBinarizeTiled(page.get(), window / 2, 0.25F, 1, 1, nullptr, &expected),
                0);
      const PixPtr sauvola(expected);
      const PixPtr made = finder.threshold(
          page.get(),
          {.thresholding = Thresholding::sauvola, .window = window, .k = 0.25, .dpi = dpi});
      ASSERT_NE(made, nullptr);
      EXPECT_TRUE(same_pix(made.get(), sauvola.get()));
      const int tile = std::max(16, window);
      ASSERT_EQ(pixOtsuAdaptiveThreshold(page.get(), tile, tile, 1, 1, 0.1F, nullptr, &expected),
                0);
      const PixPtr otsu(expected);
      const PixPtr tiles =
          finder.threshold(page.get(), {.thresholding = Thresholding::adaptive_otsu,
                                        .window = tile,
                                        .smoothing = 1,
                                        .dpi = dpi});
      ASSERT_NE(tiles, nullptr);
      EXPECT_TRUE(same_pix(tiles.get(), otsu.get()));
    }
  }
}

}  // namespace
}  // namespace ocrtune
