#include "ocrtune/study/informative_units.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "ocrtune/study/ranks.h"

namespace ocrtune {
namespace {

DoubtfulUnit unit(double place, double doubt, bool known = false) {
  return {.features = {place, 1.0}, .doubt = doubt, .known = known};
}

TEST(Ranks, AreSharedByEqualValues) {
  EXPECT_EQ(ranks(std::vector<double>{5, 1, 1, 9, 7}),
            (std::vector<float>{0.5F, 0.125F, 0.125F, 1, 0.75F}));
  EXPECT_TRUE(ranks(std::vector<double>{3, 3}).empty());
  EXPECT_TRUE(ranks({}).empty());
}

TEST(InformativeUnits, OfAKindWithManyComeBeforeAnOutlierThatIsAsDoubtful) {
  std::vector<DoubtfulUnit> units{unit(100, 0.3)};
  for (int i = 0; i < 10; ++i) units.push_back(unit(i, i == 4 ? 0.3 : 0.1));
  EXPECT_EQ(informative_units(units, 1), (std::vector<std::size_t>{5}));
}

TEST(InformativeUnits, AreOfDifferentKinds) {
  std::vector<DoubtfulUnit> units;
  for (int i = 0; i < 6; ++i) units.push_back(unit(0, 0.3));
  for (int i = 0; i < 5; ++i) units.push_back(unit(50, 0.2));
  const std::vector<std::size_t> two = informative_units(units, 2);
  EXPECT_EQ(two, (std::vector<std::size_t>{0, 6}));
}

TEST(InformativeUnits, AreNotLikeThoseThatAreKnown) {
  std::vector<DoubtfulUnit> units;
  for (int i = 0; i < 6; ++i) units.push_back(unit(0, 0.3, i == 3));
  for (int i = 0; i < 5; ++i) units.push_back(unit(50, 0.2));
  EXPECT_EQ(informative_units(units, 1), (std::vector<std::size_t>{6}));
}

TEST(InformativeUnits, TheMoreDoubtTheBetterAmongEquals) {
  const std::vector<DoubtfulUnit> units{unit(1, 0.1), unit(1, 0.4), unit(1, 0.2)};
  EXPECT_EQ(informative_units(units, 1), (std::vector<std::size_t>{1}));
  EXPECT_TRUE(informative_units({}, 5).empty());
  EXPECT_EQ(informative_units(units, 5).size(), 3U);
}

RC_GTEST_PROP(InformativeUnits, AreDifferentUnknownAndAsManyAsThereAre, ()) {
  std::vector<DoubtfulUnit> units(*rc::gen::inRange<std::size_t>(0, 20));
  for (DoubtfulUnit& one : units)
    one =
        unit(*rc::gen::inRange(0, 5), *rc::gen::inRange(0, 3) / 10.0, *rc::gen::inRange(0, 4) == 0);
  const std::vector<std::size_t> chosen = informative_units(units, 5);
  const auto unknown =
      static_cast<std::size_t>(std::ranges::count(units, false, &DoubtfulUnit::known));
  RC_ASSERT(chosen.size() == std::min<std::size_t>(5, unknown));
  RC_ASSERT(std::set(chosen.begin(), chosen.end()).size() == chosen.size());
  for (const std::size_t one : chosen) RC_ASSERT(!units.at(one).known);
}

}  // namespace
}  // namespace ocrtune
