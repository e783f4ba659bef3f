#include "ocrtune/base/error.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

TEST(OptionError, BeginsWithTheField) {
  const OptionError error(Errc::invalid_argument, "hold_out", "6", "no page would be left");
  EXPECT_STREQ(error.what(), "hold_out 6: no page would be left");
  EXPECT_EQ(error.option() + error.rest(), error.what());
}

TEST(OptionError, MayHaveNoValue) {
  const OptionError error(Errc::invalid_argument, "patience", "", "requires a single objective");
  EXPECT_STREQ(error.what(), "patience: requires a single objective");
  EXPECT_EQ(error.rest(), ": requires a single objective");
}

}  // namespace
}  // namespace ocrtune
