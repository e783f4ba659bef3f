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

void for_each_page(std::size_t page_count, int workers, const RecognitionOptions& recognition,
                   const std::function<bool(std::size_t, RecognizerPool&)>& work,
                   const std::function<void(std::size_t)>& emit, const std::atomic<bool>& stop) {
  const SerialOpenCv serial;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<bool> done(page_count, false);
  std::size_t next = 0;
  std::exception_ptr failure;
  std::atomic<bool> ended{false};
  const auto fail = [&] {
    const std::scoped_lock lock(mutex);
    if (!failure) failure = std::current_exception();
    ended = true;
    changed.notify_all();
  };
  const auto take = [&](std::size_t& page) {
    const std::scoped_lock lock(mutex);
    page = next;
    return !stop && !ended && next < page_count && ++next > 0;
  };
  const auto run_worker = [&] {
    try {
      RecognizerPool recognizers(recognition);
      for (std::size_t page = 0; take(page);) {
        if (!work(page, recognizers)) break;
        const std::scoped_lock lock(mutex);
        done[page] = true;
        changed.notify_all();
      }
    } catch (...) {
      fail();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < std::max(1, workers); ++i) threads.emplace_back(run_worker);
    try {
      for (std::size_t page = 0; page < page_count; ++page) {
        {
          std::unique_lock lock(mutex);
          while (!done[page] && !ended && !stop)
            changed.wait_for(lock, std::chrono::milliseconds(100));
          if (!done[page]) break;
        }
        emit(page);
      }
    } catch (...) {
      fail();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace ocrtune
