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

/// The field of an options struct that an option sets. An empty optional or list means that no
/// value was given.
using OptionField = std::variant<bool*, std::string*, std::optional<std::string>*,
                                 std::vector<std::string>*, int*, std::optional<int>*, std::size_t*,
                                 std::optional<std::size_t>*, double*, std::optional<double>*>;

/// Notation of a number: plain, a duration such as 90s, 10m or 2h (the field has seconds), or a
/// size such as 800M or 4G (the field has bytes).
enum class Notation {
  plain,     ///< a number
  duration,  ///< a duration
  size       ///< a size
};

/// What the value of an option is, for completion in shells (completion.h).
enum class Completion {
  choices,          ///< one of its choices, or nothing that is known
  file,             ///< a file, with one of the option's suffixes
  folder,           ///< a folder
  language,         ///< a language with a model, or several joined by +
  pipeline,         ///< a preset or a pipeline file
  portfolio,        ///< a portfolio of ocrtune's or its file
  preset,           ///< a preset or a portfolio of ocrtune's
  start,            ///< initial points: a pipeline, a study or a file of points
  parameter_value,  ///< NAME=VALUE of a parameter of the pipeline
  parameter_range,  ///< NAME or NAME=LOW:HIGH of one
  study,            ///< a study: a file or an address
  study_address,    ///< the address of a study on a server
  device,           ///< a device for stages, or several joined by commas
  ocr_device,       ///< a device for OCR
  score,            ///< a score, as its choices
  constraint,       ///< a score with a bound
  sampler,          ///< a sampler, as its choices
  pruner,           ///< a pruner, as its choices
  method,           ///< a sampler or a pruner
  stage,            ///< a stage, or ocr
  engine,           ///< an OCR engine, as its choices
  external_engine   ///< an external OCR engine or its folder
};

/// The bounds of a number.
struct NumberRange {
  std::uint64_t low = 0;   ///< included
  std::uint64_t high = 0;  ///< included
};

/// An option of a workflow. The command line, its help, man page and completion, the forms of the
/// web interface and all checks are derived from it. It points into the struct that has its field.
struct Option {
  std::string name;   ///< "hold-out"
  OptionField field;  ///< its value
  std::string group;  ///< heading in the help; empty for positional ones
  std::string help;   ///< a sentence, without a full stop
  /// Its name in forms of the web interface; empty: "--hold-out".
  std::string label = {};
  /// The default, for display; empty if there is none, or if the field has it.
  std::string usual = {};
  std::optional<NumberRange> range = {};   ///< of numbers
  std::vector<std::string> choices = {};   ///< of a text, or of each list item
  Notation notation = Notation::plain;     ///< of numbers
  char letter = 0;                         ///< short form; 0: none
  bool positional = false;                 ///< given without its name
  bool required = false;                   ///< must be given
  std::size_t max_values = 0;              ///< maximum length of a list; 0: any
  bool joined = false;                     ///< list items may be joined by commas
  std::vector<std::string> excludes = {};  ///< options that cannot be given at the same time
  std::string value_name = {};             ///< placeholder for the value in the help, in capitals
  std::string environment = {};            ///< environment variable that is used if the option is
                                           ///< not given
  Completion completion = Completion::choices;  ///< what its value is, in shells
  std::vector<std::string> suffixes = {};       ///< of a file that is its value; empty: any
  /// True for files and destinations of results, which forms of the web interface do not have.
  bool command_only = false;
};

/// All options of a workflow, in the order of its help.
using Options = std::vector<Option>;

/// For durations, in s.
inline constexpr NumberRange kDurationRange{kShortestDuration, kLongestDuration};

/// "hold_out".
std::string json_name(const Option& option);

/// "whole" or "real" for a number, "text", "list" or "flag".
std::string_view kind_of(const Option& option);

/// The values of the option's field in the notation of the command line; none if no value was
/// given. A flag that is set has one empty value.
std::vector<std::string> values_text(const Option& option);

/// The default, for display; may be empty.
std::string usual_text(const Option& option);

/// Command line arguments for the values in `options` that differ from those in `untouched`, the
/// same options of another struct: "--trials=9", "--single"; without positional ones.
std::vector<std::string> words_of(const Options& options, const Options& untouched);

/// Appends the options in `more`.
void append(Options& options, Options more);

/// Throws Error(invalid_argument), naming the first option with an invalid value.
void check(const Options& options);

/// check() for the option table of a struct.
template <typename Struct>
void check_fields(Struct options) {
  check(options_of(options));
}

}  // namespace ocrtune::workflow
