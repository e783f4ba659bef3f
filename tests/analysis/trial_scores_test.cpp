#include "ocrtune/analysis/trial_scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "support/errors.h"
#include "support/memory_storage.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

using test::random_trial;
using test::study_definition;

std::vector<Trial> some_trials(const StudyDefinition& definition, std::size_t count) {
  Random random(5);
  std::vector<Trial> trials;
  for (std::size_t number = 0; number < count; ++number)
    trials.push_back(random_trial(definition, number, random, true));
  return trials;
}

TEST(TrialScores, AreThoseOfTheTrials) {
  const StudyDefinition definition = study_definition(4);
  std::vector<Trial> trials = some_trials(definition, 20);
  trials[3].pages[1].scores.set(Score::cer, 5);  // counts at most 1
  trials[4].pages[2].scores.set(Score::words, std::numeric_limits<double>::infinity());
  trials[5].pages[0].scores.set(Score::words, std::nullopt);
  TrialScores scores({Score::cer, Score::words, Score::cer}, 4);
  for (const Trial& trial : trials) scores.add(trial);
  ASSERT_EQ(scores.size(), trials.size());
  EXPECT_TRUE(scores.has_baseline());
  for (std::size_t i = 0; i < trials.size(); ++i) {
    EXPECT_EQ(scores.numbers()[i], trials[i].number);
    for (const Score score : {Score::cer, Score::words}) {
      EXPECT_EQ(scores.mean(i, score), trials[i].mean(score)) << i;
      for (std::size_t page = 0; page < 4; ++page) {
        EXPECT_EQ(scores.find(i, page, score), trials[i].pages[page].scores.find(score));
        EXPECT_EQ(scores.value(i, page, score), page_value(trials[i].pages[page], score));
        EXPECT_EQ(scores.results(i)[page].scores.find(score),
                  trials[i].pages[page].scores.find(score));
      }
    }
    EXPECT_EQ(scores.find(i, 0, Score::confidence), std::nullopt) << "is not kept";
  }
}

TEST(TrialScores, OfSomePagesAreThoseOfTrialsOnThem) {
  const StudyDefinition definition = study_definition(4);
  const std::vector<Trial> trials = some_trials(definition, 5);
  const TrialScores part = scores_of(definition, trials).on_pages({3, 1});
  ASSERT_EQ(part.pages(), 2U);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const std::vector<PageResult> pages{trials[i].pages[3], trials[i].pages[1]};
    EXPECT_EQ(part.numbers()[i], trials[i].number);
    EXPECT_EQ(part.mean(i, Score::net_legible),
              mean_score(pages, Score::net_legible).value_or(worst_value(Score::net_legible)));
  }
}

TEST(TrialScores, AreOrderedAsTrials) {
  const StudyDefinition definition = study_definition(2);
  std::vector<Trial> trials = some_trials(definition, 30);
  trials[7].pages = trials[3].pages;  // a tie
  for (const Score score : {Score::cer, Score::net_legible}) {
    const std::vector<const Trial*> expected = best_first(trials, score);
    const std::vector<std::size_t> found = best_first(scores_of(definition, trials), score);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(&trials[found[i]], expected[i]);
  }
}

TEST(TrialScores, CountPagesThatFailed) {
  const StudyDefinition definition = study_definition(3);
  std::vector<Trial> trials = some_trials(definition, 3);
  for (Trial& trial : trials) {
    for (PageResult& page : trial.pages) page.failure.clear();
  }
  trials[1].pages[0].failure = trials[2].pages[2].failure = "memory ran out";
  EXPECT_EQ(scores_of(definition, trials).failed_pages(), 2U);
}

TEST(StudyTrials, AreReadOneByOneAndFoundAgain) {
  const StudyDefinition definition = study_definition(2);
  const std::vector<Trial> trials = some_trials(definition, 4);
  const auto study = test::open_in_memory(test::study_in_memory(definition));
  for (const Trial& trial : trials) study->append(trial);
  std::vector<std::size_t> visited;
  const StudyTrials found =
      study_trials(*study, [&](const Trial& trial) { visited.push_back(trial.number); });
  EXPECT_EQ(visited, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(found.scores.numbers(), visited);
  EXPECT_EQ(found.at(2).point, trials[2].point);
  const std::string message = test::error_of(Errc::study_error, [&] { (void)found.at(9); });
  EXPECT_EQ(message, "the study has no finished trial 9");
}

}  // namespace
}  // namespace ocrtune
