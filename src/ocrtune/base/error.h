#pragma once

#include <stdexcept>
#include <string>

namespace ocrtune {

/// What kind of thing went wrong, for a program that has to decide by it.
enum class Errc {
  invalid_argument,    ///< an option or a value given by the caller
  not_found,           ///< what was asked for by name or number: a study, a trial
  input_unreadable,    ///< a page, a list of pages or a text: absent, damaged or over a limit
  dependency_missing,  ///< a language, its data, a device or a part that was left out of the build
  pipeline_invalid,    ///< a pipeline file or the values for it
  study_error,         ///< a study: absent, damaged, of another kind, or in use
  output_unwritable,   ///< a file, folder or stream that results were to go to
  limit_reached,       ///< memory, a time or the size of a page
  interrupted,         ///< stopped by the caller; what was finished is kept
};

/// The one exception that crosses the library's edge. `what()` is a single line for a person:
/// where, what is wrong there, and after a semicolon which values are allowed or what to do next.
class Error : public std::runtime_error {
 public:
  /// `message` is what `what()` gives: one line, as above.
  Error(Errc code, const std::string& message) : std::runtime_error(message), code_(code) {}

  /// What kind of thing went wrong.
  [[nodiscard]] Errc code() const { return code_; }

 private:
  Errc code_;
};

}  // namespace ocrtune
