#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune {

/// The open files of a new program, which has no others.
struct ProgramFiles {
  int input = -1;  ///< standard input; negative: empty
  int output = 0;  ///< standard output
  int error = 0;   ///< standard error
  int third = -1;  ///< its descriptor 3; negative: none
};

/// A program to start.
struct Program {
  std::filesystem::path file;                 ///< started without a shell
  std::vector<std::string> arguments;         ///< the first one is its name
  std::filesystem::path folder;               ///< where it runs
  std::vector<std::string> environment = {};  ///< "NAME=VALUE", beside those of this process
  int death_signal = 0;                       ///< what it gets when the thread that started it ends
};

/// Starts a program in a process group of its own, with the default handling of signals. Returns
/// its process id, which the caller waits for. Throws Error(study_error) if it cannot be started.
/// Thread-safe.
pid_t spawn(const Program& program, const ProgramFiles& files);

/// As spawn(), but the program gets its death signal when this process ends, not when the calling
/// thread does. Thread-safe.
pid_t spawn_for_process(const Program& program, const ProgramFiles& files);

/// The executable file that a shell would start for `name`: the name itself, relative to `folder`,
/// if it contains a slash, else the first in the folders of PATH. Empty if there is none.
std::filesystem::path find_program(const std::string& name, const std::filesystem::path& folder);

}  // namespace ocrtune
