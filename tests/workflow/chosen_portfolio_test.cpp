#include "ocrtune/workflow/chosen_portfolio.h"

#include <gtest/gtest.h>

namespace ocrtune::workflow {
namespace {

TEST(ChosenPortfolio, NoneIsGoodEnoughAt100) {
  PortfolioOptions options;
  EXPECT_EQ(rule_of(options).enough, kEnoughConfidence);
  options.enough = 99.5;
  EXPECT_EQ(rule_of(options).enough, 99.5);
  options.enough = 100;
  EXPECT_EQ(rule_of(options).enough, std::nullopt);
}

TEST(ChosenPortfolio, AnEffortVotesAndMayBeGivenBesideEnough) {
  PortfolioOptions options;
  EXPECT_EQ(rule_of(options).choice, Choice::best);
  options.effort = "normal";
  options.enough = 80;
  EXPECT_EQ(rule_of(options).choice, Choice::vote);
  EXPECT_EQ(rule_of(options).enough, 80);
  EXPECT_TRUE(rule_of(options).agreement_is_enough);
  options.effort = "high";
  EXPECT_FALSE(rule_of(options).agreement_is_enough);
}

}  // namespace
}  // namespace ocrtune::workflow
