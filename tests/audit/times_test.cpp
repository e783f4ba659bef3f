#include "ocrtune/audit/times.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "support/errors.h"
#include "support/time_zone.h"

namespace ocrtune {
namespace {

constexpr const char* kHeader =
    "timestamp;point_id;image_id;temps_total_ms;temps_cuda_ms;temps_tesseract_ms;"
    "temps_sharpness_ms;temps_contrast_ms;score_tesseract;score_sharpness;score_contrast\r\n";

std::string row(int point, int image) {
  return fmt::format("2025-12-04 22:48:25.123;{};{};894.77;179.5;709.21;6.06;0;42.5;1000.1;\r\n",
                     point, image);
}

class AuditTimes : public test::EastOfUtc {};

TEST_F(AuditTimes, AreReadWithTheirScores) {
  const auto times = parse_audit_times(kHeader + row(1, 0) + row(1, 1), "t");
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[1].started_us, 1'764'884'905'123'000);
  EXPECT_EQ(times[1].point, 1U);
  EXPECT_EQ(times[1].image, 1U);
  EXPECT_EQ(times[1].total_ms, 894.77);
  EXPECT_EQ(times[1].preprocess_ms, 179.5);
  EXPECT_EQ(times[1].ocr_ms, 709.21);
  EXPECT_EQ(times[1].sharpness_ms, 6.06);
  EXPECT_EQ(times[1].confidence, 42.5);
  EXPECT_EQ(times[1].sharpness, 1000.1);
  EXPECT_EQ(times[1].contrast, std::nullopt);
}

TEST_F(AuditTimes, LocalTimesAreRead) {
  EXPECT_EQ(local_time_us("20251204_224825"), 1'764'884'905'000'000);
  EXPECT_EQ(audit_stamp(1'764'884'905'999'999), "20251204_224825");
  for (const char* wrong : {"", "20251204-224825", "2025-12-04", "2025-12-04 22:48:25.12",
                            "20251204_22482x", "2025120422482500"})
    EXPECT_EQ(local_time_us(wrong), std::nullopt) << wrong;
}

TEST_F(AuditTimes, ArePutTogetherByPoint) {
  const auto trials = trials_of(
      parse_audit_times(kHeader + row(2, 0) + row(1, 0) + row(1, 1) + row(2, 1) + row(3, 1), "t"),
      "t");
  ASSERT_EQ(trials.trials.size(), 2U);
  EXPECT_EQ(trials.definition.pages.size(), 2U);
  EXPECT_EQ(trials.definition.pages[1].name, "image 2");
  EXPECT_EQ(trials.trials[1].number, 2U);
  EXPECT_EQ(trials.trials[1].finished_us - trials.trials[1].started_us, 894'770);
  EXPECT_EQ(step_ms(trials.trials[0].pages[1].timings.steps, kReadStep), 709.21);
}

TEST_F(AuditTimes, OfAnOptimizationAreCounted) {
  const auto trials = trials_of(
      parse_audit_times(kHeader + row(0, 0) + row(0, 1) + row(0, 0) + row(0, 1), "t"), "t");
  ASSERT_EQ(trials.trials.size(), 2U);
  EXPECT_EQ(trials.trials[1].number, 2U);
}

TEST_F(AuditTimes, OtherFilesAreRefused) {
  const auto refusal = [](const std::string& text) {
    return test::error_of(Errc::input_unreadable,
                          [&] { (void)trials_of(parse_audit_times(text, "t"), "t"); });
  };
  EXPECT_EQ(refusal(""), "t: has no point");
  EXPECT_EQ(refusal("point_id;score_tesseract\n1;3\n"),
            "t: line 1: has no column `timestamp`, as the log of times of the Python design");
  EXPECT_EQ(refusal(kHeader), "t: has no point with times of all images");
  EXPECT_EQ(refusal(kHeader + std::string("1;2\n")), "t: line 2: has 2 fields; 11 are required");
  EXPECT_EQ(refusal(kHeader + std::string("now;1;0;1;1;1;1;1;1;1;1\n")),
            "t: line 2: column `timestamp`: `now` is not a time such as 2025-12-04 21:48:25.123");
  EXPECT_EQ(refusal(kHeader + row(-1, 0)),
            "t: line 2: column `point_id`: `-1` is not a whole number from 0 to 1000000000");
  for (const char* time : {"-1", "1e300"})
    EXPECT_EQ(
        refusal(kHeader + fmt::format("2025-12-04 22:48:25.123;1;0;{};1;1;1;1;1;1;1\n", time)),
        fmt::format("t: line 2: column `temps_total_ms`: `{}` is not a number from 0 to "
                    "1000000000",
                    time));
  EXPECT_EQ(refusal(kHeader + std::string("2025-12-04 22:48:25.123;1;0;1;1;1;1;1;1e300;1;1\n")),
            "t: line 2: column `score_tesseract`: `1e300` is not a number from -1000000000 to "
            "1000000000");
  EXPECT_EQ(refusal(kHeader + row(1, 0) + row(1, 0)),
            "t: line 3: column `image_id`: `0` is the second row of this image at point 1");
}

}  // namespace
}  // namespace ocrtune
