#include "ocrtune/metrics/clarity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ocrtune/metrics/metric.h"

namespace ocrtune {
namespace {

TEST(Clarity, IsAMatterOfRatios) {
  EXPECT_EQ(clarity(0, 0), 0);
  EXPECT_DOUBLE_EQ(clarity(90, 95), 100 * (std::log(10) + 3 * std::log(20)));
  EXPECT_NEAR(clarity(190, 80) - clarity(90, 80), clarity(1990, 60) - clarity(990, 60), 1e-9);
  // One of two pages without its text can't be made good by confidence on the other.
  EXPECT_LT(clarity(500, 95) + clarity(10, 95), clarity(500, 70) + clarity(400, 70));
}

TEST(Clarity, IsCheckedByTruthAndElseByOtherReadings) {
  const auto derived = [](PageScores scores) {
    derive_scores(scores);
    return scores;
  };
  const PageScores read{{Score::legible, 10}, {Score::char_confidence, 45}};
  const double unchecked = clarity(10, 45);
  EXPECT_EQ(derived(read).find(Score::clarity), unchecked);
  EXPECT_EQ(derived(read).find(Score::checked_clarity), unchecked);
  PageScores checked = read;
  checked.set(Score::agreement, 0.75);
  EXPECT_DOUBLE_EQ(derived(checked).value(Score::checked_clarity), unchecked - 250);
  checked.set(Score::cer, 0.5);
  EXPECT_DOUBLE_EQ(derived(checked).value(Score::checked_clarity), unchecked - 500);
  checked.set(Score::cer, 7);
  EXPECT_DOUBLE_EQ(derived(checked).value(Score::checked_clarity), unchecked - 1000);
  EXPECT_FALSE(derived({{Score::legible, 10}}).find(Score::clarity));
}

}  // namespace
}  // namespace ocrtune
