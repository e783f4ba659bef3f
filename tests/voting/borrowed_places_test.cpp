#include "ocrtune/voting/borrowed_places.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "ocrtune/documents/tsv_writer.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

/// Text in lines; every character is 10 px wide and 20 px high, and so is a space.
OcrResult typed(const std::string& text) {
  OcrResult result{.words = {}, .width = 1000, .height = 1000};
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    std::string word;
    int left = 0;
    for (int index = 1; words >> word; ++index) {
      const int right = left + 10 * static_cast<int>(word.size());
      result.words.push_back({.text = word,
                              .confidence = 90,
                              .left = left,
                              .top = 30 * number,
                              .right = right,
                              .bottom = 30 * number + 20,
                              .block = 1,
                              .paragraph = 1,
                              .line = number,
                              .index = index});
      left = right + 10;
    }
  }
  return result;
}

OcrResult without_places(OcrResult result) {
  for (Word& word : result.words) word.left = word.top = word.right = word.bottom = 0;
  return result;
}

OcrResult borrowed(const std::string& text, const std::string& placed) {
  OcrResult result = without_places(typed(text));
  borrow_places(result, typed(placed));
  return result;
}

TEST(BorrowedPlaces, AreThoseOfTheSameText) {
  const std::string text = "Total of July\n12 pounds";
  EXPECT_EQ(tsv_text(borrowed(text, text)), tsv_text(typed(text)));
}

TEST(BorrowedPlaces, AWordWithAnErrorKeepsItsPlace) {
  const Word word = borrowed("T0tal of July", "Total of July").words[0];
  EXPECT_EQ(word.left, 0);
  EXPECT_EQ(word.right, 50);
  EXPECT_EQ(word.top, 30);
}

TEST(BorrowedPlaces, WordsThatWereJoinedHaveTheirPartsOfTheBox) {
  const OcrResult result = borrowed("July 1951", "July1951");
  EXPECT_EQ(result.words[0].right, 38);
  EXPECT_EQ(result.words[1].left, 42);
  EXPECT_EQ(result.words[1].right, 80);
}

TEST(BorrowedPlaces, ALoneLetterThatWasReadOtherwiseDoesNotTouchItsNeighbours) {
  const OcrResult result = borrowed("adressent e leurs", "adressent a leurs");
  EXPECT_LT(result.words[0].right, result.words[1].left);
  EXPECT_LT(result.words[1].right, result.words[2].left);
}

TEST(BorrowedPlaces, AMissingWordIsBetweenItsNeighbours) {
  OcrResult placed = typed("Total xx July");
  placed.words.erase(placed.words.begin() + 1);
  OcrResult result = without_places(typed("Total of July"));
  borrow_places(result, placed);
  EXPECT_EQ(result.words[0].right, 48);
  EXPECT_EQ(result.words[1].left, 52);
  EXPECT_EQ(result.words[1].right, 88);
  EXPECT_EQ(result.words[1].top, 30);
}

TEST(BorrowedPlaces, ALineThatTheOtherLacksHasNone) {
  const OcrResult result = borrowed("Total of July\nxyz\n12 pounds", "Total of July\n12 pounds");
  EXPECT_EQ(result.words[3].text, "xyz");
  EXPECT_EQ(result.words[3].right, 0);
  EXPECT_EQ(result.words[4].top, 60);
}

TEST(BorrowedPlaces, WordsAtTheEndsOfALineAreBesideTheOthers) {
  OcrResult placed = typed("xx of yyyy");
  placed.words.erase(placed.words.begin());
  placed.words.pop_back();
  OcrResult result = without_places(typed("xx of yyyy"));
  borrow_places(result, placed);
  EXPECT_EQ(tsv_text(result), tsv_text(typed("xx of yyyy")));
}

TEST(BorrowedPlaces, NothingIsPlacedByTooMuchText) {
  const std::string text(30'000, 'a');
  EXPECT_EQ(borrowed("a", text).words[0].right, 0);
}

RC_GTEST_PROP(BorrowedPlaces, AreWithinTheOtherResult, ()) {
  const std::string text = *test::any_bytes();
  const OcrResult placed = typed(*test::any_bytes() + text);
  OcrResult result = without_places(typed(text));
  borrow_places(result, placed);
  RC_ASSERT(result.words.size() == typed(text).words.size());
  for (const Word& word : result.words) {
    RC_ASSERT(word.left <= word.right && word.top <= word.bottom);
    RC_ASSERT(word.left >= 0);
  }
}

}  // namespace
}  // namespace ocrtune
