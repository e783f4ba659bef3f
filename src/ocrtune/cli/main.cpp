#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "ocrtune/base/worker_threads.h"
#include "ocrtune/cli/run_command.h"
#include "ocrtune/cli/standard_streams.h"
#include "ocrtune/workflow/exit_status.h"

int main(int argc, char** argv) {
  if (!ocrtune::cli::open_standard_streams())
    ::_exit(static_cast<int>(ocrtune::ExitStatus::study_error));
  // Ignored by whoever started this, it would hide how child processes end.
  std::signal(SIGCHLD, SIG_DFL);
  const auto status = static_cast<int>(ocrtune::cli::run_command(argc, argv));
  if (ocrtune::threads_left_behind() > 0) {
    std::fflush(nullptr);
    ::_exit(status);
  }
  return status;
}
