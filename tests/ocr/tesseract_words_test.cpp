#include "ocrtune/ocr/tesseract_words.h"

#include <gtest/gtest.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"
#include "support/images.h"

namespace ocrtune {
namespace {

/// The words as Tesseract's own iterator for reading order gives them.
std::vector<std::string> words_in_order(tesseract::TessBaseAPI& api) {
  std::vector<std::string> words;
  const std::unique_ptr<tesseract::ResultIterator> it(api.GetIterator());
  if (!it) return words;
  do {
    if (it->Empty(tesseract::RIL_WORD)) continue;
    const std::unique_ptr<const char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
    std::string line = text ? text.get() : "";
    for (const auto level : {tesseract::RIL_BLOCK, tesseract::RIL_PARA, tesseract::RIL_TEXTLINE})
      line += it->IsAtBeginningOf(level) ? " begins" : " -";
    words.push_back(line + " " + std::to_string(it->Confidence(tesseract::RIL_WORD)));
  } while (it->Next(tesseract::RIL_WORD));
  return words;
}

std::vector<std::string> words_collected(tesseract::TessBaseAPI& api) {
  std::vector<std::string> words;
  const std::vector<Word> collected = recognized_words(api);
  const Word* before = nullptr;
  for (const Word& word : collected) {
    const bool block = before == nullptr || word.block != before->block;
    const bool paragraph = block || word.paragraph != before->paragraph;
    const bool line = paragraph || word.line != before->line;
    std::string text = word.text;
    for (const bool begins : {block, paragraph, line}) text += begins ? " begins" : " -";
    words.push_back(text + " " + std::to_string(word.confidence));
    before = &word;
  }
  return words;
}

/// Without what a confidence has behind the point.
std::vector<std::string> cut(std::vector<std::string> words) {
  for (std::string& word : words) word = word.substr(0, word.rfind('.'));
  return words;
}

TEST(RecognizedWords, AreThoseOfTesseractsIterator) {
  tesseract::TessBaseAPI api;
  ASSERT_EQ(api.Init(tessdata_folder("").c_str(), "eng", tesseract::OEM_LSTM_ONLY), 0);
  EXPECT_TRUE(recognized_words(api).empty());
  for (const int psm : {3, 6, 11}) {
    api.SetPageSegMode(static_cast<tesseract::PageSegMode>(psm));
    for (const cv::Mat& page : {test::rendered("HELLO WORLD 123"), test::scanned(900, 700, 5),
                                test::noise(200, 150, 1), cv::Mat(80, 90, CV_8UC1, 255)}) {
      api.SetImage(page.data, page.cols, page.rows, 1, static_cast<int>(page.step));
      ASSERT_EQ(api.Recognize(nullptr), 0);
      EXPECT_EQ(words_collected(api), cut(words_in_order(api))) << psm;
    }
  }
}

/// The lines that are not empty, with runs of spaces as one.
std::string evened(const std::string& text) {
  std::string lines;
  for (const std::string& line : split(text, '\n')) {
    std::vector<std::string> words = split(line, ' ');
    std::erase(words, "");
    if (!words.empty()) lines += joined(words, " ") + '\n';
  }
  return lines;
}

TEST(RecognizedWords, HaveTheSpacesOfTesseractsText) {
  std::size_t pieces = 0;
  for (const char* lang : {"eng", "chi_sim"}) {
    tesseract::TessBaseAPI api;
    ASSERT_EQ(api.Init(tessdata_folder("").c_str(), lang, tesseract::OEM_LSTM_ONLY), 0);
    api.SetPageSegMode(tesseract::PSM_SINGLE_BLOCK);
    for (const cv::Mat& page : {test::rendered("HELLO,WORLD (123)"),
                                test::rendered("a.b 12-34 x=y"), test::noise(200, 150, 1)}) {
      api.SetImage(page.data, page.cols, page.rows, 1, static_cast<int>(page.step));
      ASSERT_EQ(api.Recognize(nullptr), 0);
      const OcrResult result{.words = recognized_words(api), .width = 0, .height = 0};
      const std::unique_ptr<const char[]> text(api.GetUTF8Text());
      EXPECT_EQ(evened(plain_text(result)), evened(text.get())) << lang;
      pieces +=
          static_cast<std::size_t>(std::ranges::count(result.words, false, &Word::space_before));
    }
  }
  EXPECT_GT(pieces, 0U);
}

TEST(RecognizedWords, AreInReadingOrderWhereTheyRunFromRightToLeft) {
  tesseract::TessBaseAPI api;
  ASSERT_EQ(api.Init(tessdata_folder("").c_str(), "ara", tesseract::OEM_LSTM_ONLY), 0);
  api.SetPageSegMode(tesseract::PSM_SINGLE_BLOCK);
  for (const cv::Mat& page : {test::rendered("HELLO WORLD 123"), test::scanned(900, 700, 5)}) {
    api.SetImage(page.data, page.cols, page.rows, 1, static_cast<int>(page.step));
    ASSERT_EQ(api.Recognize(nullptr), 0);
    EXPECT_EQ(words_collected(api), cut(words_in_order(api)));
  }
}

}  // namespace
}  // namespace ocrtune
