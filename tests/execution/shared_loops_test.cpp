#include "ocrtune/execution/shared_loops.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace ocrtune {
namespace {

using namespace std::chrono_literals;

/// Loops, with threads that do nothing but help.
class SharedLoopsOf : public ::testing::TestWithParam<int> {
 protected:
  SharedLoopsOf() {
    for (int i = 0; i < GetParam(); ++i) {
      helpers_.emplace_back([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          loops_.help();
          std::this_thread::yield();
        }
      });
    }
  }

  std::atomic<int> opened_{0};
  SharedLoops loops_{[this] { ++opened_; }};
  std::vector<std::jthread> helpers_;
};

INSTANTIATE_TEST_SUITE_P(Threads, SharedLoopsOf, ::testing::Values(0, 1, 3));

TEST_P(SharedLoopsOf, ExecuteEachStepOnce) {
  std::vector<std::jthread> owners;
  owners.reserve(2);
  for (int owner = 0; owner < 2; ++owner) {
    owners.emplace_back([&] {
      for (std::size_t count = 0; count < 200; ++count) {
        std::vector<std::atomic<int>> times(count);
        loops_.run(count, [&](std::size_t i) { ++times[i]; });
        for (const auto& one : times) EXPECT_EQ(one, 1);
      }
    });
  }
  owners.clear();
  EXPECT_FALSE(loops_.has_steps());
}

TEST_P(SharedLoopsOf, TellTheTimeOfTheOthers) {
  std::atomic<int> by_others{0};
  const auto owner = std::this_thread::get_id();
  const double ms = loops_.run(8, [&](std::size_t) {
    if (std::this_thread::get_id() != owner) ++by_others;
    std::this_thread::sleep_for(20ms);
  });
  // At most one of their steps was waited for.
  EXPECT_GE(ms, 20.0 * (by_others - 1) - 10);
  if (GetParam() == 0)
    EXPECT_NEAR(ms, 0, 1);
  else
    EXPECT_GT(by_others, 0);
  EXPECT_EQ(opened_, 1);
}

TEST_P(SharedLoopsOf, StopAtTheFirstException) {
  for (int i = 0; i < 50; ++i) {
    std::atomic<int> executed{0};
    EXPECT_THROW(loops_.run(1000,
                            [&](std::size_t step) {
                              ++executed;
                              if (step >= 2) throw std::runtime_error("step");
                            }),
                 std::runtime_error);
    EXPECT_LT(executed, 1000);
    EXPECT_FALSE(loops_.has_steps());
  }
}

}  // namespace
}  // namespace ocrtune
