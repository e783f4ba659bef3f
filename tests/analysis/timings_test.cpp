#include "ocrtune/analysis/timings.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "support/errors.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::study_definition;
using test::TempFolder;

constexpr std::int64_t kSecond = 1'000'000;

/// A trial from `start` to `end` seconds whose pages took so many ms each.
Trial timed(std::size_t number, double start, double end, const std::vector<double>& totals) {
  Trial trial{.number = number, .point = {}, .pages = {}};
  trial.started_us = static_cast<std::int64_t>(start * kSecond);
  trial.finished_us = static_cast<std::int64_t>(end * kSecond);
  for (const double total : totals)
    trial.pages.push_back({.scores = {}, .timings = {.total_ms = total}, .failure = {}});
  return trial;
}

/// The table of steps that a study of these trials has.
StepTable table_of(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  const TempFolder folder;
  const auto study = create_study(folder.path() / "s.db", definition);
  for (const Trial& trial : trials) study->append(trial);
  return StepTable(*study);
}

const StepSummary& step_of(const TimingSummary& summary, std::string_view name) {
  const auto found = std::ranges::find(summary.steps, name, &StepSummary::name);
  EXPECT_NE(found, summary.steps.end()) << name;
  return *found;
}

TEST(StepTable, FindsTheStepsOfAPage) {
  const StudyDefinition definition = study_definition(3);
  Random random(1);
  std::vector<Trial> trials;
  for (const std::size_t number : {0U, 2U, 5U, 6U}) {
    trials.push_back(test::random_trial(definition, number, random));
    if (number != 5) test::add_steps(trials.back(), random);
  }
  const StepTable table = table_of(definition, trials);
  for (const Trial& trial : trials) {
    for (std::size_t page = 0; page < 3; ++page) {
      std::vector<StepTiming> steps;
      for (const StepTable::Step& step : table.of(trial.number, page))
        steps.push_back({table.name(step), step.ms, step.cached});
      std::vector<StepTiming> expected = trial.pages[page].timings.steps;
      for (StepTiming& step : expected) step.measured.reset();
      EXPECT_EQ(steps, expected) << trial.number << ' ' << page;
    }
  }
  EXPECT_TRUE(table.of(1, 0).empty());
  EXPECT_TRUE(table.of(6, 3).empty());
  EXPECT_TRUE(table.of(7, 0).empty());
  EXPECT_TRUE(StepTable().of(0, 0).empty());
  EXPECT_EQ(table.names().front(), "wait");
}

TEST(StepTable, NamesFollowThePipeline) {
  StudyDefinition definition = study_definition(1);
  EXPECT_EQ(stage_step_names(definition),
            (std::vector<std::string>{"remove_lines", "normalize_division", "denoise_nlm",
                                      "binarize_adaptive"}));
  definition.pipeline =
      "name = \"p\"\n"
      "[[stage]]\nuse = \"clahe\"\n"
      "[[stage]]\nuse = \"remove_lines\"\non = false\n"
      "[[stage]]\nuse = \"clahe\"\n"
      "clip = { value = 2, as = \"clip_2\" }\ntile = { value = 8, as = \"tile_2\" }\n";
  EXPECT_EQ(all_step_names(definition),
            (std::vector<std::string>{"wait", "load", "clahe", "clahe_2", "sharpness", "contrast",
                                      "cnr", "read", "errors"}));
}

TEST(StepTable, TooManyNamesAreDamage) {
  const TempFolder folder;
  const StudyDefinition definition = study_definition(1);
  const auto study = create_study(folder.path() / "s.db", definition);
  Trial trial = timed(0, 0, 1, {1});
  for (int i = 0; i < 1001; ++i)
    trial.pages[0].timings.steps.push_back({fmt::format("step_{}", i), 1, false});
  study->append(trial);
  EXPECT_TRUE(contains(test::error_of(Errc::study_error, [&] { (void)StepTable(*study); }),
                       "s.db: is damaged: it has too many kinds of steps"));
}

TEST(Timings, NumbersOfAStudyDoneByHand) {
  const StudyDefinition definition = study_definition(2);
  std::vector<Trial> trials{timed(0, 100, 101, {400, 200}), timed(1, 100.5, 102, {300, 900})};
  trials[0].pages[0].timings.steps = {
      {"wait", 50, false}, {"load", 10, false}, {"read", 300, false}};
  trials[0].pages[1].timings.steps = {
      {"wait", 150, false}, {"load", 30, false}, {"read", 100, false}};
  trials[1].pages[0].timings.steps = {
      {"wait", 10, false}, {"load", 1, true}, {"clahe", 40, false}, {"read", 200, false}};
  trials[1].pages[1].timings.steps = {
      {"wait", 10, false}, {"load", 1, true}, {"clahe", 18, true}, {"read", 0, true}};
  const TimingSummary summary = summarize_timings(definition, trials, table_of(definition, trials));
  EXPECT_EQ(summary.trials, 2U);
  EXPECT_EQ(summary.pages, 2U);
  EXPECT_EQ(summary.trials_with_steps, 2U);
  EXPECT_DOUBLE_EQ(summary.busy_s, 2);
  EXPECT_DOUBLE_EQ(summary.worker_s, 0.7);
  EXPECT_DOUBLE_EQ(*summary.trials_per_s(), 1);
  EXPECT_DOUBLE_EQ(*summary.pages_per_s(), 2);
  EXPECT_DOUBLE_EQ(*summary.workers_busy(), 0.35);

  const StepSummary& wait = step_of(summary, "wait");
  EXPECT_EQ(wait.count, 4U);
  EXPECT_DOUBLE_EQ(wait.done->mean, 55);
  EXPECT_DOUBLE_EQ(wait.done->median, 30);
  EXPECT_DOUBLE_EQ(wait.done->p95, 50 + 0.85 * 100);
  EXPECT_EQ(wait.done->least, 10);
  EXPECT_EQ(wait.done->most, 150);
  EXPECT_DOUBLE_EQ(wait.done->p25, 10);
  EXPECT_DOUBLE_EQ(wait.done->p75, 75);
  // 45, 95, 5 below and above 55: (2 * 45² + 5² + 95²) / 3.
  EXPECT_DOUBLE_EQ(wait.done->deviation, std::sqrt(13'100.0 / 3));
  EXPECT_FALSE(wait.share);
  // Cached times count for the share only.
  const StepSummary& load = step_of(summary, "load");
  EXPECT_EQ(load.count, 4U);
  EXPECT_EQ(load.cached, 2U);
  EXPECT_DOUBLE_EQ(load.done->mean, 20);
  EXPECT_DOUBLE_EQ(load.done->median, 20);
  EXPECT_DOUBLE_EQ(*load.share, 42.0 / 700);
  const StepSummary& clahe = step_of(summary, "clahe");
  EXPECT_EQ(clahe.count, 2U);
  EXPECT_EQ(clahe.cached, 1U);
  EXPECT_DOUBLE_EQ(clahe.done->p95, 40);
  EXPECT_DOUBLE_EQ(*clahe.share, 58.0 / 700);
  EXPECT_DOUBLE_EQ(*step_of(summary, "read").share, 600.0 / 700);
  double shares = 0;
  for (const StepSummary& step : summary.steps) shares += step.share.value_or(0);
  EXPECT_DOUBLE_EQ(shares, 1);
  // In the order they are done; a stage that isn't the pipeline's comes last.
  EXPECT_EQ(summary.steps[0].name, "wait");
  EXPECT_EQ(summary.steps[1].name, "load");
  EXPECT_EQ(summary.steps[2].name, "read");
  EXPECT_EQ(summary.steps[3].name, "clahe");

  EXPECT_EQ(summary.columns[0].name, "total");
  EXPECT_DOUBLE_EQ(summary.columns[0].done->mean, 450);
  EXPECT_DOUBLE_EQ(summary.columns[0].done->median, 350);
  ASSERT_EQ(summary.slowest.size(), 2U);
  EXPECT_EQ(summary.slowest[0].name, definition.pages[1].name);
  EXPECT_DOUBLE_EQ(summary.slowest[0].mean_ms, 550);
  EXPECT_DOUBLE_EQ(summary.slowest[1].mean_ms, 350);
  EXPECT_DOUBLE_EQ(*estimated_seconds(summary, 1024, 53), 1024 * 53 / 2.0);
}

TEST(Timings, AStepThatWasAlwaysCachedHasNoTimesOfItsOwn) {
  const StudyDefinition definition = study_definition(1);
  std::vector<Trial> trials{timed(0, 0, 1, {5})};
  trials[0].pages[0].timings.steps = {{"load", 0, true}};
  const TimingSummary summary = summarize_timings(definition, trials, table_of(definition, trials));
  EXPECT_EQ(summary.steps[0].cached, 1U);
  EXPECT_FALSE(summary.steps[0].done);
  EXPECT_EQ(*summary.steps[0].share, 0);
  EXPECT_TRUE(timings_json(summary)["steps"][0]["mean_ms"].is_null());
  EXPECT_TRUE(contains(timings_text(summary),
                       "100.0 %         -        -        -          -         -         -"))
      << timings_text(summary);
}

TEST(Timings, PausesDontCount) {
  const StudyDefinition definition = study_definition(1);
  const auto busy = [&](const std::vector<Trial>& trials) {
    return summarize_timings(definition, trials, StepTable()).busy_s;
  };
  // Overlapping, one within another, one beside, one a day later, and in any order.
  EXPECT_DOUBLE_EQ(busy({timed(0, 10, 20, {1})}), 10);
  EXPECT_DOUBLE_EQ(busy({timed(0, 10, 20, {1}), timed(1, 15, 25, {1})}), 15);
  EXPECT_DOUBLE_EQ(busy({timed(0, 10, 20, {1}), timed(1, 12, 13, {1})}), 10);
  EXPECT_DOUBLE_EQ(busy({timed(0, 10, 20, {1}), timed(1, 20, 25, {1})}), 15);
  EXPECT_DOUBLE_EQ(busy({timed(0, 86'410, 86'420, {1}), timed(1, 10, 20, {1}),
                         timed(2, 12, 30, {1}), timed(3, 86'415, 86'421, {1})}),
                   31);
  // A clock that was set back.
  EXPECT_DOUBLE_EQ(busy({timed(0, 20, 10, {1}), timed(1, 30, 31, {1})}), 1);
}

TEST(Timings, ExtremeTimesDontOverflow) {
  const StudyDefinition definition = study_definition(1);
  Trial trial = timed(0, 0, 0, {std::numeric_limits<double>::infinity()});
  trial.started_us = std::numeric_limits<std::int64_t>::min();
  trial.finished_us = std::numeric_limits<std::int64_t>::max();
  const TimingSummary summary = summarize_timings(definition, {trial}, StepTable());
  EXPECT_GT(summary.busy_s, 1e13);
  EXPECT_FALSE(timings_text(summary).empty());
  EXPECT_FALSE(timings_json(summary).dump().empty());
}

TEST(Timings, WithoutTimeThereIsNoRate) {
  const StudyDefinition definition = study_definition(1);
  const TimingSummary summary = summarize_timings(definition, {timed(0, 5, 5, {0})}, StepTable());
  EXPECT_FALSE(summary.trials_per_s());
  EXPECT_FALSE(summary.workers_busy());
  EXPECT_FALSE(estimated_seconds(summary, 1, 1));
  EXPECT_TRUE(timings_json(summary)["pages_per_s"].is_null());
  EXPECT_TRUE(
      contains(test::error_of(Errc::study_error,
                              [&] { (void)summarize_timings(definition, {}, StepTable()); }),
               "no finished trial yet"));
}

TEST(Timings, WithoutStepsTheColumnsAreShown) {
  const StudyDefinition definition = study_definition(2);
  Random random(1);
  std::vector<Trial> trials{test::random_trial(definition, 0, random)};
  trials[0].pages[0].timings = {.total_ms = 100, .preprocess_ms = 25, .ocr_ms = 60};
  trials[0].pages[1].timings = {.total_ms = 300, .preprocess_ms = 35, .ocr_ms = 200};
  const TimingSummary summary = summarize_timings(definition, trials, StepTable());
  EXPECT_EQ(summary.trials_with_steps, 0U);
  EXPECT_TRUE(summary.steps.empty());
  EXPECT_DOUBLE_EQ(summary.worker_s, 0.4);
  EXPECT_DOUBLE_EQ(*summary.columns[1].share, 60.0 / 400);
  EXPECT_DOUBLE_EQ(*summary.columns[2].share, 260.0 / 400);
  const std::string text = timings_text(summary);
  EXPECT_TRUE(contains(text,
                       "  preprocess       2        -      30.0      7.1     25.0       30.0      "
                       "34.5      35.0   15.0 %\n"))
      << text;
  EXPECT_LT(text.find("  preprocess"), text.find("  total"));
}

TEST(Timings, TrialsWithAndWithoutStepsAreBothCounted) {
  const StudyDefinition definition = study_definition(1);
  std::vector<Trial> trials{timed(0, 0, 1, {500}), timed(1, 1, 2, {700})};
  trials[1].pages[0].timings.steps = {{"wait", 9, false}, {"read", 600, false}};
  const TimingSummary summary = summarize_timings(definition, trials, table_of(definition, trials));
  EXPECT_EQ(summary.trials_with_steps, 1U);
  EXPECT_DOUBLE_EQ(summary.worker_s, 1.1);
  EXPECT_EQ(step_of(summary, "read").count, 1U);
  // A trial that was finished after the trials were read is left out.
  trials.pop_back();
  const TimingSummary before =
      summarize_timings(definition, trials, table_of(definition, {timed(7, 0, 1, {1})}));
  EXPECT_EQ(before.trials_with_steps, 0U);
}

TEST(Timings, TenPagesAreShownTheSlowestFirst) {
  const StudyDefinition definition = study_definition(12);
  const TimingSummary summary = summarize_timings(
      definition, {timed(0, 0, 1, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})}, StepTable());
  ASSERT_EQ(summary.slowest.size(), 10U);
  EXPECT_EQ(summary.slowest.front().mean_ms, 12);
  EXPECT_EQ(summary.slowest.back().mean_ms, 3);
  EXPECT_EQ(timings_json(summary)["slowest_pages"][0]["page"], definition.pages[11].name);
}

TEST(Timings, EachTrialHasTheMeansOfItsPages) {
  const StudyDefinition definition = study_definition(2);
  std::vector<Trial> trials{timed(0, 0, 1, {100, 300}), timed(5, 1, 2, {7, 9})};
  trials[0].pages[0].timings.preprocess_ms = 20;
  trials[0].pages[1].timings.ocr_ms = 60;
  const TimingSummary summary = summarize_timings(definition, trials, StepTable());
  ASSERT_EQ(summary.by_trial.size(), 2U);
  EXPECT_TRUE(contains(trial_times_text(summary),
                       "      trial     total ms  preprocess ms       OCR ms\n"
                       "          0        200.0           10.0         30.0\n"
                       "          5          8.0            0.0          0.0\n"))
      << trial_times_text(summary);
  EXPECT_EQ(trial_times_json(summary)[1]["trial"], 5);
  EXPECT_EQ(trial_times_json(summary)[1]["total_ms"], 8);
}

TEST(Timings, TextIsAligned) {
  const StudyDefinition definition = study_definition(1);
  std::vector<Trial> trials{timed(0, 0, 1, {500})};
  trials[0].pages[0].timings.steps = {
      {"wait", 1234.56, false}, {"normalize_division", 20, false}, {"read", 60, true}};
  const std::string text =
      timings_text(summarize_timings(definition, trials, table_of(definition, trials)));
  EXPECT_EQ(text,
            "  step                 times   cached   mean ms    SD ms   min ms  median ms    p95 "
            "ms    max ms    share\n"
            "  wait                     1    0.0 %    1234.6      0.0   1234.6     1234.6    "
            "1234.6    1234.6        -\n"
            "  normalize_division       1    0.0 %      20.0      0.0     20.0       20.0      "
            "20.0      20.0   25.0 %\n"
            "  read                     1  100.0 %         -        -        -          -         "
            "-         -   75.0 %\n"
            "  total                    1        -     500.0      0.0    500.0      500.0     "
            "500.0     500.0        -\n"
            "slowest pages, mean over 1 trial:\n"
            "      500.0 ms  folder/päge 0.tif#2\n");
}

}  // namespace
}  // namespace ocrtune
