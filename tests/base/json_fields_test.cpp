#include "ocrtune/base/json_fields.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"

namespace ocrtune {
namespace {

using nlohmann::json;

RC_GTEST_PROP(JsonFields, AnyBytesAreJsonOrRefused, (const std::string& text)) {
  try {
    (void)parse_json(text);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::invalid_argument);
  }
}

TEST(JsonFields, DeepNestingIsRefused) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_NO_THROW((void)parse_json(nested(kMaxJsonDepth)));
  EXPECT_THROW((void)parse_json(nested(kMaxJsonDepth + 1)), Error);
  EXPECT_THROW((void)parse_json(nested(500'000)), Error);
  EXPECT_THROW((void)parse_json(std::string(500'000, '{')), Error);
  // What stands in a string opens nothing.
  const std::string brackets = std::string(100, '[') + "\\\"{";
  EXPECT_EQ(parse_json("[\"" + brackets + "\"]")[0].get<std::string>(),
            std::string(100, '[') + "\"{");
}

TEST(JsonFields, AFileOfOurOwnIsAnObjectOrNothing) {
  EXPECT_EQ(find_json_object("{\"a\": 1}")->at("a"), 1);
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "{\"a\":";
  for (const std::string& text : {std::string("[1]"), std::string("{"), deep + "1" + deep,
                                  deep + "1" + std::string(200'000, '}')})
    EXPECT_FALSE(find_json_object(text));
}

TEST(JsonFields, NumbersHaveLimits) {
  const json request{{"n", std::numeric_limits<double>::infinity()},
                     {"big", 18446744073709551615ULL},
                     {"real", 1.0}};
  JsonFields fields(request, "");
  EXPECT_THROW((void)fields.number("n", 0, 10), Error);
  EXPECT_THROW((void)fields.whole("big", 0, 10), Error);
  EXPECT_THROW((void)fields.whole("real", 0, 10), Error);
  EXPECT_EQ(fields.number("real", 0, 1), 1.0);
}

}  // namespace
}  // namespace ocrtune
