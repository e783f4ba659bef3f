#include "ocrtune/ocr/columns/broken_words.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace ocrtune {
namespace {

/// Lines of words.
OcrResult of_lines(const std::string& text) {
  OcrResult result;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    for (std::string word; words >> word;)
      result.words.push_back({.text = word, .block = 1, .paragraph = 1, .line = number});
  }
  return result;
}

TEST(BrokenWords, AreAtTheEndsOfLinesOrWithinThem) {
  const BrokenWords broken = broken_words(of_lines("a ship was bro- the har-\nken by storms bour"));
  EXPECT_EQ(broken.at_ends, 1U);
  EXPECT_EQ(broken.within, 1U);
}

TEST(BrokenWords, HaveTwoLettersAndAHyphen) {
  EXPECT_EQ(broken_words(of_lines("über¬\nbro= ken\nкора⸗ бль")).within, 2U);
  EXPECT_EQ(broken_words(of_lines("über¬\nbro= ken")).at_ends, 1U);
  for (const char* other : {"1740- 1750", "a- b", "- broken", "well-known man", "bro- 12", "(-) x"})
    EXPECT_EQ(broken_words(of_lines(other)).within, 0U) << other;
}

TEST(BrokenWords, WithinLinesAreMoreThanOne) {
  EXPECT_FALSE(breaks_words_within_lines(of_lines("the bro- har-\nken bour")));
  EXPECT_TRUE(
      breaks_words_within_lines(of_lines("the bro- har-\nken bour\nand sai- the\nlors sea")));
}

TEST(BrokenWords, AreAtEndsWhereLinesDoNotGoAcrossColumns) {
  const OcrResult across = of_lines("the bro- har-\nken bour\nand sai- the\nlors sea");
  EXPECT_TRUE(
      has_them_at_ends(across, of_lines("the bro-\nken\nand sai-\nlors\nhar-\nbour\nthe sea")));
  EXPECT_FALSE(has_them_at_ends(across, across));
  EXPECT_FALSE(has_them_at_ends(across, of_lines("the bro- har-\nken bour")));
}

}  // namespace
}  // namespace ocrtune
