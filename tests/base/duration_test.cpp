#include "ocrtune/base/duration.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace ocrtune {
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

TEST(ParseDuration, ReadsSecondsMinutesHours) {
  EXPECT_EQ(parse_duration("90s", "--budget"), 90);
  EXPECT_EQ(parse_duration("10m", "--budget"), 600);
  EXPECT_EQ(parse_duration("1.5h", "--budget"), 5400);
  EXPECT_EQ(parse_duration("7", "--budget"), 7);
  for (const std::string text : {"", "m", "10x", "0", "-5m", "0.5s", "1e9h", "nan", "10 m"}) {
    const std::string message =
        test::error_of(Errc::invalid_argument, [&] { (void)parse_duration(text, "--budget"); });
    EXPECT_TRUE(message.starts_with("--budget ")) << message;
  }
}

}  // namespace
}  // namespace ocrtune
