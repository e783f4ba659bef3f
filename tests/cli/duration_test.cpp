#include "ocrtune/cli/duration.h"

#include <gtest/gtest.h>

namespace ocrtune::cli {
namespace {

TEST(DurationText, IsForPeople) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(0.2), "1 s");
  EXPECT_EQ(duration_text(45), "45 s");
  EXPECT_EQ(duration_text(89), "89 s");
  EXPECT_EQ(duration_text(90), "2 min");
  EXPECT_EQ(duration_text(180), "3 min");
  EXPECT_EQ(duration_text(5399), "90 min");
  EXPECT_EQ(duration_text(5400), "1 h 30 min");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
  EXPECT_EQ(duration_text(360'000), "100 h 0 min");
}

}  // namespace
}  // namespace ocrtune::cli
