#include "ocrtune/execution/page_loop.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "ocrtune/base/library_threads.h"

namespace ocrtune {
namespace {

/// How often waiting threads look for `stop`.
constexpr std::chrono::milliseconds kTick{100};

/// What the threads of a loop share.
class Loop {
 public:
  Loop(std::size_t page_count, const std::atomic<bool>& stop, std::uint64_t most_waiting)
      : results_(page_count), stop_(stop), most_waiting_(most_waiting) {}

  /// The next page to begin; nothing after the last one.
  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex_);
    wait(lock, [&] {
      return next_ == results_.size() || next_ == emitted_ || waiting_ <= most_waiting_;
    });
    if (is_over() || next_ == results_.size()) return std::nullopt;
    return next_++;
  }

  void note_result(std::size_t page, std::uint64_t bytes) {
    const std::scoped_lock lock(mutex_);
    results_[page] = bytes;
    waiting_ += bytes;
    changed_.notify_all();
  }

  /// Waits for the result of the next page to emit; false if there will be none.
  bool wait_for_result() {
    std::unique_lock lock(mutex_);
    wait(lock, [&] { return results_[emitted_].has_value(); });
    return results_[emitted_].has_value();
  }

  void note_emitted() {
    const std::scoped_lock lock(mutex_);
    waiting_ -= *results_[emitted_++];
    changed_.notify_all();
  }

  /// Ends the loop with the current exception.
  void fail() {
    const std::scoped_lock lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    changed_.notify_all();
  }

  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  [[nodiscard]] bool is_over() const { return stop_ || failure_; }

  template <typename Condition>
  void wait(std::unique_lock<std::mutex>& lock, Condition condition) {
    while (!is_over() && !condition()) changed_.wait_for(lock, kTick);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<std::uint64_t>> results_;  // bytes of each, once there
  const std::atomic<bool>& stop_;
  const std::uint64_t most_waiting_;
  std::uint64_t waiting_ = 0;  // bytes of results that are not emitted yet
  std::size_t next_ = 0;       // page to begin
  std::size_t emitted_ = 0;    // page to emit
  std::exception_ptr failure_;
};

void run_worker(Loop& loop, const RecognitionOptions& recognition, const PageAction& work) {
  try {
    RecognizerPool recognizers(recognition);
    while (const auto page = loop.take()) {
      const auto done = work(*page, recognizers);
      if (!done) return;
      loop.note_result(*page, done->bytes);
    }
  } catch (...) {
    loop.fail();
  }
}

}  // namespace

void for_each_page(std::size_t page_count, int workers, const RecognitionOptions& recognition,
                   const PageAction& work, const std::function<void(std::size_t)>& emit,
                   const std::atomic<bool>& stop, std::uint64_t most_waiting) {
  const SerialOpenCv serial;
  Loop loop(page_count, stop, most_waiting);
  {
    std::vector<std::jthread> threads;
    try {
      for (int i = 0; i < std::max(1, workers); ++i)
        threads.emplace_back([&] { run_worker(loop, recognition, work); });
      for (std::size_t page = 0; page < page_count && loop.wait_for_result(); ++page) {
        emit(page);
        loop.note_emitted();
      }
    } catch (...) {
      loop.fail();
    }
  }
  loop.rethrow_failure();
}

}  // namespace ocrtune
