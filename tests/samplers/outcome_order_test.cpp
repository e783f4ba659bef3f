#include "ocrtune/samplers/outcome_order.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ocrtune {
namespace {

using Places = std::vector<std::size_t>;

TEST(BestFirst, ByValueAndNoNumbersLast) {
  const std::vector<Outcome> outcomes{{.values = {3}},
                                      {.values = {NAN}},
                                      {.values = {1}},
                                      {.values = {3}},
                                      {.values = {-INFINITY}}};
  EXPECT_EQ(best_first(outcomes), (Places{4, 2, 0, 3, 1}));
}

TEST(BestFirst, ConstraintsComeBeforeValues) {
  const std::vector<Outcome> outcomes{{.values = {1}, .violation = 0.5},
                                      {.values = {9}},
                                      {.values = {0}, .violation = 2},
                                      {.values = {8}}};
  EXPECT_EQ(best_first(outcomes), (Places{3, 1, 0, 2}));
}

TEST(BestFirst, PrunedTrialsStayBehindTheBetterHalf) {
  const std::vector<Outcome> outcomes{{.values = {5}}, {.values = {0}, .pruned = true},
                                      {.values = {2}}, {.values = {4.5}, .pruned = true},
                                      {.values = {3}}, {.values = {4}}};
  EXPECT_EQ(best_first(outcomes), (Places{2, 4, 1, 5, 3, 0}));
}

TEST(BestFirst, OnlyPrunedTrialsGoByTheirValues) {
  const std::vector<Outcome> outcomes{{.values = {5}, .pruned = true},
                                      {.values = {2}, .pruned = true}};
  EXPECT_EQ(best_first(outcomes), (Places{1, 0}));
}

TEST(BestFirst, SeveralObjectivesByFrontAndThenByLoneliness) {
  const std::vector<Outcome> outcomes{{.values = {0, 10}},
                                      {.values = {4.8, 4.9}},
                                      {.values = {10, 0}},
                                      {.values = {5, 4.8}},
                                      {.values = {2, 6}},
                                      {.values = {11, 11}},
                                      {.values = {0.1, 0.1}, .violation = 1}};
  // Of the front's inner points the one in the widest gap is first; 1 and 3 are close together.
  EXPECT_EQ(best_first(outcomes), (Places{0, 2, 3, 4, 1, 5, 6}));
}

TEST(BestFirst, NothingOfNothing) { EXPECT_TRUE(best_first({}).empty()); }

}  // namespace
}  // namespace ocrtune
