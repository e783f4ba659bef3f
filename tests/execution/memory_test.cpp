#include "ocrtune/execution/memory.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "ocrtune/execution/keyed_mutex.h"

namespace ocrtune {
namespace {

TEST(PlanMemory, DividesWhatThereIs) {
  for (const std::uint64_t total : {0ULL, 1ULL, 100'000'000ULL, 300'000'000ULL, 4'000'000'000ULL}) {
    for (const int workers : {1, 2, 64}) {
      const MemoryPlan plan = plan_memory(total, workers);
      EXPECT_GE(plan.workers, 1);
      EXPECT_LE(plan.workers, workers);
      EXPECT_LE(plan.pages + plan.cache + plan.tasks + plan.finished, total);
    }
  }
  EXPECT_EQ(plan_memory(100'000'000, 8).workers, 1);
  EXPECT_EQ(plan_memory(16'000'000'000, 8).workers, 8);
  EXPECT_GT(plan_memory(16'000'000'000, 8).cache, 1'000'000'000U);
  // A page of 300 dpi goes before what is kept for later.
  EXPECT_GE(plan_memory(300'000'000, 2).tasks, 87'000'000U);
  EXPECT_EQ(plan_memory(250'000'000, 2).cache, 0U);
}

TEST(MemoryGate, LetsInWhatFits) {
  MemoryGate gate(100);
  std::atomic<std::uint64_t> taken{0};
  std::atomic<bool> over{false};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 6; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t i = 0; i < 200; ++i) {
        const std::uint64_t bytes = (static_cast<std::uint64_t>(thread) * 37 + i * 13) % 70;
        const MemoryGate::Reservation reservation(gate, bytes);
        if (taken += bytes; taken > 100) over = true;
        taken -= bytes;
      }
    });
  }
  threads.clear();
  EXPECT_FALSE(over);
}

TEST(MemoryGate, LetsInWhatIsTooLargeAlone) {
  MemoryGate gate(10);
  std::atomic<int> inside{0};
  std::atomic<bool> together{false};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        const MemoryGate::Reservation reservation(gate, 1'000'000);
        if (++inside > 1) together = true;
        --inside;
      }
    });
  }
  threads.clear();
  EXPECT_FALSE(together);
}

TEST(MemoryGate, RoomsGrowWithoutWaitingForEachOther) {
  MemoryGate gate(100);
  std::atomic<std::uint64_t> taken{0};
  std::atomic<bool> over{false};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        MemoryGate::Reservation reservation(gate, 40);
        reservation.grow_to(20);
        reservation.grow_to(i % 3 == 0 ? 1'000'000 : 90);
        const std::uint64_t bytes = i % 3 == 0 ? 100 : 90;
        if (taken += bytes; taken > 100) over = true;
        taken -= bytes;
      }
    });
  }
  threads.clear();
  EXPECT_FALSE(over);
}

TEST(MemoryGate, IsNotAskedWithATurn) {
  MemoryGate gate(100);
  KeyedMutex turns;
  MemoryGate::Reservation before(gate, 40);
  {
    const KeyedMutex::Lock turn(turns, content_hash("a"));
    EXPECT_THROW(MemoryGate::Reservation(gate, 10), std::logic_error);
    EXPECT_THROW(before.grow_to(60), std::logic_error);
    before.grow_to(30);
  }
  before.grow_to(100);
}

TEST(OcrBytes, GrowWithTheImage) {
  EXPECT_EQ(ocr_bytes({0, 0}), 0U);
  EXPECT_EQ(ocr_bytes({2000, 1000}), task_bytes({.width = 2000, .height = 1000}, false));
}

TEST(MemoryGate, LetsInByTheOrderOfAsking) {
  MemoryGate gate(10);
  std::mutex mutex;
  std::vector<int> order;
  const auto ask = [&](int who, std::uint64_t bytes) {
    return std::jthread([&, who, bytes] {
      const MemoryGate::Reservation reservation(gate, bytes);
      const std::scoped_lock lock(mutex);
      order.push_back(who);
    });
  };
  const auto rest = [] { std::this_thread::sleep_for(std::chrono::milliseconds(30)); };
  {
    std::vector<std::jthread> threads;
    {
      const MemoryGate::Reservation reservation(gate, 5);
      threads.push_back(ask(1, 10));
      rest();
      threads.push_back(ask(2, 1));  // would fit, but the larger one isn't to wait for ever
      rest();
      const std::scoped_lock lock(mutex);
      EXPECT_TRUE(order.empty());
    }
  }
  EXPECT_EQ(order, (std::vector{1, 2}));
}

}  // namespace
}  // namespace ocrtune
