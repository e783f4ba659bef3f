#pragma once

#include <stdexcept>
#include <string>

namespace ocrtune {

/// What the process ends with; a documented, stable interface (docs/errors.md).
enum class ExitStatus {
  done = 0,
  wrong_use = 1,           ///< the command line or a value in it
  input_unreadable = 2,    ///< some or all pages; the rest was done
  dependency_missing = 3,  ///< a language, a library, a program
  pipeline_invalid = 4,    ///< a pipeline file or the values for it
  study_error = 5,         ///< study, storage or an output that can't be written
  limit_reached = 6,       ///< stopped by a limit
  interrupted = 130,       ///< Ctrl-C; the same command goes on
};

/// The one exception that crosses the library's edge. `what()` is a single line for a person:
/// what is wrong, where, and which values are allowed or what to do next.
class Error : public std::runtime_error {
 public:
  Error(ExitStatus status, const std::string& message)
      : std::runtime_error(message), status_(status) {}

  [[nodiscard]] ExitStatus status() const { return status_; }

 private:
  ExitStatus status_;
};

}  // namespace ocrtune
