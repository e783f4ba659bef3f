#include "ocrtune/analysis/ocr_trust.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/summary.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/summaries.h"

namespace ocrtune {
namespace {

using test::contains;
using test::trial_with;

StudyDefinition without_truth(int pages) {
  StudyDefinition definition = test::study_definition(pages);
  definition.objective = Score::confidence;
  definition.engine = "tesseract";
  for (PageRecord& page : definition.pages) page.truth.clear();
  return definition;
}

Trial agreeing(std::size_t number, const std::vector<double>& confidences,
               const std::vector<double>& agreements) {
  Trial trial = trial_with(number, confidences);
  for (std::size_t page = 0; page < agreements.size(); ++page)
    trial.pages[page].scores.set(Score::agreement, agreements[page]);
  return trial;
}

std::optional<OcrTrust> ocr_trust_of(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials,
                                     const Confirmations& validations, std::size_t number) {
  return ocr_trust(definition, scores_of(definition, trials), validations, number);
}

TEST(OcrTrust, OfTheRecommendedTrialWithTheDoubtfulPages) {
  const StudyDefinition definition = without_truth(3);
  const std::vector<Trial> trials{agreeing(0, {50, 50, 50}, {0.5, 0.6, 0.7}),
                                  agreeing(1, {60, 60, 60}, {0.9, 0.59, 0.3})};
  const auto trust = ocr_trust_of(definition, trials, {}, 1);
  ASSERT_TRUE(trust);
  EXPECT_EQ(trust->pages, 3U);
  EXPECT_FALSE(trust->held_out);
  EXPECT_DOUBLE_EQ(trust->baseline, 0.6);
  EXPECT_NEAR(trust->agreement, 1.79 / 3, 1e-12);
  ASSERT_EQ(trust->doubtful.size(), 2U);
  EXPECT_EQ(trust->doubtful[0].name, definition.pages[2].name);
  EXPECT_EQ(trust->doubtful[1].name, definition.pages[1].name);
  EXPECT_EQ(trust->order.pages, 0U);
  const std::string text = summary_text(test::summary_of(definition, trials));
  EXPECT_TRUE(contains(text, "on 3 pages, 60 % of the characters")) << text;
  EXPECT_TRUE(contains(text, "expected CER about 45 %, original 45 %")) << text;
  EXPECT_TRUE(contains(text, "Warning: 2 pages have OCR results that differ so much")) << text;
  EXPECT_TRUE(contains(text, definition.pages[2].name + "  30 %")) << text;
  const auto json = summary_json(test::summary_of(definition, trials))["ocr_trust"];
  EXPECT_EQ(json["doubtful_pages"][0]["page"], definition.pages[2].name);
  EXPECT_FALSE(json.contains("spearman"));
}

TEST(OcrTrust, OnPagesHeldOutWhereTheTrialHasReadThem) {
  StudyDefinition definition = without_truth(2);
  definition.held_out = definition.pages;
  definition.held_out[1].name = "another.png";
  const std::vector<Trial> trials{agreeing(0, {50, 50}, {0.5, 0.6}),
                                  agreeing(1, {60, 60}, {0.9, 0.8})};
  const Confirmations validations{{0, {{{Score::agreement, 0.4}}, {{Score::agreement, 0.6}}}},
                                  {1, {{{Score::agreement, 0.95}}, {{Score::agreement, 0.55}}}}};
  const auto trust = ocr_trust_of(definition, trials, validations, 1);
  ASSERT_TRUE(trust);
  EXPECT_TRUE(trust->held_out);
  EXPECT_DOUBLE_EQ(trust->baseline, 0.5);
  EXPECT_DOUBLE_EQ(trust->agreement, 0.75);
  ASSERT_EQ(trust->doubtful.size(), 1U);
  EXPECT_EQ(trust->doubtful[0].name, "another.png");
}

TEST(OcrTrust, WarnsWhereTheObjectiveDoesNotFollow) {
  const StudyDefinition definition = without_truth(1);
  std::vector<Trial> trials;
  for (int i = 0; i < 6; ++i)
    trials.push_back(agreeing(static_cast<std::size_t>(i), {50.0 + i}, {0.9 - 0.05 * i}));
  const auto trust = ocr_trust_of(definition, trials, {}, 5);
  ASSERT_TRUE(trust);
  EXPECT_EQ(trust->order.pages, 1U);
  EXPECT_DOUBLE_EQ(trust->order.spearman, -1);
  EXPECT_TRUE(
      contains(summary_text(test::summary_of(definition, trials)),
               "Warning: confidence correlates weakly with the agreement of the OCR results "
               "(Spearman -1.00)"));
  StudyDefinition by_agreement = definition;
  by_agreement.objective = Score::agreement;
  EXPECT_EQ(ocr_trust_of(by_agreement, trials, {}, 0)->order.pages, 0U);
}

TEST(OcrTrust, IsNoneWithTruthOrReferences) {
  const std::vector<Trial> trials{agreeing(0, {50}, {0.5})};
  StudyDefinition definition = without_truth(1);
  EXPECT_TRUE(ocr_trust_of(definition, trials, {}, 0));
  EXPECT_FALSE(ocr_trust_of(definition, {trial_with(0, {50})}, {}, 0));
  definition.pages[0].truth = "hash";
  EXPECT_FALSE(ocr_trust_of(definition, trials, {}, 0));
}

}  // namespace
}  // namespace ocrtune
