#include "ocrtune/workflow/optimize.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/search/samplers/registry.h"

namespace ocrtune::workflow {
namespace {

TEST(UsualSampler, DependsOnObjectivesAndTrials) {
  EXPECT_EQ(usual_sampler(0, 100), "gp");
  EXPECT_EQ(usual_sampler(1, 300), "gp");
  EXPECT_EQ(usual_sampler(1, 301), "tpe");
  EXPECT_EQ(usual_sampler(2, 100), "tpe");
}

TEST(UsualSampler, SupportsTheObjectives) {
  for (const std::size_t trials : {1, 1000}) {
    EXPECT_NO_THROW((void)sampler_named(usual_sampler(1, trials)));
    EXPECT_TRUE(sampler_named(usual_sampler(2, trials)).several_objectives);
  }
}

TEST(UsualSampler, IsWhatTheHelpSays) {
  OptimizeOptions options;
  const Options rows = options_of(options);
  const auto row = std::ranges::find(rows, "sampler", &Option::name);
  ASSERT_NE(row, rows.end());
  EXPECT_EQ(row->usual, "gp; tpe for several objectives or more than 300 trials");
}

}  // namespace
}  // namespace ocrtune::workflow
