#include "ocrtune/documents/tsv_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "support/errors.h"

namespace ocrtune {
namespace {

const std::string kHeaderRow =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\t"
    "text\n";

OcrResult two_words() {
  Word one{.text = "One",
           .confidence = 90,
           .left = 10,
           .top = 20,
           .right = 18,
           .bottom = 33,
           .block = 1,
           .paragraph = 1,
           .line = 1,
           .index = 1};
  Word line = one;
  line.text = "line";
  line.confidence = 81;
  line.left = 20;
  line.right = 28;
  line.index = 2;
  return {.words = {one, line}, .width = 100, .height = 50};
}

std::string refusal_of_rows(const std::string& rows) {
  return test::error_of(Errc::input_unreadable, [&] { (void)parse_tsv(kHeaderRow + rows); });
}

TEST(Tsv, IsTesseracts) {
  EXPECT_EQ(tsv_text({}), kHeaderRow);
  EXPECT_EQ(tsv_text(two_words(), 3), kHeaderRow +
                                          "5\t3\t1\t1\t1\t1\t10\t20\t8\t13\t90\tOne\n"
                                          "5\t3\t1\t1\t1\t2\t20\t20\t8\t13\t81\tline\n");
}

TEST(Tsv, OfTesseractHasOtherLevelsAndFractions) {
  const OcrResult read = parse_tsv(kHeaderRow +
                                   "1\t1\t0\t0\t0\t0\t0\t0\t640\t480\t-1\t\n"
                                   "5\t1\t1\t2\t3\t4\t10\t20\t30\t40\t96.99\ta\tb\n");
  ASSERT_EQ(read.words.size(), 1U);
  const Word& word = read.words[0];
  EXPECT_EQ(word.text, "a\tb");
  EXPECT_EQ(word.confidence, 96);
  EXPECT_EQ((std::vector{word.left, word.top, word.right, word.bottom}),
            (std::vector{10, 20, 40, 60}));
  EXPECT_EQ((std::vector{word.block, word.paragraph, word.line, word.index}),
            (std::vector{1, 2, 3, 4}));
}

TEST(Tsv, ThatIsDamagedIsRefusedWithItsLine) {
  for (const std::string row :
       {"5\t1\t1", "words", "5\t1\t1\t1\t1\t1\t-1\t0\t1\t1\t90\tx",
        "5\t1\t1\t1\t1\t1\t99999999999\t0\t1\t1\t90\tx", "5\t1\t1\t1\t1\t1\t1\t0\t1\t1\thigh\tx",
        "5\t1\t1\t1\t1\t1\t1\t0\t1\t1\t90\t\xff"}) {
    EXPECT_EQ(refusal_of_rows(row), "line 2: not a row of TSV") << row;
  }
}

RC_GTEST_PROP(Tsv, RoundTrip, (unsigned count)) {
  {
    OcrResult result;
    for (unsigned i = 0; i < count % 20; ++i) {
      const auto number = [](int most) { return *rc::gen::inRange(0, most); };
      Word word = two_words().words[0];
      word.text = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('!', 'z')));
      word.confidence = number(101);
      word.left = number(5000);
      word.top = number(5000);
      word.right = word.left + number(300);
      word.bottom = word.top + number(300);
      word.block = number(9);
      word.line = number(99);
      result.words.push_back(word);
    }
    RC_ASSERT(tsv_text(parse_tsv(tsv_text(result))) == tsv_text(result));
  }
}

}  // namespace
}  // namespace ocrtune
