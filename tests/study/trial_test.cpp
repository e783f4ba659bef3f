#include "ocrtune/study/trial.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ocrtune/metrics/metric.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

using test::trial_with;

TEST(Trial, MeansAreOverThePagesThatHaveTheScore) {
  std::vector<PageResult> pages(3);
  pages[0].scores = {{Score::confidence, 90},
                     {Score::words, 10},
                     {Score::sharpness, 1},
                     {Score::contrast, 2},
                     {Score::cnr, 3}};
  pages[1].scores = {{Score::confidence, 60},
                     {Score::words, 5},
                     {Score::sharpness, 4},
                     {Score::contrast, 5},
                     {Score::cnr, 6}};
  pages[1].scores.set(Score::cer, 0.5);
  pages[2].scores = {{Score::confidence, 0},
                     {Score::words, 0},
                     {Score::sharpness, 1},
                     {Score::contrast, 2},
                     {Score::cnr, 0}};
  pages[2].scores.set(Score::cer, 0.1);
  pages[2].scores.set(Score::wer, 0.25);
  pages[0].scores.set(Score::legible, 100);
  pages[1].scores.set(Score::garbage, 0.5);
  pages[1].scores.set(Score::legible, 10);
  pages[1].scores.set(Score::char_confidence, 45);
  for (PageResult& page : pages) derive_scores(page.scores);
  const MeanScores means = mean_scores(pages);
  EXPECT_DOUBLE_EQ(means.value(Score::confidence), 50);
  EXPECT_DOUBLE_EQ(means.value(Score::words), 5);
  EXPECT_DOUBLE_EQ(means.value(Score::sharpness), 2);
  EXPECT_DOUBLE_EQ(means.value(Score::contrast), 3);
  EXPECT_DOUBLE_EQ(means.value(Score::cnr), 3);
  EXPECT_DOUBLE_EQ(means.value(Score::cer), 0.3);
  EXPECT_DOUBLE_EQ(means.value(Score::wer), 0.25);
  EXPECT_EQ(page_value(pages[0], Score::cer), std::nullopt);
  EXPECT_EQ(page_value(pages[0], Score::confidence), 90);
  EXPECT_EQ(page_value(pages[1], Score::cer), 0.5);
  // The mean of a page's values is the trial's value, whatever the objective.
  for (const Score objective : all_scores()) {
    double sum = 0;
    int count = 0;
    for (const PageResult& page : pages) {
      const std::optional<double> value = page_value(page, objective);
      sum += value.value_or(0);
      count += value ? 1 : 0;
    }
    if (count == 0) {
      EXPECT_EQ(means.find(objective), std::nullopt) << score_name(objective);
    } else {
      EXPECT_DOUBLE_EQ(means.value(objective), sum / count) << score_name(objective);
    }
  }
}

TEST(Trial, AMeanAloneIsThatOfAll) {
  Random random(6);
  const StudyDefinition definition = test::study_definition(3);
  for (std::size_t number = 0; number < 50; ++number) {
    const Trial trial = test::random_trial(definition, number, random, number % 2 == 1);
    const MeanScores means = trial.means();
    for (const Score score : all_scores()) {
      // Equal bits, as no mean is NaN.
      EXPECT_EQ(mean_score(trial.pages, score), means.find(score)) << score_name(score);
      EXPECT_EQ(trial.mean(score), means.value(score)) << score_name(score);
    }
  }
}

TEST(Trial, InfinitiesOfBothSignsHaveNoMean) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  const Trial trial = trial_with(1, {kInfinite, -kInfinite});
  EXPECT_EQ(mean_score(trial.pages, Score::confidence), std::nullopt);
  EXPECT_EQ(trial.mean(Score::confidence), worst_value(Score::confidence));
  EXPECT_EQ(trial.means(), MeanScores{});
}

TEST(Trial, AnOcrResultIsNoWorseThanNone) {
  PageResult bad;
  bad.scores = {{Score::cer, 3}, {Score::wer, 3}, {Score::bow, 3}};
  PageResult unread;
  unread.scores = {{Score::cer, 1}, {Score::wer, 1}, {Score::bow, 1}};
  unread.failure = "out of memory";
  for (const Score objective : {Score::cer, Score::wer, Score::bow}) {
    EXPECT_LE(page_gain(bad, unread, objective).value(), 0) << score_name(objective);
    EXPECT_EQ(mean_scores({bad}).value(objective), 1) << score_name(objective);
  }
}

TEST(Trial, WhatCantBeToldIsTheWorst) {
  const MeanScores none = mean_scores({});
  EXPECT_EQ(none.value(Score::confidence), 0);
  EXPECT_EQ(none.value(Score::cer), 1);
  EXPECT_EQ(none.value(Score::wer), 1);
}

TEST(SameResults, AreTheSameScoresAsFarAsAStudyHasThem) {
  const PageScores stored{
      {Score::confidence, 90}, {Score::words, 3}, {Score::cer, 0.5}, {Score::time, 7}};
  PageScores now = stored;
  now.set(Score::time, 8);
  EXPECT_TRUE(same_results(stored, now));
  now.set(Score::bow, 0.25);
  now.set(Score::agreement, 1);
  EXPECT_TRUE(same_results(stored, now)) << "a study may be older than a score";
  EXPECT_FALSE(same_results(now, stored));
  now.set(Score::cer, std::nextafter(0.5, 1.0));
  EXPECT_FALSE(same_results(stored, now));
  now = stored;
  now.set(Score::words, 4);
  EXPECT_FALSE(same_results(stored, now));
}

TEST(BestFirst, TheLowestNumberOfThoseThatTie) {
  EXPECT_TRUE(best_first({}, Score::confidence).empty());
  const std::vector<Trial> tied{trial_with(5, {70, 90}), trial_with(2, {80, 80}),
                                trial_with(0, {90, 70}), trial_with(3, {79, 80})};
  EXPECT_EQ(best_first(tied, Score::confidence).at(0)->number, 0U);
  const std::vector<Trial> won{trial_with(0, {80}), trial_with(4, {81}), trial_with(3, {81})};
  EXPECT_EQ(best_first(won, Score::confidence).at(0)->number, 3U);
}

TEST(BestFirst, MinimisesErrors) {
  std::vector<Trial> trials{trial_with(0, {80}), trial_with(1, {10}), trial_with(2, {99})};
  trials[0].pages[0].scores.set(Score::cer, 0.2);
  trials[1].pages[0].scores.set(Score::cer, 0.1);
  trials[2].pages[0].scores.set(Score::cer, 0.3);
  EXPECT_EQ(best_first(trials, Score::cer).at(0)->number, 1U);
  EXPECT_EQ(best_first(trials, Score::wer).at(0)->number, 0U);
}

}  // namespace
}  // namespace ocrtune
