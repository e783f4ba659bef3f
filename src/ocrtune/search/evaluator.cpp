#include "ocrtune/search/evaluator.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/sanitizers.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/worker_threads.h"
#include "ocrtune/execution/shared_loops.h"
#include "ocrtune/search/trials_in_flight.h"
#include "ocrtune/stages/banded_stage.h"
#include "ocrtune/stages/run_stage.h"

namespace ocrtune {
namespace {

struct Task {
  std::shared_ptr<RunningTrial> trial;
  std::size_t place = 0;  // index in page order
  std::int64_t queued_us = 0;
  std::unique_ptr<PageWork> prepared = nullptr;  // set once a device has prepared it
};

/// Interval at which the conducting thread checks whether to stop.
constexpr std::chrono::milliseconds kTick{100};

/// How long to wait for workers that were stopped. With sanitizers, a stage takes many seconds.
constexpr std::chrono::milliseconds kPatience{kSanitized ? 60'000 : 1000};

/// One run of an evaluator: the queue, the work in progress and the waiting threads. Shared by the
/// conducting thread and the workers, which may be left behind with it; only the conducting thread
/// may use `events` and `asked_to_stop`.
class Run {
 public:
  Run(std::shared_ptr<PageEvaluator> pages, std::vector<std::size_t> page_order,
      std::size_t workers, const EvaluatorEvents& events, const std::atomic<bool>& asked_to_stop)
      : pages_(std::move(pages)),
        in_flight_(std::move(page_order), events,
                   [this](const std::shared_ptr<RunningTrial>& trial) { drop_tasks_of(trial); }),
        workers_(workers),
        events_(events),
        asked_to_stop_(asked_to_stop) {}

  /// False if it was stopped or failed.
  bool conduct_to_end() {
    try {
      conduct();
    } catch (...) {
      note_failure(std::current_exception());
    }
    return end();
  }

  /// Finishes after the workers have ended or were left behind.
  void close() {
    {
      const std::scoped_lock lock(mutex_);
      if (failure_) std::rethrow_exception(failure_);
    }
    // Also keeps trials that were completed while the workers ended.
    in_flight_.deliver();
  }

  /// The loop of a worker.
  void work(RecognizerPool& recognizers) {
    while (std::optional<Task> task = pages_->device_count() > 0 ? take_prepared() : take()) {
      try {
        const TrialRequest& trial = task->trial->request;
        auto result = task->prepared ? pages_->finish(*task->prepared, recognizers, stop_)
                                     : pages_->evaluate(trial.pages[task->place], trial.pipeline,
                                                        task->queued_us, recognizers, stop_,
                                                        with_idle_workers());
        if (!result) return;
        // Frees its memory before anybody waits for it.
        task->prepared.reset();
        finish(*task, std::move(*result));
      } catch (...) {
        note_failure(std::current_exception());
        return;
      }
    }
  }

  /// Ends the run with this failure.
  void note_failure(std::exception_ptr failure) {
    const std::scoped_lock lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    work_there_.notify_all();
    prepared_there_.notify_all();
    progress_.notify_one();
  }

  /// Preprocesses pages while others are recognized, but only as many as are soon recognized.
  void prepare_ahead() {
    while (std::optional<Task> task = take()) {
      try {
        const TrialRequest& trial = task->trial->request;
        task->prepared = pages_->begin(trial.pages[task->place], trial.pipeline, task->queued_us);
        task->prepared->prepare();
      } catch (...) {
        note_failure(std::current_exception());
        return;
      }
      const std::scoped_lock lock(mutex_);
      // Nobody takes it any more, and another thread may wait for its memory.
      if (ended_ || failure_) return;
      prepared_.push_back(*std::move(task));
      prepared_there_.notify_one();
    }
  }

 private:
  /// Feeds the queue and delivers complete trials until there are none left.
  void conduct() {
    for (;;) {
      in_flight_.deliver();
      feed();
      events_.tick(tasks_done_);
      tidy_memory();
      std::unique_lock lock(mutex_);
      if (asked_to_stop_) stop_ = true;
      if (stop_ || failure_) return;
      if (in_flight_.is_over()) return;
      progress_.wait_for(lock, kTick, [&] {
        return asked_to_stop_ || failure_ || in_flight_.has_news() ||
               (in_flight_.is_open() && tasks_left() < workers_);
      });
    }
  }

  void tidy_memory() {
    constexpr auto kPause = std::chrono::seconds(2);
    const auto now = std::chrono::steady_clock::now();
    if (now - tidied_ < kPause) return;
    tidied_ = now;
    give_back_freed_memory();
  }

  bool needs_tasks() {
    const std::scoped_lock lock(mutex_);
    return !stop_ && !failure_ && tasks_left() < workers_;
  }

  /// With the mutex held.
  std::size_t tasks_left() const { return first_pages_.size() + queue_.size(); }

  void feed() {
    while (in_flight_.is_open() && needs_tasks()) {
      if (const auto trial = in_flight_.next()) enqueue(trial);
    }
  }

  void enqueue(const std::shared_ptr<RunningTrial>& trial) {
    const std::int64_t now = now_us();
    const std::scoped_lock lock(mutex_);
    for (std::size_t place = 0; place < trial->request.pages.size(); ++place) {
      (in_flight_.comes_first(*trial, place) ? first_pages_ : queue_)
          .push_back({trial, place, now});
    }
    work_there_.notify_all();
  }

  void drop_tasks_of(const std::shared_ptr<RunningTrial>& trial) {
    const std::scoped_lock lock(mutex_);
    for (std::deque<Task>* tasks : {&first_pages_, &queue_, &prepared_})
      std::erase_if(*tasks, [&](const Task& task) { return task.trial == trial; });
    // Pages may be prepared in place of those that were.
    work_there_.notify_all();
  }

  /// Runs stages in bands of rows while there are idle workers.
  StageRun::Runner with_idle_workers() {
    return [this](const Stage& stage, const Image& in, const Values& resolved, double& others_ms) {
      const int bands = 1 + idle();
      if (bands == 1) return run_stage(stage, in, resolved);
      return run_in_bands(stage, in, resolved, bands,
                          [&](std::size_t count, const std::function<void(std::size_t)>& band) {
                            others_ms += shared_loops_.run(count, band);
                          });
    };
  }

  int idle() {
    const std::scoped_lock lock(mutex_);
    return idle_;
  }

  std::optional<Task> take_prepared() {
    std::unique_lock lock(mutex_);
    prepared_there_.wait(lock, [&] { return ended_ || failure_ || !prepared_.empty(); });
    if (ended_ || failure_ || stop_) return std::nullopt;
    Task task = std::move(prepared_.front());
    prepared_.pop_front();
    work_there_.notify_one();
    return task;
  }

  /// Meanwhile takes part in the stages of other workers.
  std::optional<Task> take() {
    std::unique_lock lock(mutex_);
    const auto may_go_on = [&] {
      return ended_ || failure_ || (tasks_left() > 0 && prepared_.size() < workers_);
    };
    for (;;) {
      ++idle_;
      work_there_.wait(lock, [&] { return may_go_on() || shared_loops_.has_steps(); });
      --idle_;
      if (may_go_on()) break;
      lock.unlock();
      shared_loops_.help();
      lock.lock();
    }
    if (ended_ || failure_ || stop_) return std::nullopt;
    std::deque<Task>& tasks = first_pages_.empty() ? queue_ : first_pages_;
    Task task = std::move(tasks.front());
    tasks.pop_front();
    in_flight_.begin(*task.trial, now_us());
    if (tasks_left() < workers_) progress_.notify_one();
    return task;
  }

  void finish(const Task& task, PageResult result) {
    const bool news = in_flight_.finish(*task.trial, task.place, std::move(result), now_us());
    const std::scoped_lock lock(mutex_);
    ++tasks_done_;
    if (news) progress_.notify_one();
  }

  bool end() {
    const std::scoped_lock lock(mutex_);
    const bool whole = !stop_ && !failure_;
    ended_ = true;
    // After a failure, pages in progress end early too.
    stop_ = true;
    first_pages_.clear();
    queue_.clear();
    prepared_.clear();
    work_there_.notify_all();
    prepared_there_.notify_all();
    return whole;
  }

  const std::shared_ptr<PageEvaluator> pages_;
  TrialsInFlight in_flight_;
  const std::size_t workers_;
  const EvaluatorEvents& events_;
  const std::atomic<bool>& asked_to_stop_;
  std::atomic<bool> stop_{false};

  std::mutex mutex_;
  std::condition_variable work_there_;
  std::condition_variable prepared_there_;
  std::condition_variable progress_;
  std::deque<Task> first_pages_;  // of trials that may be pruned; taken before all others
  std::deque<Task> queue_;
  std::deque<Task> prepared_;  // prepared by a device, waiting for recognition
  int idle_ = 0;               // workers that wait for a task
  SharedLoops shared_loops_{[this] {
    const std::scoped_lock lock(mutex_);
    work_there_.notify_all();
  }};
  std::exception_ptr failure_;
  bool ended_ = false;
  std::chrono::steady_clock::time_point tidied_ = std::chrono::steady_clock::now();
  std::atomic<std::size_t> tasks_done_{0};
};

}  // namespace

std::vector<std::size_t> largest_first(const Corpus& corpus) {
  std::vector<std::size_t> order(corpus.pages().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t page) {
    return static_cast<std::int64_t>(corpus.pages()[page].width) * corpus.pages()[page].height;
  };
  std::ranges::stable_sort(order, std::ranges::greater(), size);
  return order;
}

Evaluator::Evaluator(const Corpus& corpus, const RecognitionOptions& recognition,
                     const MemoryPlan& plan, std::vector<std::shared_ptr<DeviceUse>> devices)
    : corpus_(corpus),
      recognition_(recognition),
      plan_(plan),
      devices_(std::move(devices)),
      recognizers_(static_cast<std::size_t>(std::max(1, plan.workers))),
      page_order_(largest_first(corpus)) {
  renew();
}

/// Replaces the state that workers share.
void Evaluator::renew() {
  if (pages_) earlier_use_ = cache_use();
  pages_ = std::make_shared<PageEvaluator>(corpus_, plan_, devices_);
  for (auto& pool : recognizers_) pool = std::make_shared<RecognizerPool>(recognition_);
}

void Evaluator::run(const EvaluatorEvents& events, const std::atomic<bool>& stop) {
  const SerialOpenCv serial;
  const auto run = std::make_shared<Run>(pages_, page_order_, recognizers_.size(), events, stop);
  WorkerThreads threads;
  try {
    for (std::size_t i = 0; i < kDeviceThreads * pages_->device_count(); ++i)
      threads.start([run] { run->prepare_ahead(); });
    for (const auto& pool : recognizers_) threads.start([run, pool] { run->work(*pool); });
  } catch (...) {
    run->note_failure(std::current_exception());
  }
  const bool whole = run->conduct_to_end();
  if (whole) {
    threads.join();
  } else if (threads.join_within(kPatience) > 0) {
    renew();
  }
  run->close();
}

}  // namespace ocrtune
