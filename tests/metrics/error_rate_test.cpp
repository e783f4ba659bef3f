#include "ocrtune/metrics/error_rate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/text_gen.h"

namespace ocrtune {
namespace {

TEST(ErrorRate, CountsCharactersAndWords) {
  const ErrorRate rate = error_rate("the quick brwn fox", "the quick brown fox jumps");
  EXPECT_EQ(rate.character_errors, 7U);  // o, " jumps"
  EXPECT_EQ(rate.truth_characters, 25U);
  EXPECT_EQ(rate.word_errors, 2U);
  EXPECT_EQ(rate.truth_words, 5U);
  EXPECT_DOUBLE_EQ(rate.cer(), 7.0 / 25);
  EXPECT_DOUBLE_EQ(rate.wer(), 2.0 / 5);
}

TEST(ErrorRate, OfAnEmptyTruthIsAllOrNothing) {
  EXPECT_EQ(error_rate("", "").cer(), 0);
  EXPECT_EQ(error_rate("", "").wer(), 0);
  EXPECT_EQ(error_rate(" \n", "\t").cer(), 0);
  EXPECT_EQ(error_rate("some words", "").cer(), 1);
  EXPECT_EQ(error_rate("some words", "").wer(), 1);
  EXPECT_EQ(error_rate("", "some words").cer(), 1);
  EXPECT_EQ(error_rate("", "some words").wer(), 1);
}

TEST(ErrorRate, MayExceedOne) {
  EXPECT_EQ(error_rate("abcdef", "x").cer(), 6);
  EXPECT_EQ(error_rate("a b c", "x").wer(), 3);
}

TEST(ErrorRate, ComposesAndEvensOutWhiteSpace) {
  EXPECT_EQ(error_rate("caf\xc3\xa9  au\nlait\n", " cafe\xcc\x81 au lait").cer(), 0);
  EXPECT_EQ(error_rate("a\xc2\xa0"
                       "b",
                       "a b")
                .wer(),
            0);
  // A code point counts once however many bytes it has.
  EXPECT_EQ(error_rate("\xe2\x82\xac", "\xf0\x9f\x98\x80").character_errors, 1U);
}

TEST(ErrorRate, CountsLettersWithTheirMarksOnce) {
  const ErrorRate hindi = error_rate("निन", "निनि");
  EXPECT_EQ(hindi.truth_characters, 2U);
  EXPECT_EQ(hindi.character_errors, 1U);
  const ErrorRate thai = error_rate("ท", "ที่");
  EXPECT_EQ(thai.truth_characters, 1U);
  EXPECT_EQ(thai.cer(), 1);
}

TEST(ErrorRate, CaseQuotesAndDashesCount) {
  EXPECT_EQ(error_rate("A", "a").character_errors, 1U);
  EXPECT_EQ(error_rate("\"a\"",
                       "\xe2\x80\x9c"
                       "a\xe2\x80\x9d")
                .character_errors,
            2U);
  EXPECT_EQ(error_rate("a-b",
                       "a\xe2\x80\x93"
                       "b")
                .character_errors,
            1U);
}

TEST(ErrorRate, OfABagIsThatOfTheWordsInAnyOrder) {
  EXPECT_EQ(error_rate("one two three", "three one two").bow(), 0);
  EXPECT_DOUBLE_EQ(error_rate("one two", "three one two").bow(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(error_rate("one two four five", "three one two").bow(), 2.0 / 3);
  EXPECT_EQ(error_rate("", "some words").bow(), 1);
}

RC_GTEST_PROP(ErrorRate, IsSymmetricInErrors, ()) {
  const std::string a = *test::utf8_text();
  const std::string b = *test::utf8_text();
  const ErrorRate ab = error_rate(a, b);
  const ErrorRate ba = error_rate(b, a);
  RC_ASSERT(ab.character_errors == ba.character_errors);
  RC_ASSERT(ab.word_errors == ba.word_errors);
  RC_ASSERT(ab.character_errors <= std::max(ab.truth_characters, ba.truth_characters));
  RC_ASSERT(ab.word_errors <= std::max(ab.truth_words, ba.truth_words));
  RC_ASSERT(error_rate(a, a).cer() == 0.0);
  RC_ASSERT(error_rate(a, a).wer() == 0.0);
  RC_ASSERT(error_rate(a, a).bow() == 0.0);
  RC_ASSERT(ab.bag_errors == ba.bag_errors);
  RC_ASSERT(ab.bag_errors <= ab.word_errors);
}

RC_GTEST_PROP(ErrorRate, AnyBytesAreTaken, ()) {
  const std::string bytes = *test::any_bytes();
  RC_ASSERT(error_rate(bytes, bytes).character_errors == 0U);
  RC_ASSERT(error_rate("x", bytes).cer() >= 0.0);
}

}  // namespace
}  // namespace ocrtune
