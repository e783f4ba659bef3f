#include "ocrtune/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace ocrtune {
namespace {

TEST(ParallelFor, CallsEveryIndexOnce) {
  for (const int workers : {-1, 0, 1, 2, 5, 64}) {
    for (const std::size_t count : {0U, 1U, 3U, 1000U}) {
      std::vector<std::atomic<int>> calls(count);
      parallel_for(workers, count, [&](std::size_t i) { ++calls[i]; });
      for (const auto& times : calls) ASSERT_EQ(times, 1) << workers << " workers";
    }
  }
}

TEST(ParallelFor, ThrowsTheFirstExceptionAfterAllHaveEnded) {
  for (const int workers : {1, 4}) {
    std::atomic<int> inside{0};
    std::atomic<std::size_t> begun{0};
    const auto body = [&](std::size_t i) {
      ++inside;
      ++begun;
      if (i == 10) {
        --inside;
        throw std::runtime_error("ten");
      }
      --inside;
    };
    EXPECT_THROW(parallel_for(workers, 1'000'000, body), std::runtime_error);
    EXPECT_EQ(inside, 0);
    EXPECT_LT(begun, 1'000'000U);
  }
}

}  // namespace
}  // namespace ocrtune
