#include "ocrtune/workflow/chosen_portfolio.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune::workflow {
namespace {

TEST(ChosenPortfolio, LooksForColumnsUnlessAPageSegmentationModeIsStated) {
  EXPECT_TRUE(chosen_portfolio({}).rule.looks_for_columns);
  EXPECT_FALSE(chosen_portfolio({}, {.psm = 6}).rule.looks_for_columns);
}

TEST(ChosenPortfolio, NoneIsGoodEnoughAt100) {
  PortfolioOptions options;
  EXPECT_EQ(chosen_portfolio(options).rule.enough, kEnoughConfidence);
  options.enough = 99.5;
  EXPECT_EQ(chosen_portfolio(options).rule.enough, 99.5);
  options.enough = 100;
  EXPECT_EQ(chosen_portfolio(options).rule.enough, std::nullopt);
}

TEST(ChosenPortfolio, AnEffortVotesAndTheLowOneStopsEarly) {
  PortfolioOptions options;
  EXPECT_EQ(chosen_portfolio(options).rule.choice, Choice::best);
  options.effort = "low";
  options.enough = 80;
  EXPECT_EQ(chosen_portfolio(options).rule.choice, Choice::vote);
  EXPECT_EQ(chosen_portfolio(options).rule.enough, 80);
  for (const char* all_tried : {"normal", "high"}) {
    options.effort = all_tried;
    EXPECT_EQ(chosen_portfolio(options).rule.choice, Choice::vote);
    EXPECT_EQ(chosen_portfolio(options).rule.enough, std::nullopt);
  }
}

TEST(ChosenPortfolio, ForLanguagesThatNoEngineKnowsHasThePipelinesOfTheOneWithoutEngines) {
  PortfolioOptions options;
  options.effort = "normal";
  options.vote = true;
  std::vector<std::string> said;
  const Portfolio portfolio =
      usable_portfolio(chosen_portfolio(options), {"xxx", "yyy"}, {},
                       {.say = [&](const std::string& line) { said.push_back(line); }});
  EXPECT_TRUE(std::ranges::equal(portfolio.pipelines, load_portfolio("documents").pipelines, {},
                                 &Pipeline::name, &Pipeline::name));
  EXPECT_TRUE(portfolio.uses.empty());
  ASSERT_EQ(said.size(), 1U);
  EXPECT_TRUE(said.front().starts_with("without ppocr: ")) << said.front();
}

constexpr const char* kRecipe =
    "recommended = \"best\"\n"
    "[[choice]]\nname = \"fast\"\npipelines = [\"raw\"]\nvote = false\nenough = 80\n"
    "[[choice]]\nname = \"best\"\npipelines = [\"large\", \"raw\"]\n"
    "[[pipeline]]\nname = \"raw\"\n"
    "[[pipeline]]\nname = \"large\"\n[[pipeline.stage]]\nuse = \"rescale\"\nfactor = 2\n";

TEST(ChosenPortfolio, IsAChoiceOfARecipeTheRecommendedOneUnlessItIsStated) {
  const test::TempFolder folder;
  PortfolioOptions options;
  options.recipe = folder.write("r.toml", std::string_view(kRecipe)).string();
  const ChosenPortfolio best = chosen_portfolio(options, {.psm = 6});
  EXPECT_EQ(best.portfolio.pipelines.size(), 2U);
  EXPECT_EQ(best.portfolio.pipelines.front().name(), "large");
  EXPECT_EQ(best.rule.choice, Choice::vote);
  EXPECT_EQ(best.rule.enough, std::nullopt);
  EXPECT_FALSE(best.rule.looks_for_columns);
  EXPECT_TRUE(best.does_without_engines);
  options.recipe_choice = "fast";
  const ChosenPortfolio fast = chosen_portfolio(options);
  EXPECT_EQ(fast.portfolio.pipelines.size(), 1U);
  EXPECT_EQ(fast.rule.choice, Choice::best);
  EXPECT_EQ(fast.rule.enough, 80);
  EXPECT_TRUE(fast.rule.looks_for_columns);
}

TEST(ChosenPortfolio, AChoiceIsOneOfTheRecipe) {
  const test::TempFolder folder;
  PortfolioOptions options;
  options.recipe_choice = "fasst";
  EXPECT_EQ(test::error_of(Errc::invalid_argument, [&] { (void)chosen_portfolio(options); }),
            "choice: needs a recipe");
  options.recipe = folder.write("r.toml", std::string_view(kRecipe)).string();
  EXPECT_EQ(test::error_of(Errc::invalid_argument, [&] { (void)chosen_portfolio(options); }),
            "choice: `fasst` is not one of fast, best (did you mean `fast`?)");
}

}  // namespace
}  // namespace ocrtune::workflow
