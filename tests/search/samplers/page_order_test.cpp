#include "ocrtune/search/samplers/page_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "support/page_values.h"

namespace ocrtune {
namespace {

using Pages = std::vector<std::size_t>;

bool same_pages(Pages a, Pages b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

TEST(PageOrder, IsAPermutationThatDependsOnWhatWasTold) {
  EXPECT_TRUE(rc::check("a permutation, always the same", [] {
    const test::CorpusShape shape{.pages = *rc::gen::inRange<std::size_t>(1, 40),
                                  .first_page = *rc::gen::inRange<std::size_t>(0, 9),
                                  .noise = *rc::gen::element(0.0, 1.0, 20.0)};
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    test::MadeUpTrials trials(shape, seed);
    PageOrder order(trials.pages(), seed);
    PageOrder again(Pages(trials.pages().rbegin(), trials.pages().rend()), seed);
    Random random(seed);
    for (int trial = 0; trial < 30; ++trial) {
      std::vector<PageValue> values = trials.next();
      if (random.chance(0.5)) values.resize(1 + random.bits() % values.size());
      order.tell(values);
      again.tell(values);
      RC_ASSERT(same_pages(order.order(), trials.pages()));
      RC_ASSERT(again.order() == order.order());
    }
  }));
}

TEST(PageOrder, IsShuffledBySeedAtFirst) {
  Pages pages(20);
  for (std::size_t i = 0; i < pages.size(); ++i) pages[i] = i;
  std::set<Pages> orders;
  std::set<std::size_t> first;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    orders.insert(PageOrder(pages, seed).order());
    first.insert(PageOrder(pages, seed).order().front());
  }
  EXPECT_EQ(orders.size(), 200U);
  EXPECT_EQ(first.size(), 20U);
}

TEST(PageOrder, ThePageThatTellsMostComesFirst) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    test::MadeUpTrials trials({.pages = 20, .noise = 1, .one_page_tells = true}, seed);
    PageOrder order(trials.pages(), seed);
    for (int trial = 0; trial < 20; ++trial) order.tell(trials.next());
    EXPECT_EQ(order.order().front(), trials.pages().back()) << seed;
  }
}

TEST(PageOrder, APageThatSaysTheSameAsAnotherWaits) {
  // Page 1 repeats page 0; page 2 varies less than they, but on its own.
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PageOrder order({0, 1, 2, 3}, seed);
    Random random(seed);
    for (int trial = 0; trial < 60; ++trial) {
      const double shared = random.normal(0, 3);
      const double alone = random.normal(0, 2);
      order.tell(std::vector<PageValue>{{0, shared},
                                        {1, shared + random.normal(0, 0.1)},
                                        {2, alone},
                                        {3, random.normal(0, 0.1)}});
    }
    EXPECT_LE(order.order()[0], 1U) << seed;
    EXPECT_EQ(order.order()[1], 2U) << seed;
  }
}

TEST(PageOrder, APageThatNeverVariesComesLast) {
  PageOrder order({5, 6, 7}, 1);
  Random random(1);
  for (int trial = 0; trial < 60; ++trial)
    order.tell(std::vector<PageValue>{{5, 42}, {6, random.normal(0, 1)}, {7, random.normal(0, 1)}});
  EXPECT_EQ(order.order().back(), 5U);
}

}  // namespace
}  // namespace ocrtune
