#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/storage/claims.h"
#include "ocrtune/storage/reconnection.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A page of a trial that any worker of the study may evaluate.
struct PageTask {
  std::size_t trial = 0;  ///< its number
  std::size_t place = 0;  ///< of the page in the trial's order
  std::size_t page = 0;   ///< in the study's order
  Point point;
  bool first = false;    ///< among the first pages of a trial that may be pruned; claimed earlier
  double waited_ms = 0;  ///< of a claimed task: since it was added
};

/// A task that was finished.
struct PageTaskResult {
  PageTask task;
  PageResult result;
  std::int64_t started_us = 0;  ///< when it was claimed
  std::int64_t finished_us =
      0;  ///< microseconds since 1970, as those before by the database's clock
};

/// What the process that drives a study tells its workers.
struct Driver {
  std::string name;        ///< of new_worker_name()
  std::string program;     ///< as StudyDefinition::program
  std::string references;  ///< a name of references_name()
  double seen = 0;         ///< when it told last that it drives, by the database's clock; seconds
};

/// The pages to be evaluated for a study, in the study's database, so that any number of processes
/// on any number of machines can evaluate them. One process at a time drives the study: it adds
/// tasks and takes results. Workers claim tasks for a time (a lease), which they prolong while they
/// live; the tasks of a worker that has ended otherwise are claimed by others. All times are those
/// of the database's clock, so the clocks of the machines do not matter.
///
/// If the connection to a server is lost, functions connect again and do what they have to do
/// again, as far as `reconnection` allows it. What they did last may be done twice, and before
/// make_durable() nothing need survive a crash of the server. So after each reconnection, the
/// process that drives the study calls resume() and adds the tasks again whose results it has not
/// got.
///
/// Every error is Error(study_error) with one line that names the study. Not thread-safe but for
/// what is said below; any number of objects may be used at once.
class TaskQueue {
 public:
  virtual ~TaskQueue() = default;

  /// How often it has connected again.
  [[nodiscard]] virtual std::size_t reconnections() const = 0;

  /// From now on, does not connect again; ends an attempt in progress. Thread-safe.
  virtual void stop_reconnecting() = 0;

  /// Becomes the process that drives the study, or remains it; false if another one is. A driver
  /// that does not call this for kLease is no longer one.
  virtual bool drive(const Driver& driver) = 0;

  /// What this object did before survives a crash of the server, unless it has connected again
  /// meanwhile.
  virtual void make_durable() = 0;

  /// Ends driving, if `name` drives the study.
  virtual void leave(const std::string& name) = 0;

  /// The process that drives the study, if there is one.
  virtual std::optional<Driver> driver() = 0;

  /// Prepares for driving, after drive(): results that were taken can be taken again, unless they
  /// are of trials for which `is_finished`, or an earlier driver had another program or other
  /// references.
  virtual void resume(const std::function<bool(std::size_t trial)>& is_finished) = 0;

  /// Adds tasks. Those that are there already remain as they are, unless their point or page
  /// differs.
  virtual void add(std::span<const PageTask> tasks) = 0;

  /// Removes all tasks of a trial, in whatever state.
  virtual void remove(std::size_t trial) = 0;

  /// The results that have not been taken.
  virtual std::vector<PageTaskResult> take_results() = 0;

  /// Ends tasks that kMaxClaims workers have claimed without finishing or giving them back:
  /// their result is a failure.
  virtual void give_up() = 0;

  /// Number of threads of the workers that live.
  virtual std::size_t threads() = 0;

  /// Claims tasks for a worker: at most `most`, fewer if there are not so many.
  virtual std::vector<PageTask> claim(const std::string& worker, std::size_t most) = 0;

  /// Tells that a worker with `threads` threads lives, and prolongs its claims of the tasks that it
  /// holds. What it claimed without getting an answer is not prolonged.
  virtual void renew(const std::string& worker, std::size_t threads,
                     std::span<const PageTask> held) = 0;

  /// Stores the result of a task that the worker has claimed; nothing happens if it was claimed by
  /// another one since, or removed.
  virtual void finish(const std::string& worker, const PageTask& task,
                      const PageResult& result) = 0;

  /// Gives back what a worker has claimed, as if it never had, and forgets the worker.
  virtual void give_back(const std::string& worker) = 0;
};

/// Opens the queue of a study, on a connection of its own. `page_count`: number of the study's
/// pages.
std::unique_ptr<TaskQueue> open_task_queue(const std::string& study, std::size_t page_count,
                                           const Reconnection& reconnection = {},
                                           double lease = kLease);

}  // namespace ocrtune
