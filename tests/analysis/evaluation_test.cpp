#include "ocrtune/analysis/evaluation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/truth_doubts.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

Evaluation evaluated(const std::vector<TextPair>& pairs, const TextRules& rules = {}) {
  return evaluate_texts(pairs, rules, 2, [] { return true; });
}

std::vector<TextPair> two_pages() {
  return {{"long", "abcdefghij", "abcdefghix"}, {"short", "", "yz"}};
}

TEST(Evaluation, AllTextAndMeanOfPages) {
  const Evaluation found = evaluated(two_pages());
  EXPECT_DOUBLE_EQ(found.characters.rate(), 3.0 / 12);
  const auto json = evaluation_json(found);
  EXPECT_DOUBLE_EQ(json["characters"]["error_rate"], 3.0 / 12);
  EXPECT_DOUBLE_EQ(json["mean_of_pages"]["cer"], (0.1 + 1) / 2);
  EXPECT_DOUBLE_EQ(json["mean_of_pages"]["bag_of_words"], 1);
  EXPECT_EQ(json["worst_pages"], (nlohmann::json{"short", "long"}));
  EXPECT_EQ(json["confusions"][0]["truth"], "x");
  const std::string text = evaluation_text(found, 1);
  EXPECT_TRUE(contains(text, "2 pages, 12 characters and 2 words of ground truth"));
  EXPECT_TRUE(contains(text, "CER                 25.00 %        55.00 %")) << text;
  EXPECT_TRUE(contains(text, "and 1 other kinds"));
}

TEST(Evaluation, MostFrequentConfusionsGoFirst) {
  const Evaluation found = evaluated(
      {{"p", "thc cat cats mice in Rorne", "the cat eats mice in Rome"}, {"q", "onc", "one"}});
  const auto list = most_frequent(found.confusions);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].first, (Confusion{U"e", U"c"}));
  EXPECT_EQ(list[0].second, 3U);
  EXPECT_EQ(list[1].first, (Confusion{U"m", U"rn"}));
}

TEST(Evaluation, RowsOfTheCsv) {
  const std::string csv = evaluation_csv(evaluated(two_pages()));
  EXPECT_EQ(csv,
            "page;characters;character_errors;cer;cer_normalised;words;word_errors;wer;"
            "wer_normalised;bag_of_words;truth_doubts;failure\n"
            "long;10;1;0.1;0.1;1;1;1;1;1;;\nshort;2;2;1;1;1;1;1;1;1;;\n");
}

TEST(Evaluation, APageThatIsTooLongIsNamed) {
  const Evaluation found = evaluated({{"p", std::string(100'001, 'x'), "x"}, {"q", "x", "x"}});
  EXPECT_TRUE(contains(found.pages[0].failure, "has 100001 characters"));
  EXPECT_EQ(evaluation_json(found)["mean_of_pages"]["cer"], 0);
}

TEST(Evaluation, EndsWhereItIsTold) {
  const Evaluation found =
      evaluate_texts({{"p", "a", "a"}, {"q", "a", "a"}}, {}, 1, [] { return false; });
  EXPECT_EQ(found.pages[0].failure, "");
  EXPECT_EQ(found.pages[1].failure, "interrupted");
}

std::vector<std::string> doubts_of(const std::string& read, const std::string& truth) {
  return truth_doubts(truth, compare_texts(prepared_text(read, {}), prepared_text(truth, {})));
}

using Doubts = std::vector<std::string>;

TEST(TruthDoubts, OfGoodTruthAreNone) {
  EXPECT_EQ(doubts_of("one two thrce four five", "one two three four five\n"), Doubts{});
  EXPECT_EQ(doubts_of("", ""), Doubts{});
  EXPECT_EQ(doubts_of("x", "a short one"), Doubts{});
}

TEST(TruthDoubts, SayWhatIsOdd) {
  EXPECT_EQ(doubts_of("words", " \n"), (Doubts{"is empty, but the OCR result has 5 characters"}));
  EXPECT_EQ(doubts_of("a", std::string(30, 'a')),
            (Doubts{"has 30 characters, the OCR result only 1"}));
  EXPECT_EQ(doubts_of(std::string(30, 'a'), "a"),
            (Doubts{"has only 1 characters, the OCR result 30"}));
  EXPECT_EQ(doubts_of("a b c d e f g h i j", "q r s t u v w x y z"),
            (Doubts{"shares 0 of its 10 words with the OCR result"}));
  EXPECT_EQ(doubts_of("ab", "a\xEF\xBF\xBD\xEF\xBF\xBD\x01"),
            (Doubts{"has unusual characters: U+0001 (once), U+FFFD (2 times)"}));
  EXPECT_EQ(doubts_of("a & b", "a &amp; b"), (Doubts{"has markup: `&amp;`"}));
}

TEST(TruthDoubts, NameThePageThatTheOcrResultIsLike) {
  const std::string a = "alpha beta gamma delta epsilon zeta";
  const std::string b = "one two three four five six";
  const Evaluation found = evaluated({{"a", a, b}, {"b", b, a}});
  ASSERT_EQ(found.pages[0].doubts.size(), 2U);
  EXPECT_EQ(found.pages[0].doubts[1],
            "may belong to another page: the OCR result resembles the ground truth of b");
}

}  // namespace
}  // namespace ocrtune
