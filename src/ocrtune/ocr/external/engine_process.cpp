#include "ocrtune/ocr/external/engine_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/process_family.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/without_sigpipe.h"

namespace ocrtune {
namespace {

/// By its value, the processes that an engine started are found.
constexpr const char* kMarkVariable = "OCRTUNE_ENGINE_PROCESS";
constexpr int kMomentMs = 50;
constexpr int kShortMs = 2;
constexpr std::size_t kKeptOfErrors = 4096;
constexpr std::size_t kReadAtOnce = 65'536;
constexpr std::chrono::milliseconds kGrace{500};

/// Both ends of a pipe.
struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error(Errc::limit_reached, system_message({errno, std::generic_category()}));
  return {ends[0], ends[1]};
}

void close_file(int& file) {
  if (file >= 0) ::close(file);
  file = -1;
}

/// Appends what is there to read; closes the file at its end.
void read_into(std::string& text, int& file) {
  std::array<char, kReadAtOnce> bytes{};
  const ssize_t got = ::read(file, bytes.data(), bytes.size());
  if (got > 0) {
    text.append(bytes.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
    close_file(file);
  }
}

std::string last_line(std::string_view text) {
  text = trimmed(text);
  const std::size_t end = text.rfind('\n');
  return quotable(end == std::string_view::npos ? text : text.substr(end + 1));
}

}  // namespace

EngineProcess::EngineProcess(const EngineManifest& manifest, const MemoryFile& image)
    : mark_(family_mark(kMarkVariable)) {
  Pipe in;
  Pipe out;
  Pipe error;
  try {
    in = make_pipe();
    out = make_pipe();
    error = make_pipe();
    const std::string& name = manifest.command.front();
    const std::filesystem::path program = find_program(name, manifest.folder);
    if (program.empty())
      throw Error(Errc::limit_reached, tr("the program `{}` is missing{}", quotable(name, 60), ""));
    pid_ = spawn_for_process(
        {.file = program,
         .arguments = manifest.command,
         .folder = manifest.folder,
         .environment = {"OMP_NUM_THREADS=1", mark_},
         .death_signal = SIGKILL},
        {.input = in.read, .output = out.write, .error = error.write, .third = image.descriptor()});
  } catch (const Error& failure) {
    for (int* file : {&in.read, &in.write, &out.read, &out.write, &error.read, &error.write})
      close_file(*file);
    throw Error(Errc::limit_reached, failure.what());
  }
  close_file(in.read);
  close_file(out.write);
  close_file(error.write);
  input_ = in.write;
  output_ = out.read;
  error_ = error.read;
  for (const int file : {input_, output_, error_}) ::fcntl(file, F_SETFL, O_NONBLOCK);
}

EngineProcess::~EngineProcess() {
  (void)end_within(kGrace);
  close_all();
}

void EngineProcess::close_all() {
  for (int* file : {&input_, &output_, &error_}) close_file(*file);
}

bool EngineProcess::end_within(std::chrono::duration<double> limit) {
  using Clock = std::chrono::steady_clock;
  close_file(input_);
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(limit);
  siginfo_t end{};
  while (!status_ &&
         ::waitid(P_PID, static_cast<id_t>(pid_), &end, WEXITED | WNOHANG | WNOWAIT) == 0) {
    const bool ended = end.si_pid == pid_;
    if (!ended && Clock::now() < deadline) {
      collect(kShortMs);
      unread_.clear();
      searched_ = 0;
      continue;
    }
    // With the programs that it started and left, also in sessions of their own. Stopped, it starts
    // no more; it keeps its id until it is waited for.
    ::kill(-pid_, SIGSTOP);
    kill_family(pid_, mark_);
    ::kill(-pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    status_ = status;
    killed_ = !ended;
  }
  return !killed_ && status_ && WIFEXITED(*status_) && WEXITSTATUS(*status_) == 0;
}

bool EngineProcess::has_ended() const {
  siginfo_t end{};
  constexpr int kLook = WEXITED | WNOHANG | WNOWAIT;
  return status_ ||
         (::waitid(P_PID, static_cast<id_t>(pid_), &end, kLook) == 0 && end.si_pid == pid_);
}

void EngineProcess::write_line(const std::string& line) {
  const std::string text = line + "\n";
  const WithoutSigpipe guard;
  ssize_t written = 0;
  do {
    written = ::write(input_, text.data(), text.size());
  } while (written < 0 && errno == EINTR);
  // A request is smaller than a pipe: only an engine that left earlier ones unread is in the way.
  if (written != static_cast<ssize_t>(text.size())) fail(how_it_ended());
}

std::optional<std::string> EngineProcess::next_line(std::size_t most,
                                                    std::chrono::duration<double> limit,
                                                    const std::atomic<bool>& stop) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(limit);
  while (!stop.load()) {
    const std::size_t end = unread_.find('\n', searched_);
    searched_ = unread_.size();
    if (std::min(end, unread_.size()) > most)
      fail(tr("wrote a line of more than {}", human_size(most)));
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      searched_ = 0;
      return line;
    }
    if (output_ < 0) fail(how_it_ended());
    if (Clock::now() >= deadline)
      fail(tr("did not answer within {} s", static_cast<long>(limit.count())));
    const bool ended = has_ended();
    const std::size_t before = unread_.size();
    collect(kMomentMs);
    // Programs that it left may hold its output open.
    if (ended && unread_.size() == before) fail(how_it_ended());
  }
  return std::nullopt;
}

void EngineProcess::collect(int wait_ms) {
  std::array<pollfd, 2> files{pollfd{.fd = output_, .events = POLLIN, .revents = 0},
                              pollfd{.fd = error_, .events = POLLIN, .revents = 0}};
  if (::poll(files.data(), files.size(), wait_ms) <= 0) return;
  if (files[0].revents != 0) read_into(unread_, output_);
  if (files[1].revents != 0) read_into(said_, error_);
  if (said_.size() > kKeptOfErrors) said_.erase(0, said_.size() - kKeptOfErrors);
}

std::string EngineProcess::how_it_ended() {
  (void)end_within(kGrace);
  if (killed_ || !status_) return tr("closed its output or does not read its input");
  if (WIFSIGNALED(*status_)) return tr("ended by signal {}", WTERMSIG(*status_));
  return tr("ended with exit status {}", WEXITSTATUS(*status_));
}

void EngineProcess::fail(const std::string& reason) const {
  const std::string last = last_line(said_);
  throw Error(Errc::limit_reached, last.empty() ? reason : fmt::format("{}: {}", reason, last));
}

}  // namespace ocrtune
