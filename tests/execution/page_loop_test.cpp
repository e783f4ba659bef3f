#include "ocrtune/execution/page_loop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "execution/small_corpus.h"
#include "ocrtune/base/random.h"

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
          [&](std::size_t page, RecognizerPool&) {
            rest(static_cast<int>(mix64(page) % 5));
            ++worked[page];
            return true;
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
      [&](std::size_t page, RecognizerPool&) {
        if (page == 20) stop = true;
        rest(1);
        return !stop;
      },
      [&](std::size_t page) { emitted.push_back(page); }, stop);
  EXPECT_LE(emitted.size(), 25U);
  for (std::size_t i = 0; i < emitted.size(); ++i) EXPECT_EQ(emitted[i], i);
}

TEST(ForEachPage, ExceptionsComeThrough) {
  for (const int workers : {1, 4}) {
    std::vector<std::size_t> emitted;
    const auto emit = [&](std::size_t page) { emitted.push_back(page); };
    const auto work = [](std::size_t page, RecognizerPool&) {
      if (page == 5) throw std::runtime_error("page five");
      return true;
    };
    EXPECT_THROW(for_each_page(100, workers, {}, work, emit, test::kGoOn), std::runtime_error);
    EXPECT_LE(emitted.size(), 5U);
    const auto fine = [](std::size_t, RecognizerPool&) { return true; };
    const auto fail = [](std::size_t page) {
      if (page == 3) throw std::logic_error("three");
    };
    EXPECT_THROW(for_each_page(100, workers, {}, fine, fail, test::kGoOn), std::logic_error);
  }
}

}  // namespace
}  // namespace ocrtune
