#include "ocrtune/server/worker_threads.h"

#include <utility>

namespace ocrtune::server {

WorkerThreads::WorkerThreads(std::size_t threads, std::size_t queue) : room_(queue) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerThreads::~WorkerThreads() { finish(); }

void WorkerThreads::add(std::function<void()> task) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return tasks_.size() < room_ || finishing_; });
  tasks_.push_back(std::move(task));
  changed_.notify_all();
}

bool WorkerThreads::crowded() const {
  const std::scoped_lock lock(mutex_);
  return !tasks_.empty();
}

void WorkerThreads::finish() {
  {
    const std::scoped_lock lock(mutex_);
    finishing_ = true;
  }
  changed_.notify_all();
  threads_.clear();
}

void WorkerThreads::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !tasks_.empty() || finishing_; });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
      changed_.notify_all();
    }
    task();
  }
}

}  // namespace ocrtune::server
