#include "ocrtune/workflow/chosen_portfolio.h"

#include <gtest/gtest.h>

namespace ocrtune::workflow {
namespace {

TEST(RuleOf, LooksForColumnsUnlessAPageSegmentationModeIsStated) {
  EXPECT_TRUE(rule_of({}).looks_for_columns);
  EXPECT_FALSE(rule_of({}, {.psm = 6}).looks_for_columns);
}

TEST(ChosenPortfolio, NoneIsGoodEnoughAt100) {
  PortfolioOptions options;
  EXPECT_EQ(rule_of(options).enough, kEnoughConfidence);
  options.enough = 99.5;
  EXPECT_EQ(rule_of(options).enough, 99.5);
  options.enough = 100;
  EXPECT_EQ(rule_of(options).enough, std::nullopt);
}

TEST(ChosenPortfolio, AnEffortVotesAndTheLowOneStopsEarly) {
  PortfolioOptions options;
  EXPECT_EQ(rule_of(options).choice, Choice::best);
  options.effort = "low";
  options.enough = 80;
  EXPECT_EQ(rule_of(options).choice, Choice::vote);
  EXPECT_EQ(rule_of(options).enough, 80);
  for (const char* all_tried : {"normal", "high"}) {
    options.effort = all_tried;
    EXPECT_EQ(rule_of(options).choice, Choice::vote);
    EXPECT_EQ(rule_of(options).enough, std::nullopt);
  }
}

TEST(ChosenPortfolio, ForLanguagesThatNoEngineKnowsIsTheOneWithoutEngines) {
  PortfolioOptions options;
  options.effort = "normal";
  options.vote = true;
  std::vector<std::string> said;
  const Portfolio portfolio =
      usable_portfolio(options, chosen_portfolio(options), {"xxx", "yyy"}, {},
                       {.say = [&](const std::string& line) { said.push_back(line); }});
  EXPECT_EQ(portfolio.name, "documents");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_TRUE(said.front().starts_with("without ppocr: ")) << said.front();
}

}  // namespace
}  // namespace ocrtune::workflow
