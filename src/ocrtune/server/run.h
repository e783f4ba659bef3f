#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/base/bounded_log.h"
#include "ocrtune/base/process.h"
#include "ocrtune/server/run_progress.h"
#include "ocrtune/server/run_record.h"

namespace ocrtune::server {

/// The state of a run whose process has ended, by the state it was in. A run that was to end and
/// was done before it was told is done.
/// `has_budget`: it ends when its time is over.
RunState state_after(RunState before, const ProcessEnd& end, const RunNumbers& numbers,
                     bool has_budget);

/// True where it can be gone on with.
bool can_resume(RunState state);

/// A run in this server. What the first part has is guarded by the mutex of Runs; the second part
/// belongs to its thread.
struct Run {
  using Clock = std::chrono::steady_clock;

  RunRecord record;
  BoundedLog log;
  std::vector<TrialOutcome> history;
  std::size_t pages = 0;      ///< of the corpus; 0: not known
  bool at_work = false;       ///< has a process, or is to get one
  bool to_start = false;      ///< a process is to be started, when there is none
  bool to_interrupt = false;  ///< its process is to end
  bool to_keep = false;       ///< run.json is behind

  std::unique_ptr<Process> process;
  std::unique_ptr<RunProgress> progress;
  Clock::time_point began;                   ///< of the process
  double busy_before_s = 0;                  ///< of the processes before
  std::optional<Clock::time_point> kill_at;  ///< where it hasn't ended by then
  Clock::time_point published;
  Clock::time_point kept;
};

}  // namespace ocrtune::server
