#include "ocrtune/analysis/page_choice.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
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
  result.held_out = result.pages;
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

TEST(ToBeValidated, AreTheCandidatesAndWhatComplementsTheBaseline) {
  // By confidence 3 is the only candidate; 4 is better on the third page alone.
  const std::vector<Trial> trials{trial(0, {400, 400, 400}), trial(3, {900, 500, 400}),
                                  trial(4, {0, 0, 900})};
  EXPECT_EQ(numbers(to_be_validated(definition(), trials)), (std::vector<std::size_t>{0, 3, 4}));
}

TEST(ToBeValidated, IsNothingWhereOnlyTheBaselineWouldBeRead) {
  EXPECT_TRUE(to_be_validated(definition(), {trial(0, {5, 5, 5})}).empty());
  EXPECT_TRUE(to_be_validated(definition(), {trial(0, {5, 5, 5}), trial(1, {4, 5, 5})}).empty());
}

TEST(ToBeValidated, HasTheBaselineInStudiesWithoutNetLegible) {
  std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(1, {900, 900, 900})};
  for (Trial& one : trials) {
    for (PageResult& page : one.pages) page.scores.set(Score::net_legible, std::nullopt);
  }
  EXPECT_EQ(numbers(to_be_validated(definition(), trials)), (std::vector<std::size_t>{0, 1}));
}

TEST(ChooseByPage, GainsTheBestOfEachPageHeldOut) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 100, 100}),
                                  trial(4, {100, 100, 500})};
  const Confirmations validations{{0, scores({1000, 2000, 3000})},
                                  {3, scores({4000, 1000, 3000})},
                                  {4, scores({500, 2000, 3600})}};
  const PageChoice choice = choose_by_page(definition(), trials, validations);
  EXPECT_EQ(choice.numbers, (std::vector<std::size_t>{0, 3, 4}));
  EXPECT_EQ(choice.pages, 3U);
  ASSERT_TRUE(choice.gain.has_value());
  EXPECT_DOUBLE_EQ(choice.gain->mean, (30 + 0 + 6) / 3.0);
  const std::string text = page_choice_text(choice, Score::confidence);
  EXPECT_EQ(text,
            "  per-page selection from the original, #3, #4: +12.00 points (95 % "
            "interval -8.82 to +32.82, on 3 pages reserved for validation, 3.0 pipelines tried per "
            "page)\n");
  EXPECT_DOUBLE_EQ(page_choice_json(choice).at("pipelines_per_page").get<double>(), 3);
  EXPECT_EQ(page_choice_json(choice).at("points"), nlohmann::json({0, 3, 4}));
}

TEST(ChooseByPage, ReadsNoMoreWhereAnOcrResultIsGoodEnough) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 100, 100}),
                                  trial(4, {100, 100, 500})};
  Confirmations validations{{0, scores({1000, 2000, 3000})},
                            {3, scores({4000, 1000, 3000})},
                            {4, scores({500, 2600, 3600})}};
  const auto make_sure = [&](std::size_t number, std::size_t page) {
    validations[number][page].set(Score::char_confidence, kEnoughConfidence);
    validations[number][page].set(Score::legible, 100);
  };
  make_sure(0, 2);
  make_sure(3, 0);
  make_sure(3, 1);
  const PageChoice choice = choose_by_page(definition(), trials, validations);
  EXPECT_DOUBLE_EQ(choice.gain->mean, (30 + 6 + 0) / 3.0);
  EXPECT_DOUBLE_EQ(choice.ocr_results, (2 + 3 + 1) / 3.0) << "on page 1 what is sure isn't kept";
}

/// Ten pages; original and by #3, which is better on all.
std::vector<Trial> ten_pages() {
  return {trial(0, std::vector<double>(10, 100)), trial(3, std::vector<double>(10, 900))};
}

TEST(PortfolioTrials, AreAsManyAsGainOnPagesThatTheyWereNotChosenOn) {
  StudyDefinition prior = test::study_definition(10);
  prior.objective = Score::confidence;
  std::vector<Trial> trials = ten_pages();
  // Each of these is the best of one page alone: on others they add nothing.
  for (std::size_t i = 0; i < 4; ++i) {
    std::vector<double> legible(10, 0);
    legible[i] = 2000;
    trials.push_back(trial(i + 4, legible));
  }
  EXPECT_GT(complementary(prior, trials).size(), 2U);
  EXPECT_EQ(numbers(portfolio_trials(prior, trials)), (std::vector<std::size_t>{0, 3}));
}

TEST(PortfolioTrials, AreAllThatComplementWhereFewPagesTell) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 100, 100}),
                                  trial(4, {100, 100, 500})};
  EXPECT_EQ(portfolio_trials(definition(), trials).size(), 3U);
}

TEST(ChooseByPage, IsTheBaselineWhereThePagesHeldOutGainNothing) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 100, 100})};
  std::vector<PageScores> misled = scores({1000, 2000});
  for (PageScores& page : misled) page.set(Score::confidence, page.value(Score::confidence) - 5);
  // What is kept has more that is legible, and less of what is tuned.
  for (PageScores& page : misled) page.set(Score::net_legible, 5000);
  const PageChoice choice =
      choose_by_page(definition(), trials, {{0, scores({1000, 2000})}, {3, misled}});
  EXPECT_EQ(choice.numbers, std::vector<std::size_t>{0});
  EXPECT_EQ(choice.refused, (std::vector<std::size_t>{0, 3}));
  ASSERT_TRUE(choice.gain.has_value());
  EXPECT_DOUBLE_EQ(choice.gain->mean, -5);
  EXPECT_EQ(page_choice_text(choice, Score::confidence),
            "  per-page selection from the original, #3 is not better: -5.00 points "
            "(95 % interval -16.18 to +6.18, on 2 pages reserved for validation, 2.0 pipelines "
            "tried per page)\n");
  EXPECT_EQ(portfolio_of(definition(), trials, choice).pipelines.size(), 1U);
}

TEST(Complementary, BeginsWithTheBestAlone) {
  // What #4 adds is more; #3 is better by confidence.
  std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {400, 400, 400}),
                            trial(4, {500, 500, 500})};
  for (PageResult& page : trials[1].pages) page.scores.set(Score::confidence, 90);
  EXPECT_EQ(numbers(complementary(definition(), trials)), (std::vector<std::size_t>{0, 3, 4}));
}

TEST(ChooseByPage, SaysNothingOfPagesThatWereNotRead) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 100, 100})};
  const PageChoice choice = choose_by_page(definition(), trials, {{0, scores({1000, 2000, 3000})}});
  EXPECT_EQ(choice.numbers.size(), 2U);
  EXPECT_FALSE(choice.gain.has_value());
  EXPECT_EQ(page_choice_text(choice, Score::confidence),
            "  per-page selection from the original, #3\n");
  EXPECT_FALSE(page_choice_json(choice).contains("gain"));
  EXPECT_EQ(page_choice_text(choose_by_page(definition(), {trials.front()}, {}), Score::confidence),
            "");
}

TEST(PortfolioOfAChoice, HasThePipelinesOfItsTrials) {
  const std::vector<Trial> trials{trial(0, {100, 100, 100}), trial(3, {900, 100, 100})};
  const Portfolio portfolio =
      portfolio_of(definition(), trials, choose_by_page(definition(), trials, {}));
  ASSERT_EQ(portfolio.pipelines.size(), 2U);
  EXPECT_EQ(portfolio.pipelines[0].name(), "raw");
  EXPECT_EQ(portfolio.pipelines[1].name(), "point-3");
  EXPECT_EQ(parse_portfolio(portfolio_text(portfolio), "t").pipelines.size(), 2U);
}

}  // namespace
}  // namespace ocrtune
