#include "ocrtune/analysis/recommendation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/summary.h"
#include "support/studies.h"
#include "support/summaries.h"

namespace ocrtune {
namespace {

using test::trial_with;

StudyDefinition by_confidence() {
  StudyDefinition definition = test::study_definition(2);
  definition.objective = Score::confidence;
  definition.engine = "tesseract";
  definition.held_out = definition.pages;
  return definition;
}

std::vector<PageScores> held_out(double a, double b) {
  return {PageScores{{Score::confidence, a}}, PageScores{{Score::confidence, b}}};
}

std::vector<Trial> five_trials() {
  return {trial_with(0, {50, 50}), trial_with(1, {60, 70}), trial_with(2, {40, 40}),
          trial_with(5, {70, 80}), trial_with(6, {50, 52})};
}

std::vector<const Trial*> candidates_among(const StudyDefinition& definition,
                                           const std::vector<Trial>& trials) {
  std::vector<const Trial*> found;
  for (const std::size_t index : candidates(definition, scores_of(definition, trials)))
    found.push_back(&trials[index]);
  return found;
}

TEST(Candidates, BeatTheBaselineTheBestFirst) {
  const std::vector<Trial> trials = five_trials();
  const std::vector<const Trial*> found = candidates_among(by_confidence(), trials);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]->number, 5U);
  EXPECT_EQ(found[1]->number, 1U);
  EXPECT_EQ(found[2]->number, 6U);
  EXPECT_TRUE(candidates_among(by_confidence(), {}).empty());
  EXPECT_TRUE(candidates_among(by_confidence(), {trial_with(1, {60, 70})}).empty());
}

TEST(Candidates, KeepTheConstraints) {
  StudyDefinition definition = by_confidence();
  definition.search.constraints = {parse_constraint("words>=0.9x")};
  std::vector<Trial> trials = five_trials();
  for (Trial& trial : trials) {
    for (PageResult& page : trial.pages)
      page.scores.set(Score::words, trial.number == 5 ? 10 : 100);
  }
  EXPECT_EQ(candidates_among(definition, trials).at(0)->number, 1U);
  EXPECT_EQ(test::summary_of(definition, trials).best_number, 1U);
}

TEST(Recommend, WithoutValidationIsTheBest) {
  const Recommendation found =
      recommend(by_confidence(), scores_of(by_confidence(), five_trials()), {});
  EXPECT_EQ(found.number, 5U);
  EXPECT_FALSE(found.validation.has_value());
}

TEST(Recommend, IsTheBestWhereItAlsoGainsOnPagesHeldOut) {
  const Confirmations validations{{0, held_out(50, 60)}, {5, held_out(53, 61)}};
  const Recommendation found =
      recommend(by_confidence(), scores_of(by_confidence(), five_trials()), validations);
  EXPECT_EQ(found.number, 5U);
  ASSERT_TRUE(found.validation.has_value());
  EXPECT_DOUBLE_EQ(found.validation->gain.mean, 2);
  EXPECT_EQ(found.validation->pages, 2U);
  const Summary summary = test::summary_of(by_confidence(), five_trials(), {}, validations);
  EXPECT_EQ(summary.best_number, 5U);
  const std::string text = summary_text(summary);
  EXPECT_NE(text.find("gain      +2.00 points"), std::string::npos) << text;
  EXPECT_NE(text.find("on 2 pages reserved for validation"), std::string::npos) << text;
  EXPECT_EQ(summary_json(summary)["held_out"]["trial"], 5);
}

TEST(Recommend, NothingIsChosenOnThePagesHeldOut) {
  // The second best gains there, by chance or not: the pages that prove a gain don't choose it.
  const Confirmations validations{
      {0, held_out(50, 60)}, {5, held_out(50, 58)}, {1, held_out(55, 61)}};
  const Summary summary = test::summary_of(by_confidence(), five_trials(), {}, validations);
  EXPECT_EQ(summary.best_number, 0U);
  ASSERT_TRUE(summary.validation.has_value());
  EXPECT_EQ(summary.validation->number, 5U);
  const std::string text = summary_text(summary);
  EXPECT_NE(text.find("point #5 was better on the tuning pages, but not on the 2 pages reserved "
                      "for validation:\n"
                      "  gain      -1.00 points"),
            std::string::npos)
      << text;
}

TEST(Recommend, NothingWhereNoCandidateHolds) {
  const Confirmations validations{{0, held_out(50, 60)}, {5, held_out(50, 58)}};
  const Summary summary = test::summary_of(by_confidence(), five_trials(), {}, validations);
  EXPECT_EQ(summary.best_number, 0U);
  EXPECT_NE(summary_text(summary).find("is better than the originals"), std::string::npos);
}

TEST(Candidates, LoseNoMoreOnAnyPageThanIsAllowed) {
  StudyDefinition definition = by_confidence();
  definition.search.constraints = {parse_constraint("loss(confidence)<=5")};
  const std::vector<Trial> trials{trial_with(0, {50, 50}), trial_with(1, {44, 90}),
                                  trial_with(2, {45, 70})};
  const Summary summary = test::summary_of(definition, trials);
  EXPECT_EQ(summary.best_number, 2U);
  const std::string text = summary_text(summary);
  EXPECT_NE(text.find("  satisfies loss(confidence)<=5 (5.00, " + definition.pages[0].name + ")"),
            std::string::npos)
      << text;
  EXPECT_EQ(summary_json(summary)["constraints"][0]["page"], definition.pages[0].name);
}

TEST(Recommend, OnlyWhatKeepsTheConstraintsOnPagesHeldOut) {
  StudyDefinition definition = by_confidence();
  definition.search.constraints = {parse_constraint("loss(confidence)<=1")};
  const Summary summary = test::summary_of(definition, five_trials(), {},
                                           {{0, held_out(50, 60)}, {5, held_out(90, 57)}});
  EXPECT_EQ(summary.best_number, 0U);
  const std::string text = summary_text(summary);
  EXPECT_NE(text.find("point #5 also gains on the 2 pages reserved for validation, but violates "
                      "loss(confidence)<=1 "
                      "(3.00, " +
                      definition.held_out[1].name + ") there"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("No pipeline that satisfies the constraints is better"), std::string::npos)
      << text;
  const std::string kept = summary_text(test::summary_of(
      definition, five_trials(), {}, {{0, held_out(50, 60)}, {5, held_out(55, 59)}}));
  EXPECT_NE(kept.find("(1.00, " + definition.held_out[1].name + ", on the validation pages)"),
            std::string::npos)
      << kept;
}

StudyDefinition of_pages(int pages) {
  StudyDefinition definition = test::study_definition(pages);
  definition.objective = Score::confidence;
  definition.engine = "tesseract";
  definition.search.steady = true;
  return definition;
}

bool is_chosen(const StudyDefinition& definition, const Trial& baseline, const Trial& trial) {
  return chosen_candidate(definition, {baseline, trial}) != nullptr;
}

TEST(GainsSteadily, WithoutTheTwoPagesThatGainMost) {
  const StudyDefinition definition = of_pages(5);
  const Trial baseline = trial_with(0, {50, 50, 50, 50, 50});
  const auto steady = [&](const std::vector<double>& confidences) {
    return is_chosen(definition, baseline, trial_with(1, confidences));
  };
  EXPECT_TRUE(steady({51, 51, 51, 51, 51}));
  EXPECT_TRUE(steady({90, 90, 52, 50, 49}));
  EXPECT_FALSE(steady({90, 90, 51, 50, 49}));
  EXPECT_FALSE(steady({49, 90, 50, 90, 50}));
}

TEST(GainsSteadily, OfTwoPagesEach) {
  const StudyDefinition definition = of_pages(2);
  const Trial baseline = trial_with(0, {50, 50});
  EXPECT_TRUE(is_chosen(definition, baseline, trial_with(1, {51, 60})));
  EXPECT_FALSE(is_chosen(definition, baseline, trial_with(1, {50, 60})));
}

TEST(GainsSteadily, WithoutATwentiethOfManyPages) {
  const StudyDefinition definition = of_pages(60);
  const Trial baseline = trial_with(0, std::vector<double>(60, 50));
  std::vector<double> confidences(60, 50);
  std::fill_n(confidences.begin(), 3, 90.0);
  EXPECT_FALSE(is_chosen(definition, baseline, trial_with(1, confidences)));
  confidences[3] = 90;
  EXPECT_TRUE(is_chosen(definition, baseline, trial_with(1, confidences)));
}

RC_GTEST_PROP(GainsSteadily, WhateverThePagesOrderAndTheMoreThePagesGain, ()) {
  const auto gains = *rc::gen::nonEmpty<std::vector<std::int8_t>>();
  std::vector<double> confidences(gains.begin(), gains.end());
  const StudyDefinition definition = of_pages(static_cast<int>(gains.size()));
  const Trial baseline = trial_with(0, std::vector<double>(gains.size(), 0));
  const bool steady = is_chosen(definition, baseline, trial_with(1, confidences));
  if (steady) RC_ASSERT(trial_with(1, confidences).means().value(Score::confidence) > 0);
  std::ranges::reverse(confidences);
  RC_ASSERT(is_chosen(definition, baseline, trial_with(1, confidences)) == steady);
  for (double& confidence : confidences) confidence += 1;
  if (steady) RC_ASSERT(is_chosen(definition, baseline, trial_with(1, confidences)));
}

TEST(Recommend, OnlyWhatGainsSteadilyWhereTheStudyAsksForIt) {
  StudyDefinition definition = of_pages(4);
  const std::vector<Trial> trials{trial_with(0, {50, 50, 50, 50}), trial_with(1, {90, 90, 50, 49}),
                                  trial_with(2, {52, 52, 52, 52})};
  const Summary summary = test::summary_of(definition, trials);
  EXPECT_EQ(summary.best_number, 2U);
  EXPECT_EQ(summary.unsteady, 1U);
  EXPECT_EQ(summary_json(summary)["unsteady"], 1);
  EXPECT_NE(summary_text(summary).find("point #1 has the best mean, but no gain without"),
            std::string::npos);
  EXPECT_EQ(chosen_candidate(definition, trials), &trials[2]);
  definition.search.steady = false;
  EXPECT_EQ(test::summary_of(definition, trials).best_number, 1U);
  EXPECT_FALSE(test::summary_of(definition, trials).unsteady.has_value());
}

TEST(Recommend, NothingWhereAllHangsOnAFewPages) {
  const StudyDefinition definition = of_pages(4);
  const std::vector<Trial> trials{trial_with(0, {50, 50, 50, 50}), trial_with(1, {90, 90, 50, 49})};
  const Summary summary = test::summary_of(definition, trials);
  EXPECT_EQ(summary.best_number, 0U);
  EXPECT_NE(summary_text(summary).find("No single pipeline improves "
                                       "more than a few pages."),
            std::string::npos);
  EXPECT_EQ(chosen_candidate(definition, trials), nullptr);
}

TEST(Recommend, SaysThatPagesHeldOutRefusedWhatGainsSteadily) {
  StudyDefinition definition = of_pages(4);
  definition.held_out = definition.pages;
  const std::vector<Trial> trials{trial_with(0, {50, 50, 50, 50}), trial_with(1, {90, 90, 50, 49}),
                                  trial_with(2, {52, 52, 52, 52})};
  const std::vector<PageScores> before(4, PageScores{{Score::confidence, 50}});
  const std::vector<PageScores> after(4, PageScores{{Score::confidence, 49}});
  const Summary summary = test::summary_of(definition, trials, {}, {{0, before}, {2, after}});
  EXPECT_EQ(summary.best_number, 0U);
  EXPECT_EQ(summary.unsteady, 1U);
  const std::string text = summary_text(summary);
  EXPECT_NE(text.find("point #2 was better on the tuning pages, but not on the 4 pages reserved "
                      "for validation"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("is better than the originals"), std::string::npos) << text;
  EXPECT_EQ(text.find("No single pipeline"), std::string::npos) << text;
}

}  // namespace
}  // namespace ocrtune
