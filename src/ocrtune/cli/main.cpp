#include <unistd.h>

#include <cstdio>

#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/worker_threads.h"
#include "ocrtune/cli/run_command.h"

int main(int argc, char** argv) {
  const ocrtune::SerialOpenCv serial;
  const auto status = static_cast<int>(ocrtune::cli::run_command(argc, argv));
  if (ocrtune::threads_left_behind() > 0) {
    std::fflush(nullptr);
    ::_exit(status);
  }
  return status;
}
