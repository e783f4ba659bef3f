#include "ocrtune/execution/page_loop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>

#include "execution/small_corpus.h"
#include "ocrtune/base/random.h"
#include "support/must_end.h"

namespace ocrtune {
namespace {

void rest(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

TEST(ForEachPage, EmitsInOrderFromTheCallingThread) {
  for (const int workers : {0, 1, 2, 7}) {
    for (const std::size_t count : {0U, 1U, 20U}) {
      std::vector<std::atomic<int>> worked(count);
      std::vector<std::size_t> emitted;
      for_each_page(
          count, workers, {},
          [&](std::size_t page, RecognizerPool&) -> std::optional<PageDone> {
            rest(static_cast<int>(mix64(page) % 5));
            ++worked[page];
            return PageDone{page % 3};
          },
          [&, caller = std::this_thread::get_id()](std::size_t page) {
            EXPECT_EQ(std::this_thread::get_id(), caller);
            EXPECT_EQ(worked[page], 1);
            emitted.push_back(page);
          },
          test::kGoOn);
      std::vector<std::size_t> all(count);
      std::iota(all.begin(), all.end(), std::size_t{0});
      EXPECT_EQ(emitted, all);
    }
  }
}

TEST(ForEachPage, StoppedItEmitsWhatIsWholeUpToThere) {
  std::atomic<bool> stop{false};
  std::vector<std::size_t> emitted;
  for_each_page(
      1000, 3, {},
      [&](std::size_t page, RecognizerPool&) -> std::optional<PageDone> {
        if (page == 20) stop = true;
        rest(1);
        return stop ? std::nullopt : std::optional(PageDone{});
      },
      [&](std::size_t page) { emitted.push_back(page); }, stop);
  EXPECT_LE(emitted.size(), 25U);
  for (std::size_t i = 0; i < emitted.size(); ++i) EXPECT_EQ(emitted[i], i);
}

// Page 0 ends when another worker has nothing left that it may begin.
TEST(ForEachPage, FewResultsWaitForASlowPage) {
  constexpr std::uint64_t kMost = 30;
  constexpr std::uint64_t kEach = 10;
  std::atomic<std::uint64_t> waiting{0};
  std::atomic<std::uint64_t> highest{0};
  std::vector<std::size_t> emitted;
  test::must_end("a slow page", [&] {
    for_each_page(
        40, 3, {},
        [&](std::size_t page, RecognizerPool&) -> std::optional<PageDone> {
          while (page == 0 && waiting <= kMost) rest(1);
          if (page == 0) rest(50);
          const std::uint64_t now = waiting += kEach;
          std::uint64_t before = highest;
          while (before < now && !highest.compare_exchange_weak(before, now)) {
          }
          return PageDone{kEach};
        },
        [&](std::size_t page) {
          waiting -= kEach;
          emitted.push_back(page);
        },
        test::kGoOn, kMost);
  });
  EXPECT_EQ(emitted.size(), 40U);
  // Each worker may have begun a page before the last result that was too many.
  EXPECT_LE(highest, kMost + 3 * kEach);
}

TEST(ForEachPage, ResultsThatAreTooLargeAreEmittedOneByOne) {
  std::vector<std::size_t> emitted;
  test::must_end("large results", [&] {
    for_each_page(
        20, 4, {},
        [](std::size_t, RecognizerPool&) -> std::optional<PageDone> { return PageDone{1000}; },
        [&](std::size_t page) { emitted.push_back(page); }, test::kGoOn);
  });
  EXPECT_EQ(emitted.size(), 20U);
}

TEST(ForEachPage, ExceptionsComeThrough) {
  for (const int workers : {1, 4}) {
    std::vector<std::size_t> emitted;
    const auto emit = [&](std::size_t page) { emitted.push_back(page); };
    const auto work = [](std::size_t page, RecognizerPool&) -> std::optional<PageDone> {
      if (page == 5) throw std::runtime_error("page five");
      return PageDone{};
    };
    EXPECT_THROW(for_each_page(100, workers, {}, work, emit, test::kGoOn), std::runtime_error);
    EXPECT_LE(emitted.size(), 5U);
    const auto fine = [](std::size_t, RecognizerPool&) -> std::optional<PageDone> {
      return PageDone{};
    };
    const auto fail = [](std::size_t page) {
      if (page == 3) throw std::logic_error("three");
    };
    EXPECT_THROW(for_each_page(100, workers, {}, fine, fail, test::kGoOn), std::logic_error);
  }
}

}  // namespace
}  // namespace ocrtune
