#include "ocrtune/ocr/columns/broken_words.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace ocrtune {
namespace {

/// Lines of words, ten px high and ten for each byte.
OcrResult of_lines(const std::string& text) {
  OcrResult result;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    int left = 0;
    for (std::string word; words >> word;) {
      const int width = 10 * static_cast<int>(word.size());
      result.words.push_back({.text = word,
                              .left = left,
                              .top = 20 * number,
                              .right = left + width,
                              .bottom = 20 * number + 10,
                              .block = 1,
                              .paragraph = 1,
                              .line = number});
      left += width + 10;
    }
  }
  return result;
}

const std::string kAcross = "the ship was bro- harbour was\nken and some sai- people of the\nlors";
const std::string kInColumns =
    "the ship was bro-\nken and some sai-\nlors\nharbour was\npeople of the";

TEST(BrokenWords, AreAtTheEndsOfLinesOrWithinThem) {
  const BrokenWords broken = broken_words(of_lines("a ship was bro- harbour and sai-\nken by"));
  EXPECT_EQ(broken.at_ends, 1U);
  EXPECT_EQ(broken.within, 1U);
}

TEST(BrokenWords, HaveTwoLettersAndAHyphen) {
  EXPECT_EQ(broken_words(of_lines("über¬ hinaus\nbro= broken\nкора⸗ корабль")).within, 3U);
  for (const char* other :
       {"1740- seventeen", "a- broken", "- broken", "well-known broken", "(-) word"})
    EXPECT_EQ(broken_words(of_lines(other)).within, 0U) << other;
}

TEST(BrokenWords, AreNotPartsOfCompoundsThatShareTheOther) {
  for (const char* suspended :
       {"Vor- und Nachteile", "in- en uitvoer", "pre- or postwar", "bro- 12345"})
    EXPECT_EQ(broken_words(of_lines(suspended)).within, 0U) << suspended;
}

TEST(BrokenWords, AreNotAtTheEndsOfCells) {
  EXPECT_EQ(broken_words(of_lines("Haupt-\nstraße")).at_ends, 0U);
  EXPECT_EQ(broken_words(of_lines("in der Haupt-\nstraße")).at_ends, 1U);
}

TEST(BrokenWords, WithinLinesAreMoreThanOne) {
  EXPECT_FALSE(breaks_words_within_lines(of_lines("the ship was bro- harbour was\nken")));
  EXPECT_TRUE(breaks_words_within_lines(of_lines(kAcross)));
}

TEST(BrokenWords, AreAtEndsWhereLinesDoNotGoAcrossColumns) {
  const OcrResult across = of_lines(kAcross);
  EXPECT_TRUE(has_them_at_ends(across, of_lines(kInColumns)));
  EXPECT_FALSE(has_them_at_ends(across, across));
  EXPECT_FALSE(has_them_at_ends(across, of_lines("bro-\nken\nsai-\nlors"))) << "cells";
}

}  // namespace
}  // namespace ocrtune
