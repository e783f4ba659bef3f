#include "ocrtune/documents/ocr_result.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

Word word(const char* text, int confidence, int block, int paragraph, int line, int index) {
  return {.text = text,
          .confidence = confidence,
          .left = 10 * index,
          .top = 20,
          .right = 10 * index + 8,
          .bottom = 33,
          .block = block,
          .paragraph = paragraph,
          .line = line,
          .index = index};
}

OcrResult sample() {
  return {.words = {word("One", 90, 1, 1, 1, 1), word("line", 81, 1, 1, 1, 2),
                    word("next", 70, 1, 1, 2, 1), word("para", 60, 1, 2, 1, 1),
                    word("block", 50, 2, 1, 1, 1)},
          .width = 100,
          .height = 50};
}

TEST(OcrResult, PlainTextHasLinesAndParagraphs) {
  EXPECT_EQ(plain_text(sample()), "One line\nnext\n\npara\n\nblock\n");
  EXPECT_EQ(plain_text({}), "");
}

TEST(OcrResult, ConfidenceIsTheMeanOverWords) {
  EXPECT_DOUBLE_EQ(mean_confidence(sample()), (90 + 81 + 70 + 60 + 50) / 5.0);
  EXPECT_EQ(mean_confidence({}), 0);
}

}  // namespace
}  // namespace ocrtune
