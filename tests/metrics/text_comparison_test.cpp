#include "ocrtune/metrics/text_comparison.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/metrics/error_rate.h"
#include "support/errors.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

TextComparison compared(std::string_view read, std::string_view truth,
                        const TextRules& rules = {}) {
  return compare_texts(prepared_text(read, rules), prepared_text(truth, rules));
}

TEST(TextComparison, CountsTheKindsOfEdits) {
  const TextComparison found = compared("the quiek brwn fox x", "the quick brown fox");
  EXPECT_EQ(found.characters.substituted, 1U);
  EXPECT_EQ(found.characters.missing, 1U);
  EXPECT_EQ(found.characters.added, 2U);
  EXPECT_EQ(found.characters.equal, 17U);
  EXPECT_DOUBLE_EQ(found.characters.rate(), 4.0 / 19);
  EXPECT_DOUBLE_EQ(found.characters.bounded_rate(), 4.0 / 21);
  EXPECT_EQ(found.words.substituted, 2U);
  EXPECT_EQ(found.words.added, 1U);
}

/// The example of OCR-D's text on evaluation.
TEST(TextComparison, OfOcrDsExample) { EXPECT_EQ(compared("fmd", "ſind").characters.errors(), 3U); }

TEST(TextComparison, ABagOfWordsHasNoOrder) {
  const WordBag turned = compared("a b b c", "c b a b").bag;
  EXPECT_EQ(turned.rate(), 0);
  EXPECT_EQ(turned.found(), 1);
  const WordBag other = compared("a a x y z", "a b").bag;
  EXPECT_EQ(other.missing, 1U);
  EXPECT_EQ(other.added, 4U);
  EXPECT_DOUBLE_EQ(other.rate(), 2);
  EXPECT_DOUBLE_EQ(other.found(), 0.5);
}

TEST(TextComparison, RatesOfAnEmptyTruthAreAllOrNothing) {
  EXPECT_EQ(compared("", "").characters.rate(), 0);
  EXPECT_EQ(compared("", " ").bag.rate(), 0);
  EXPECT_EQ(compared("x", "").characters.rate(), 1);
  EXPECT_EQ(compared("x", "").characters.bounded_rate(), 1);
  EXPECT_EQ(compared("x", "").words.rate(), 1);
  EXPECT_EQ(compared("x", "").bag.rate(), 1);
}

TEST(TextComparison, ConfusionsAreShortRunsOfErrors) {
  const Confusions found = compared("modem tirne clse", "modern time else").confusions;
  const Confusions expected{{{U"rn", U"m"}, 1}, {{U"m", U"rn"}, 1}, {{U"e", U"c"}, 1}};
  EXPECT_EQ(found, expected);
  const Confusions lost = compared("", "aab").confusions;
  EXPECT_EQ(lost, (Confusions{{{U"aab", U""}, 1}}));
  const Confusions line = compared("", "aaba").confusions;
  EXPECT_TRUE(line.empty());
}

TEST(TextComparison, OfScriptsWithoutSpacesWordsAreCharacters) {
  const TextComparison all = compared("中 文 abc 书ก่ข", "中文 abc 圖ก่ข");
  EXPECT_EQ(all.characters.errors(), 1U);
  EXPECT_EQ(all.words.truth(), 6U);
  EXPECT_EQ(all.words.errors(), 1U);
  EXPECT_EQ(all.bag.errors(), 1U);
  EXPECT_EQ(compared("中， 文", "中，文", {.form = UnicodeForm::kc}).characters.errors(), 0U);
}

TEST(TextComparison, RulesEvenOut) {
  EXPECT_GT(compared("CAFÉ", "café").characters.errors(), 0U);
  EXPECT_EQ(compared("CAFÉ", "cafe\u0301", {.ignore_case = true}).characters.errors(), 0U);
  EXPECT_EQ(compared("so fine", "ſo ﬁne").characters.errors(), 3U);
  EXPECT_EQ(compared("so fine", "ſo ﬁne", {.form = UnicodeForm::kc}).characters.errors(), 0U);
  const TextComparison spaces = compared("to gether", "together", {.ignore_space = true});
  EXPECT_EQ(spaces.characters.errors(), 0U);
  EXPECT_EQ(spaces.words.errors(), 2U);
  const TextComparison marks =
      compared("(end. don’t —", "end, don’t", {.ignore_punctuation = true});
  EXPECT_EQ(marks.characters.errors(), 0U);
  EXPECT_EQ(marks.words.errors(), 0U);
  EXPECT_EQ(compared("don't", "don’t", {.ignore_punctuation = true}).characters.errors(), 1U);
}

RC_GTEST_PROP(TextComparison, AgreesWithErrorRate, ()) {
  const std::string read = *test::utf8_text();
  const std::string truth = *test::utf8_text();
  const TextComparison found = compared(read, truth);
  const ErrorRate rate = error_rate(read, truth);
  RC_ASSERT(found.characters.errors() == rate.character_errors);
  RC_ASSERT(found.characters.truth() == rate.truth_characters);
  RC_ASSERT(found.characters.rate() == rate.cer());
  RC_ASSERT(found.words.errors() == rate.word_errors);
  RC_ASSERT(found.words.rate() == rate.wer());
  RC_ASSERT(found.bag.rate() <= found.words.rate());
  RC_ASSERT(found.characters.bounded_rate() <= 1.0);
}

RC_GTEST_PROP(TextComparison, ConfusionsAreErrors, ()) {
  const auto few = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c', ' '));
  const TextComparison found = compared(*few, *few);
  std::size_t missing = 0;
  std::size_t added = 0;
  for (const auto& [confusion, count] : found.confusions) {
    missing += confusion.truth.size() * count;
    added += confusion.read.size() * count;
  }
  RC_ASSERT(missing <= found.characters.missing + found.characters.substituted);
  RC_ASSERT(added <= found.characters.added + found.characters.substituted);
}

TEST(TextComparison, OfAPageThatIsTooLongIsRefused) {
  EXPECT_EQ(
      test::error_of(Errc::input_unreadable, [] { compared(std::string(100'001, 'a'), "a"); }),
      "has 100001 characters; at most 100000 per page can be compared");
}

TEST(Characters, UnusualOnes) {
  for (const char32_t c : {U'\uFFFD', U'\x7F', U'\u200B', U'\uE5D2', U'\u202E'})
    EXPECT_TRUE(is_unusual(c)) << static_cast<unsigned>(c);
  for (const char32_t c : {U'a', U'ſ', U'…', U'\u00AD', U'\u200C', U'\u0301', U'☿'})
    EXPECT_FALSE(is_unusual(c)) << static_cast<unsigned>(c);
}

}  // namespace
}  // namespace ocrtune
