#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ocrtune {

/// How a process ended: its status, or the signal that ended it.
struct ProcessEnd {
  int exit_status = 0;  ///< 128 + signal, as shells have it, where a signal ended it
  bool by_signal = false;
};

/// What finds a process again that an earlier one started: process ids are used again, so its
/// start and the boot of the machine go with it.
struct ProcessMark {
  pid_t pid = 0;            ///< 0: none
  std::uint64_t start = 0;  ///< clock ticks after boot
  std::string boot;         ///< the kernel's id of this boot

  bool operator==(const ProcessMark&) const = default;
};

/// A program at work in a process group of its own, with standard input empty and standard output
/// and error in one pipe. It gets SIGINT when the thread that started it ends, so also when this
/// process is killed. Destroying it kills it. Not thread-safe.
class Process {
 public:
  /// Starts `program` with `arguments` (the first one is its name) in `folder`; no shell is in
  /// between and no other file is open in it. Throws Error(study_error) where it can't be started.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const std::filesystem::path& folder);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Sends a signal to its process group; nothing where it has ended.
  void signal(int number);

  /// What it has said since the last call, at most 1 MiB; empty where there is nothing now. Doesn't
  /// wait.
  std::string said();

  /// How it ended; nothing while it runs. Doesn't wait. The same answer ever after.
  std::optional<ProcessEnd> ended();

  /// The pipe's end to poll for reading; negative where nothing more will come.
  [[nodiscard]] int output() const { return output_; }

  [[nodiscard]] ProcessMark mark() const { return mark_; }

 private:
  void close_output();

  pid_t pid_ = 0;
  int output_ = -1;
  ProcessMark mark_;
  std::optional<ProcessEnd> end_;
};

/// The mark of the process `pid` now; its pid is 0 where there is none.
ProcessMark mark_of(pid_t pid);

/// Kills the process group that an earlier process left at work and waits for its end, at most 5 s.
/// Does nothing where the mark is of none that still runs. True where it is gone.
bool end_leftover(const ProcessMark& mark);

/// A program's arguments as one would type them in a shell.
std::string shell_text(const std::vector<std::string>& arguments);

}  // namespace ocrtune
