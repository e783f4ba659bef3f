#include "ocrtune/cli/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune::cli {
namespace {

std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free,
              "signal handlers may only touch lock-free atomics");

void on_signal(int number) {
  if (stop.exchange(true) && number == SIGINT) ::_exit(static_cast<int>(ExitStatus::interrupted));
}

}  // namespace

const std::atomic<bool>& stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(number, &action, nullptr);
  // A file-size limit then is an error of write(), which has its message.
  std::signal(SIGXFSZ, SIG_IGN);
  return stop;
}

void hold_openmp(char** arguments) {
  if (openmp_is_held()) return;
  ::setenv("OMP_THREAD_LIMIT", "1", 1);
  ::execv("/proc/self/exe", arguments);
}

}  // namespace ocrtune::cli
