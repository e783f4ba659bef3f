// What holds for every pruner of the registry, and what each is for.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/search/samplers/page_order.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "support/errors.h"
#include "support/page_values.h"
#include "support/repetitions.h"

namespace ocrtune {
namespace {

using Values = std::vector<PageValue>;

double mean_of_values(const Values& values) {
  double sum = 0;
  for (const PageValue& value : values) sum += value.value;
  return sum / static_cast<double>(values.size());
}

Values in_order(const Values& values, const std::vector<std::size_t>& order) {
  std::map<std::size_t, PageValue> by_page;
  for (const PageValue& value : values) by_page.emplace(value.page, value);
  Values ordered;
  for (const std::size_t page : order) ordered.push_back(by_page.at(page));
  return ordered;
}

Values shuffled(Values values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[random.bits() % i]);
  return values;
}

/// Pages that a trial is evaluated on.
std::size_t pages_asked(Pruner& pruner, std::size_t number, const Values& values) {
  std::size_t pages = number == 0 ? values.size() : 1;
  while (pages < values.size() && !pruner.prunes(number, std::span(values).first(pages))) ++pages;
  return pages;
}

/// The same, and tells the pruner.
std::size_t run_trial(Pruner& pruner, std::size_t number, const Values& values) {
  const std::size_t pages = pages_asked(pruner, number, values);
  pruner.tell(number, std::span(values).first(pages), pages < values.size());
  return pages;
}

test::CorpusShape any_shape() {
  return {.pages = *rc::gen::inRange<std::size_t>(1, 16),
          .first_page = *rc::gen::inRange<std::size_t>(0, 5),
          .noise = *rc::gen::element(0.0, 0.3, 3.0)};
}

class PrunerContract : public testing::TestWithParam<PrunerKind> {
 protected:
  [[nodiscard]] std::unique_ptr<Pruner> make(std::size_t pages, std::uint64_t seed = 1) const {
    return GetParam().make({.pages = pages, .seed = seed});
  }
};

/// Pages of 40 trials, each in an order of its own where `shuffles` is set.
std::vector<std::size_t> pages_of(Pruner& pruner, const test::CorpusShape& shape,
                                  std::uint64_t seed, bool shuffles) {
  test::MadeUpTrials trials(shape, seed);
  Random random(seed);
  std::vector<std::size_t> pages;
  for (std::size_t number = 0; number < 40; ++number) {
    Values values = trials.next();
    if (shuffles) values = shuffled(values, random);
    pages.push_back(run_trial(pruner, number, values));
  }
  return pages;
}

TEST_P(PrunerContract, TheSameCallsGiveTheSameAnswers) {
  EXPECT_TRUE(rc::check("deterministic, any order of pages", [this] {
    const test::CorpusShape shape = any_shape();
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const bool shuffles = *rc::gen::arbitrary<bool>();
    const auto pages = pages_of(*make(shape.pages, seed), shape, seed, shuffles);
    RC_ASSERT(pages_of(*make(shape.pages, seed), shape, seed, shuffles) == pages);
    RC_ASSERT(
        std::ranges::all_of(pages, [&](std::size_t n) { return n >= 1 && n <= shape.pages; }));
  }));
}

TEST_P(PrunerContract, WhatIsBetterOnEveryPageIsNeverStopped) {
  EXPECT_TRUE(rc::check("better on every page", [this] {
    const test::CorpusShape shape = any_shape();
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto pruner = make(shape.pages, seed);
    test::MadeUpTrials trials(shape, seed);
    Random random(seed);
    std::map<std::size_t, double> least;
    for (std::size_t number = 0; number < 40; ++number) {
      Values values = trials.next();
      const bool better = number > 0 && random.chance(0.2);
      for (PageValue& value : values) {
        const double lowest = least.emplace(value.page, value.value).first->second;
        if (better) value.value = lowest - random.uniform(0.001, 1);
        least[value.page] = std::min(lowest, value.value);
      }
      const std::size_t pages = run_trial(*pruner, number, shuffled(values, random));
      if (better) RC_ASSERT(pages == shape.pages);
    }
  }));
}

TEST_P(PrunerContract, HopelessTrialsEndEarly) {
  if (GetParam().name == "none") GTEST_SKIP() << "stops nothing";
  EXPECT_TRUE(rc::check("worse on every page by far", [this] {
    test::CorpusShape shape = any_shape();
    shape.pages += 12;
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto pruner = make(shape.pages, seed);
    test::MadeUpTrials trials(shape, seed);
    for (std::size_t number = 0; number < 40; ++number)
      (void)run_trial(*pruner, number, trials.next());
    std::size_t pages = 0;
    // So many that hyperband's brackets get their shares of them.
    constexpr std::size_t kHopeless = 300;
    for (std::size_t number = 40; number < 40 + kHopeless; ++number) {
      Values values = trials.next(5);
      for (PageValue& value : values) value.value += 30;
      pages += pages_asked(*pruner, number, values);
    }
    RC_ASSERT(2 * pages <= kHopeless * shape.pages);
  }));
}

TEST_P(PrunerContract, AllTrialsAlikeAreKept) {
  const auto pruner = make(10);
  Values values;
  for (std::size_t page = 0; page < 10; ++page)
    values.push_back({.page = page, .value = static_cast<double>(page)});
  for (std::size_t number = 0; number < 30; ++number)
    EXPECT_EQ(run_trial(*pruner, number, values), 10U) << number;
}

TEST_P(PrunerContract, StopsNothingBeforeAWholeTrial) {
  const auto pruner = make(5);
  const Values values{{.page = 7, .value = 1e9}, {.page = 2, .value = 1e9}};
  EXPECT_FALSE(pruner->prunes(1, values));
  pruner->tell(1, values, true);
  EXPECT_FALSE(pruner->prunes(2, std::span(values).first(1)));
}

TEST_P(PrunerContract, SaysWhatItIs) {
  EXPECT_EQ(&pruner_named(GetParam().name), &pruner_named(GetParam().name));
  EXPECT_EQ(GetParam().summary.back(), '.');
  EXPECT_FALSE(GetParam().good_for.empty());
  EXPECT_EQ(GetParam().cites.empty(), GetParam().name == "none");
}

INSTANTIATE_TEST_SUITE_P(Registry, PrunerContract, testing::ValuesIn(all_pruners()),
                         [](const auto& pruner) { return pruner.param.name; });

TEST(PrunerRegistry, UnknownNamesAreRefused) {
  const std::string message =
      test::error_of(Errc::invalid_argument, [] { (void)pruner_named("racin"); });
  EXPECT_NE(message.find("did you mean"), std::string::npos) << message;
}

TEST(MedianPruner, ComparesOnTheSamePages) {
  const auto pruner = pruner_named("median").make({.pages = 4});
  // Pages 0 and 1 have low values, pages 2 and 3 high ones, in every trial.
  for (std::size_t number = 0; number < 9; ++number) {
    const double offset = static_cast<double>(number);
    pruner->tell(number, Values{{0, offset}, {1, offset}, {2, 100 + offset}, {3, 100 + offset}},
                 false);
  }
  EXPECT_FALSE(pruner->prunes(9, Values{{2, 101}}));
  EXPECT_FALSE(pruner->prunes(9, Values{{2, 103.5}, {3, 104.5}}));
  EXPECT_TRUE(pruner->prunes(9, Values{{2, 104}, {3, 104.5}}));
  EXPECT_TRUE(pruner->prunes(9, Values{{0, 6}, {1, 5}}));
}

TEST(HalvingPruner, AThirdGoesOnAtEachRung) {
  const auto pruner = pruner_named("halving").make({.pages = 20});
  for (std::size_t number = 0; number < 29; ++number) {
    Values values;
    for (std::size_t page = 0; page < 20; ++page)
      values.push_back({page, static_cast<double>(number)});
    pruner->tell(number, values, false);
  }
  const auto stopped_after = [&](double value) {
    Values values;
    while (values.size() < 19) {
      values.push_back({values.size(), value});
      if (pruner->prunes(29, values)) break;
    }
    return values.size();
  };
  EXPECT_EQ(stopped_after(9.5), 2U);
  EXPECT_EQ(stopped_after(8.5), 19U);
}

TEST(HyperbandPruner, BracketsStopAtDifferentPages) {
  const auto pruner = pruner_named("hyperband").make({.pages = 60, .seed = 4});
  test::MadeUpTrials trials({.pages = 60, .noise = 0}, 4);
  std::map<std::size_t, int> stops;
  for (std::size_t number = 0; number < 300; ++number)
    ++stops[run_trial(*pruner, number, trials.next())];
  for (const std::size_t rung : {2U, 6U, 18U, 54U}) EXPECT_GT(stops[rung], 0) << rung;
  EXPECT_GT(stops[2], stops[18]);
}

/// What a search finds with racing and informed page orders.
struct Race {
  double share = 0;   // of the pages that were evaluated
  double regret = 0;  // of the picked trial's mean, in standard deviations of the trials' means
};

Race race(const test::CorpusShape& shape, std::size_t count, std::uint64_t seed) {
  test::MadeUpTrials trials(shape, seed);
  PageOrder order(trials.pages(), seed);
  const auto pruner = pruner_named("racing").make({.pages = shape.pages, .seed = seed});
  std::size_t pages = 0;
  double picked = 1e300;
  std::vector<double> means;
  for (std::size_t number = 0; number < count; ++number) {
    const Values values = in_order(trials.next(), order.order());
    const std::size_t seen = run_trial(*pruner, number, values);
    order.tell(std::span(values).first(seen));
    pages += seen;
    means.push_back(mean_of_values(values));
    if (seen == shape.pages) picked = std::min(picked, means.back());
  }
  const double centre = mean_of(means);
  double variance = 0;
  for (const double mean : means) variance += (mean - centre) * (mean - centre);
  const double best = std::ranges::min(means);
  return {.share = static_cast<double>(pages) / static_cast<double>(count * shape.pages),
          .regret = (picked - best) / std::sqrt(variance / static_cast<double>(count))};
}

class Racing : public testing::TestWithParam<test::CorpusShape> {};

TEST_P(Racing, FindsTheBestOnFewPages) {
  const int races = test::repetitions(20, 20, 10);
  double share = 0;
  double regret = 0;
  for (int seed = 1; seed <= races; ++seed) {
    const Race one = race(GetParam(), 128, static_cast<std::uint64_t>(seed));
    share += one.share / races;
    regret += one.regret / races;
  }
  EXPECT_LT(share, 0.4);
  EXPECT_LT(regret, 0.25);
}

INSTANTIATE_TEST_SUITE_P(Corpora, Racing,
                         testing::Values(test::CorpusShape{.pages = 12, .noise = 0.5},
                                         test::CorpusShape{.pages = 30, .noise = 3},
                                         test::CorpusShape{.pages = 50, .noise = 2},
                                         test::CorpusShape{.pages = 20, .one_page_tells = true}),
                         [](const auto& shape) {
                           return "Pages" + std::to_string(shape.param.pages);
                         });

TEST(RacingPruner, StopsNoneOfTheFirstTrials) {
  const auto pruner = pruner_named("racing").make({.pages = 12});
  test::MadeUpTrials trials({}, 1);
  for (std::size_t number = 0; number < 6; ++number)
    EXPECT_EQ(run_trial(*pruner, number, trials.next(static_cast<double>(number))), 12U);
}

TEST(RacingPruner, WaitsUntilPagesThatDisagreeAreSeen) {
  const auto pruner = pruner_named("racing").make({.pages = 12});
  test::MadeUpTrials trials({.noise = 10}, 1);
  for (std::size_t number = 0; number < 40; ++number) pruner->tell(number, trials.next(), false);
  // A little worse than any is no reason where pages differ so much.
  Values values = trials.next(0.5);
  values.resize(2);
  EXPECT_FALSE(pruner->prunes(40, values));
}

}  // namespace
}  // namespace ocrtune
