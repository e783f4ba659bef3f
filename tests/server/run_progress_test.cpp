#include "ocrtune/server/run_progress.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/storage/storage.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

RunRequest request_of(const std::string& method, const json& options = json::object()) {
  const bool applies = method == "apply";
  json request{{"method", method},
               {"study", applies ? "" : "a.db"},
               {"corpus", "c"},
               {"output", applies ? "out" : ""},
               {"options", options}};
  if (applies) request["pipeline"] = pipeline_form(load_pipeline("raw"));
  return parse_run_request(request);
}

RunPlaces places_in(const test::TempFolder& folder) {
  return {.folder = folder.path(), .own = folder.path() / "own"};
}

TEST(RateMeter, LooksAtTheLastMinute) {
  RateMeter meter;
  EXPECT_EQ(meter.rate(), std::nullopt);
  meter.add(0, 100);
  meter.add(0.5, 101);
  EXPECT_EQ(meter.rate(), std::nullopt);
  meter.add(30, 115);
  EXPECT_DOUBLE_EQ(*meter.rate(), 30);
  for (int second = 31; second <= 200; ++second) meter.add(second, 115);
  EXPECT_EQ(meter.rate(), std::nullopt);
  meter.add(201, 235);
  EXPECT_NEAR(*meter.rate(), 120, 1);
  meter.add(202, 5);
  EXPECT_EQ(meter.rate(), std::nullopt) << "begun again";
  meter.add(204, 7);
  EXPECT_NEAR(*meter.rate(), 60, 1);
}

// Trials are told once each and in their order however many come at a time, pruned ones among them;
// baseline and best are those of the study.
RC_GTEST_PROP(RunProgress, TellsEveryTrialOnce, ()) {
  const test::TempFolder folder;
  StudyDefinition definition = test::study_definition(2);
  definition.objective = Score::confidence;
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  RunProgress progress(request_of("optimize", {{"trials", 6}}), places_in(folder), 0);
  RC_ASSERT(progress.read(0, 0).empty());
  RC_ASSERT(!progress.numbers().baseline.has_value());
  const auto study = create_study(folder.path() / "a.db", definition);
  std::vector<Trial> finished;
  std::vector<std::size_t> told;
  std::size_t best = 0;
  for (std::size_t number = 0; number < 6; ++number) {
    if (number > 0 && *rc::gen::inRange(0, 4) == 0) {
      PrunedTrial pruned{.number = number, .point = {}, .pages = {1}, .results = {}};
      const Trial whole = test::random_trial(definition, number, random);
      pruned.point = whole.point;
      pruned.results = {whole.pages[1]};
      study->append(pruned);
    } else {
      finished.push_back(test::random_trial(definition, number, random));
      study->append(finished.back());
      const auto value = [](const Trial& trial) { return trial.means().value(Score::confidence); };
      const auto known = std::ranges::find(finished, best, &Trial::number);
      if (value(finished.back()) > value(*known)) best = number;
    }
    if (*rc::gen::arbitrary<bool>()) continue;
    for (const TrialOutcome& outcome : progress.read(0, 0)) told.push_back(outcome.number);
  }
  for (const TrialOutcome& outcome : progress.read(0, 0)) told.push_back(outcome.number);
  std::vector<std::size_t> all(6);
  std::iota(all.begin(), all.end(), 0U);
  RC_ASSERT(told == all);
  const RunNumbers& numbers = progress.numbers();
  RC_ASSERT(numbers.done == 5U);
  RC_ASSERT(numbers.total == 6U);
  RC_ASSERT(numbers.objective == "confidence");
  RC_ASSERT(numbers.best_number == best);
  RC_ASSERT(*numbers.baseline == finished.front().means().value(Score::confidence));
}

TEST(RunProgress, KnowsWhatIsLeft) {
  const test::TempFolder folder;
  std::filesystem::create_directory(folder.path() / "out");
  std::ofstream journal(folder.path() / "out" / "ocrtune-apply.jsonl");
  RunProgress progress(request_of("apply"), places_in(folder), 10);
  EXPECT_TRUE(progress.read(0, 0).empty());
  EXPECT_EQ(progress.numbers().left_s, std::nullopt);
  const auto line = [](const char* name) { return line_of_page(AppliedPage{.page = name}) + "\n"; };
  journal << R"({"ocrtune_apply":1,"settings":"page"})"
          << "\n"
          << line("a") << line("b") << line("a") << line("c").substr(0, 9) << std::flush;
  (void)progress.read(30, 30);
  EXPECT_EQ(progress.numbers().done, 2U);
  EXPECT_DOUBLE_EQ(*progress.numbers().rate, 4);
  EXPECT_DOUBLE_EQ(*progress.numbers().left_s, 120);
  journal << line("c").substr(9) << std::flush;
  (void)progress.read(60, 60);
  EXPECT_EQ(progress.numbers().done, 3U);
}

TEST(RunProgress, ATrainingCountsEpochs) {
  const test::TempFolder folder;
  const RunPlaces places = places_in(folder);
  std::filesystem::create_directory(places.own);
  const auto write = [&](const std::string& text) { std::ofstream(places.training()) << text; };
  RunProgress progress(parse_run_request({{"method", "train"},
                                          {"study", ""},
                                          {"corpus", "c"},
                                          {"output", "models"},
                                          {"options", json::object()}}),
                       places, 10);
  EXPECT_TRUE(progress.read(0, 0).empty());
  EXPECT_EQ(progress.numbers().total, std::nullopt);
  write(R"({"at_work":{"engine":"ppocr","done":12,"all":480,"curve":[]}})");
  (void)progress.read(10, 10);
  write(R"({"at_work":{"engine":"ppocr","done":72,"all":480,"curve":[0.1]}})");
  (void)progress.read(40, 40);
  EXPECT_EQ(progress.numbers().done, 72U);
  EXPECT_EQ(progress.numbers().total, 480U);
  EXPECT_TRUE(progress.numbers().left_s);
  for (const char* damaged : {"", "{", "[]", R"({"at_work":{"done":"x"}})", R"({"at_work":7})"}) {
    write(damaged);
    (void)progress.read(41, 41);
    EXPECT_EQ(progress.numbers().total, 480U) << damaged;
  }
  write(R"({"engines":[]})");
  (void)progress.read(50, 50);
  EXPECT_EQ(progress.numbers().done, 480U) << "a fold ends before its last epoch";
}

TEST(RunProgress, ABudgetEndsIt) {
  const test::TempFolder folder;
  RunProgress progress(request_of("tune", {{"budget", 100}}), places_in(folder), 0);
  (void)progress.read(30, 30);
  EXPECT_EQ(progress.numbers().total, std::nullopt);
  EXPECT_EQ(progress.numbers().left_s, 70);
  (void)progress.read(130, 130);
  EXPECT_EQ(progress.numbers().left_s, 0);
}

TEST(RunProgress, AFileOfAnotherKindIsAnError) {
  const test::TempFolder folder;
  std::ofstream(folder.path() / "a.db") << "no study";
  RunProgress progress(request_of("screen"), places_in(folder), 0);
  EXPECT_THROW((void)progress.read(0, 0), Error);
}

TEST(RunHistory, HasTheScoresAndParametersOfEachTrial) {
  const test::TempFolder folder;
  StudyDefinition definition = test::study_definition(2);
  definition.objective = Score::cnr;
  const auto study = create_study(folder.path() / "a.db", definition);
  Random random(5);
  std::vector<Trial> written;
  for (std::size_t number = 0; number < 2; ++number) {
    written.push_back(test::random_trial(definition, number, random));
    study->append(written.back());
  }
  RunProgress progress(request_of("optimize", {{"trials", 1}}), places_in(folder), 0);
  const json trials = history_json("r", progress.read(0, 0), 0).at("trials");
  const MeanScores means = written[1].means();
  EXPECT_EQ(trials[1].at("value"), means.value(Score::cnr));
  for (const Score score : {Score::confidence, Score::sharpness, Score::contrast, Score::cnr})
    EXPECT_EQ(trials[1].at("scores").at(score_name(score)), means.value(score));
  EXPECT_EQ(trials[1].at("delta"),
            means.value(Score::confidence) - written[0].means().value(Score::confidence));
  EXPECT_EQ(trials[0].at("delta"), 0);
  EXPECT_EQ(trials[1].at("settings"), json(space_of(definition).texts_of(written[1].point)));
  EXPECT_FALSE(trials[1].at("settings").empty());
}

TEST(RunHistory, BeginsWhereAsked) {
  const std::vector<TrialOutcome> trials{
      {.number = 0, .value = 1.5, .finished_us = 2'000'000},
      {.number = 1, .value = std::nullopt, .finished_us = 3'000'000, .pruned = true}};
  EXPECT_EQ(history_json("r", trials, 1),
            json::parse(R"({"id":"r","from":1,"trials":[{"number":1,"value":null,"scores":{},
                            "delta":null,"settings":[],"finished_ms":3000,"pruned":true}]})"));
  EXPECT_EQ(history_json("r", trials, 9).at("from"), 2);
  EXPECT_EQ(history_json("r", trials, 0).at("trials").size(), 2U);
}

}  // namespace
}  // namespace ocrtune::server
