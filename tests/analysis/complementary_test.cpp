#include "ocrtune/analysis/complementary.h"

#include <gtest/gtest.h>

#include "support/studies.h"

namespace ocrtune {
namespace {

/// Confidence is a hundredth of what is legible.
std::vector<PageScores> scores(const std::vector<double>& legible) {
  std::vector<PageScores> result;
  for (const double value : legible) {
    result.push_back({{Score::confidence, value / 100}, {Score::net_legible, value}});
  }
  return result;
}

Trial trial(std::size_t number, const std::vector<double>& legible) {
  Trial result = test::trial_with(number, std::vector<double>(legible.size(), 50));
  const std::vector<PageScores> pages = scores(legible);
  for (std::size_t page = 0; page < pages.size(); ++page) result.pages[page].scores = pages[page];
  return result;
}

std::vector<std::size_t> numbers(const std::vector<const Trial*>& trials) {
  std::vector<std::size_t> result;
  for (const Trial* one : trials) result.push_back(one->number);
  return result;
}

StudyDefinition definition() {
  StudyDefinition result = test::study_definition(3);
  result.objective = Score::confidence;
  return result;
}

TEST(Complementary, TakesWhatAddsMostToWhatThereIs) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 900, 0}),
                                  trial(4, {950, 850, 0}), trial(7, {0, 0, 500}),
                                  trial(9, {905, 0, 0})};
  // 3 and 4 are as good; what the other then adds is less than a hundredth of what there is, but
  // for page 0.
  EXPECT_EQ(numbers(complementary(definition(), trials)), (std::vector<std::size_t>{0, 3, 7, 4}));
}

TEST(Complementary, EndsWhereNothingIsAdded) {
  EXPECT_EQ(numbers(complementary(definition(), {trial(0, {100, 100}), trial(1, {90, 100})})),
            std::vector<std::size_t>{0});
  EXPECT_EQ(numbers(complementary(definition(), {trial(0, {1000, 1000}), trial(1, {1001, 1000})})),
            std::vector<std::size_t>{0});
}

TEST(Complementary, HasAtMostSix) {
  std::vector<Trial> trials{trial(0, std::vector<double>(9, 0))};
  for (std::size_t i = 0; i < 9; ++i) {
    std::vector<double> legible(9, 0);
    legible[i] = 100;
    trials.push_back(trial(i + 1, legible));
  }
  EXPECT_EQ(complementary(definition(), trials).size(), 6U);
}

TEST(Complementary, IsFilledUpByWhatHasHelpedElsewhere) {
  StudyDefinition prior = definition();
  prior.search.whole = 3;
  std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(1, {100, 100, 100}),
                            trial(2, {40, 30, 20}),    trial(3, {50, 60, 70}),
                            trial(4, {900, 900, 900}), trial(5, {80, 80, 80})};
  // 1 reads as the baseline does; 5 wasn't among the first.
  EXPECT_EQ(numbers(complementary(prior, trials)), (std::vector<std::size_t>{0, 4, 2, 3}));
  trials.erase(trials.begin() + 4);
  EXPECT_EQ(numbers(complementary(prior, trials)), std::vector<std::size_t>{0})
      << "where nothing is better than the original page";
}

TEST(Complementary, NeedsABaselineWithWhatItCompares) {
  EXPECT_TRUE(complementary(definition(), {}).empty());
  EXPECT_TRUE(complementary(definition(), {trial(1, {5})}).empty());
  Trial old = trial(0, {5, 5});
  old.pages[1].scores.set(Score::net_legible, std::nullopt);
  EXPECT_TRUE(complementary(definition(), {old, trial(1, {900, 900})}).empty());
  Trial later = trial(1, {900, 900});
  for (PageResult& page : later.pages) page.scores.set(Score::net_legible, std::nullopt);
  EXPECT_EQ(complementary(definition(), {trial(0, {5, 5}), later}).size(), 1U);
}

TEST(Complementary, BeginsWithTheBestAlone) {
  // What #4 adds is more; #3 is better by confidence.
  std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {400, 400, 400}),
                            trial(4, {500, 500, 500})};
  for (PageResult& page : trials[1].pages) page.scores.set(Score::confidence, 90);
  EXPECT_EQ(numbers(complementary(definition(), trials)), (std::vector<std::size_t>{0, 3, 4}));
}

}  // namespace
}  // namespace ocrtune
