#include "ocrtune/voting/word_confidence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

bool is_house(std::string_view word) { return word == "house"; }

TEST(WordConfidence, IsHigherForWordsOfTheLexicon) {
  EXPECT_GT(word_confidence(U"house", 0.9, is_house), word_confidence(U"hause", 0.9, is_house));
  EXPECT_GT(word_confidence(U"house", 0.9, is_house), word_confidence(U"house", 0.9, {}));
  EXPECT_GT(word_confidence(U"hause", 0.9, {}), word_confidence(U"hause", 0.9, is_house));
}

TEST(WordConfidence, WhatAllEnginesAreSureOfIsSure) {
  EXPECT_GE(word_confidence(U"house", 1, is_house), 95);
  EXPECT_LT(word_confidence(U"x", 0.3, is_house), 50);
}

TEST(WordConfidence, SingleSignsOfScriptsWithoutSpacesAreWordsAsOthers) {
  EXPECT_EQ(word_confidence(U"\u4e2d", 0.9, is_house),
            word_confidence(U"\u4e2d\u6587", 0.9, is_house));
  EXPECT_LT(word_confidence(U"a", 0.9, is_house), word_confidence(U"ab", 0.9, is_house));
}

RC_GTEST_PROP(WordConfidence, GrowsWithTheProbability, ()) {
  const double low = *rc::gen::inRange(0, 1001) / 1000.0;
  const double high = *rc::gen::inRange(0, 1001) / 1000.0;
  const std::u32string word = U"house";
  const int of_low = word_confidence(word, std::min(low, high), is_house);
  const int of_high = word_confidence(word, std::max(low, high), is_house);
  RC_ASSERT(0 <= of_low && of_low <= of_high && of_high <= 100);
}

}  // namespace
}  // namespace ocrtune
