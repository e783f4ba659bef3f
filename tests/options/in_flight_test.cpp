#include "ocrtune/options/in_flight.h"

#include <gtest/gtest.h>

namespace ocrtune::workflow {
namespace {

TEST(UsualInFlight, GivesEachCoreAPageAndOneTrialMore) {
  EXPECT_EQ(usual_in_flight(8, 2), 2U);
  EXPECT_EQ(usual_in_flight(40, 24), 2U);
  EXPECT_EQ(usual_in_flight(8, 24), 4U);
  EXPECT_EQ(usual_in_flight(7, 24), 5U);
  EXPECT_EQ(usual_in_flight(1, 4), 5U);
}

TEST(UsualInFlight, HasItsBounds) {
  EXPECT_EQ(usual_in_flight(1, 64), 16U);
  EXPECT_EQ(usual_in_flight(0, 0), 2U);
}

}  // namespace
}  // namespace ocrtune::workflow
