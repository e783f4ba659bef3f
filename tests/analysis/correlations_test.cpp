#include "ocrtune/analysis/correlations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

/// Trials at random points; `scores` sets those of the only page.
template <class ScoresOf>
CorrelationColumns columns_of(const StudyDefinition& definition, std::size_t count,
                              const ScoresOf& scores) {
  CorrelationColumns columns(definition);
  const Space space = space_of(definition);
  Random random(7);
  for (std::size_t number = 0; number <= count; ++number) {
    Trial trial{.number = number, .point = {}, .pages = {PageResult{}}};
    std::vector<double> unit(space.size());
    std::ranges::generate(unit, [&] { return random.uniform(); });
    if (number > 0) trial.point = space.at(unit);
    scores(trial.point, trial.pages.front().scores);
    columns.add(trial);
  }
  return columns;
}

/// The entry of a parameter and a score.
Correlation entry_of(const Correlations& found, const std::string& parameter, Score score) {
  const auto row = std::ranges::find(found.parameters, parameter) - found.parameters.begin();
  const auto column = std::ranges::find(found.scores, score) - found.scores.begin();
  return found.entries.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column));
}

TEST(Correlations, HaveASignAndTellValuesFromRanks) {
  const StudyDefinition definition = test::study_by_confidence(1);
  const auto found = columns_of(definition, 40, [](const Point& point, PageScores& scores) {
                       const double c = point.find("bin_c").value_or(0);
                       scores.set(Score::confidence, 90 - 2 * c);
                       scores.set(Score::sharpness, std::exp(c));
                       scores.set(Score::contrast, 5);
                     }).correlations();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->trials, 40U);
  const Correlation falls = entry_of(*found, "bin_c", Score::confidence);
  EXPECT_NEAR(*falls.pearson, -1, 1e-9);
  EXPECT_NEAR(*falls.spearman, -1, 1e-9);
  const Correlation rises = entry_of(*found, "bin_c", Score::sharpness);
  EXPECT_NEAR(*rises.spearman, 1, 1e-9);
  EXPECT_LT(*rises.pearson, 0.9);
  EXPECT_EQ(entry_of(*found, "bin_c", Score::contrast).pearson, std::nullopt);
  EXPECT_LT(std::abs(*entry_of(*found, "denoise_h", Score::confidence).pearson), 0.5);
  EXPECT_EQ(std::ranges::count(found->scores, Score::cer), 0) << "no page has ground truth";
  EXPECT_EQ(std::ranges::count(found->scores, Score::confidence), 1);

  const auto json = correlations_json(*found);
  EXPECT_EQ(json["parameters"].size(), space_of(definition).size());
  EXPECT_EQ(json["scores"][0], "confidence");
  for (const char* kind : {"pearson", "spearman"}) {
    ASSERT_EQ(json[kind].size(), json["parameters"].size());
    EXPECT_EQ(json[kind][0].size(), json["scores"].size());
  }
}

TEST(Correlations, OfAParameterThatSomeTrialsLackAreOfTheOthers) {
  StudyDefinition definition = test::study_by_confidence(1);
  Pipeline pipeline = load_pipeline("standard");
  pipeline.free("use_denoise_nlm", {});
  definition.pipeline = pipeline_text(pipeline);
  const auto found = columns_of(definition, 80, [](const Point& point, PageScores& scores) {
                       const auto h = point.find("denoise_h");
                       scores.set(Score::confidence, h ? *h : 1000);
                     }).correlations();
  ASSERT_TRUE(found);
  EXPECT_NEAR(*entry_of(*found, "denoise_h", Score::confidence).pearson, 1, 1e-9);
  EXPECT_LT(*entry_of(*found, "use_denoise_nlm", Score::confidence).pearson, -0.9);
}

TEST(Correlations, NeedTrials) {
  const StudyDefinition definition = test::study_by_confidence(1);
  const auto scored = [](const Point& point, PageScores& scores) {
    scores.set(Score::confidence, point.find("bin_c").value_or(0));
  };
  EXPECT_FALSE(columns_of(definition, kCorrelationTrials - 1, scored).correlations());
  EXPECT_TRUE(columns_of(definition, kCorrelationTrials, scored).correlations());
  const auto unscored = [](const Point& /*point*/, PageScores& /*scores*/) {};
  EXPECT_FALSE(columns_of(definition, 20, unscored).correlations());
}

}  // namespace
}  // namespace ocrtune
