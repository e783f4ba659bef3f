#include "ocrtune/base/worker_threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

namespace ocrtune {
namespace {

using namespace std::chrono_literals;

TEST(WorkerThreads, AreWaitedFor) {
  std::atomic<int> done{0};
  WorkerThreads threads;
  for (int i = 0; i < 4; ++i) threads.start([&done] { ++done; });
  threads.join();
  EXPECT_EQ(done, 4);
  for (int i = 0; i < 4; ++i) threads.start([&done] { ++done; });
  EXPECT_EQ(threads.join_within(1min), 0U);
  EXPECT_EQ(done, 8);
  EXPECT_EQ(threads_left_behind(), 0U);
}

TEST(WorkerThreads, AreLeftBehindWithWhatTheyOwn) {
  struct Shared {
    std::atomic<bool> go_on{false};
    std::atomic<int> done{0};
  };
  const auto shared = std::make_shared<Shared>();
  const auto owned = std::make_shared<int>(5);
  {
    WorkerThreads threads;
    for (int i = 0; i < 3; ++i) {
      threads.start([shared, owned] {
        while (!shared->go_on) std::this_thread::sleep_for(1ms);
        ++shared->done;
      });
    }
    threads.start([shared] { ++shared->done; });
    EXPECT_EQ(threads.join_within(50ms), 3U);
    EXPECT_EQ(threads_left_behind(), 3U);
    EXPECT_EQ(shared->done, 1);
  }
  shared->go_on = true;
  while (threads_left_behind() > 0) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(shared->done, 4);
  EXPECT_EQ(owned.use_count(), 1);
}

}  // namespace
}  // namespace ocrtune
