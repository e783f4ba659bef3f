// Each target on its seeds and on what fuzzing has found (tests/fuzz/found/TARGET).

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/targets/target.h"
#include "ocrtune/base/files.h"

namespace ocrtune::fuzz {
namespace {
namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = 1'000'000;

std::vector<std::string> names() {
  std::vector<std::string> list;
  for (const Target& target : targets()) list.emplace_back(target.name);
  return list;
}

class Targets : public testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] const Target& target() const { return target_named(GetParam()); }
};

TEST_P(Targets, TakeTheirSeeds) {
  const std::vector<std::string> seeds = target().seeds();
  EXPECT_FALSE(seeds.empty());
  for (const std::string& seed : seeds) EXPECT_TRUE(target().run(seed)) << seed;
}

TEST_P(Targets, HaveMendedWhatWasFound) {
  const fs::path folder = fs::path(OCRTUNE_SOURCE_DIR) / "tests/fuzz/found" / GetParam();
  if (!fs::exists(folder)) return;
  for (const auto& file : fs::directory_iterator(folder))
    EXPECT_NO_THROW((void)target().run(read_input_text(file.path(), kMostBytes))) << file.path();
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Targets, testing::ValuesIn(names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace ocrtune::fuzz
