#include "ocrtune/stages/parameter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "ocrtune/stages/registry.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

bool allows(const Parameter& parameter, double value) {
  try {
    check_value(parameter, value, "p");
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::pipeline_invalid);
    return false;
  }
}

TEST(Parameter, TakesWhatItsTypeAllows) {
  const Limits limits{.low = 3, .high = 9, .initial = 5, .min = 1, .max = 11};
  const Parameter any = real("p", limits);
  const Parameter whole = integer("p", limits);
  const Parameter kernel = odd("p", limits);
  for (const double value : {1.0, 3.0, 11.0}) {
    EXPECT_TRUE(allows(any, value) && allows(whole, value) && allows(kernel, value)) << value;
  }
  EXPECT_TRUE(allows(any, 1.5) && !allows(whole, 1.5) && !allows(kernel, 1.5));
  EXPECT_TRUE(allows(any, 4) && allows(whole, 4) && !allows(kernel, 4));
  for (const double value :
       {0.0, 0.999, 11.001, 12.0, -3.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_FALSE(allows(any, value) || allows(whole, value) || allows(kernel, value)) << value;
  }
  const Parameter negative = odd("p", {.min = -9, .max = 9});
  EXPECT_TRUE(allows(negative, -3));
  EXPECT_FALSE(allows(negative, -4));
}

TEST(Parameter, SaysWhatIsAllowed) {
  const Parameter kernel = odd("p", {.low = 3, .high = 9, .initial = 5, .min = 3, .max = 2001});
  EXPECT_EQ(allowed_values(kernel), "odd integer, 3 to 2001");
  EXPECT_EQ(test::error_of(Errc::pipeline_invalid, [&] { check_value(kernel, 4, "size"); }),
            "size = 4: allowed: odd integer, 3 to 2001");
  EXPECT_TRUE(
      contains(test::error_of(Errc::pipeline_invalid, [&] { check_range(kernel, 9, 5, "size"); }),
               "size: the range 9 to 5 is empty"));
  test::error_of(Errc::pipeline_invalid, [&] { check_range(kernel, 3, 2003, "size"); });
  check_range(kernel, 5, 5, "size");
}

TEST(Parameter, ValuesAreShort) {
  EXPECT_EQ(value_text(ParameterType::integer, {}, 45), "45");
  EXPECT_EQ(value_text(ParameterType::odd, {}, 151), "151");
  EXPECT_EQ(value_text(ParameterType::real, {}, 0.1), "0.1");
  EXPECT_EQ(value_text(ParameterType::real, {}, 15), "15");
  EXPECT_EQ(value_text(ParameterType::real, {}, -0.0), "0");
  EXPECT_EQ(value_text(ParameterType::boolean, {}, 1), "true");
  EXPECT_EQ(value_text(ParameterType::boolean, {}, 0), "false");
}

TEST(Registry, StatesEveryStageInFull) {
  std::set<std::string> names;
  for (const Stage& stage : all_stages()) {
    SCOPED_TRACE(stage.name);
    EXPECT_TRUE(names.insert(stage.name).second);
    EXPECT_TRUE(stage.summary.ends_with('.'));
    EXPECT_FALSE(stage.cites.empty());
    EXPECT_EQ(&stage_named(stage.name), find_stage(stage.name));
    std::set<std::string> parameters;
    for (const Parameter& parameter : stage.parameters) {
      SCOPED_TRACE(parameter.name);
      EXPECT_TRUE(parameters.insert(parameter.name).second);
      EXPECT_FALSE(parameter.help.empty());
      EXPECT_EQ(parameter.unit.empty(), parameter.type == ParameterType::category);
      check_range(parameter, parameter.low, parameter.high, parameter.name);
      check_range(parameter, parameter.min, parameter.max, parameter.name);
      EXPECT_GE(parameter.initial, parameter.low);
      EXPECT_LE(parameter.initial, parameter.high);
      check_value(parameter, parameter.initial, parameter.name);
    }
  }
}

TEST(Registry, NamesTheNearestStage) {
  EXPECT_EQ(find_stage("no"), nullptr);
  const std::string message =
      test::error_of(Errc::pipeline_invalid, [] { (void)stage_named("denoise_nml"); });
  EXPECT_TRUE(contains(message, "unknown stage `denoise_nml` (did you mean `denoise_nlm`?)"));
  EXPECT_TRUE(contains(message, "remove_lines"));
  EXPECT_FALSE(contains(test::error_of(Errc::pipeline_invalid, [] { (void)stage_named("zzz\n"); }),
                        "did you mean"));
}

TEST(Values, AreFoundByName) {
  Values values;
  values.set("a", 1.6);
  values.set("a", 2.6);
  EXPECT_EQ(values.real("a"), 2.6);
  EXPECT_EQ(values.integer("a"), 3);
  EXPECT_THROW((void)values.real("b"), std::logic_error);
}

}  // namespace
}  // namespace ocrtune
