#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/storage/storage.h"
#include "support/errors.h"
#include "support/memory_storage.h"
#include "support/postgresql_server.h"
#include "support/studies.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;
using test::random_trial;
using test::study_definition;

/// A place where one study is: begun once, opened any number of times.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::unique_ptr<Storage> begin(const StudyDefinition& definition) = 0;
  virtual std::unique_ptr<Storage> open() = 0;
};

class FilePlace final : public Place {
 public:
  std::unique_ptr<Storage> begin(const StudyDefinition& definition) override {
    return create_study(file_, definition);
  }
  std::unique_ptr<Storage> open() override { return open_study(file_); }

 private:
  test::TempFolder folder_;
  std::string file_ = folder_.path() / "study.db";
};

class ServerPlace final : public Place {
 public:
  std::unique_ptr<Storage> begin(const StudyDefinition& definition) override {
    return create_study(address_, definition);
  }
  std::unique_ptr<Storage> open() override { return open_study(address_); }

 private:
  static std::string fresh_name() {
    static int count = 0;
    return "study-" + std::to_string(++count);
  }

  std::string address_ = test::PostgresqlServer::shared().study(fresh_name());
};

class MemoryPlace final : public Place {
 public:
  std::unique_ptr<Storage> begin(const StudyDefinition& definition) override {
    study_ = test::study_in_memory(definition);
    return open();
  }
  std::unique_ptr<Storage> open() override { return test::open_in_memory(study_); }

 private:
  std::shared_ptr<test::StudyInMemory> study_;
};

struct Kind {
  const char* name;
  std::unique_ptr<Place> (*make)();
};

/// What any Storage promises; a new implementation is one more line of the instantiation.
class StorageContract : public ::testing::TestWithParam<Kind> {
 protected:
  StorageContract() : place_(GetParam().make()) {}

  /// A study of three pages of which two are held out besides.
  std::unique_ptr<Storage> begin() {
    definition_ = study_definition(3);
    definition_.held_out = {definition_.pages[1], definition_.pages[2]};
    return place_->begin(definition_);
  }

  Trial trial(std::size_t number) { return random_trial(definition_, number, random_, true); }

  PrunedTrial pruned(std::size_t number) {
    Trial whole = trial(number);
    return {.number = number,
            .point = whole.point,
            .pages = {2, 0},
            .results = {whole.pages[2], whole.pages[0]},
            .started_us = whole.started_us,
            .finished_us = whole.finished_us};
  }

  std::unique_ptr<Place> place_;
  StudyDefinition definition_;
  Random random_{1};
};

bool is_given_back(const PrunedTrial& a, const PrunedTrial& b) {
  return a.number == b.number && a.point == b.point && a.pages == b.pages &&
         a.started_us == b.started_us && a.finished_us == b.finished_us &&
         std::ranges::equal(a.results, b.results, {}, &PageResult::scores, &PageResult::scores);
}

TEST_P(StorageContract, GivesBackWhatTheStudyIs) {
  const auto study = begin();
  EXPECT_TRUE(test::same_definition(study->definition(), definition_));
  EXPECT_TRUE(test::same_definition(place_->open()->definition(), definition_));
  EXPECT_TRUE(study->trials().empty());
  EXPECT_EQ(study->counts().finished, 0U);
  EXPECT_FALSE(study->trial(0));
}

TEST_P(StorageContract, GivesBackTrialsByNumber) {
  const auto study = begin();
  std::vector<Trial> trials{trial(7), trial(0), trial(12)};
  for (const Trial& one : trials) study->append(one);
  const PrunedTrial stopped = pruned(3);
  study->append(stopped);
  std::ranges::sort(trials, {}, &Trial::number);
  for (const auto& opened : {place_->open(), place_->open()}) {
    EXPECT_TRUE(std::ranges::equal(opened->trials(), trials, test::same_trial));
    for (const Trial& one : trials)
      EXPECT_TRUE(test::same_trial(opened->trial(one.number).value(), one));
    EXPECT_FALSE(opened->trial(3)) << "was stopped early";
    EXPECT_FALSE(opened->trial(1));
    ASSERT_EQ(opened->pruned().size(), 1U);
    EXPECT_TRUE(is_given_back(opened->pruned().front(), stopped));
    EXPECT_EQ(opened->counts().finished, 3U);
    EXPECT_EQ(opened->counts().pruned, 1U);
  }
}

TEST_P(StorageContract, KeepsPageResultsOnceAndTheLastVerdict) {
  const auto study = begin();
  const PageResultKey key{.which = PagesOfStudy::held_out, .page = 1, .pipeline = "raw"};
  EXPECT_FALSE(study->page_result(key));
  EXPECT_FALSE(study->verdict());
  for (const char* text : {"first", "second"}) {
    study->keep_page_results({{.key = key, .text = text}});
    study->keep_verdict(text);
  }
  EXPECT_EQ(place_->open()->page_result(key), "first");
  EXPECT_EQ(place_->open()->verdict(), "second");
}

TEST_P(StorageContract, IsFollowedInTheOrderOfWriting) {
  const auto study = begin();
  const auto follower = place_->open();
  study->append(trial(5));
  study->append(pruned(1));
  study->append(trial(0));
  const std::vector<WrittenTrial> first = follower->written_after(0, 2);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].number, 5U);
  EXPECT_FALSE(first[0].pruned);
  EXPECT_EQ(first[1].number, 1U);
  EXPECT_TRUE(first[1].pruned);
  const std::vector<WrittenTrial> next = follower->written_after(first[1].mark, 10);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].number, 0U);
  EXPECT_EQ(next[0].finished_us, study->trial(0)->finished_us);
  EXPECT_TRUE(follower->written_after(next[0].mark, 10).empty());
}

TEST_P(StorageContract, WritesANumberOnce) {
  const auto one = begin();
  const auto other = place_->open();
  const Trial first = trial(4);
  one->append(first);
  for (const auto& again : {trial(4)}) {
    EXPECT_TRUE(contains(error_of(Errc::study_error, [&] { other->append(again); }),
                         "trial 4 was written by another process"));
  }
  error_of(Errc::study_error, [&] { other->append(pruned(4)); });
  EXPECT_TRUE(test::same_trial(other->trial(4).value(), first));
  EXPECT_EQ(other->counts().finished, 1U);
  EXPECT_EQ(other->counts().pruned, 0U);
}

TEST_P(StorageContract, KeepsStepsWhereEveryPageHasSome) {
  const auto study = begin();
  Trial with = trial(2);
  test::add_steps(with, random_);
  study->append(with);
  study->append(trial(1));
  Trial some = trial(0);
  some.pages[0].timings.steps = {{"wait", 1, false}};
  study->append(some);
  std::vector<StepTiming> expected;
  for (const PageResult& page : with.pages)
    expected.insert(expected.end(), page.timings.steps.begin(), page.timings.steps.end());
  std::vector<StepTiming> steps;
  std::size_t last_page = 0;
  place_->open()->each_step([&](std::size_t number, std::size_t page, const StepTiming& step) {
    EXPECT_EQ(number, 2U);
    EXPECT_GE(page, last_page);
    last_page = page;
    steps.push_back(step);
  });
  EXPECT_EQ(steps, expected);
}

TEST_P(StorageContract, TrialsAreVisitedByNumberWithOrWithoutTheirSteps) {
  const auto study = begin();
  std::vector<Trial> trials;
  for (const std::size_t number : {0U, 4U, 2U}) {
    Trial made = trial(number);
    if (number != 4) test::add_steps(made, random_);
    study->append(made);
    trials.push_back(std::move(made));
  }
  study->append(pruned(3));
  std::ranges::sort(trials, {}, &Trial::number);
  for (const TrialSteps steps : {TrialSteps::left_out, TrialSteps::read}) {
    auto expected = trials.begin();
    study->each_trial(
        [&](const Trial& found) {
          ASSERT_NE(expected, trials.end());
          EXPECT_TRUE(test::same_trial(found, *expected));
          for (std::size_t page = 0; page < found.pages.size(); ++page) {
            EXPECT_EQ(found.pages[page].timings.steps, steps == TrialSteps::read
                                                           ? expected->pages[page].timings.steps
                                                           : std::vector<StepTiming>());
          }
          // Other functions may be called meanwhile.
          EXPECT_EQ(study->counts().finished, 3U);
          ++expected;
        },
        steps);
    EXPECT_EQ(expected, trials.end());
  }
}

TEST_P(StorageContract, KeepsTheFirstConfirmation) {
  const auto study = begin();
  study->append(trial(0));
  const std::vector<PageScores> confirmed = scores_of(trial(0));
  const std::vector<PageScores> validated{confirmed[2], confirmed[0]};
  study->confirm(0, confirmed);
  study->validate(0, validated);
  study->confirm(0, scores_of(trial(0)));
  EXPECT_EQ(place_->open()->confirmations(), (Confirmations{{0, confirmed}}));
  EXPECT_EQ(place_->open()->validations(), (Confirmations{{0, validated}}));
}

TEST_P(StorageContract, KnowsWhereFilesAreAndWhoWentOn) {
  const auto study = begin();
  std::vector<PageRecord> pages = definition_.pages;
  pages[1].file = "/elsewhere/b.tif";
  pages[1].file_page = 3;
  study->locate(pages, definition_.held_out);
  study->continue_with("another", 3);
  const StudyDefinition now = place_->open()->definition();
  EXPECT_EQ(now.pages[1].file, "/elsewhere/b.tif");
  EXPECT_EQ(now.pages[1].file_page, 3);
  EXPECT_EQ(now.pages[0].file, definition_.pages[0].file);
  EXPECT_EQ(now.program, definition_.program + "; from trial 3: another");
}

TEST_P(StorageContract, KnowsHowManyPointsArePlanned) {
  const auto study = begin();
  study->plan(64);
  EXPECT_EQ(study->definition().search.planned, 64U);
  StudyDefinition now = place_->open()->definition();
  EXPECT_EQ(now.search.planned, 64U);
  now.search.planned = 0;
  EXPECT_EQ(now.search, definition_.search);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, StorageContract,
    ::testing::Values(Kind{"File", [] { return std::unique_ptr<Place>(new FilePlace()); }},
                      Kind{"Postgresql", [] { return std::unique_ptr<Place>(new ServerPlace()); }},
                      Kind{"Memory", [] { return std::unique_ptr<Place>(new MemoryPlace()); }}),
    [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace ocrtune
