#include "ocrtune/voting/text_lines.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "ocrtune/documents/box.h"
#include "voting/ocr_results.h"

namespace ocrtune {
namespace {

using test::ocr_result_of;
using test::word_at;

TEST(CommonLines, FollowTheSlopeOfALine) {
  OcrResult sloped{.words = {}, .width = 1000, .height = 200};
  for (int i = 0; i < 8; ++i) {
    for (int line = 1; line < 3; ++line)
      sloped.words.push_back({.text = "word",
                              .confidence = 90,
                              .left = 20 + 100 * i,
                              .top = 30 * line + 8 * i,
                              .right = 100 + 100 * i,
                              .bottom = 30 * line + 8 * i + 20,
                              .block = 1,
                              .paragraph = 1,
                              .line = line});
  }
  std::ranges::stable_sort(sloped.words, {}, &Word::line);
  const auto lines = common_lines({&sloped, &sloped});
  ASSERT_EQ(lines.size(), 2U);
  for (const TextLine& line : lines) {
    ASSERT_EQ(line.words[1].size(), 8U);
    EXPECT_EQ(line.words[0], line.words[1]);
  }
}

std::vector<std::string> texts_in(const TextLine& line, std::size_t result) {
  std::vector<std::string> texts;
  for (const Word* word : line.words[result]) texts.push_back(word->text);
  return texts;
}

Word lower(Word word, int by) {
  word.top += by;
  word.bottom += by;
  return word;
}

TEST(CommonLines, PiecesSideBySideAreOneLine) {
  OcrResult pieces = ocr_result_of({word_at(0, 1, "FIELD"), word_at(6, 1, "DATE:")});
  Word date = lower(word_at(20, 1, "September"), 10);
  date.line = 2;
  pieces.words.push_back(date);
  const OcrResult whole =
      ocr_result_of({word_at(0, 1, "FIELD"), word_at(6, 1, "DATE:"), word_at(20, 1, "September")});
  const auto lines = common_lines({&pieces, &whole});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(texts_in(lines[0], 0), (std::vector<std::string>{"FIELD", "DATE:", "September"}));
  EXPECT_EQ(texts_in(lines[0], 1), texts_in(lines[0], 0));
}

TEST(CommonLines, PiecesFarFromEachOtherOrBelowAreNotJoined) {
  const auto count = [](const Word& next) {
    OcrResult pieces = ocr_result_of({word_at(10, 1, "left")});
    pieces.words.push_back(next);
    pieces.words.back().line = 2;
    return common_lines({&pieces}).size();
  };
  EXPECT_EQ(count(word_at(30, 1, "right")), 1U);
  EXPECT_EQ(count(word_at(50, 1, "right")), 2U) << "more than ten line heights away";
  EXPECT_EQ(count(word_at(0, 1, "before")), 2U) << "in another reading order";
  EXPECT_EQ(count(lower(word_at(30, 1, "right"), 22)), 2U) << "in the next line";
}

RC_GTEST_PROP(CommonLines, HaveEachWordWithAPositionOnce, ()) {
  const OcrResult first = *test::any_ocr_result();
  const OcrResult second = *test::any_ocr_result();
  const auto lines = common_lines({&first, &second});
  for (std::size_t result = 0; result < 2; ++result) {
    std::vector<const Word*> words;
    for (const TextLine& line : lines)
      words.insert(words.end(), line.words[result].begin(), line.words[result].end());
    const OcrResult& of = result == 0 ? first : second;
    RC_ASSERT(words.size() == static_cast<std::size_t>(std::ranges::count_if(of.words, has_box)));
    std::ranges::sort(words);
    RC_ASSERT(std::ranges::adjacent_find(words) == words.end());
  }
}

}  // namespace
}  // namespace ocrtune
