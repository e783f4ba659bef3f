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

/// The state of a run whose process has ended, given its state before. A run that finishes before
/// it receives the signal to stop is done. `has_budget`: its time is limited.
RunState state_after(RunState before, const ProcessEnd& end, const RunNumbers& numbers,
                     bool has_budget);

/// True if a run in this state can be resumed.
bool can_resume(RunState state);

/// A run in this server. The first group of members is guarded by the mutex of Runs; the second one
/// belongs to the run's thread.
struct Run {
  using Clock = std::chrono::steady_clock;

  RunRecord record;
  BoundedLog log;
  std::vector<TrialOutcome> history;
  std::size_t pages = 0;      ///< of the corpus; 0: unknown
  bool at_work = false;       ///< has a process, or will get one
  bool to_start = false;      ///< start a process once there is none
  bool to_interrupt = false;  ///< interrupt the process
  bool to_keep = false;       ///< run.json is out of date

  std::unique_ptr<Process> process;
  std::unique_ptr<RunProgress> progress;
  Clock::time_point began;                   ///< start of the process
  double busy_before_s = 0;                  ///< of earlier processes
  std::optional<Clock::time_point> kill_at;  ///< deadline for the process to end
  Clock::time_point published;
  Clock::time_point kept;
};

}  // namespace ocrtune::server
