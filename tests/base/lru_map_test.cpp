#include "ocrtune/base/lru_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ocrtune {
namespace {

TEST(LruMap, DropsWhatWasUsedLeastRecently) {
  LruMap<int, std::string> map(3);
  map.insert(1, "one", 1);
  map.insert(2, "two", 1);
  map.insert(3, "three", 1);
  ASSERT_NE(map.find(1), nullptr);
  map.insert(4, "four", 1);
  EXPECT_EQ(map.find(2), nullptr);
  EXPECT_EQ(*map.find(1), "one");
  map.insert(5, "five", 2);
  EXPECT_EQ(map.find(3), nullptr);
  EXPECT_EQ(map.find(4), nullptr);
  EXPECT_EQ(*map.find(1), "one");
  map.insert(6, "too large", 4);
  EXPECT_EQ(map.find(6), nullptr);
  EXPECT_EQ(map.size(), 2U);
}

/// The same by a list that is searched through.
struct PlainLru {
  struct Entry {
    int key;
    int value;
    std::uint64_t cost;
  };
  std::uint64_t capacity;
  std::vector<Entry> entries;  // least recently used first

  const int* find(int key) {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    if (found == entries.end()) return nullptr;
    std::rotate(found, found + 1, entries.end());
    return &entries.back().value;
  }

  void insert(int key, int value, std::uint64_t cost) {
    std::erase_if(entries, [&](const Entry& entry) { return entry.key == key; });
    if (cost > capacity) return;
    entries.push_back({key, value, cost});
    const auto total = [&] {
      std::uint64_t sum = 0;
      for (const Entry& entry : entries) sum += entry.cost;
      return sum;
    };
    while (total() > capacity) entries.erase(entries.begin());
  }
};

RC_GTEST_PROP(LruMap, IsWhatAPlainListDoes, ()) {
  const auto capacity = static_cast<std::uint64_t>(*rc::gen::inRange(0, 20));
  LruMap<int, int> map(capacity);
  PlainLru plain{capacity, {}};
  const int steps = *rc::gen::inRange(0, 200);
  for (int step = 0; step < steps; ++step) {
    const int key = *rc::gen::inRange(0, 12);
    if (*rc::gen::arbitrary<bool>()) {
      const auto cost = static_cast<std::uint64_t>(*rc::gen::inRange(0, 7));
      map.insert(key, step, cost);
      plain.insert(key, step, cost);
    }
    const int* expected = plain.find(key);
    const int* found = map.find(key);
    RC_ASSERT((found == nullptr) == (expected == nullptr));
    if (found != nullptr) RC_ASSERT(*found == *expected);
    RC_ASSERT(map.size() == plain.entries.size());
    RC_ASSERT(map.cost() <= capacity);
  }
}

}  // namespace
}  // namespace ocrtune
