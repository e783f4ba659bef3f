#include "ocrtune/metrics/score.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/registry.h"
#include "ocrtune/metrics/score_values.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

TEST(Score, KnowsItsNamesAndDirections) {
  for (const Score objective : {Score::confidence, Score::cer, Score::wer}) {
    EXPECT_EQ(score_named(score_name(objective)), objective);
    EXPECT_FALSE(is_better(objective, 0.5, 0.5));
  }
  EXPECT_TRUE(is_better(Score::confidence, 2, 1));
  EXPECT_TRUE(is_better(Score::cer, 1, 2));
  EXPECT_TRUE(is_better(Score::wer, 1, 2));
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::invalid_argument, [] { (void)score_named("CER\n"); }),
      "unknown objective `CER?`; available: confidence, char_confidence, legible, "
      "net_legible, quality, reference_quality, lexicon, garbage, agreement, coverage, cer, wer, "
      "bow, "));
}

TEST(Score, IsShownInBothLanguages) {
  std::set<std::string_view> names;
  for (const Score score : all_scores()) {
    const ScoreDeclaration& declared = declaration_of(score);
    EXPECT_TRUE(names.insert(declared.name).second) << declared.name;
    EXPECT_FALSE(declared.title.empty()) << declared.name;
    EXPECT_TRUE(declared.help.ends_with('.')) << declared.name;
    const LanguageScope french(Language::french);
    EXPECT_NE(translated("score", declared.title), declared.title) << declared.name;
    EXPECT_NE(translated(declared.help), declared.help) << declared.name;
    EXPECT_TRUE(translated(declared.help).ends_with('.')) << declared.name;
  }
}

TEST(Score, OfAnotherNameIsRefused) {
  const auto refused = [](std::string_view name) {
    return test::error_of(Errc::invalid_argument,
                          [&] { add_metric({.scores = {{.name = name}}}); });
  };
  EXPECT_EQ(refused("cer"), "score `cer`: is already declared");
  for (const char* name : {"", "Cer", "1cer", "a-b", "a b", "\"x", "_a"})
    EXPECT_TRUE(test::contains(refused(name), "a name begins with a letter a to z")) << name;
  EXPECT_TRUE(test::contains(refused(std::string(41, 'a')), "at most 40 characters"));
  EXPECT_EQ(test::error_of(Errc::invalid_argument,
                           [] {
                             add_metric({.scores = {{.name = "once"}, {.name = "once"}}});
                           }),
            "score `once`: is declared twice");
  EXPECT_EQ(std::ranges::count(score_names(), "once"), 0);
}

TEST(ScoreValues, AreThereOrNot) {
  PageScores scores;
  EXPECT_FALSE(scores.find(Score::cer));
  EXPECT_EQ(scores.value(Score::cer), 1);
  EXPECT_EQ(scores.value(Score::confidence), 0);
  EXPECT_EQ(scores, PageScores{});
  scores.set(Score::cer, 0.25);
  EXPECT_EQ(scores.find(Score::cer), 0.25);
  EXPECT_FALSE(scores.find(Score::time));
  EXPECT_NE(scores, PageScores{});
  EXPECT_EQ(scores, (PageScores{{Score::cer, 0.25}, {Score::wer, std::nullopt}}));
  scores.set(Score::cer, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(scores, PageScores{});
}

TEST(ScoreValues, OfAPageThatCouldntBeReadAreTheWorst) {
  Page page;
  EXPECT_EQ(worst_scores(page).find(Score::garbage), 1);
  EXPECT_EQ(worst_scores(page).find(Score::legible), 0);
  EXPECT_EQ(worst_scores(page).find(Score::time), 0);
  EXPECT_FALSE(worst_scores(page).find(Score::cer));
  EXPECT_FALSE(worst_scores(page).find(Score::agreement));
  EXPECT_EQ(worst_scores(page).find(Score::reference_quality), 0);
  page.truth = "a text";
  page.reference = "a text";
  EXPECT_EQ(worst_scores(page).find(Score::bow), 1);
  EXPECT_EQ(worst_scores(page).find(Score::agreement), 0);
  EXPECT_EQ(worst_scores(page).find(Score::reference_quality), -1000);
}

}  // namespace
}  // namespace ocrtune
