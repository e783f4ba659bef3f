#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/searches.h"

namespace ocrtune {
namespace {

using test::best_of;

/// `dead` changes nothing.
double bowl(const Point& point) {
  return std::pow(*point.find("x") - 0.3, 2) + std::pow(*point.find("y") - 0.8, 2) +
         (*point.find("on") != 0 ? 0 : 1);
}

Space space() {
  return Space({{.name = "on", .type = ParameterType::boolean, .low = 0, .high = 1},
                {.name = "x", .low = 0, .high = 1},
                {.name = "y", .low = 0, .high = 1},
                {.name = "dead", .low = 0, .high = 1}});
}

bool is_step(std::size_t number) { return number > 24 && number % 3 == 0; }

std::vector<Outcome> outcomes_of(const std::string& name, std::uint64_t seed, std::size_t count) {
  return test::search(name, {.space = space(), .seed = seed}, bowl, count);
}

TEST(Polish, HomesIn) {
  int far_nearer = 0;
  for (std::uint64_t seed = 1; seed <= 9; ++seed) {
    const double by_chance = best_of(outcomes_of("random", seed, 100));
    far_nearer += best_of(outcomes_of("polish", seed, 100)) < by_chance / 10 ? 1 : 0;
  }
  EXPECT_GE(far_nearer, 7);
}

TEST(Polish, StepsKeepSwitchesAndAllButTwoParameters) {
  const std::vector<Outcome> outcomes = outcomes_of("polish", 4, 90);
  Outcome best = outcomes.front();
  for (const Outcome& outcome : outcomes) {
    if (is_step(outcome.number)) {
      int moved = 0;
      for (const char* name : {"x", "y", "dead"})
        moved += outcome.point.find(name) != best.point.find(name) ? 1 : 0;
      EXPECT_EQ(outcome.point.find("on"), best.point.find("on")) << outcome.number;
      EXPECT_LE(moved, 2) << outcome.number;
    }
    if (outcome.values[0] < best.values[0]) best = outcome;
  }
}

TEST(Polish, LearnsWhichParametersChangeNothing) {
  std::size_t first = 0;
  std::size_t last = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const std::vector<Outcome> outcomes = outcomes_of("polish", seed, 144);
    Outcome best = outcomes.front();
    for (const Outcome& outcome : outcomes) {
      const bool dead = outcome.point.find("dead") != best.point.find("dead");
      if (is_step(outcome.number) && dead) ++(outcome.number <= 84 ? first : last);
      if (outcome.values[0] < best.values[0]) best = outcome;
    }
  }
  // Twenty steps each.
  EXPECT_LT(last, first);
}

}  // namespace
}  // namespace ocrtune
