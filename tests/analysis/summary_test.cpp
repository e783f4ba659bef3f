#include "ocrtune/analysis/summary.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/summaries.h"

namespace ocrtune {
namespace {

using test::contains;
using test::trial_with;

TEST(Summary, NumbersOfAStudyDoneByHand) {
  std::vector<Trial> trials{trial_with(0, {50, 60, 70}), trial_with(1, {40, 60, 70}),
                            trial_with(2, {80, 58, 72}), trial_with(4, {80, 58, 72})};
  trials[2].point = {{{"line_h_size", 33}}};
  trials[1].pages[0].failure = "memory ran out";
  const StudyDefinition definition = test::study_by_confidence(3);
  const Summary summary = test::summary_of(definition, trials);
  EXPECT_EQ(summary.points, 3U);
  EXPECT_EQ(summary.best_number, 2U);
  EXPECT_DOUBLE_EQ(summary.baseline.value(Score::confidence), 60);
  EXPECT_DOUBLE_EQ(summary.best.value(Score::confidence), 70);
  EXPECT_EQ(summary.best_point, trials[2].point);
  EXPECT_EQ(summary.judged_pages, 3U);
  EXPECT_EQ(summary.failed_pages, 1U);
  EXPECT_DOUBLE_EQ(summary.gain.mean, 10);
  EXPECT_LE(summary.gain.low, 10);
  EXPECT_LE(summary.gain.low, -2);
  EXPECT_GE(summary.gain.high, 10);
  ASSERT_EQ(summary.worse.size(), 1U);
  EXPECT_EQ(summary.worse[0].name, definition.pages[1].name);
  EXPECT_EQ(summary.worse[0].baseline, 60);
  EXPECT_EQ(summary.worse[0].best, 58);
  const std::string text = summary_text(summary);
  EXPECT_TRUE(contains(text, "3 trials on 3 pages, by confidence\n"));
  Summary pruned = summary;
  pruned.pruned = 2;
  EXPECT_TRUE(contains(summary_text(pruned), "5 trials (2 pruned) on 3 pages"));
  EXPECT_TRUE(contains(text, "best #2")) << text;
  EXPECT_TRUE(contains(text, "+10.00 points"));
  EXPECT_TRUE(contains(text, "1 of 3 pages got worse"));
  const auto written = summary_json(summary);
  EXPECT_EQ(written["best"]["trial"], 2);
  EXPECT_EQ(written["best"]["params"]["line_h_size"], 33);
  EXPECT_EQ(written["gain"]["mean"], 10);
  EXPECT_EQ(written["worse_pages"].size(), 1U);
}

TEST(Summary, WorsePagesAreListedTheWorstFirst) {
  const std::vector<Trial> trials{trial_with(0, {50, 50, 50, 50}), trial_with(1, {49, 90, 40, 45})};
  const Summary summary = test::summary_of(test::study_by_confidence(4), trials);
  ASSERT_EQ(summary.worse.size(), 3U);
  EXPECT_EQ(summary.worse[0].best, 40);
  EXPECT_EQ(summary.worse[1].best, 45);
  EXPECT_EQ(summary.worse[2].best, 49);
}

TEST(Summary, ErrorRatesGainByFallingAndOnlyWhereThereIsTruth) {
  StudyDefinition definition = test::study_definition(3);
  std::vector<Trial> trials{trial_with(0, {50, 60, 70}), trial_with(1, {10, 10, 10})};
  trials[0].pages[0].scores.set(Score::cer, 0.4);
  trials[0].pages[2].scores.set(Score::cer, 0.2);
  trials[1].pages[0].scores.set(Score::cer, 0.1);
  trials[1].pages[2].scores.set(Score::cer, 0.3);
  const Summary summary = test::summary_of(definition, trials);
  EXPECT_EQ(summary.best_number, 1U);
  EXPECT_EQ(summary.judged_pages, 2U);
  EXPECT_NEAR(summary.gain.mean, 0.1, 1e-12);
  ASSERT_EQ(summary.worse.size(), 1U);
  EXPECT_EQ(summary.worse[0].best, 0.3);
  EXPECT_TRUE(contains(summary_text(summary), "+10.00 %")) << summary_text(summary);
}

TEST(Summary, SaysSoWhereNothingIsBetter) {
  const std::vector<Trial> trials{trial_with(0, {50, 60}), trial_with(1, {60, 50}),
                                  trial_with(2, {1, 2})};
  const StudyDefinition definition = test::study_by_confidence(2);
  const Summary summary = test::summary_of(definition, trials);
  EXPECT_EQ(summary.best_number, 0U);
  EXPECT_TRUE(contains(summary_text(summary), "is better than the originals: use them"));
  EXPECT_TRUE(contains(summary_text(summary, true), "No single pipeline is better than the"));
  EXPECT_FALSE(contains(summary_text(summary, true), "use them"));
  const Pipeline best = best_pipeline(definition, summary);
  EXPECT_EQ(best.name(), "raw");
  EXPECT_TRUE(best.stages().empty());
}

TEST(Summary, OnlyABaselineIsEnough) {
  const Summary summary = test::summary_of(test::study_by_confidence(1), {trial_with(0, {50})});
  EXPECT_EQ(summary.points, 0U);
  EXPECT_EQ(summary.best_number, 0U);
  for (const std::vector<Trial>& none : {std::vector<Trial>{}, {trial_with(1, {50})}}) {
    EXPECT_TRUE(contains(
        test::error_of(Errc::study_error,
                       [&] { (void)test::summary_of(test::study_by_confidence(1), none); }),
        "baseline of the study is not finished yet"));
  }
}

TEST(Summary, DoubtsAGainThatLeavesWordsOut) {
  std::vector<Trial> trials{trial_with(0, {50}), trial_with(1, {90})};
  trials[0].pages[0].scores.set(Score::words, 100);
  trials[1].pages[0].scores.set(Score::words, 79);
  EXPECT_TRUE(
      contains(summary_text(test::summary_of(test::study_by_confidence(1), trials)), "Warning"));
  trials[1].pages[0].scores.set(Score::words, 80);
  EXPECT_FALSE(
      contains(summary_text(test::summary_of(test::study_by_confidence(1), trials)), "Warning"));
  for (Trial& trial : trials) trial.pages[0].scores.set(Score::cer, 0.1);
  trials[1].pages[0].scores.set(Score::cer, 0.2);
  EXPECT_TRUE(contains(summary_text(test::summary_of(test::study_by_confidence(1), trials)),
                       "character error rate increased"));
}

StudyDefinition by_our_engine(int pages) {
  StudyDefinition definition = test::study_by_confidence(pages);
  definition.engine = "lstm";
  return definition;
}

std::vector<PageScores> scores_with(const std::vector<double>& confidences) {
  std::vector<PageScores> scores;
  for (const double confidence : confidences) scores.push_back({{Score::confidence, confidence}});
  return scores;
}

TEST(SummaryConfirmation, IsNotNeededWhereStockTesseractRead) {
  const std::vector<Trial> trials{trial_with(0, {50}), trial_with(1, {60})};
  const StudyDefinition definition = test::study_by_confidence(1);
  EXPECT_TRUE(to_be_confirmed(definition, scores_of(definition, trials), {}).empty());
  const Summary summary = test::summary_of(test::study_by_confidence(1), trials,
                                           {{0, scores_with({1})}, {1, scores_with({2})}});
  EXPECT_EQ(summary.confirmation, Confirmation::not_needed);
  EXPECT_EQ(summary.best.value(Score::confidence), 60);
  EXPECT_FALSE(contains(summary_text(summary), "stock"));
  EXPECT_EQ(summary_json(summary)["engine"], "tesseract");
}

TEST(SummaryConfirmation, IsAskedForBaselineAndBestOnly) {
  const std::vector<Trial> trials{trial_with(0, {50}), trial_with(1, {60}), trial_with(2, {70})};
  const auto numbers = [&](const Confirmations& confirmations) {
    const StudyDefinition definition = by_our_engine(1);
    return to_be_confirmed(definition, scores_of(definition, trials), confirmations);
  };
  EXPECT_EQ(numbers({}), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(numbers({{0, scores_with({50})}, {1, scores_with({60})}}), std::vector<std::size_t>{2});
  EXPECT_TRUE(numbers({{0, {}}, {2, {}}}).empty());
  EXPECT_TRUE(to_be_confirmed(by_our_engine(1), TrialScores({}, 1), {}).empty());
  const Summary summary = test::summary_of(by_our_engine(1), trials, {{0, scores_with({50})}});
  EXPECT_EQ(summary.confirmation, Confirmation::missing);
  EXPECT_TRUE(contains(summary_text(summary), "not confirmed with Tesseract yet"));
  EXPECT_EQ(summary_json(summary)["confirmation"], "missing");
}

TEST(SummaryConfirmation, ShowsTheScoresOfStockTesseract) {
  const std::vector<Trial> trials{trial_with(0, {50, 60}), trial_with(1, {80, 70})};
  Confirmations confirmations{{0, scores_with({50, 60.1})}, {1, scores_with({80, 70})}};
  Summary summary = test::summary_of(by_our_engine(2), trials, confirmations);
  EXPECT_EQ(summary.confirmation, Confirmation::given);
  EXPECT_DOUBLE_EQ(summary.baseline.value(Score::confidence), 55.05);
  EXPECT_DOUBLE_EQ(summary.found_baseline.value(Score::confidence), 55);
  EXPECT_DOUBLE_EQ(summary.gain.mean, 19.95);
  EXPECT_TRUE(contains(summary_text(summary), "confirmed with Tesseract"));
  EXPECT_FALSE(contains(summary_text(summary), "differ by more than 0.1"));
  confirmations[1] = scores_with({79, 70});
  summary = test::summary_of(by_our_engine(2), trials, confirmations);
  EXPECT_TRUE(contains(summary_text(summary), "differ by more than 0.1")) << summary_text(summary);
  EXPECT_EQ(summary_json(summary)["best"]["scores"]["confidence"], 74.5);
  EXPECT_EQ(summary_json(summary)["found"]["best"]["confidence"], 75);
}

TEST(SummaryConfirmation, OverrulesAPointThatOnlyOurEngineReadsBetter) {
  const std::vector<Trial> trials{trial_with(0, {50, 60}), trial_with(1, {51, 60})};
  const StudyDefinition definition = by_our_engine(2);
  const Summary summary = test::summary_of(
      definition, trials, {{0, scores_with({50, 60})}, {1, scores_with({49, 61})}});
  EXPECT_EQ(summary.confirmation, Confirmation::refused);
  EXPECT_EQ(summary.best_number, 0U);
  EXPECT_EQ(summary.found_number, 1U);
  EXPECT_EQ(best_pipeline(definition, summary).name(), "raw");
  const std::string text = summary_text(summary);
  EXPECT_TRUE(contains(text, "is better than the originals")) << text;
  EXPECT_TRUE(contains(text, "point #1 was better with ocrtune's LSTM engine only")) << text;
}

TEST(SummaryConfirmation, OfABaselineThatWins) {
  const std::vector<Trial> trials{trial_with(0, {50}), trial_with(1, {40})};
  const Summary summary = test::summary_of(by_our_engine(1), trials, {{0, scores_with({50})}});
  EXPECT_EQ(summary.confirmation, Confirmation::given);
  EXPECT_EQ(summary.best_number, 0U);
}

TEST(BestPipeline, HasTheBestPointFixed) {
  std::vector<Trial> trials{trial_with(0, {50}), trial_with(1, {60})};
  trials[1].point = {{{"line_h_size", 33}, {"use_denoise_nlm", 0}}};
  const StudyDefinition definition = test::study_by_confidence(1);
  const Pipeline best = best_pipeline(definition, test::summary_of(definition, trials));
  EXPECT_EQ(best.space().size(), 0U);
  EXPECT_EQ(best.stages()[0].settings[0].value, 33);
  EXPECT_FALSE(best.stages()[2].on);
  EXPECT_EQ(best.stages()[1].settings[0].value, 151);
  EXPECT_EQ(pipeline_text(parse_pipeline(pipeline_text(best), "t")), pipeline_text(best));
}

}  // namespace
}  // namespace ocrtune
