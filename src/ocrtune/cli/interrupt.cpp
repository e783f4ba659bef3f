#include "ocrtune/cli/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string>

#include "ocrtune/base/sanitizers.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/workflow/exit_status.h"

namespace ocrtune::cli {
namespace {

std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free,
              "signal handlers may only touch lock-free atomics");

/// Time for a command to end by itself.
constexpr std::time_t kSeconds = kSanitized ? 120 : 1;
constexpr long kNanoseconds = kSanitized ? 0 : 700'000'000;

timer_t end_timer{};
/// Made before the signal comes: its handler may not allocate.
std::string news;
/// Standard error as the program was given it; what libraries write to theirs is dropped.
int standard_error = STDERR_FILENO;
std::atomic<bool> ends_in_time{false};

/// True for a signal that whoever started the program wants to be ignored, as nohup does.
bool is_ignored(int number) {
  struct sigaction before {};
  return number != SIGTERM && ::sigaction(number, nullptr, &before) == 0 &&
         before.sa_handler == SIG_IGN;
}

void on_signal(int number) {
  if (stop.exchange(true)) {
    if (number == SIGINT) ::_exit(static_cast<int>(ExitStatus::interrupted));
    return;
  }
  if (!ends_in_time) return;
  const itimerspec once{.it_interval = {}, .it_value = {kSeconds, kNanoseconds}};
  ::timer_settime(end_timer, 0, &once, nullptr);
}

/// A busy library cannot be interrupted. Finished work is on the disk.
void on_end_of_time(int /*number*/) {
  // Who reads may have ended by the same Ctrl-C.
  std::signal(SIGPIPE, SIG_IGN);
  [[maybe_unused]] const ssize_t written = ::write(standard_error, news.data(), news.size());
  ::_exit(static_cast<int>(ExitStatus::interrupted));
}

}  // namespace

const std::atomic<bool>& stop_on_signals() {
  news =
      tr("ocrtune: interrupted; finished results in studies and output folders are kept; run "
         "the same command again to resume\n");
  if (const int own = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3); own >= 0) standard_error = own;
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(number)) ::sigaction(number, &action, nullptr);
  }
  action.sa_handler = on_end_of_time;
  ::sigaction(SIGALRM, &action, nullptr);
  ends_in_time = ::timer_create(CLOCK_MONOTONIC, nullptr, &end_timer) == 0;
  // Then exceeding a file-size limit is an error of write(), with a message.
  std::signal(SIGXFSZ, SIG_IGN);
  return stop;
}

void take_time_to_end() { ends_in_time = false; }

}  // namespace ocrtune::cli
