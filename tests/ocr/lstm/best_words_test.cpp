#include "ocrtune/ocr/lstm/best_words.h"

#include <gtest/gtest.h>

#include <string>

#include "ocrtune/ocr/lstm/dictionary.h"

namespace ocrtune::lstm {
namespace {

WordCandidate word(const std::string& text, int left, int right, float certainty, float rating,
                   Permuter permuter = Permuter::top_choice) {
  return {.word = {.chars = {{.unichar = 5}},
                   .text = text,
                   .rating = rating,
                   .certainty = certainty,
                   .permuter = static_cast<int>(permuter)},
          .left = left,
          .right = right};
}

std::string joined_words(const std::vector<WordCandidate>& words) {
  std::string text;
  for (const WordCandidate& each : words) text += each.word.text + " ";
  return text;
}

TEST(BestWords, TheFirstReadingIsTaken) {
  std::vector<WordCandidate> best;
  EXPECT_EQ(select_best_words(best, {word("a", 0, 10, -9, 9), word("b", 20, 30, -9, 9)}), 2);
  EXPECT_EQ(joined_words(best), "a b ");
  EXPECT_EQ(select_best_words(best, {}), -2);
  EXPECT_EQ(joined_words(best), "a b ");
}

TEST(BestWords, ABetterOneIsSurerAndCostsLess) {
  std::vector<WordCandidate> best = {word("a", 0, 10, -4, 4), word("b", 20, 30, -4, 4)};
  EXPECT_EQ(select_best_words(best, {word("A", 0, 10, -3, 3), word("B", 20, 30, -3, 5)}), 0);
  EXPECT_EQ(joined_words(best), "A b ");
}

TEST(BestWords, AWordOfTheDictionaryMayCostSomeMore) {
  const auto chosen = [](float certainty, float rating, Permuter of_best) {
    std::vector<WordCandidate> best = {word("a", 0, 10, -4, 4, of_best)};
    select_best_words(best, {word("A", 0, 10, certainty, rating, Permuter::word)});
    return joined_words(best);
  };
  EXPECT_EQ(chosen(-9, 5.9F, Permuter::top_choice), "A ");
  EXPECT_EQ(chosen(-9, 5.9F, Permuter::word), "a ");
  EXPECT_EQ(chosen(-9, 6.1F, Permuter::top_choice), "a ");
  EXPECT_EQ(chosen(-9.6F, 5.9F, Permuter::top_choice), "a ");
}

TEST(BestWords, WordsAreComparedBetweenGapsInCommon) {
  // "ab cd" against "a b cd": the first gap is not one of both.
  std::vector<WordCandidate> best = {word("ab", 0, 20, -4, 8), word("cd", 30, 50, -4, 8)};
  std::vector<WordCandidate> next = {word("a", 0, 8, -3, 3), word("b", 12, 20, -3, 3),
                                     word("CD", 30, 50, -5, 9)};
  EXPECT_EQ(select_best_words(best, next), 1);
  EXPECT_EQ(joined_words(best), "a b cd ");
  best = {word("ab", 0, 20, -4, 5), word("cd", 30, 50, -4, 8)};
  EXPECT_EQ(select_best_words(best, next), -2);
  EXPECT_EQ(joined_words(best), "ab cd ");
}

}  // namespace
}  // namespace ocrtune::lstm
