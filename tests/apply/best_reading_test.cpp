#include "ocrtune/apply/best_reading.h"

#include <gtest/gtest.h>

#include "evaluator/small_corpus.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

Candidate with(double net_legible, const std::string& failure = "") {
  Candidate candidate{.failure = failure};
  candidate.quality.net_legible = net_legible;
  return candidate;
}

TEST(BestCandidate, HasMostNetLegibleOfEqualsTheFirst) {
  EXPECT_EQ(best_candidate({with(1)}), 0U);
  EXPECT_EQ(best_candidate({with(1), with(3), with(2)}), 1U);
  EXPECT_EQ(best_candidate({with(3), with(3), with(2)}), 0U);
  EXPECT_EQ(best_candidate({with(-5), with(-7)}), 0U);
}

TEST(BestCandidate, IsNeverOneThatFailed) {
  EXPECT_EQ(best_candidate({with(9, "no memory"), with(-30)}), 1U);
  EXPECT_EQ(best_candidate({with(-30), with(9, "no memory")}), 0U);
}

}  // namespace
}  // namespace ocrtune
