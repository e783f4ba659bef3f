#include "ocrtune/corpus/host_turns.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace ocrtune {
namespace {

using std::chrono::milliseconds;

/// How long a call takes.
template <typename Call>
milliseconds time_of(Call call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

TEST(HostTurns, HaveAnIntervalBetweenThem) {
  HostTurns turns;
  const auto took = time_of([&] {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] { turns.wait("a.example.org", milliseconds(50)); });
  });
  EXPECT_GE(took, milliseconds(149));
}

TEST(HostTurns, OfOtherHostsDoNotWait) {
  HostTurns turns;
  turns.wait("a.example.org", std::chrono::hours(1));
  turns.hold("a.example.org", std::chrono::hours(1));
  turns.wait("b.example.org", std::chrono::hours(1));
}

TEST(HostTurns, OfAHostThatIsHeldWait) {
  HostTurns turns;
  turns.hold("a.example.org", milliseconds(100));
  turns.hold("a.example.org", milliseconds(1));
  EXPECT_GE(time_of([&] { turns.wait("a.example.org", milliseconds(0)); }), milliseconds(90));
}

}  // namespace
}  // namespace ocrtune
