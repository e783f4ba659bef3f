#pragma once

#include <stdexcept>
#include <string>

namespace ocrtune {

/// The kind of an error, for programs that handle kinds differently.
enum class Errc {
  invalid_argument,    ///< an option or a value given by the caller
  not_found,           ///< a study, a trial or the like with this name or number
  input_unreadable,    ///< a page, a list of pages or a text: absent, damaged or over a limit
  dependency_missing,  ///< a language, its data, a device or a part that was left out of the build
  pipeline_invalid,    ///< a pipeline file or the values for it
  study_error,         ///< a study: absent, damaged, of another kind, or in use
  output_unwritable,   ///< a file, folder or stream that results were to go to
  limit_reached,       ///< memory, a time or the size of a page
  interrupted,         ///< stopped by the caller; what was finished is kept
};

/// The only exception type that the library throws to its callers. `what()` is a single line for a
/// person: where, what is wrong there, and after a semicolon which values are allowed or what to do
/// next.
class Error : public std::runtime_error {
 public:
  /// `message` is what `what()` gives: one line, as above.
  Error(Errc code, const std::string& message) : std::runtime_error(message), code_(code) {}

  /// The kind of the error.
  [[nodiscard]] Errc code() const { return code_; }

 private:
  Errc code_;
};

/// An option of the caller that has an invalid value. what() begins with the name of the field of
/// the options struct, or of the argument; a program with names of its own for them, such as
/// `--hold-out`, writes that name and rest().
class OptionError : public Error {
 public:
  /// `option` is the field, such as "hold_out"; what() is "OPTION VALUE: WHY", or "OPTION: WHY" if
  /// `value` is empty.
  OptionError(Errc code, const std::string& option, const std::string& value,
              const std::string& why)
      : Error(code, option + rest_of(value, why)), option_(option), rest_(rest_of(value, why)) {}

  /// The field's name.
  [[nodiscard]] const std::string& option() const { return option_; }

  /// what() after the field's name: " VALUE: WHY" or ": WHY".
  [[nodiscard]] const std::string& rest() const { return rest_; }

 private:
  static std::string rest_of(const std::string& value, const std::string& why) {
    std::string text = value.empty() ? "" : " ";
    text.append(value).append(": ").append(why);
    return text;
  }

  std::string option_;
  std::string rest_;
};

}  // namespace ocrtune
