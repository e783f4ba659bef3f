#include "ocrtune/base/worker_threads.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace ocrtune {
namespace {

std::atomic<std::size_t> left_behind{0};

}  // namespace

struct WorkerThreads::Ends {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<bool> ended;
  bool left = false;  // those that have not ended
};

WorkerThreads::WorkerThreads() : ends_(std::make_shared<Ends>()) {}

WorkerThreads::~WorkerThreads() {
  for (std::thread& thread : threads_) thread.join();
}

void WorkerThreads::start(std::function<void()> work) {
  const std::size_t index = threads_.size();
  {
    const std::scoped_lock lock(ends_->mutex);
    ends_->ended.resize(index);  // without one that could not be started
    ends_->ended.push_back(false);
  }
  threads_.reserve(index + 1);
  threads_.emplace_back([ends = ends_, index, work = std::move(work)]() mutable {
    work();
    // Destroys what it owns before it counts as ended.
    work = nullptr;
    const std::scoped_lock lock(ends->mutex);
    ends->ended[index] = true;
    if (ends->left) --left_behind;
    ends->changed.notify_all();
  });
}

void WorkerThreads::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  ends_ = std::make_shared<Ends>();
}

std::size_t WorkerThreads::join_within(std::chrono::milliseconds longest) {
  std::vector<bool> ended;
  {
    std::unique_lock lock(ends_->mutex);
    ends_->ended.resize(threads_.size());
    const auto all_ended = [&] { return std::ranges::count(ends_->ended, false) == 0; };
    ends_->changed.wait_for(lock, longest, all_ended);
    ended = ends_->ended;
    ends_->left = true;
    left_behind += static_cast<std::size_t>(std::ranges::count(ended, false));
  }
  for (std::size_t i = 0; i < threads_.size(); ++i)
    ended[i] ? threads_[i].join() : threads_[i].detach();
  threads_.clear();
  ends_ = std::make_shared<Ends>();
  return static_cast<std::size_t>(std::ranges::count(ended, false));
}

std::size_t threads_left_behind() { return left_behind; }

}  // namespace ocrtune
