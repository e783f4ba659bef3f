#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ocrtune/base/duration.h"

namespace ocrtune::workflow {

/// The field of an options struct that an option sets. An optional that is empty, and a list that
/// is, say that nothing was stated.
using OptionField = std::variant<bool*, std::string*, std::optional<std::string>*,
                                 std::vector<std::string>*, int*, std::optional<int>*, std::size_t*,
                                 std::optional<std::size_t>*, double*, std::optional<double>*>;

/// What is written for a number: itself, a time such as 90s, 10m or 2h (the field has seconds), or
/// a size such as 800M or 4G (bytes).
enum class Notation {
  plain,     ///< the number itself
  duration,  ///< a time
  size       ///< a size
};

/// The bounds of a number.
struct NumberRange {
  std::uint64_t low = 0;   ///< included
  std::uint64_t high = 0;  ///< included
};

/// One option of a workflow: what the command line, its help, man page and completion, the forms of
/// the page and the checks of all of them are made of. It points into the struct it is an option
/// of.
struct Option {
  std::string name;   ///< "hold-out"
  OptionField field;  ///< where its value stands
  std::string group;  ///< heading it stands under in the help; empty for positional ones
  std::string help;   ///< a sentence, without a full stop
  /// What it is where nothing is stated, for people; empty where there is nothing to say, or the
  /// field says so itself.
  std::string usual = {};
  std::optional<NumberRange> range = {};  ///< of a number
  std::vector<std::string> choices = {};  ///< of a text, or of each of a list
  Notation notation = Notation::plain;    ///< of a number
  char letter = 0;                        ///< of its short form; 0: none
  bool positional = false;                ///< stands without its name
  bool required = false;                  ///< one must be given
  std::size_t most_values = 0;            ///< of a list; 0: any number
  bool joined = false;                    ///< values of a list may be joined by commas
  std::string excludes = {};              ///< the option that can't be given as well
  std::string value_name = {};            ///< what stands for the value in the help, in capitals
  std::string environment = {};           ///< the variable that states it where nothing else does
  /// Names files, or is about where results go: stated by who calls, and not by a form of the page.
  bool command_only = false;
};

/// All options of a workflow, in the order of its help.
using Options = std::vector<Option>;

/// Of a time, in s.
inline constexpr NumberRange kDurationRange{kShortestDuration, kLongestDuration};

/// "hold_out".
std::string json_name(const Option& option);

/// "whole" or "real" for a number, "text", "list" or "flag".
std::string_view kind_of(const Option& option);

/// The option's field as the command line takes it, one text a value; none where nothing is stated.
/// A flag that is set has one, which is empty.
std::vector<std::string> values_text(const Option& option);

/// What it is where nothing is stated, for people; may be empty.
std::string usual_text(const Option& option);

/// What states on a command line what `options` have and `untouched`, the same ones of another
/// struct, don't: "--trials=9", "--single"; positional ones are left out.
std::vector<std::string> words_of(const Options& options, const Options& untouched);

/// Appends what `more` has.
void append(Options& options, Options more);

/// Throws Error(invalid_argument) that names the first option whose field isn't what it may be.
void check(const Options& options);

/// check() of the table of a struct of options.
template <typename Struct>
void check_fields(Struct options) {
  check(options_of(options));
}

}  // namespace ocrtune::workflow
