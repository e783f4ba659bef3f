#include <opencv2/core/utility.hpp>

#include "ocrtune/cli/interrupt.h"
#include "ocrtune/cli/run_command.h"

int main(int argc, char** argv) {
  ocrtune::cli::hold_openmp(argv);
  // Parallelism belongs to the evaluator alone.
  cv::setNumThreads(1);
  return static_cast<int>(ocrtune::cli::run_command(argc, argv));
}
