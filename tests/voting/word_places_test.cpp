#include "ocrtune/voting/word_places.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "voting/ocr_results.h"

namespace ocrtune {
namespace {

using test::any_ocr_result;
using test::word_at;

TEST(WordPlaces, HalfOfTheSmallerBoxHasToBeInCommon) {
  const Box large{.left = 0, .top = 0, .right = 100, .bottom = 20};
  EXPECT_TRUE(same_place(large, {.left = 95, .top = 10, .right = 105, .bottom = 30}));
  EXPECT_FALSE(same_place(large, {.left = 96, .top = 10, .right = 106, .bottom = 30}));
  EXPECT_FALSE(same_place(large, {.left = 95, .top = 11, .right = 105, .bottom = 31}));
  EXPECT_TRUE(same_height(large, {.left = 900, .top = 10, .right = 910, .bottom = 30}));
  EXPECT_FALSE(same_place(large, {.left = 50, .top = 5, .right = 50, .bottom = 5}));
}

TEST(WordPlaces, WordsAreAlignedByPlace) {
  const Alignment found = aligned(
      {word_at(0, 1, "re"), word_at(3, 1, "ceipt"), word_at(12, 1, "of"), word_at(0, 2, "gone")},
      {word_at(0, 1, "receipt", 90, 8), word_at(12, 1, "of"), word_at(40, 1, "new")});
  ASSERT_EQ(found.cells.size(), 2U);
  EXPECT_EQ(found.cells[0].first, 0U);
  EXPECT_EQ(found.cells[0].end, 2U);
  EXPECT_EQ(found.cells[0].words, std::vector<std::size_t>{0});
  EXPECT_EQ(found.cells[1].first, 2U);
  EXPECT_EQ(found.apart, std::vector<std::size_t>{2});
  EXPECT_EQ(found.unclear, std::vector<char>(4, 0));
}

TEST(WordPlaces, OfABoxOverTwoLinesTheWordItLiesOnMostIsTold) {
  Word tall = word_at(0, 1, "tall");
  tall.bottom += 36;
  const Alignment found = aligned({word_at(0, 1, "here"), word_at(0, 2, "also")}, {tall});
  ASSERT_EQ(found.cells.size(), 1U);
  EXPECT_EQ(found.cells[0].end - found.cells[0].first, 1U);
  EXPECT_EQ(std::ranges::count(found.unclear, 1), 1);
  EXPECT_TRUE(found.apart.empty());
}

RC_GTEST_PROP(WordPlaces, AreThoseOfAPlainSearch, ()) {
  const std::vector<Word> a = (*any_ocr_result()).words;
  const std::vector<Word> b = (*any_ocr_result()).words;
  const auto links = words_in_place(a, b);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::vector<std::size_t> expected;
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (same_place(box_of(a[i]), box_of(b[j]))) expected.push_back(j);
    }
    std::vector<std::size_t> found;
    for (const auto& [word, other] : links) {
      if (word == i) found.push_back(other);
    }
    if (expected.size() <= kMaxInPlace + 1) {
      RC_ASSERT(found == expected);
    } else {
      RC_ASSERT(found.size() == kMaxInPlace + 1);
    }
  }
}

RC_GTEST_PROP(WordPlaces, NoWordIsInTwoCells, ()) {
  const std::vector<Word> ocr_result = (*any_ocr_result()).words;
  const std::vector<Word> other = (*any_ocr_result()).words;
  const Alignment found = aligned(ocr_result, other);
  std::vector<int> uses(ocr_result.size(), 0);
  std::vector<int> other_uses(other.size(), 0);
  for (const Cell& cell : found.cells) {
    RC_ASSERT(cell.first < cell.end && cell.end <= ocr_result.size() && !cell.words.empty());
    for (std::size_t i = cell.first; i < cell.end; ++i) {
      RC_ASSERT(same_line(ocr_result[cell.first], ocr_result[i]));
      ++uses[i];
    }
    for (const std::size_t i : cell.words) ++other_uses[i];
  }
  for (const std::size_t i : found.apart) ++other_uses[i];
  for (std::size_t i = 0; i < ocr_result.size(); ++i) RC_ASSERT(uses[i] + found.unclear[i] <= 1);
  RC_ASSERT(std::ranges::all_of(other_uses, [](int count) { return count <= 1; }));
}

}  // namespace
}  // namespace ocrtune
