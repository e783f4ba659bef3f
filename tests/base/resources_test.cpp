#include "ocrtune/base/resources.h"

#include <gtest/gtest.h>

#include <thread>

namespace ocrtune {
namespace {

TEST(Resources, AreThoseOfThisMachine) {
  const Resources resources = machine_resources();
  EXPECT_GE(resources.logical_cores, 1);
  EXPECT_LE(resources.logical_cores, static_cast<int>(std::thread::hardware_concurrency()));
  EXPECT_GT(resources.memory_bytes, 50'000'000U);
  EXPECT_LE(resources.available_bytes, resources.memory_bytes);
  EXPECT_GT(peak_resident_bytes(), 1'000'000U);
  EXPECT_LT(peak_resident_bytes(), resources.memory_bytes);
}

TEST(Resources, HalfOfTheSecondHyperThreadsWork) {
  EXPECT_GE(machine_resources().physical_cores, 1);
  EXPECT_LE(machine_resources().physical_cores, machine_resources().logical_cores);
  EXPECT_EQ(default_workers({.logical_cores = 1, .physical_cores = 1}), 1);
  EXPECT_EQ(default_workers({.logical_cores = 8, .physical_cores = 8}), 8);
  EXPECT_EQ(default_workers({.logical_cores = 16, .physical_cores = 8}), 12);
  EXPECT_EQ(default_workers({.logical_cores = 2, .physical_cores = 1}), 2);
}

TEST(Resources, NameTheSimdTargets) {
  const auto targets = simd_targets();
  ASSERT_FALSE(targets.empty());
  for (const std::string& target : targets) EXPECT_NE(target, "?");
}

}  // namespace
}  // namespace ocrtune
