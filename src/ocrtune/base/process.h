#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ocrtune {

/// How a process ended: its exit status or its signal.
struct ProcessEnd {
  int exit_status = 0;  ///< 128 + signal, as in shells, if a signal ended it
  bool by_signal = false;
};

/// How a process ended, from the status that waitpid() gives.
ProcessEnd process_end(int status);

/// Identifies a process that an earlier process started. Process ids are reused, so the mark also
/// has the process's start time and the boot id.
struct ProcessMark {
  pid_t pid = 0;            ///< 0: none
  std::uint64_t start = 0;  ///< clock ticks after boot
  std::string boot;         ///< the kernel's id of this boot

  bool operator==(const ProcessMark&) const = default;
};

/// A running program in a process group of its own, with standard input empty and standard output
/// and error in one pipe. It gets SIGINT when the thread that started it ends, so also when this
/// process is killed. The destructor kills it. Not thread-safe.
class Process {
 public:
  /// Starts `program` with `arguments` (the first one is its name) in `folder`, without a shell and
  /// with no other open file. `environment` has "NAME=VALUE" that replace those of this process.
  /// Throws Error(study_error) if it cannot be started.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const std::filesystem::path& folder, const std::vector<std::string>& environment = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Sends a signal to its process group; no effect if it has ended.
  void signal(int number);

  /// Its output since the last call, at most 1 MiB; empty if there is none yet. Does not wait.
  std::string said();

  /// How it ended; nothing while it runs. Does not wait. Later calls return the same.
  std::optional<ProcessEnd> ended();

  /// The file descriptor to poll for its output; negative if no more output will come.
  [[nodiscard]] int output() const { return output_; }

  [[nodiscard]] ProcessMark mark() const { return mark_; }

 private:
  void close_output();

  pid_t pid_ = 0;
  int output_ = -1;
  ProcessMark mark_;
  std::optional<ProcessEnd> end_;
};

/// The mark of the running process `pid`; its pid is 0 if there is none.
ProcessMark mark_of(pid_t pid);

/// Kills the process group that an earlier process left running and waits for its end, at most 5 s.
/// Does nothing if the marked process does not run any longer. True if it is gone.
bool end_leftover(const ProcessMark& mark);

/// A program's arguments, quoted for a shell.
std::string shell_text(const std::vector<std::string>& arguments);

}  // namespace ocrtune
