#include "ocrtune/ocr/columns/vertical_text.h"

#include <gtest/gtest.h>

#include <string>

namespace ocrtune {
namespace {

/// Lines of words with one or two characters of 40 px each, as far apart as given.
OcrResult page_of(const std::string& word, int characters, int across, int down, int lines = 10) {
  OcrResult result;
  for (int line = 0; line < lines; ++line) {
    for (int i = 0; i < 8; ++i) {
      const int left = i * characters * across;
      result.words.push_back({.text = word,
                              .left = left,
                              .top = down * line,
                              .right = left + (characters - 1) * across + 40,
                              .bottom = down * line + 40,
                              .block = 1,
                              .paragraph = 1,
                              .line = line + 1,
                              .index = i + 1,
                              .space_before = false});
    }
  }
  return result;
}

TEST(VerticalText, IsWhereCharactersAreFartherApartThanLines) {
  EXPECT_TRUE(goes_across_vertical_lines(page_of("語", 1, 75, 45)));
  EXPECT_TRUE(goes_across_vertical_lines(page_of("の語", 2, 75, 45)));
  EXPECT_TRUE(goes_across_vertical_lines(page_of("한", 1, 75, 45)));
  EXPECT_FALSE(goes_across_vertical_lines(page_of("語", 1, 45, 75))) << "horizontal lines";
  EXPECT_FALSE(goes_across_vertical_lines(page_of("の語", 2, 45, 75)));
}

TEST(VerticalText, IsNotOfOtherScripts) {
  EXPECT_FALSE(goes_across_vertical_lines(page_of("a", 1, 75, 45)));
  EXPECT_FALSE(goes_across_vertical_lines(page_of("7", 1, 75, 45))) << "tables";
}

TEST(VerticalText, IsNotWherePartsOfLinesAreSideBySide) {
  OcrResult result = page_of("語", 1, 45, 75);
  // Each line in two parts, which the engine gives as lines of their own.
  for (Word& word : result.words) word.line = 2 * word.line + (word.index > 4 ? 1 : 0);
  EXPECT_FALSE(goes_across_vertical_lines(result));
}

TEST(VerticalText, IsNotWhereCellsAreFarApart) {
  EXPECT_FALSE(goes_across_vertical_lines(page_of("語", 1, 200, 60))) << "cells of one character";
  OcrResult cells = page_of("語語", 2, 100, 60);
  for (Word& word : cells.words) word.right = word.left + 85;
  EXPECT_FALSE(goes_across_vertical_lines(cells)) << "of a word";
  // Cells of two words each, and a wide space to the next.
  OcrResult table = page_of("語", 1, 45, 60);
  for (Word& word : table.words) {
    const int shift = (word.index - 1) / 2 * 220;
    word.left += shift;
    word.right += shift;
  }
  EXPECT_FALSE(goes_across_vertical_lines(table));
}

TEST(VerticalText, IsNotToldByAFewCharacters) {
  EXPECT_FALSE(goes_across_vertical_lines(page_of("語", 1, 75, 45, 2)));
  EXPECT_FALSE(goes_across_vertical_lines({}));
}

TEST(VerticalText, IsNotToldWhereItIsRecognizedAsSuch) {
  // A line of such a model runs downwards, and the next one is left of it.
  OcrResult result = page_of("語", 1, 75, 45);
  for (Word& word : result.words) {
    const int width = word.right - word.left;
    word.left = 2000 - 75 * word.line;
    word.right = word.left + width;
    word.top = 45 * word.index;
    word.bottom = word.top + 40;
  }
  EXPECT_FALSE(goes_across_vertical_lines(result));
}

}  // namespace
}  // namespace ocrtune
