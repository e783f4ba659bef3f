#include "ocrtune/search/task_worker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <numeric>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/sanitizers.h"
#include "ocrtune/base/time.h"

namespace ocrtune {
namespace {

using std::chrono::milliseconds;

/// How long to look for tasks again when there were none: at first, and at most.
constexpr milliseconds kShortestPause{5};
constexpr milliseconds kLongestPause{500};

/// A claim should be for so much work, so that it costs little beside it.
constexpr double kWorkOfClaim = 0.1;  // s
constexpr double kMaxOfClaim = 16;

/// How often a claim is prolonged while it lasts.
constexpr int kRenewals = 4;

/// How long to wait for threads that were stopped. With sanitizers, a stage takes many seconds.
constexpr milliseconds kPatienceOfWorker{kSanitized ? 60'000 : 1000};

}  // namespace

/// What the threads share, which may be left behind with it.
struct TaskWorker::Shared {
  Shared(std::unique_ptr<TaskQueue> opened, std::string worker, std::size_t threads,
         EvaluateTask action)
      : queue(std::move(opened)),
        name(std::move(worker)),
        thread_count(threads),
        evaluate_task(std::move(action)) {}

  template <typename Action>
  auto with_queue(Action action) {
    const std::scoped_lock lock(queue_mutex);
    return action(*queue);
  }

  void note_failure(std::exception_ptr now) {
    const std::scoped_lock lock(mutex);
    if (!failure) failure = std::move(now);
    stop = true;
    wake.notify_all();
  }

  /// Waits; false if it was stopped.
  bool pause(milliseconds longest) {
    std::unique_lock lock(mutex);
    wake.wait_for(lock, longest, [&] { return stop.load(); });
    return !stop;
  }

  std::vector<PageTask> claim(std::size_t most) {
    return with_queue([&](TaskQueue& open) {
      std::vector<PageTask> tasks = open.claim(name, most);
      held.insert(held.end(), tasks.begin(), tasks.end());
      return tasks;
    });
  }

  void finish(const PageTask& task, const PageResult& result) {
    with_queue([&](TaskQueue& open) {
      open.finish(name, task, result);
      std::erase_if(held, [&](const PageTask& one) {
        return one.trial == task.trial && one.place == task.place;
      });
    });
  }

  void evaluate(std::size_t thread) {
    try {
      evaluate_all(thread);
    } catch (...) {
      note_failure(std::current_exception());
    }
  }

  void evaluate_all(std::size_t thread) {
    double seconds_per_page = kWorkOfClaim;
    milliseconds wait = kShortestPause;
    while (!stop) {
      const auto most = static_cast<std::size_t>(
          std::clamp(kWorkOfClaim / std::max(seconds_per_page, 1e-9), 1.0, kMaxOfClaim));
      const std::vector<PageTask> tasks = claim(most);
      if (tasks.empty()) {
        if (!pause(wait)) return;
        wait = std::min(2 * wait, kLongestPause);
        continue;
      }
      wait = kShortestPause;
      for (const PageTask& task : tasks) {
        const std::int64_t begun = now_us();
        const auto result = evaluate_task(task, thread, stop);
        if (!result) return;
        finish(task, *result);
        ++done;
        seconds_per_page =
            std::midpoint(seconds_per_page, 1e-6 * static_cast<double>(now_us() - begun));
      }
    }
  }

  void renew() {
    try {
      do {
        with_queue([&](TaskQueue& open) { open.renew(name, thread_count, held); });
      } while (pause(milliseconds(static_cast<int>(1000 * kLease / kRenewals))));
    } catch (...) {
      note_failure(std::current_exception());
    }
  }

  const std::unique_ptr<TaskQueue> queue;
  std::mutex queue_mutex;
  std::vector<PageTask> held;  // claimed and not finished; with queue_mutex
  const std::string name;
  const std::size_t thread_count;
  const EvaluateTask evaluate_task;
  std::atomic<bool> stop{false};
  std::atomic<std::size_t> done{0};
  mutable std::mutex mutex;
  std::condition_variable wake;
  std::exception_ptr failure;
};

TaskWorker::TaskWorker(std::unique_ptr<TaskQueue> queue, std::string name, std::size_t thread_count,
                       EvaluateTask evaluate)
    : shared_(std::make_shared<Shared>(std::move(queue), std::move(name), thread_count,
                                       std::move(evaluate))) {
  try {
    threads_.start([shared = shared_] { shared->renew(); });
    for (std::size_t i = 0; i < thread_count; ++i)
      threads_.start([shared = shared_, i] { shared->evaluate(i); });
  } catch (...) {
    stop();  // what was started uses the queue
    throw;
  }
}

TaskWorker::~TaskWorker() { stop(); }

void TaskWorker::check() const {
  const std::scoped_lock lock(shared_->mutex);
  if (shared_->failure) std::rethrow_exception(shared_->failure);
}

std::size_t TaskWorker::pages_done() const { return shared_->done; }

void TaskWorker::stop() {
  if (std::exchange(stopped_, true)) return;
  {
    const std::scoped_lock lock(shared_->mutex);
    shared_->stop = true;
    shared_->wake.notify_all();
  }
  shared_->queue->stop_reconnecting();
  (void)threads_.join_within(kPatienceOfWorker);
  const std::unique_lock lock(shared_->queue_mutex, std::try_to_lock);
  if (!lock.owns_lock()) return;
  try {
    shared_->queue->give_back(shared_->name);
  } catch (const Error&) {
    return;  // without a connection the claims end by their time
  }
}

}  // namespace ocrtune
