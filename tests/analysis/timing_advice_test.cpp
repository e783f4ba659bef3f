#include "ocrtune/analysis/timing_advice.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

/// A study of ten pages and a hundred trials whose two workers were always busy.
TimingSummary study_of(std::vector<StepSummary> steps) {
  TimingSummary summary;
  summary.trials = 100;
  summary.pages = 10;
  summary.busy_s = 50;
  summary.worker_s = 100;
  summary.steps = std::move(steps);
  return summary;
}

StepSummary step(const std::string& name, double share, std::size_t cached = 0) {
  return {.name = name, .count = 1000, .cached = cached, .done = {}, .share = share};
}

std::vector<std::string> codes_of(const TimingSummary& summary, int workers = 2) {
  std::vector<std::string> codes;
  for (const TimingAdvice& advice : timing_advice(summary, workers)) codes.push_back(advice.code);
  return codes;
}

using Codes = std::vector<std::string>;

TEST(TimingAdvice, NamesWhatTakesMost) {
  EXPECT_EQ(codes_of(study_of({step("read", 0.8), step("denoise_nlm", 0.1)})), Codes{"ocr"});
  EXPECT_EQ(codes_of(study_of({step("read", 0.4), step("denoise_nlm", 0.4)})),
            Codes{"denoise_nlm"});
  EXPECT_EQ(codes_of(study_of({step("read", 0.4), step("inpaint_lines", 0.3)})), Codes{"stages"});
  EXPECT_EQ(codes_of(study_of({step("read", 0.4), step("remove_lines", 0.1)})), Codes{});
  const auto advice = timing_advice(study_of({step("inpaint_lines", 0.312)}), 2);
  EXPECT_TRUE(contains(advice.at(0).text, "inpaint_lines takes 31 % of the time"))
      << advice[0].text;
}

TEST(TimingAdvice, CountsAllUsesOfAStageAndNothingThatIsNone) {
  EXPECT_EQ(codes_of(study_of({step("denoise_nlm", 0.15), step("denoise_nlm_2", 0.15)})),
            Codes{"denoise_nlm"});
  EXPECT_EQ(codes_of(study_of({step("clahe_2", 0.3)})), Codes{"stages"});
  EXPECT_EQ(codes_of(study_of({step("x_height", 0.4), step("preprocess", 0.4)})), Codes{});
}

TEST(TimingAdvice, PagesThatAreDecodedAgainNeedMemory) {
  EXPECT_EQ(codes_of(study_of({step("load", 0.1, 990)})), Codes{});
  EXPECT_EQ(codes_of(study_of({step("load", 0.1, 900)})), Codes{});
  EXPECT_EQ(codes_of(study_of({step("load", 0.1, 500)})), Codes{"memory"});
}

TEST(TimingAdvice, IdleWorkersNeedMore) {
  EXPECT_EQ(codes_of(study_of({}), 2), Codes{});
  EXPECT_EQ(codes_of(study_of({}), 3), Codes{"workers"});
  TimingSummary without_time;
  EXPECT_EQ(codes_of(without_time, 64), Codes{});
}

TEST(TimingAdvice, IsTextAndJson) {
  const auto advice = timing_advice(study_of({step("read", 0.8)}), 4);
  const std::string text = timing_advice_text(advice);
  EXPECT_TRUE(contains(text, "what takes the time, and what to do about it:\n  OCR takes 80 %"))
      << text;
  EXPECT_TRUE(
      contains(text, "\n  2.0 workers were busy on average, and this machine has 4 by default"))
      << text;
  EXPECT_EQ(timing_advice_json(advice).size(), 2U);
  EXPECT_EQ(timing_advice_json(advice)[1]["code"], "workers");
  EXPECT_EQ(timing_advice_text({}), "");
}

}  // namespace
}  // namespace ocrtune
