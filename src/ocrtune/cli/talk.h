#pragma once

#include <cstdio>
#include <string_view>

#include "ocrtune/base/error.h"

namespace ocrtune::cli {

/// What the program says on standard error. Not thread-safe: the main thread talks.
class Talk {
 public:
  /// Takes standard error for itself; what libraries print there is dropped, unless `verbose` or
  /// the environment's OCRTUNE_VERBOSE keeps it.
  void begin(bool verbose);

  void set_quiet(bool quiet) { quiet_ = quiet; }

  /// News: a line; nothing in quiet mode.
  void say(std::string_view line);

  /// A warning or an error: always shown, prefixed with the program's name.
  void complain(std::string_view line);

  /// Its message, with an option as the command line has it.
  void complain(const Error& error);

  /// A line that the next one replaces on a terminal; elsewhere shown at most every ten seconds.
  void progress(std::string_view line);

 private:
  void clear_progress();

  std::FILE* out_ = stderr;
  bool quiet_ = false;
  bool terminal_ = false;
  bool progress_shown_ = false;
  double last_progress_ = -1e9;
};

}  // namespace ocrtune::cli
