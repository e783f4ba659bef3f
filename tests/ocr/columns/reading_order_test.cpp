#include "ocrtune/ocr/columns/reading_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>
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
  for (std::size_t i = 1; i < ordered.words.size(); ++i) {
    const Word& before = ordered.words[i - 1];
    const Word& word = ordered.words[i];
    EXPECT_TRUE(word.block == before.block
                    ? word.line == before.line || word.line == before.line + 1
                    : word.line == 1);
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
  for (const auto& [left, texts] : {std::pair(0, "ac"), std::pair(340, "bd")}) {
    for (int line = 0; line < kLines; ++line)
      add_line(result, left, 30 * line, left == 0 ? 1 : 2, line + 1,
               std::string(3, line < kLines / 2 ? texts[0] : texts[1]));
  }
  EXPECT_EQ(texts(in_reading_order(result, kPage)),
            (std::vector<std::string>{"aaa", "ccc", "bbb", "ddd"}));
  EXPECT_EQ(texts(in_reading_order(result, page)),
            (std::vector<std::string>{"aaa", "bbb", "ccc", "ddd"}));
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
  EXPECT_EQ(ordered.words.front().left, result.words.front().left);
  EXPECT_EQ(ordered.words.front().line, result.words.front().line);
  EXPECT_TRUE(in_reading_order({}, kPage).words.empty());
}

}  // namespace
}  // namespace ocrtune
