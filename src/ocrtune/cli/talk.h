#pragma once

#include <cstdio>
#include <string_view>

#include "ocrtune/base/error.h"

namespace ocrtune::cli {

/// Writes the program's messages to standard error. Not thread-safe: for the main thread.
class Talk {
 public:
  /// Takes over standard error. Output of libraries is dropped, unless `verbose` or the environment
  /// variable OCRTUNE_VERBOSE keeps it.
  void begin(bool verbose);

  void set_quiet(bool quiet) { quiet_ = quiet; }

  /// Writes a message of one line; nothing in quiet mode.
  void say(std::string_view line);

  /// Writes a warning or an error: always shown, prefixed with the program's name.
  void complain(std::string_view line);

  /// Writes an error's message, with the option in the notation of the command line.
  void complain(const Error& error);

  /// Shows a progress line, which the next one replaces on a terminal; elsewhere at most every ten
  /// seconds.
  void progress(std::string_view line);

 private:
  void write(std::string_view text);
  void clear_progress();

  std::FILE* out_ = stderr;
  bool quiet_ = false;
  bool terminal_ = false;
  bool progress_shown_ = false;
  double last_progress_ = -1e9;
};

}  // namespace ocrtune::cli
