#include "ocrtune/analysis/importance.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/sobol.h"
#include "support/errors.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

using test::contains;
using test::study_definition;
using test::trial_with;

/// The study's design, where a page's confidence is what `score` says of the point.
template <class ScoreOf>
std::vector<Trial> screened(const StudyDefinition& definition, int exponent, const ScoreOf& score) {
  const Space space = space_of(definition);
  const auto sampler = sobol_design(space, exponent, definition.seed);
  std::vector<Trial> trials{trial_with(0, {50})};
  for (std::size_t number = 1; auto point = sampler->ask(number); ++number) {
    trials.push_back(trial_with(number, {score(*point)}));
    trials.back().point = *point;
  }
  return trials;
}

TEST(Importance, RanksParametersByWhatTheyDo) {
  const StudyDefinition definition = test::study_by_confidence(1);
  const auto trials = screened(definition, 7, [](const Point& point) {
    return 60 + point.find("bin_c").value_or(0) + 0.02 * point.find("denoise_h").value_or(0);
  });
  const auto found = importance(definition, trials);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->points, 128U);
  EXPECT_GT(found->explained, 0.95);
  EXPECT_EQ(found->parameters.front().name, "bin_c");
  EXPECT_GT(found->parameters.front().index.first.mean, 0.9);
  EXPECT_EQ(found->parameters.size(), space_of(definition).size());
  const std::string text = importance_text(*found);
  EXPECT_TRUE(contains(text, "128 points"));
  EXPECT_LT(text.find("bin_c"), text.find("denoise_h"));
  const auto json = importance_json(*found);
  EXPECT_EQ(json["parameters"][0]["name"], "bin_c");
  EXPECT_EQ(json["parameters"][0]["total_order"]["mean"],
            found->parameters.front().index.total.mean);
}

TEST(Importance, SaysWhereNothingIsExplained) {
  const StudyDefinition definition = test::study_by_confidence(1);
  Random random(1);
  const auto trials =
      screened(definition, 6, [&](const Point& /*point*/) { return random.uniform(40, 60); });
  const auto found = importance(definition, trials);
  ASSERT_TRUE(found);
  EXPECT_TRUE(contains(importance_text(*found), "not enough data"));
}

TEST(Importance, OfTooFewPointsHasNoIntervals) {
  const StudyDefinition definition = test::study_by_confidence(1);
  Random random(3);
  const auto noisy = [&](const Point& point) {
    return 60 + point.find("bin_c").value_or(0) + point.find("denoise_h").value_or(0) +
           random.uniform(-3, 3);
  };
  const auto few = importance(definition, screened(definition, 5, noisy));
  ASSERT_TRUE(few);
  ASSERT_GT(few->explained, 0.3);
  EXPECT_FALSE(few->has_intervals());
  const std::string text = importance_text(*few);
  EXPECT_TRUE(contains(text, "too few points for confidence intervals: they need 64 or more"));
  EXPECT_FALSE(contains(text, " to "));
  const auto json = importance_json(*few);
  EXPECT_EQ(json["interval_points"], 64);
  EXPECT_TRUE(json["parameters"][0]["first_order"]["low"].is_null());
  EXPECT_TRUE(json["parameters"][0]["total_order"]["high"].is_null());

  const auto enough = importance(definition, screened(definition, 6, noisy));
  EXPECT_TRUE(enough->has_intervals());
  EXPECT_TRUE(contains(importance_text(*enough), " to "));
  EXPECT_FALSE(contains(importance_text(*enough), "intervals"));
  EXPECT_TRUE(importance_json(*enough)["parameters"][0]["first_order"]["low"].is_number());
}

TEST(Importance, OfOneParameterAloneHasNoIntervals) {
  const StudyDefinition definition = test::study_by_confidence(1);
  const auto found = importance(definition, screened(definition, 6, [](const Point& point) {
                                  return point.find("bin_c").value_or(0);
                                }));
  EXPECT_FALSE(found->has_intervals());
  const std::string text = importance_text(*found);
  EXPECT_FALSE(contains(text, "100 to 100"));
  EXPECT_TRUE(contains(text, "one parameter alone explains anything"));
}

TEST(Importance, NeedsEnoughPointsOfTheDesign) {
  const StudyDefinition definition = test::study_by_confidence(1);
  const auto any = [](const Point& point) { return point.find("bin_c").value_or(0); };
  EXPECT_FALSE(importance(definition, screened(definition, 4, any)));
  EXPECT_TRUE(importance(definition, screened(definition, 5, any)));
  EXPECT_EQ(importance(definition, screened(definition, 11, any))->points, kMaxImportancePoints);
  auto trials = screened(definition, 6, any);
  trials.erase(trials.begin() + 20);
  EXPECT_TRUE(importance(definition, trials)) << "one isn't there yet";
  trials[5].point.values.front().second += 1;
  EXPECT_FALSE(importance(definition, trials)) << "not of the design";
}

}  // namespace
}  // namespace ocrtune
