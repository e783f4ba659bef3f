#include "ocrtune/search/shared_evaluator.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "ocrtune/metrics/metric.h"
#include "ocrtune/search/trials_in_flight.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How long to wait for results when there were none: at first, and at most.
constexpr milliseconds kShortest{2};
constexpr milliseconds kLongest{50};

/// How often the number of workers is asked for, and that the study is driven is told.
constexpr milliseconds kRound{1000};

/// Tasks that are to be there for each thread of a worker, beside those of one trial.
constexpr std::size_t kTasksPerThread = 4;

class SharedRun {
 public:
  SharedRun(TaskQueue& queue, const Corpus& corpus, const std::function<void()>& drive,
            const EvaluatorEvents& events, const std::atomic<bool>& stop)
      : queue_(queue),
        corpus_(corpus),
        drive_(drive),
        events_(forgetting(events)),
        in_flight_(largest_first(corpus), events_, [](const std::shared_ptr<RunningTrial>&) {}),
        stop_(stop) {}

  void conduct() {
    milliseconds wait = kShortest;
    while (!stop_) {
      go_round();
      if (queue_.reconnections() != reconnections_) restore();
      const bool any = take_results();
      in_flight_.deliver();
      feed();
      events_.tick(done_);
      if (in_flight_.is_over() && is_durable()) return;
      wait = any ? kShortest : std::min(2 * wait, kLongest);
      if (!any) std::this_thread::sleep_for(wait);
    }
  }

 private:
  /// A trial's tasks are removed once the trial is stored.
  EvaluatorEvents forgetting(const EvaluatorEvents& events) {
    EvaluatorEvents result = events;
    result.done = [this, &events](Trial trial) {
      const std::size_t number = trial.number;
      events.done(std::move(trial));
      forget(number);
    };
    if (!events.pruned) return result;
    result.pruned = [this, &events](PrunedTrial trial) {
      const std::size_t number = trial.number;
      events.pruned(std::move(trial));
      forget(number);
    };
    return result;
  }

  void go_round() {
    const auto now = Clock::now();
    if (now < next_round_) return;
    next_round_ = now + kRound;
    drive_();
    queue_.give_up();
    threads_ = std::max<std::size_t>(1, queue_.threads());
  }

  /// What was asked of the server last may be lost.
  void restore() {
    reconnections_ = queue_.reconnections();
    queue_.resume([this](std::size_t trial) { return trial < ended_.size() && ended_[trial]; });
    for (const auto& [number, trial] : trials_) add_tasks(*trial);
  }

  /// Whether the removal of the last tasks survives a crash of the server; if not, it is repeated.
  bool is_durable() {
    queue_.make_durable();
    return queue_.reconnections() == reconnections_;
  }

  bool take_results() {
    std::vector<PageTaskResult> results = queue_.take_results();
    for (PageTaskResult& found : results) {
      const auto at = trials_.find(found.task.trial);
      // Of an earlier driver, whose trial is not requested yet: it is taken when its time comes.
      if (at == trials_.end()) {
        early_[found.task.trial].push_back(std::move(found));
      } else {
        take(*at->second, std::move(found));
      }
    }
    return !results.empty();
  }

  void take(RunningTrial& trial, PageTaskResult found) {
    if (found.task.place >= trial.done.size() || trial.done[found.task.place]) return;
    if (found.task.point != trial.request.point ||
        found.task.page != trial.request.pages[found.task.place])
      return;
    if (!found.result.failure.empty())
      found.result.scores = worst_scores(corpus_.pages()[trial.request.pages[found.task.place]]);
    in_flight_.begin(trial, found.started_us);
    (void)in_flight_.finish(trial, found.task.place, std::move(found.result), found.finished_us);
    ++done_;
    --left_;
  }

  void feed() {
    const std::size_t wanted = kTasksPerThread * threads_ + corpus_.pages().size();
    while (in_flight_.is_open() && left_ < wanted && !stop_) {
      if (const auto trial = in_flight_.next()) add(trial);
    }
  }

  void add(const std::shared_ptr<RunningTrial>& trial) {
    trials_[trial->request.number] = trial;
    left_ += trial->left;
    add_tasks(*trial);
    const auto early = early_.extract(trial->request.number);
    if (early.empty()) return;
    for (PageTaskResult& found : early.mapped()) take(*trial, std::move(found));
  }

  /// Those without results.
  void add_tasks(const RunningTrial& trial) {
    std::vector<PageTask> tasks;
    for (std::size_t place = 0; place < trial.request.pages.size(); ++place) {
      if (trial.done[place]) continue;
      tasks.push_back({.trial = trial.request.number,
                       .place = place,
                       .page = trial.request.pages[place],
                       .point = trial.request.point,
                       .first = in_flight_.comes_first(trial, place)});
    }
    queue_.add(tasks);
  }

  void forget(std::size_t number) {
    if (ended_.size() <= number) ended_.resize(number + 1);
    ended_[number] = true;
    queue_.remove(number);
    const auto at = trials_.find(number);
    if (at == trials_.end()) return;
    left_ -= at->second->left;
    trials_.erase(at);
  }

  TaskQueue& queue_;
  const Corpus& corpus_;
  const std::function<void()>& drive_;
  EvaluatorEvents events_;
  TrialsInFlight in_flight_;
  const std::atomic<bool>& stop_;
  std::map<std::size_t, std::shared_ptr<RunningTrial>> trials_;  // in flight, by number
  std::map<std::size_t, std::vector<PageTaskResult>> early_;     // by trial
  Clock::time_point next_round_ = Clock::now();
  std::vector<bool> ended_;  // by the number of the trial
  std::size_t reconnections_ = 0;
  std::size_t threads_ = 1;
  std::size_t left_ = 0;  // pages of trials in flight
  std::size_t done_ = 0;
};

}  // namespace

SharedEvaluator::SharedEvaluator(TaskQueue& queue, const Corpus& corpus,
                                 std::function<void()> drive)
    : queue_(queue), corpus_(corpus), drive_(std::move(drive)) {}

void SharedEvaluator::run(const EvaluatorEvents& events, const std::atomic<bool>& stop) {
  SharedRun(queue_, corpus_, drive_, events, stop).conduct();
}

}  // namespace ocrtune
