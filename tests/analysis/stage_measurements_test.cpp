#include "ocrtune/analysis/stage_measurements.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;

Pipeline standard_at(double noise_threshold) {
  Pipeline pipeline = load_pipeline("standard");
  pipeline.fix("noise_threshold", noise_threshold);
  return pipeline;
}

std::vector<StepTiming> noisy(double noise) {
  return {{"load", 1, false}, {"denoise_nlm", 5, false, noise}, {"read", 9, false}};
}

TEST(StageMeasurements, AreTheNoiseOfEachPageAndTheSearchWindow) {
  const std::vector<std::string> names{"denoise_nlm.noise", "denoise_nlm.search"};
  EXPECT_EQ(measurement_names(standard_at(100)), names);
  EXPECT_EQ(measurements_of(standard_at(100), noisy(99.5)),
            (std::vector<StageMeasurement>{{names[0], 99.5}, {names[1], 15}}));
  EXPECT_EQ(measurements_of(standard_at(100), noisy(100)),
            (std::vector<StageMeasurement>{{names[0], 100}, {names[1], 21}}));
}

TEST(StageMeasurements, OfAStageThatIsOffAreNone) {
  Pipeline pipeline = standard_at(100);
  pipeline.fix("use_denoise_nlm", 0);
  EXPECT_TRUE(measurement_names(pipeline).empty());
  EXPECT_TRUE(measurements_of(pipeline, noisy(50)).empty());
  EXPECT_TRUE(measurements_of(standard_at(100), {{"denoise_nlm", 5, false}}).empty());
}

TEST(StageMeasurements, WithoutStrengthThereIsNoWindow) {
  Pipeline pipeline = standard_at(100);
  pipeline.fix("denoise_h", 0);
  EXPECT_EQ(measurements_of(pipeline, noisy(50)).size(), 1U);
}

TEST(StageMeasurements, OfASecondUseHaveItsName) {
  const Pipeline pipeline = parse_pipeline(R"(
name = "twice"
[[stage]]
use = "denoise_nlm"
[[stage]]
use = "denoise_nlm"
h = { value = 9, as = "h_2" }
noise_threshold = { value = 100, as = "threshold_2" }
)",
                                           "twice");
  const std::vector<StepTiming> steps{{"denoise_nlm", 5, false, 150},
                                      {"denoise_nlm_2", 5, false, 20}};
  EXPECT_EQ(measurements_of(pipeline, steps),
            (std::vector<StageMeasurement>{{"denoise_nlm.noise", 150},
                                           {"denoise_nlm.search", 21},
                                           {"denoise_nlm_2.noise", 20},
                                           {"denoise_nlm_2.search", 15}}));
}

TEST(StageMeasurements, AreThoseOfTheRecommendedTrial) {
  const test::TempFolder folder;
  const StudyDefinition definition = test::study_by_confidence(1);
  const auto study = create_study(folder.path() / "s.db", definition);
  Random random(1);
  std::vector<Trial> trials;
  for (const std::size_t number : {0U, 1U, 2U}) {
    Trial trial = test::random_trial(definition, number, random);
    for (auto& [name, value] : trial.point.values) {
      if (name == "use_denoise_nlm") value = 1;
    }
    trial.pages[0].scores.set(Score::confidence, 50.0 + 10 * static_cast<double>(number));
    trial.pages[0].timings.steps = noisy(100.0 + static_cast<double>(number));
    study->append(trial);
    trials.push_back(std::move(trial));
  }
  const TrialScores scores = scores_of(definition, trials);
  const TrialMeasurements recommended = measurements_of_best(*study, scores, 1);
  EXPECT_EQ(recommended.number, 1U);
  ASSERT_EQ(recommended.pages.size(), 1U);
  EXPECT_EQ(recommended.pages[0].measurements.at(0).value, 101);
  // The originals are recommended: what the best point measured is still of interest.
  EXPECT_EQ(measurements_of_best(*study, scores, 0).number, 2U);
}

TEST(StageMeasurements, ThoseOfTheBestTrialAreShownPageByPage) {
  TrialMeasurements shown{.number = 7, .pages = {}};
  for (int page = 0; page < 6; ++page) {
    const std::vector<StepTiming> steps = noisy(50.0 + 20 * page);
    shown.pages.push_back({"p" + std::to_string(page), measurements_of(standard_at(100), steps)});
  }
  const std::string text = measurements_text(shown);
  EXPECT_TRUE(contains(text,
                       "measured by the stages of #7:\n"
                       "  denoise_nlm.noise  50 to 150\n"
                       "  denoise_nlm.search  15 on 3 pages, 21 on 3 pages\n"
                       "    p0: denoise_nlm.noise 50, denoise_nlm.search 15\n"))
      << text;
  EXPECT_TRUE(contains(text, "p5: denoise_nlm.noise 150, denoise_nlm.search 21\n")) << text;
  EXPECT_EQ(measurements_json(shown).at("pages").at(5).at("measured").at("denoise_nlm.search"), 21);
  EXPECT_EQ(measurements_text({}), "");
}

}  // namespace
}  // namespace ocrtune
