#include "ocrtune/search/search.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "execution/small_corpus.h"
#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "support/errors.h"
#include "support/sql.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::SmallCorpus;
using test::TempFolder;

constexpr std::size_t kTrials = 26;

StudyDefinition definition_for(const SmallCorpus& pages, const std::string& sampler,
                               const std::string& pruner) {
  Pipeline pipeline = test::cheap_pipeline();
  pipeline.free("use_clahe", {});
  StudyDefinition definition{.pipeline = pipeline_text(pipeline)};
  // Finer than the confidence of a few words.
  definition.objective = Score::contrast;
  definition.search = {.sampler = sampler, .pruner = pruner, .in_flight = 3};
  definition.search.first = {pipeline.space().initial()};
  if (sampler == "nsga2") definition.search.more_objectives = {Score::sharpness};
  definition.pages = page_records(pages.corpus());
  return definition;
}

/// Goes on with the study in `file` until its end, or until `stop_after` further trials are there.
SearchEnd go_on(const SmallCorpus& pages, const fs::path& file, int workers,
                const SearchLimits& limits, std::size_t stop_after = 1'000'000) {
  const auto storage = open_study(file);
  const StudyDefinition& definition = storage->definition();
  auto sampler =
      make_sampler(definition.search.sampler, {.space = space_of(definition),
                                               .seed = definition.seed,
                                               .objectives = objectives_of(definition).size(),
                                               .in_flight = definition.search.in_flight});
  std::unique_ptr<Pruner> pruner;
  if (definition.search.pruner != kNoPruner)
    pruner = pruner_named(definition.search.pruner).make({.pages = 4, .seed = definition.seed});
  Evaluator evaluator(pages.corpus(), {}, plan_memory(4'000'000'000, workers));
  std::atomic<bool> stop{false};
  std::size_t fresh = 0;
  const auto count = [&](bool earlier) {
    if (!earlier && ++fresh == stop_after) stop = true;
  };
  return Search(*storage, std::move(sampler), std::move(pruner))
      .run(evaluator, limits,
           {.trial = [&](const Trial&, bool earlier) { count(earlier); },
            .pruned = [&](const PrunedTrial&, bool earlier) { count(earlier); },
            .tick = [](std::size_t) {}},
           stop);
}

/// A trial in a line: number, point, and pages with what was measured on them.
std::vector<std::string> lines_of(const fs::path& file) {
  const auto storage = view_study(file);
  std::vector<std::string> lines;
  const auto line = [&](std::size_t number, const Point& point, std::string text) {
    for (const auto& [name, value] : point.values) text += fmt::format(" {}={:a}", name, value);
    lines.push_back(fmt::format("{:03} {}", number, text));
  };
  for (const Trial& trial : storage->trials())
    line(trial.number, trial.point,
         fmt::format("whole {:a}", trial.means().value(Score::contrast)));
  for (const PrunedTrial& trial : storage->pruned()) {
    std::string text = "pruned";
    for (std::size_t i = 0; i < trial.pages.size(); ++i)
      text +=
          fmt::format(" {}:{:a}", trial.pages[i], trial.results[i].scores.value(Score::contrast));
    line(trial.number, trial.point, text);
  }
  std::ranges::sort(lines);
  return lines;
}

class SearchOf : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(SearchOf, DependsNeitherOnWorkersNorOnInterruptions) {
  const SmallCorpus pages;
  const TempFolder folder;
  const auto& [sampler, pruner] = GetParam();
  const StudyDefinition definition = definition_for(pages, sampler, pruner);
  const SearchLimits limits{.trials = kTrials};
  const auto begun = [&](const char* name) {
    const fs::path file = folder.path() / name;
    (void)create_study(file, definition);
    return file;
  };
  const fs::path whole = begun("whole.db");
  EXPECT_EQ(go_on(pages, whole, 1, limits), SearchEnd::trials);
  const std::vector<std::string> expected = lines_of(whole);
  ASSERT_EQ(expected.size(), kTrials + 1);
  EXPECT_NE(expected[1].find("whole"), std::string::npos) << "the first point is not pruned";

  const fs::path several = begun("several.db");
  go_on(pages, several, 5, limits);
  EXPECT_EQ(lines_of(several), expected);

  const fs::path stopped = begun("stopped.db");
  Random random(3);
  for (int run = 0; run < 5; ++run)
    go_on(pages, stopped, 2, limits, static_cast<std::size_t>(random.integer(1, 6)));
  EXPECT_LE(lines_of(stopped).size(), expected.size());
  go_on(pages, stopped, 3, limits);
  EXPECT_EQ(lines_of(stopped), expected);

  // What is there already isn't done again.
  EXPECT_EQ(go_on(pages, whole, 2, limits), SearchEnd::trials);
  EXPECT_EQ(lines_of(whole), expected);
}

std::vector<std::pair<std::string, std::string>> every_sampler_and_pruner() {
  std::vector<std::pair<std::string, std::string>> all;
  for (const SamplerKind& kind : all_samplers())
    all.emplace_back(kind.name, kind.name == "nsga2" ? kNoPruner : "racing");
  for (const PrunerKind& kind : all_pruners()) all.emplace_back("tpe", kind.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Registry, SearchOf, testing::ValuesIn(every_sampler_and_pruner()),
                         [](const auto& searched) {
                           std::string name = searched.param.first + "_" + searched.param.second +
                                              "_" + std::to_string(searched.index);
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

TEST(Search, RacingStopsTrialsThatFindNothing) {
  const SmallCorpus pages;
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  (void)create_study(file, definition_for(pages, "random", "racing"));
  go_on(pages, file, 2, {.trials = kTrials});
  const auto storage = view_study(file);
  EXPECT_FALSE(storage->pruned().empty());
  for (const PrunedTrial& trial : storage->pruned()) {
    EXPECT_LT(trial.pages.size(), 4U);
    EXPECT_FALSE(trial.pages.empty());
  }
}

TEST(Search, RefusesADamagedStudy) {
  const SmallCorpus pages;
  const auto refused = [&](const std::string& damage) {
    const TempFolder folder;
    const fs::path file = folder.path() / "s.db";
    (void)create_study(file, definition_for(pages, "tpe", "racing"));
    go_on(pages, file, 2, {.trials = 4});
    test::run_sql(file, damage);
    return test::error_of(Errc::study_error, [&] { go_on(pages, file, 2, {.trials = 9}); });
  };
  EXPECT_TRUE(test::contains(refused("UPDATE ocrtune_points SET value = 1e9"),
                             "is damaged: point 1 is not in its search space"));
  EXPECT_TRUE(test::contains(refused("DELETE FROM ocrtune_points WHERE name = 'use_clahe'"),
                             "is damaged: point 1 is not in its search space"));
  EXPECT_TRUE(test::contains(refused("DELETE FROM ocrtune_results WHERE number = 0;"
                                     "DELETE FROM ocrtune_steps WHERE number = 0;"
                                     "DELETE FROM ocrtune_trials WHERE number = 0"),
                             "is damaged: its baseline is missing"));
  EXPECT_TRUE(
      test::contains(refused("UPDATE ocrtune_study SET search = replace(search, '\"in_flight\":3', "
                             "'\"in_flight\":0')"),
                     "is damaged: its search settings: the number of in-flight trials is below 1"));
}

TEST(Search, EndsWhenNothingBetterCame) {
  const SmallCorpus pages;
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  (void)create_study(file, definition_for(pages, "random", kNoPruner));
  EXPECT_EQ(go_on(pages, file, 2, {.trials = 1000, .patience = 10}), SearchEnd::patience);
  const std::vector<Trial> trials = view_study(file)->trials();
  std::size_t best_at = 1;
  for (const Trial& trial : trials) {
    const bool better =
        trial.means().value(Score::contrast) > trials[best_at].means().value(Score::contrast);
    if (trial.number > 0 && better && trial.number + 3 < trials.size()) best_at = trial.number;
  }
  // It is known ten trials later, when up to two more are in flight.
  EXPECT_LE(trials.size(), best_at + 10 + 3);
  EXPECT_LT(trials.size(), 1000U);
}

TEST(Search, EndsWhenTimeIsOver) {
  const SmallCorpus pages;
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  (void)create_study(file, definition_for(pages, "random", kNoPruner));
  EXPECT_EQ(go_on(pages, file, 2, {.trials = 1'000'000, .seconds = 0.3}), SearchEnd::seconds);
  // On a slow machine only the baseline, which is begun whatever the time.
  EXPECT_GE(view_study(file)->trials().size(), 1U);
}

TEST(Search, PrunesNoneOfTheFirstPointsThatAreToBeWhole) {
  const SmallCorpus pages;
  const TempFolder folder;
  StudyDefinition definition = definition_for(pages, "random", "median");
  const Space space = space_of(definition);
  Random random(5);
  while (definition.search.first.size() < 20) {
    std::vector<double> unit(space.size());
    for (double& coordinate : unit) coordinate = random.uniform(0, 1);
    definition.search.first.push_back(space.at(unit));
  }
  for (const std::size_t whole : {std::size_t{0}, std::size_t{20}}) {
    definition.search.whole = whole;
    const fs::path file = folder.path() / fmt::format("{}.db", whole);
    (void)create_study(file, definition);
    go_on(pages, file, 2, {.trials = 20});
    EXPECT_EQ(view_study(file)->pruned().empty(), whole > 0);
  }
}

TEST(Search, EndsWhenEveryPointIsKnown) {
  const SmallCorpus pages;
  const TempFolder folder;
  const fs::path file = folder.path() / "s.db";
  StudyDefinition definition = definition_for(pages, "tpe", kNoPruner);
  Pipeline pipeline = test::cheap_pipeline();
  pipeline.fix("clip", 2);
  pipeline.free("tile", Range{2, 6});
  definition.pipeline = pipeline_text(pipeline);
  definition.search.first = {pipeline.space().initial()};
  (void)create_study(file, definition);
  EXPECT_EQ(go_on(pages, file, 2, {.trials = 100}), SearchEnd::exhausted);
  EXPECT_EQ(view_study(file)->trials().size(), 1U + 5U);
}

TEST(SearchRecords, ConstraintsAndEstimates) {
  StudyDefinition definition;
  definition.pages.resize(4);
  definition.search.constraints = {parse_constraint("words>=0.5x")};
  const auto trial = [](std::size_t number, const std::vector<double>& confidences, int words) {
    Trial made{.number = number};
    for (const double confidence : confidences)
      made.pages.push_back({.scores = {{Score::confidence, confidence}, {Score::words, words}}});
    return made;
  };
  SearchRecords records(definition);
  records.add(trial(0, {40, 60, 80, 100}, 100));
  EXPECT_EQ(records.add(trial(1, {60, 80, 100, 80}, 60)).outcome.violation, 0);
  EXPECT_DOUBLE_EQ(records.add(trial(2, {40, 60, 80, 100}, 40)).outcome.violation, 0.2);
  EXPECT_EQ(records.find(1)->outcome.values, std::vector<double>{-80});
  EXPECT_EQ(records.find(7), nullptr);
  // On the pages 3 and 0 it is 10 above the trials so far, whose mean is 73.33.
  const std::vector<PageResult> results = trial(0, {280.0 / 3 + 10, 140.0 / 3 + 10}, 90).pages;
  const SearchRecord& pruned =
      records.add(PrunedTrial{.number = 3, .pages = {3, 0}, .results = results});
  EXPECT_TRUE(pruned.outcome.pruned);
  EXPECT_NEAR(pruned.outcome.values[0], -(220.0 / 3 + 10), 1e-9);
  ASSERT_EQ(pruned.values.size(), 2U);
  EXPECT_EQ(pruned.values[0].page, 3U);
}

}  // namespace
}  // namespace ocrtune
