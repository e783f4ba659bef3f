#include "ocrtune/study/trial.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/errors.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

using test::trial_with;

TEST(Objective, KnowsItsNamesAndDirections) {
  for (const Objective objective : {Objective::confidence, Objective::cer, Objective::wer}) {
    EXPECT_EQ(objective_named(objective_name(objective)), objective);
    EXPECT_FALSE(is_better(objective, 0.5, 0.5));
  }
  EXPECT_TRUE(is_better(Objective::confidence, 2, 1));
  EXPECT_TRUE(is_better(Objective::cer, 1, 2));
  EXPECT_TRUE(is_better(Objective::wer, 1, 2));
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::invalid_argument, [] { (void)objective_named("CER\n"); }),
      "objective `CER?`: allowed are confidence, char_confidence, legible, "
      "net_legible, clarity, checked_clarity, lexicon, garbage, agreement, coverage, cer, wer, "
      "bow, "));
}

TEST(Trial, MeansAreOverThePagesThatHaveTheScore) {
  std::vector<PageResult> pages(3);
  pages[0].scores = {.confidence = 90, .words = 10, .sharpness = 1, .contrast = 2, .cnr = 3};
  pages[1].scores = {.confidence = 60, .words = 5, .sharpness = 4, .contrast = 5, .cnr = 6};
  pages[1].scores.cer = 0.5;
  pages[2].scores = {.confidence = 0, .words = 0, .sharpness = 1, .contrast = 2, .cnr = 0};
  pages[2].scores.cer = 0.1;
  pages[2].scores.wer = 0.25;
  pages[0].scores.legible = 100;
  pages[1].scores.garbage = 0.5;
  pages[1].scores.legible = 10;
  pages[1].scores.char_confidence = 45;
  const MeanScores means = mean_scores(pages);
  EXPECT_DOUBLE_EQ(means.confidence, 50);
  EXPECT_DOUBLE_EQ(means.words, 5);
  EXPECT_DOUBLE_EQ(means.sharpness, 2);
  EXPECT_DOUBLE_EQ(means.contrast, 3);
  EXPECT_DOUBLE_EQ(means.cnr, 3);
  EXPECT_DOUBLE_EQ(means.value(Objective::cer), 0.3);
  EXPECT_DOUBLE_EQ(means.value(Objective::wer), 0.25);
  EXPECT_EQ(page_value(pages[0], Objective::cer), std::nullopt);
  EXPECT_EQ(page_value(pages[0], Objective::confidence), 90);
  EXPECT_EQ(page_value(pages[1], Objective::cer), 0.5);
  const double unchecked = page_value(pages[1], Objective::clarity).value();
  EXPECT_DOUBLE_EQ(page_value(pages[1], Objective::checked_clarity).value(), unchecked - 500);
  pages[1].scores.cer = std::nullopt;
  EXPECT_DOUBLE_EQ(page_value(pages[1], Objective::checked_clarity).value(), unchecked);
  pages[1].scores.cer = 7;
  EXPECT_DOUBLE_EQ(page_value(pages[1], Objective::checked_clarity).value(), unchecked - 1000);
  // Where there is no truth, the other readings of the page stand for it.
  pages[1].scores.agreement = 0.75;
  EXPECT_DOUBLE_EQ(page_value(pages[1], Objective::checked_clarity).value(), unchecked - 1000);
  pages[1].scores.cer = std::nullopt;
  EXPECT_DOUBLE_EQ(page_value(pages[1], Objective::checked_clarity).value(), unchecked - 250);
  pages[1].scores.agreement = std::nullopt;
  pages[1].scores.cer = 0.5;
  // The mean of a page's values is the trial's value, whatever the objective.
  for (const Objective objective : all_objectives()) {
    double sum = 0;
    int count = 0;
    for (const PageResult& page : pages) {
      const std::optional<double> value = page_value(page, objective);
      sum += value.value_or(0);
      count += value ? 1 : 0;
    }
    if (count == 0) {
      EXPECT_EQ(means.find(objective), std::nullopt) << objective_name(objective);
    } else {
      EXPECT_DOUBLE_EQ(means.value(objective), sum / count) << objective_name(objective);
    }
  }
}

TEST(Trial, AReadingIsNoWorseThanNone) {
  PageResult bad;
  bad.scores.cer = bad.scores.wer = bad.scores.bow = 3;
  PageResult unread;
  unread.scores.cer = unread.scores.wer = unread.scores.bow = 1;
  unread.failure = "out of memory";
  for (const Objective objective : {Objective::cer, Objective::wer, Objective::bow}) {
    EXPECT_LE(page_gain(bad, unread, objective).value(), 0) << objective_name(objective);
    EXPECT_EQ(mean_scores({bad}).value(objective), 1) << objective_name(objective);
  }
}

TEST(Trial, WhatCantBeToldIsTheWorst) {
  const MeanScores none = mean_scores({});
  EXPECT_EQ(none.value(Objective::confidence), 0);
  EXPECT_EQ(none.value(Objective::cer), 1);
  EXPECT_EQ(none.value(Objective::wer), 1);
}

TEST(SameResults, AreTheSameScoresAsFarAsAStudyHasThem) {
  const PageScores stored{.confidence = 90, .words = 3, .cer = 0.5};
  PageScores now = stored;
  EXPECT_TRUE(same_results(stored, now));
  now.bow = 0.25;
  now.agreement = 1;
  EXPECT_TRUE(same_results(stored, now)) << "a study of an earlier format lacks them";
  EXPECT_FALSE(same_results(now, stored));
  now.cer = std::nextafter(0.5, 1.0);
  EXPECT_FALSE(same_results(stored, now));
  now = stored;
  now.words = 4;
  EXPECT_FALSE(same_results(stored, now));
}

TEST(BestFirst, TheLowestNumberOfThoseThatTie) {
  EXPECT_TRUE(best_first({}, Objective::confidence).empty());
  const std::vector<Trial> tied{trial_with(5, {70, 90}), trial_with(2, {80, 80}),
                                trial_with(0, {90, 70}), trial_with(3, {79, 80})};
  EXPECT_EQ(best_first(tied, Objective::confidence).at(0)->number, 0U);
  const std::vector<Trial> won{trial_with(0, {80}), trial_with(4, {81}), trial_with(3, {81})};
  EXPECT_EQ(best_first(won, Objective::confidence).at(0)->number, 3U);
}

TEST(BestFirst, MinimisesErrors) {
  std::vector<Trial> trials{trial_with(0, {80}), trial_with(1, {10}), trial_with(2, {99})};
  trials[0].pages[0].scores.cer = 0.2;
  trials[1].pages[0].scores.cer = 0.1;
  trials[2].pages[0].scores.cer = 0.3;
  EXPECT_EQ(best_first(trials, Objective::cer).at(0)->number, 1U);
  EXPECT_EQ(best_first(trials, Objective::wer).at(0)->number, 0U);
}

}  // namespace
}  // namespace ocrtune
