#include "ocrtune/server/run.h"

#include "ocrtune/workflow/exit_status.h"

namespace ocrtune::server {

RunState state_after(RunState before, const ProcessEnd& end, const RunNumbers& numbers,
                     bool has_budget) {
  const bool stopped =
      end.by_signal || end.exit_status == static_cast<int>(ExitStatus::interrupted);
  const auto status = static_cast<ExitStatus>(end.exit_status);
  const bool all_done = numbers.done > 0 && (!numbers.total || numbers.done >= *numbers.total);
  // If some pages could not be read, or the time limit was reached, the rest is done.
  if (!stopped &&
      (status == ExitStatus::success || (status == ExitStatus::limit_reached && has_budget) ||
       (status == ExitStatus::input_unreadable && all_done)))
    return RunState::done;
  switch (before) {
    case RunState::cancelling:
    case RunState::cancelled:
      return RunState::cancelled;
    case RunState::paused:
      return stopped ? RunState::paused : RunState::failed;
    default:
      return stopped ? RunState::interrupted : RunState::failed;
  }
}

bool can_resume(RunState state) {
  return state == RunState::paused || state == RunState::cancelled ||
         state == RunState::interrupted || state == RunState::failed;
}

}  // namespace ocrtune::server
