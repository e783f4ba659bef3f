// Words of a page that lie on text that it has.

#include "ocrtune/pdf/words_on_text.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

OcrResult page() {
  OcrResult page{.words = {}, .width = 200, .height = 100};
  for (int i = 0; i < 4; ++i)
    page.words.push_back(
        {.text = std::to_string(i), .left = 50 * i, .top = 20, .right = 50 * i + 40, .bottom = 40});
  return page;
}

std::string rest(const PdfMatrix& matrix, const std::vector<PdfBox>& text) {
  OcrResult result = page();
  remove_words_on_text(result, matrix, text);
  std::string words;
  for (const Word& word : result.words) words += word.text;
  return words;
}

TEST(RemoveWordsOnText, LeavesWhatLiesBesideIt) {
  const PdfMatrix upright{1, 0, 0, 1, 0, 0};
  EXPECT_EQ(rest(upright, {}), "0123");
  EXPECT_EQ(rest(upright, {{0, 55, 95, 85}}), "23");
  EXPECT_EQ(rest(upright, {{0, 20, 200, 40}}), "0123") << "another line";
  EXPECT_EQ(rest(upright, {{0, 60, 12, 80}, {50, 60, 80, 80}}), "023") << "half of a word";
  EXPECT_EQ(rest(upright, {{0, 60, 12, 80}, {12, 60, 40, 80}}), "123") << "in parts";
  EXPECT_EQ(rest(upright, {{5, 63, 35, 77}}), "123") << "in a box that is larger than its letters";
}

TEST(RemoveWordsOnText, OfTurnedPages) {
  // A quarter clockwise: across the page is up on it.
  EXPECT_EQ(rest({0, 1, -1, 0, 100, 0}, {{15, 0, 45, 95}}), "23");
  EXPECT_EQ(rest({-1, 0, 0, -1, 200, 100}, {{105, 15, 200, 45}}), "23");
}

}  // namespace
}  // namespace ocrtune
