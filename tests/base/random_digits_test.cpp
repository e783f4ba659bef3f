#include "ocrtune/base/random_digits.h"

#include <gtest/gtest.h>

#include <set>

namespace ocrtune {
namespace {

TEST(RandomDigits, AreThirtyTwoAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string digits = random_digits();
    EXPECT_EQ(digits.size(), 32U);
    EXPECT_EQ(digits.find_first_not_of("0123456789abcdef"), std::string::npos);
    seen.insert(digits);
  }
  EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace ocrtune
