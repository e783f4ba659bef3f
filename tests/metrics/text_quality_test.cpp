#include "ocrtune/metrics/text_quality.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ocrtune/metrics/metric.h"

namespace ocrtune {
namespace {

TEST(TextQuality, IsAMatterOfRatios) {
  EXPECT_EQ(text_quality(0, 0), 0);
  EXPECT_DOUBLE_EQ(text_quality(90, 95), 100 * (std::log(10) + 3 * std::log(20)));
  EXPECT_NEAR(text_quality(190, 80) - text_quality(90, 80),
              text_quality(1990, 60) - text_quality(990, 60), 1e-9);
  // One of two pages without its text can't be made good by confidence on the other.
  EXPECT_LT(text_quality(500, 95) + text_quality(10, 95),
            text_quality(500, 70) + text_quality(400, 70));
}

TEST(TextQuality, IsCheckedByTruthAndElseByOtherOcrResults) {
  const auto derived = [](PageScores scores) {
    derive_scores(scores);
    return scores;
  };
  const PageScores read{{Score::legible, 10}, {Score::char_confidence, 45}};
  const double unchecked = text_quality(10, 45);
  EXPECT_EQ(derived(read).find(Score::quality), unchecked);
  EXPECT_EQ(derived(read).find(Score::reference_quality), unchecked);
  PageScores checked = read;
  checked.set(Score::agreement, 0.75);
  EXPECT_DOUBLE_EQ(derived(checked).value(Score::reference_quality), unchecked - 250);
  checked.set(Score::cer, 0.5);
  EXPECT_DOUBLE_EQ(derived(checked).value(Score::reference_quality), unchecked - 500);
  checked.set(Score::cer, 7);
  EXPECT_DOUBLE_EQ(derived(checked).value(Score::reference_quality), unchecked - 1000);
  EXPECT_FALSE(derived({{Score::legible, 10}}).find(Score::quality));
}

}  // namespace
}  // namespace ocrtune
