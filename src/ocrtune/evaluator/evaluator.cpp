#include "ocrtune/evaluator/evaluator.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include "ocrtune/base/time.h"

namespace ocrtune {
namespace {

/// A trial in work.
struct Running {
  TrialRequest request;
  std::vector<PageResult> pages;
  std::size_t left = 0;
  std::int64_t started_us = 0;
  std::int64_t finished_us = 0;
};

struct Task {
  std::shared_ptr<Running> trial;
  std::size_t page = 0;
};

/// One run of an evaluator: the queue, what is in work, and who waits for what.
class Run {
 public:
  Run(const Corpus& corpus, const std::vector<std::size_t>& page_order, std::size_t workers,
      const EvaluatorEvents& events, const std::atomic<bool>& stop)
      : corpus_(corpus), page_order_(page_order), workers_(workers), events_(events), stop_(stop) {}

  void go(std::vector<RecognizerPool>& recognizers) {
    {
      std::vector<std::jthread> threads;
      threads.reserve(recognizers.size());
      for (RecognizerPool& pool : recognizers) threads.emplace_back([this, &pool] { work(pool); });
      try {
        conduct();
      } catch (...) {
        note_failure(std::current_exception());
      }
      end();
    }
    if (failure_) std::rethrow_exception(failure_);
    // What became whole while the workers ended is kept too.
    deliver();
  }

 private:
  /// Feeds the queue and hands on whole trials until there is nothing left.
  void conduct() {
    bool more = true;
    for (;;) {
      while (more && needs_tasks()) more = enqueue_next();
      deliver();
      events_.tick(tasks_done_);
      std::unique_lock lock(mutex_);
      if (stop_ || failure_) return;
      if (!more && in_work_.empty()) return;
      progress_.wait_for(lock, std::chrono::milliseconds(200), [&] {
        return stop_ || failure_ || (!in_work_.empty() && in_work_.front()->left == 0) ||
               (more && queue_.size() < workers_);
      });
    }
  }

  bool needs_tasks() {
    const std::scoped_lock lock(mutex_);
    return !stop_ && !failure_ && queue_.size() < workers_;
  }

  bool enqueue_next() {
    std::optional<TrialRequest> request = events_.next();
    if (!request) return false;
    auto trial = std::make_shared<Running>();
    trial->request = std::move(*request);
    trial->pages.resize(page_order_.size());
    trial->left = page_order_.size();
    const std::scoped_lock lock(mutex_);
    in_work_.push_back(trial);
    for (const std::size_t page : page_order_) queue_.push_back({trial, page});
    work_there_.notify_all();
    return true;
  }

  /// Hands on the trials at the front that are whole.
  void deliver() {
    for (;;) {
      std::shared_ptr<Running> trial;
      {
        const std::scoped_lock lock(mutex_);
        if (in_work_.empty() || in_work_.front()->left > 0) return;
        trial = std::move(in_work_.front());
        in_work_.pop_front();
      }
      events_.done({.number = trial->request.number,
                    .point = std::move(trial->request.point),
                    .pages = std::move(trial->pages),
                    .started_us = trial->started_us,
                    .finished_us = trial->finished_us});
    }
  }

  void work(RecognizerPool& recognizers) {
    while (std::optional<Task> task = take()) {
      try {
        auto result =
            evaluate_page(corpus_, task->page, task->trial->request.pipeline, recognizers, stop_);
        if (!result) return;
        finish(*task, std::move(*result));
      } catch (...) {
        note_failure(std::current_exception());
        return;
      }
    }
  }

  std::optional<Task> take() {
    std::unique_lock lock(mutex_);
    work_there_.wait(lock, [&] { return ended_ || failure_ || !queue_.empty(); });
    if (ended_ || failure_ || stop_) return std::nullopt;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    if (task.trial->started_us == 0) task.trial->started_us = now_us();
    if (queue_.size() < workers_) progress_.notify_one();
    return task;
  }

  void finish(const Task& task, PageResult result) {
    const std::scoped_lock lock(mutex_);
    task.trial->pages[task.page] = std::move(result);
    task.trial->finished_us = now_us();
    ++tasks_done_;
    if (--task.trial->left == 0) progress_.notify_one();
  }

  void note_failure(std::exception_ptr failure) {
    const std::scoped_lock lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    work_there_.notify_all();
    progress_.notify_one();
  }

  void end() {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    queue_.clear();
    work_there_.notify_all();
  }

  const Corpus& corpus_;
  const std::vector<std::size_t>& page_order_;
  std::size_t workers_;
  const EvaluatorEvents& events_;
  const std::atomic<bool>& stop_;

  std::mutex mutex_;
  std::condition_variable work_there_;
  std::condition_variable progress_;
  std::deque<Task> queue_;
  std::deque<std::shared_ptr<Running>> in_work_;
  std::exception_ptr failure_;
  bool ended_ = false;
  std::atomic<std::size_t> tasks_done_{0};
};

}  // namespace

Evaluator::Evaluator(const Corpus& corpus, const ReadingOptions& reading, int workers)
    : corpus_(corpus), page_order_(corpus.pages().size()) {
  for (int i = 0; i < std::max(1, workers); ++i) recognizers_.emplace_back(reading);
  std::iota(page_order_.begin(), page_order_.end(), std::size_t{0});
  const auto size = [&](std::size_t page) {
    return static_cast<std::int64_t>(corpus.pages()[page].width) * corpus.pages()[page].height;
  };
  std::ranges::stable_sort(page_order_, std::ranges::greater(), size);
}

void Evaluator::run(const EvaluatorEvents& events, const std::atomic<bool>& stop) {
  Run(corpus_, page_order_, recognizers_.size(), events, stop).go(recognizers_);
}

}  // namespace ocrtune
