#include "ocrtune/voting/lines_without_places.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

/// A line of one word.
Word line(const std::string& text, int number, int top = 0, int confidence = 90) {
  Word word{.text = text, .confidence = confidence, .block = 1, .paragraph = 1, .line = number};
  if (top > 0) {
    word.left = 10;
    word.right = 100;
    word.top = top;
    word.bottom = top + 20;
  }
  return word;
}

OcrResult page(std::vector<Word> words) { return {.words = std::move(words)}; }

std::string inserted(OcrResult into, const OcrResult& text) {
  insert_lines_without_places(into, text, [](double confidence) { return confidence > 0.5; });
  return plain_text(into);
}

TEST(LinesWithoutPlaces, ComeAfterTheLineBeforeThem) {
  const OcrResult two = page({line("one", 1, 100), line("two", 2, 130)});
  EXPECT_EQ(inserted(two, page({line("x", 1), line("one", 2, 100), line("y", 3), line("z", 4),
                                line("two", 5, 130), line("end", 6)})),
            "x\none\ny\nz\ntwo\nend\n");
}

TEST(LinesWithoutPlaces, OfLittleConfidenceAreLeftOut) {
  EXPECT_EQ(inserted(page({line("one", 1, 100)}), page({line("x", 1, 0, 40)})), "one\n");
}

TEST(LinesWithoutPlaces, AreThePageIfItHasNone) {
  EXPECT_EQ(inserted({}, page({line("x", 1), line("y", 2)})), "x\ny\n");
}

TEST(LinesWithoutPlaces, StayInTheParagraphOfTheLineBefore) {
  OcrResult two = page({line("one", 1, 100), line("two", 1, 130)});
  two.words[1].paragraph = 2;
  EXPECT_EQ(inserted(two, page({line("one", 1, 100), line("y", 2)})), "one\ny\n\ntwo\n");
}

}  // namespace
}  // namespace ocrtune
