#include "ocrtune/base/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <span>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxOutput = std::size_t{1} << 20U;
constexpr int kPollMs = 20;

[[noreturn]] void no_resources() {
  throw Error(Errc::limit_reached, system_message({errno, std::generic_category()}));
}

/// A file in memory with `input`, at its beginning: unlike a pipe, it is never waited for.
int file_with(std::string_view input) {
  const int file = ::memfd_create("input", MFD_CLOEXEC);
  if (file < 0) no_resources();
  if (!write_all(file, std::as_bytes(std::span(input)))) {
    ::close(file);
    no_resources();
  }
  ::lseek(file, 0, SEEK_SET);
  return file;
}

std::array<int, 2> pipe_ends() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) no_resources();
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return ends;
}

/// The text that comes out of a pipe.
class Pipe {
 public:
  Pipe() : Pipe(pipe_ends()) {}

  /// Only the program has the end that is written to.
  void close_write_end() { write_.close(); }
  [[nodiscard]] int read_end() const { return read_.get(); }
  [[nodiscard]] int write_end() const { return write_.get(); }
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Takes what is there, without waiting.
  void take() {
    std::array<char, 16384> bytes{};
    // As many at a time as a pipe holds, so that a program that never stops writing cannot keep it.
    for (int i = 0; i < 4 && read_.get() >= 0; ++i) {
      const ssize_t got = ::read(read_.get(), bytes.data(), bytes.size());
      if (got == 0) read_.close();
      if (got <= 0) return;
      const std::size_t room = kMaxOutput - text_.size();
      text_.append(bytes.data(), std::min(room, static_cast<std::size_t>(got)));
    }
  }

 private:
  explicit Pipe(const std::array<int, 2>& ends) : read_(ends[0]), write_(ends[1]) {}

  Descriptor read_;
  Descriptor write_;
  std::string text_;
};

/// How the program ended; nothing while it runs.
std::optional<ProcessEnd> end_of(pid_t pid) {
  int status = 0;
  if (::waitpid(pid, &status, WNOHANG) != pid) return {};
  return process_end(status);
}

}  // namespace

ProgramResult run_program(const Program& program, std::string_view input,
                          std::chrono::milliseconds limit, const std::function<bool()>& stopped) {
  const Descriptor given(file_with(input));
  Pipe output;
  Pipe error;
  const auto until = Clock::now() + limit;
  const pid_t pid = spawn(
      program, {.input = given.get(), .output = output.write_end(), .error = error.write_end()});
  output.close_write_end();
  error.close_write_end();
  std::optional<ProcessEnd> end;
  while (!end) {
    if (stopped() || Clock::now() >= until) {
      ::kill(-pid, SIGKILL);
      ::waitpid(pid, nullptr, 0);
      break;
    }
    std::array<pollfd, 2> files{{{.fd = output.read_end(), .events = POLLIN, .revents = 0},
                                 {.fd = error.read_end(), .events = POLLIN, .revents = 0}}};
    ::poll(files.data(), files.size(), kPollMs);
    // First whether it ended: what it wrote before that is then complete.
    end = end_of(pid);
    output.take();
    error.take();
  }
  return {.output = output.text(), .error = error.text(), .end = end};
}

}  // namespace ocrtune
