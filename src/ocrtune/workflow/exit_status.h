#pragma once

#include "ocrtune/base/error.h"

namespace ocrtune {

/// What the command ends with, for it and for who starts it; a documented, stable interface
/// (docs/errors.md).
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

/// What an error of the library ends the command with.
ExitStatus exit_status_of(Errc code);

}  // namespace ocrtune
