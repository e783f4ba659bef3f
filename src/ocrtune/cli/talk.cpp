#include "ocrtune/cli/talk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>

#include "ocrtune/base/sanitizers.h"
#include "ocrtune/base/text.h"

namespace ocrtune::cli {

void Talk::begin(bool verbose) {
  terminal_ = ::isatty(STDERR_FILENO) == 1;
  // Sanitizers report on standard error, so such builds do not redirect it.
  if (verbose || kSanitized || std::getenv("OCRTUNE_VERBOSE") != nullptr) return;
  const int own = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  std::FILE* out = own >= 0 ? ::fdopen(own, "w") : nullptr;
  if (out != nullptr && nowhere >= 0) {
    out_ = out;
    ::dup2(nowhere, STDERR_FILENO);
  }
  if (nowhere >= 0) ::close(nowhere);
}

/// A failure is not told: there is no other place to tell it.
void Talk::write(std::string_view text) {
  (void)!std::fwrite(text.data(), 1, text.size(), out_);
  std::fflush(out_);
}

void Talk::say(std::string_view line) {
  if (quiet_) return;
  clear_progress();
  write(fmt::format("{}\n", line));
}

void Talk::complain(std::string_view line) {
  clear_progress();
  write(fmt::format("ocrtune: {}\n", quotable(line, 4000)));
}

void Talk::complain(const Error& error) {
  const auto* of_option = dynamic_cast<const OptionError*>(&error);
  if (of_option == nullptr) return complain(error.what());
  std::string name = of_option->option();
  std::ranges::replace(name, '_', '-');
  complain(fmt::format("--{}{}", name, of_option->rest()));
}

void Talk::progress(std::string_view line) {
  if (quiet_) return;
  const double now =
      std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  if (now - last_progress_ < (terminal_ ? 0.2 : 10.0)) return;
  last_progress_ = now;
  if (terminal_) {
    write(fmt::format("\r\033[K{}", line));
    progress_shown_ = true;
  } else {
    write(fmt::format("{}\n", line));
  }
}

void Talk::clear_progress() {
  if (progress_shown_) write("\r\033[K");
  progress_shown_ = false;
}

}  // namespace ocrtune::cli
