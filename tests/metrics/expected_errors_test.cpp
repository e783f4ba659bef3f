#include "ocrtune/metrics/expected_errors.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

TEST(ExpectedCerOfConsensus, GrowsWithDisagreementWithinAFraction) {
  for (const bool strong : {false, true}) {
    double before = -1;
    for (double disagreement = 0; disagreement <= 1; disagreement += 0.01) {
      const double expected = expected_cer_of_consensus(disagreement, strong);
      EXPECT_GT(expected, before);
      EXPECT_GE(expected, 0);
      EXPECT_LE(expected, 1);
      before = expected;
    }
  }
}

TEST(ExpectedCerOfConsensus, OfResultsThatAgreeIsThatOfGoodPages) {
  EXPECT_LT(expected_cer_of_consensus(0, true), 0.025);
  EXPECT_LT(expected_cer_of_consensus(0.003, true), 0.03);
}

TEST(ExpectedCerOfConsensus, OfOneEngineWithoutAnotherIsGreater) {
  EXPECT_GT(expected_cer_of_consensus(0.15, false), expected_cer_of_consensus(0.015, true));
}

TEST(ExpectedExcess, IsNoneForWhatHardlyDiffers) {
  EXPECT_EQ(expected_excess(0), 0);
  EXPECT_EQ(expected_excess(0.015), 0);
  EXPECT_GT(expected_excess(0.02), 0);
}

TEST(ExpectedExcess, IsLessThanTheDistance) {
  for (double distance = 0.01; distance <= 1; distance += 0.01)
    EXPECT_LT(expected_excess(distance), distance);
}

}  // namespace
}  // namespace ocrtune
