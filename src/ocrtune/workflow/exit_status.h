#pragma once

#include <span>
#include <string_view>

#include "ocrtune/base/error.h"

namespace ocrtune {

/// Exit status of the command, a documented and stable interface (docs/reference/errors.md).
enum class ExitStatus {
  success = 0,
  usage_error = 1,         ///< the command line or a value in it is wrong
  input_unreadable = 2,    ///< some or all pages; the rest is done
  dependency_missing = 3,  ///< a language, library or program
  pipeline_invalid = 4,    ///< a pipeline file or its values
  study_error = 5,         ///< a study or storage error, or an output that cannot be written
  limit_reached = 6,       ///< stopped by a limit
  interrupted = 130,       ///< Ctrl-C; the same command resumes
};

/// An exit status as the help and the man page describe it.
struct ExitStatusText {
  ExitStatus status = ExitStatus::success;
  std::string_view meaning;  ///< a phrase, to be translated
};

/// Every exit status, by its number.
std::span<const ExitStatusText> all_exit_statuses();

/// The exit status for an error of the library.
ExitStatus exit_status_of(Errc code);

}  // namespace ocrtune
