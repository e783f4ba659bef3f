#include "ocrtune/base/spawn.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <future>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kThird = 3;
/// Above the descriptors that the program gets, so that none of them is overwritten before it is
/// copied.
constexpr int kClear = 10;

[[noreturn]] void cannot_start(const fs::path& program, int number) {
  throw Error(Errc::study_error, tr("{}: can't be started: {}", shown(program),
                                    system_message({number, std::generic_category()})));
}

/// The arguments or variables as exec takes them.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::string>& further) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    bool replaced = false;
    for (const std::string& other : further)
      replaced = replaced || text.starts_with(other.substr(0, other.find('=') + 1));
    if (!replaced) all.emplace_back(text);
  }
  all.insert(all.end(), further.begin(), further.end());
  return all;
}

/// What the child needs, prepared before vfork.
struct Start {
  const char* file;
  char* const* arguments;
  char* const* environment;
  const char* folder;
  int death_signal;
  pid_t parent;
  ProgramFiles files;
  int failure;  ///< where an errno is written
};

/// Runs between vfork and exec, in the parent's memory while its thread waits: only makes system
/// calls and changes nothing that the parent reads. All signals are blocked until no handler of the
/// parent's is left.
[[noreturn]] void become(const Start& start) {
  const int failure = ::fcntl(start.failure, F_DUPFD_CLOEXEC, kClear);
  const auto fail = [failure] {
    const int number = errno;
    (void)!::write(failure, &number, sizeof number);
    ::_exit(127);
  };
  ::setpgid(0, 0);
  if (start.death_signal != 0) ::prctl(PR_SET_PDEATHSIG, start.death_signal);
  if (::getppid() != start.parent) ::_exit(130);  // the parent died before prctl
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGXFSZ, SIGCHLD, SIGQUIT})
    ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const ProgramFiles& files = start.files;
  const std::array<int, 4> wanted{files.input < 0 ? ::open("/dev/null", O_RDONLY) : files.input,
                                  files.output, files.error, files.third};
  std::array<int, 4> copies{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    copies[i] = wanted[i] < 0 ? -1 : ::fcntl(wanted[i], F_DUPFD_CLOEXEC, kClear);
    if (copies[i] < 0 && i < kThird) fail();
  }
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (copies[i] >= 0 && ::dup2(copies[i], static_cast<int>(i)) < 0) fail();
  }
  // The program inherits no connections or open studies.
  ::close_range(static_cast<unsigned>(files.third < 0 ? kThird : kThird + 1), ~0U,
                CLOSE_RANGE_CLOEXEC);
  if (::chdir(start.folder) != 0) fail();
  ::execve(start.file, start.arguments, start.environment);
  fail();
  ::_exit(127);
}

/// Starts the child. vfork copies no page tables, for which fork takes seconds where a process has
/// gigabytes (or a sanitizer's shadow of them).
pid_t start_child(const Start& start) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = ::vfork();
  if (pid == 0) become(start);
  const int number = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = number;
  return pid;
}

/// The errno that the child wrote before exec; 0 if it runs.
int failure_of(int pipe) {
  int number = 0;
  ssize_t got = 0;
  do {
    got = ::read(pipe, &number, sizeof number);
  } while (got < 0 && errno == EINTR);
  return got == sizeof number ? number : 0;
}

/// A thread that lives as long as the process and starts programs for others.
class LastingThread {
 public:
  LastingThread() {
    std::thread([this] { work(); }).detach();
  }

  pid_t start(const Program& program, const ProgramFiles& files) {
    std::packaged_task<pid_t()> task([&] { return spawn(program, files); });
    std::future<pid_t> started = task.get_future();
    {
      const std::scoped_lock lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    asked_.notify_one();
    return started.get();
  }

 private:
  [[noreturn]] void work() {
    for (;;) {
      std::unique_lock lock(mutex_);
      asked_.wait(lock, [this] { return !tasks_.empty(); });
      std::packaged_task<pid_t()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable asked_;
  std::deque<std::packaged_task<pid_t()>> tasks_;
};

bool is_executable(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

pid_t spawn(const Program& program, const ProgramFiles& files) {
  std::array<int, 2> failure{-1, -1};
  if (::pipe2(failure.data(), O_CLOEXEC) != 0) cannot_start(program.file, errno);
  std::vector<std::string> arguments = program.arguments;
  std::vector<std::string> variables = environment_with(program.environment);
  const std::vector<char*> argument_pointers = pointers_to(arguments);
  const std::vector<char*> variable_pointers = pointers_to(variables);
  const std::string file = program.file.string();
  const std::string folder = program.folder.string();
  const Start start{.file = file.c_str(),
                    .arguments = argument_pointers.data(),
                    .environment = variable_pointers.data(),
                    .folder = folder.c_str(),
                    .death_signal = program.death_signal,
                    .parent = ::getpid(),
                    .files = files,
                    .failure = failure[1]};
  const pid_t pid = start_child(start);
  int number = pid < 0 ? errno : 0;
  ::close(failure[1]);
  if (pid > 0) {
    ::setpgid(pid, pid);  // by parent and child, whichever is first, so that it always has a group
    number = failure_of(failure[0]);
    if (number != 0) ::waitpid(pid, nullptr, 0);
  }
  ::close(failure[0]);
  if (number != 0) cannot_start(program.file, number);
  return pid;
}

pid_t spawn_for_process(const Program& program, const ProgramFiles& files) {
  // Never destroyed: its thread may wait until the process ends.
  static LastingThread& thread = *new LastingThread;
  return thread.start(program, files);
}

fs::path find_program(const std::string& name, const fs::path& folder) {
  if (name.find('/') != std::string::npos) {
    const fs::path file = folder / name;
    return is_executable(file) ? file : fs::path();
  }
  const char* path = std::getenv("PATH");
  for (const std::string& place : split(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
    const fs::path file = fs::path(place.empty() ? "." : place) / name;
    if (is_executable(file)) return fs::absolute(file);
  }
  return {};
}

}  // namespace ocrtune
