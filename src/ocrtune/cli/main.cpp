#include <unistd.h>

#include <cstdio>
#include <opencv2/core/utility.hpp>

#include "ocrtune/base/worker_threads.h"
#include "ocrtune/cli/interrupt.h"
#include "ocrtune/cli/run_command.h"

int main(int argc, char** argv) {
  ocrtune::cli::hold_openmp(argv);
  // Parallelism belongs to the evaluator alone.
  cv::setNumThreads(1);
  const auto status = static_cast<int>(ocrtune::cli::run_command(argc, argv));
  if (ocrtune::threads_left_behind() > 0) {
    std::fflush(nullptr);
    ::_exit(status);
  }
  return status;
}
