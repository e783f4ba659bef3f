#include "ocrtune/ocr/columns/reading_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ocrtune {
namespace {

constexpr int kWidth = 640;
constexpr int kLines = 12;
const cv::Mat kPage(500, kWidth, CV_8U, cv::Scalar(255));

/// A line of three words with these texts.
void add_line(OcrResult& result, int left, int top, int block, int line, const std::string& text) {
  for (int i = 0; i < 3; ++i)
    result.words.push_back({.text = text,
                            .left = left + 100 * i,
                            .top = top,
                            .right = left + 100 * i + 90,
                            .bottom = top + 20,
                            .block = block,
                            .paragraph = 1,
                            .line = line,
                            .index = i + 1});
}

/// Two columns whose parts of the lines come one after the other.
OcrResult row_by_row(const std::string& left, const std::string& right) {
  OcrResult result;
  for (int line = 0; line < kLines; ++line) {
    add_line(result, 0, 30 * line, 1, 2 * line + 1, left);
    add_line(result, 340, 30 * line, 1, 2 * line + 2, right);
  }
  return result;
}

std::vector<std::string> texts(const OcrResult& result) {
  std::vector<std::string> all;
  for (const Word& word : result.words) {
    if (all.empty() || all.back() != word.text) all.push_back(word.text);
  }
  return all;
}

TEST(ReadingOrder, IsColumnByColumn) {
  const OcrResult ordered = in_reading_order(row_by_row("one", "two"), kPage);
  EXPECT_EQ(texts(ordered), (std::vector<std::string>{"one", "two"}));
  ASSERT_EQ(ordered.words.size(), 6U * kLines);
  for (std::size_t i = 0; i < ordered.words.size(); ++i) {
    const Word& word = ordered.words[i];
    EXPECT_EQ(word.block, i < 3 * kLines ? 1 : 2);
    EXPECT_EQ(word.line, static_cast<int>(i / 3 % kLines) + 1);
    EXPECT_EQ(word.index, static_cast<int>(i % 3) + 1);
  }
}

TEST(ReadingOrder, IsFromTheRightWhereTheScriptIs) {
  const OcrResult ordered = in_reading_order(row_by_row("يسار", "يمين"), kPage);
  EXPECT_EQ(texts(ordered), (std::vector<std::string>{"يمين", "يسار"}));
}

TEST(ReadingOrder, TellsPartsBetweenRulesApart) {
  cv::Mat page = kPage.clone();
  cv::line(page, {0, 175}, {kWidth, 175}, cv::Scalar(0), 2);
  OcrResult result;
  for (const auto& [left, letters] : {std::pair(0, "ac"), std::pair(340, "bd")}) {
    for (int line = 0; line < kLines; ++line)
      add_line(result, left, 30 * line, left == 0 ? 1 : 2, line + 1,
               std::string(3, line < kLines / 2 ? letters[0] : letters[1]));
  }
  EXPECT_EQ(texts(in_reading_order(result, kPage)),
            (std::vector<std::string>{"aaa", "ccc", "bbb", "ddd"}));
  EXPECT_EQ(texts(in_reading_order(result, page)),
            (std::vector<std::string>{"aaa", "bbb", "ccc", "ddd"}));
}

TEST(ReadingOrder, TellsPartsBetweenRulesApartFromTheRightToo) {
  cv::Mat page = kPage.clone();
  // Across the whole gutter, but not up to the left edge: a page that is not mirrored has none.
  cv::line(page, {200, 175}, {kWidth, 175}, cv::Scalar(0), 2);
  OcrResult result;
  for (const auto& [left, upper, lower] :
       {std::tuple(340, "اول", "ثالث"), std::tuple(0, "ثان", "رابع")}) {
    for (int line = 0; line < kLines; ++line)
      add_line(result, left, 30 * line, left == 0 ? 2 : 1, line + 1,
               line < kLines / 2 ? upper : lower);
  }
  EXPECT_EQ(texts(in_reading_order(result, page)),
            (std::vector<std::string>{"اول", "ثان", "ثالث", "رابع"}));
  EXPECT_EQ(texts(in_reading_order(result, {})),
            (std::vector<std::string>{"اول", "ثالث", "ثان", "رابع"}));
}

TEST(ReadingOrder, KeepsWhatWordsHave) {
  OcrResult result = row_by_row("one", "two");
  for (Word& word : result.words) {
    word.space_before = word.index != 2;
    word.characters = {{.text = word.text, .probability = 0.5, .alternatives = {}}};
  }
  result.words.push_back({.text = "nowhere", .block = 7});
  result.words.push_back(
      {.text = "outside", .left = -50, .top = 5000, .right = 9000, .bottom = 5001, .block = 8});
  const OcrResult ordered = in_reading_order(result, kPage);
  ASSERT_EQ(ordered.words.size(), result.words.size());
  for (const Word& word : ordered.words) {
    if (word.block > 2 || word.text.size() > 3) continue;
    EXPECT_EQ(word.space_before, word.index != 2);
    EXPECT_EQ(word.characters.size(), 1U);
  }
}

TEST(ReadingOrder, IsTheEnginesOnPagesOfNoise) {
  OcrResult result;
  for (int i = 0; i < 5000; ++i) add_line(result, 340 * (i % 2), 30 * (i / 2), i, 1, "word");
  const OcrResult ordered = in_reading_order(result, kPage);
  EXPECT_EQ(ordered.words.back().block, 4999);
}

TEST(ReadingOrder, KeepsBlocksSideBySideApart) {
  // The column in the middle has lines that no engine found; it is one block all the same.
  OcrResult result;
  constexpr int kApart = 340;
  for (int column = 0; column < 3; ++column) {
    for (int line = 0; line < kLines; ++line) {
      if (column == 1 && line % 4 == 3) continue;
      add_line(result, column * kApart, 40 * line, column + 1, line + 1,
               std::string(3, static_cast<char>('a' + column)));
    }
  }
  const cv::Mat page(600, 3 * kApart, CV_8U, cv::Scalar(255));
  EXPECT_EQ(texts(in_reading_order(result, page)), (std::vector<std::string>{"aaa", "bbb", "ccc"}));
}

TEST(ReadingOrder, IsTheEnginesWithoutColumns) {
  OcrResult result = row_by_row("12", "34");
  std::ranges::reverse(result.words);
  const OcrResult ordered = in_reading_order(result, kPage);
  ASSERT_EQ(ordered.words.size(), result.words.size());
  for (std::size_t i = 0; i < ordered.words.size(); ++i) {
    EXPECT_EQ(ordered.words[i].left, result.words[i].left);
    EXPECT_EQ(ordered.words[i].line, result.words[i].line);
  }
  EXPECT_TRUE(in_reading_order({}, kPage).words.empty());
}

}  // namespace
}  // namespace ocrtune
