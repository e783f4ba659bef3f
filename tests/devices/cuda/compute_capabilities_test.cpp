#include "ocrtune/devices/cuda/compute_capabilities.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

constexpr std::string_view kBuilt = "61-real,75-real,80-real,90";

TEST(HasCodeFor, CardsOfTheSameMajorNumberAndNoneLesser) {
  EXPECT_TRUE(has_code_for(kBuilt, 6, 1));
  EXPECT_TRUE(has_code_for(kBuilt, 6, 2));
  EXPECT_TRUE(has_code_for(kBuilt, 8, 9));
  EXPECT_FALSE(has_code_for(kBuilt, 6, 0));
  EXPECT_FALSE(has_code_for(kBuilt, 7, 0));
  EXPECT_FALSE(has_code_for("80-real", 9, 0));
}

TEST(HasCodeFor, LaterCardsWhereThereIsPtx) {
  EXPECT_TRUE(has_code_for(kBuilt, 12, 0));
  EXPECT_TRUE(has_code_for("75-virtual", 8, 6));
  EXPECT_FALSE(has_code_for("75-virtual", 7, 0));
  EXPECT_FALSE(has_code_for("61-real", 12, 0));
}

TEST(HasCodeFor, WhateverAnUnknownNameStandsFor) {
  EXPECT_TRUE(has_code_for("all-major", 5, 0));
  EXPECT_TRUE(has_code_for("native", 6, 1));
}

TEST(ComputeCapabilities, AreSaidAsNvidiaDoes) {
  EXPECT_EQ(compute_capabilities(kBuilt),
            "6.1, 7.5, 8.0, 9.0 and, compiled at run time, 9.0 and later");
  EXPECT_EQ(compute_capabilities("61-real,120"),
            "6.1, 12.0 and, compiled at run time, 12.0 and later");
  EXPECT_EQ(compute_capabilities("75-virtual"), "7.5 and later");
  EXPECT_EQ(compute_capabilities("61-real"), "6.1");
  EXPECT_EQ(compute_capabilities("all-major"), "all-major");
}

}  // namespace
}  // namespace ocrtune
