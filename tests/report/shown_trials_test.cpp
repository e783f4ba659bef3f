#include "ocrtune/report/shown_trials.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support/studies.h"

namespace ocrtune {
namespace {

using Numbers = std::vector<std::size_t>;

constexpr std::size_t kMax = 100;

/// Values without an order, each once.
std::vector<double> scattered(std::size_t count) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(static_cast<double>((i * 7919 + 13) % count));
  return values;
}

ShownTrials shown_of(const std::vector<double>& confidences, std::size_t counted) {
  ShownTrials shown(test::study_by_confidence(1), counted, kMax);
  for (std::size_t i = 0; i < confidences.size(); ++i)
    shown.add(test::trial_with(i, {confidences[i]}));
  return shown;
}

Numbers numbers_of(ShownTrials shown) {
  Numbers numbers;
  for (const Trial& trial : std::move(shown).chosen()) numbers.push_back(trial.number);
  return numbers;
}

TEST(ShownTrials, AreAllOfAFew) {
  for (const std::size_t count : {std::size_t{1}, kMax - 1, kMax}) {
    const Numbers numbers = numbers_of(shown_of(scattered(count), count));
    ASSERT_EQ(numbers.size(), count);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(numbers[i], i);
  }
}

TEST(ShownTrials, OfManyAreTheBestTheLastAndASampleOfTheOthers) {
  constexpr std::size_t kCount = 5003;
  const std::vector<double> values = scattered(kCount);
  const Numbers numbers = numbers_of(shown_of(values, kCount));
  EXPECT_TRUE(std::ranges::is_sorted(numbers));
  const std::set<std::size_t> found(numbers.begin(), numbers.end());
  EXPECT_EQ(found.size(), numbers.size());
  EXPECT_EQ(numbers.size(), kMax);
  EXPECT_TRUE(found.contains(0));
  for (std::size_t i = kCount - 5; i < kCount; ++i) EXPECT_TRUE(found.contains(i)) << i;
  double best = -1;
  for (std::size_t i = 0; i < kCount; ++i) {
    if (values[i] <= best) continue;
    EXPECT_TRUE(found.contains(i)) << "the best so far: " << i;
    best = values[i];
  }
  std::size_t of_best = 0;
  for (const std::size_t number : numbers) of_best += values[number] >= kCount - 15 ? 1U : 0U;
  EXPECT_EQ(of_best, 15U);
  // Even: each tenth of the study has its share.
  for (std::size_t part = 0; part < 10; ++part) {
    const auto of_part = std::ranges::count_if(
        numbers, [&](std::size_t number) { return number * 10 / kCount == part; });
    EXPECT_GE(of_part, 4) << part;
  }
}

TEST(ShownTrials, AreFewEvenIfEachIsTheBestSoFarOrMoreComeThanWereCounted) {
  std::vector<double> rising(1000);
  for (std::size_t i = 0; i < rising.size(); ++i) rising[i] = static_cast<double>(i);
  EXPECT_EQ(numbers_of(shown_of(rising, rising.size())).size(), kMax);
  const Numbers more = numbers_of(shown_of(scattered(1000), 900));
  EXPECT_TRUE(std::ranges::find(more, 999U) != more.end());
}

TEST(ShownTrials, HaveThoseThatAreRequiredOnce) {
  const std::vector<double> values = scattered(1000);
  ShownTrials shown = shown_of(values, 1000);
  std::size_t left_out = 1;
  const Numbers before = numbers_of(shown);
  while (std::ranges::find(before, left_out) != before.end()) ++left_out;
  for (int i = 0; i < 2; ++i) shown.require(test::trial_with(left_out, {values[left_out]}));
  EXPECT_TRUE(shown.has(left_out));
  EXPECT_EQ(std::ranges::count(numbers_of(shown), left_out), 1);
}

}  // namespace
}  // namespace ocrtune
