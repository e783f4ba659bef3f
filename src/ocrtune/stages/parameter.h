#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ocrtune {

/// What values a parameter takes. `odd` is an odd integer (OpenCV's kernel sizes); `boolean` is 0
/// or 1 and belongs to a stage's switch; `category` is the index of a choice.
enum class ParameterType {
  real,     ///< any number within the bounds
  integer,  ///< a whole number
  odd,      ///< an odd whole number
  boolean,  ///< 0 or 1
  category  ///< from 0 on
};

/// Name of the type as docs, --help and JSON show it.
std::string_view type_name(ParameterType type);

/// One parameter of a stage, stated once: file format, command line, docs and checks follow from
/// it.
struct Parameter {
  std::string name;                          ///< unique in its stage
  ParameterType type = ParameterType::real;  ///< which values it takes
  double low = 0;      ///< searched from, where it is free and no range is given
  double high = 0;     ///< searched to, included
  double initial = 0;  ///< value where it is fixed and none is given
  double min = 0;      ///< least allowed value
  double max = 0;      ///< greatest allowed value
  std::string unit;    ///< of its values, as in help: "px", "x-heights"; empty: none
  std::string help;    ///< a sentence fragment for --help and docs: no capital, no full stop
  bool log = false;    ///< searched by its logarithm where nothing else is stated
  std::vector<std::string> choices = {};  ///< of a category, whose values are their indices
  /// What choices were called in earlier versions, and are now: taken for the same.
  std::vector<std::pair<std::string, std::string>> former_choices = {};
};

/// Named fields for the makers below.
struct Limits {
  double low = 0;      ///< searched from, where no range is given
  double high = 0;     ///< searched to, included
  double initial = 0;  ///< value where none is given
  double min = 0;      ///< least allowed value
  double max = 0;      ///< greatest allowed value
  std::string unit;    ///< as in help; empty: none
  std::string help;    ///< as Parameter's
  bool log = false;    ///< searched by its logarithm
};

/// A parameter of type real.
Parameter real(std::string name, Limits limits);
/// A parameter of type integer.
Parameter integer(std::string name, Limits limits);
/// A parameter of type odd.
Parameter odd(std::string name, Limits limits);

/// One of `choices`; the first is the default.
Parameter category(std::string name, std::vector<std::string> choices, std::string help);

/// Throws Error(pipeline_invalid) where `value` is not one the parameter may take; `shown_name` is
/// what the user knows it as.
void check_value(const Parameter& parameter, double value, std::string_view shown_name);

/// As check_value for both ends, and low <= high.
void check_range(const Parameter& parameter, double low, double high, std::string_view shown_name);

/// "odd integer, 3 to 2001"; "one of luma, red".
std::string allowed_values(const Parameter& parameter);

/// The value that `text` states: a number, on, off, true or false, or a choice. Throws as
/// check_value.
double parse_value(const Parameter& parameter, std::string_view text, std::string_view shown_name);

/// The value as parse_value reads it: integers without a fraction, reals in their shortest form.
std::string value_text(ParameterType type, const std::vector<std::string>& choices, double value);
/// The same for the parameter's own values.
std::string value_text(const Parameter& parameter, double value);

}  // namespace ocrtune
