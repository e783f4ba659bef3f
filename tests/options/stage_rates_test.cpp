#include "ocrtune/options/stage_rates.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace ocrtune::workflow {
namespace {

TEST(StageRates, AreNumbersFromZeroOn) {
  const StageRates rates{{"cpu", 12.5}, {"opencl:0", 0}};
  EXPECT_EQ(stage_rates_of(nlohmann::json(rates)), rates);
  for (const std::string text :
       {"[]", "3", "null", R"({"cpu": "x"})", R"({"cpu": -1})", R"({"cpu": null})"})
    EXPECT_FALSE(stage_rates_of(nlohmann::json::parse(text))) << text;
}

}  // namespace
}  // namespace ocrtune::workflow
