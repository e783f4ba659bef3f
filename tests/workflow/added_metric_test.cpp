// A metric of the calling program, through what evaluates, searches, stores and shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/base/text.h"
#include "ocrtune/metrics/registry.h"
#include "ocrtune/metrics/scores_json.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/report/study_data.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/score.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/sql.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

/// Share of the characters that are digits.
Metric digits() {
  return {.scores = {{.name = "digits",
                      .title = "digits in the text",
                      .help = "Share of digits.",
                      .unit = "%",
                      .scale = 100,
                      .minimized = true}},
          .step = "digits",
          .measure = [](const MetricInput& in, ScoreValues& scores) {
            const auto count =
                std::ranges::count_if(in.text, [](char c) { return c >= '0' && c <= '9'; });
            scores.set(score_named("digits"),
                       static_cast<double>(count) / static_cast<double>(in.text.size() + 1));
          }};
}

class AddedMetric : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (std::ranges::count(score_names(), "digits") == 0) add_metric(digits());
  }

  AddedMetric() {
    for (const char* text : {"ONE 1234567", "PAGE TWO"})
      options_.study.pages.inputs.push_back(
          folder_.write(std::string(text) + ".png", test::encoded(test::rendered(text), ".png"))
              .string());
    options_.study.study = (folder_.path() / "s.db").string();
    options_.study.objectives = {"digits", "confidence"};
    options_.study.constraints = {"loss(digits)<=5"};
    options_.sampler = "sobol";
    options_.trials = 3;
  }

  test::TempFolder folder_;
  OptimizeOptions options_;
};

TEST_F(AddedMetric, IsMeasuredStoredAndShown) {
  const Score score = score_named("digits");
  const StudyResult found = optimize(options_, {});
  ASSERT_TRUE(found.summary);
  EXPECT_EQ(found.summary->objective, score);
  const auto study = view_study(options_.study.study);
  const std::vector<Trial> trials = study->trials();
  ASSERT_EQ(trials.size(), 4U);
  EXPECT_GT(
      trials[0].pages[0].scores.find(score).value() + trials[0].pages[1].scores.find(score).value(),
      0.2);
  EXPECT_EQ(trials[0].means().find(score), scores_json(trials[0].means())["digits"]);
  bool timed = false;
  study->each_step([&](std::size_t, std::size_t, const StepTiming& step) {
    timed = timed || step.name == "digits";
  });
  EXPECT_TRUE(timed);
  for (const char* file : {"trials.csv", "pages.csv"})
    EXPECT_NE(study_csv(*study, file).value().find(";score_digits"), std::string::npos);
  EXPECT_NE(study_data_text(*study, "s.db").find("digits in the text"), std::string::npos);
}

TEST_F(AddedMetric, IsAddedToAStudyThatWasBegunWithoutIt) {
  options_.study.objectives = {"confidence"};
  options_.study.constraints.clear();
  (void)optimize(options_, {});
  for (const char* table : {"ocrtune_results", "ocrtune_reference_results"})
    test::run_sql(options_.study.study,
                  std::string("ALTER TABLE ") + table + " DROP COLUMN digits");
  const Score score = score_named("digits");
  {
    const auto before = view_study(options_.study.study);
    EXPECT_FALSE(before->trials()[0].means().find(score));
    EXPECT_TRUE(before->trials()[0].means().find(Score::confidence));
  }
  options_.trials = 5;
  ASSERT_TRUE(optimize(options_, {}).summary);
  const std::vector<Trial> trials = view_study(options_.study.study)->trials();
  EXPECT_FALSE(trials.at(3).means().find(score));
  EXPECT_TRUE(trials.at(4).means().find(score));
}

/// Creates a study in a process with such a metric; the process ends with 0 where that is refused.
void create_with(const char* name, const std::filesystem::path& file) {
  Metric metric = digits();
  metric.scores.front().name = name;
  add_metric(metric);
  try {
    (void)create_study(file, {});
  } catch (const Error& error) {
    std::_Exit(test::contains(error.what(), "has another column of that name") ? 0 : 2);
  }
  std::_Exit(1);
}

TEST(AddedMetricDeathTest, IsRefusedByAStudyWithAnotherColumnOfItsName) {
  const test::TempFolder folder;
  for (const char* name : {"failure", "held_out"})
    EXPECT_EXIT(create_with(name, folder.path() / "s.db"), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace ocrtune::workflow
