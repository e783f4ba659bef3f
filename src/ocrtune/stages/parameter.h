#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// The values that a parameter takes. `odd` is an odd integer (OpenCV's kernel sizes); `boolean` is
/// 0 or 1 and belongs to a stage's switch; `category` is the index of a choice.
enum class ParameterType {
  real,     ///< any number within the bounds
  integer,  ///< a whole number
  odd,      ///< an odd whole number
  boolean,  ///< 0 or 1
  category  ///< index of a choice, from 0
};

/// Name of the type in docs, --help and JSON.
std::string_view type_name(ParameterType type);

/// One parameter of a stage; file format, command line, docs and checks derive from this.
struct Parameter {
  std::string name;                          ///< unique in its stage
  ParameterType type = ParameterType::real;  ///< which values it takes
  double low = 0;                            ///< lower end of the default search range
  double high = 0;                           ///< its upper end, included
  double initial = 0;                        ///< default value
  double min = 0;                            ///< least allowed value
  double max = 0;                            ///< greatest allowed value
  std::string unit;  ///< of its values, as in help: "px", "x-heights"; empty: none
  std::string help;  ///< a sentence fragment for --help and docs: no capital, no full stop
  bool log = false;  ///< default: searched on a logarithmic scale
  std::vector<std::string> choices = {};  ///< of a category; the values are their indices
};

/// Named fields for the makers below.
struct Limits {
  double low = 0;      ///< lower end of the default search range
  double high = 0;     ///< its upper end, included
  double initial = 0;  ///< default value
  double min = 0;      ///< least allowed value
  double max = 0;      ///< greatest allowed value
  std::string unit;    ///< as in Parameter; empty: none
  std::string help;    ///< as in Parameter
  bool log = false;    ///< searched on a logarithmic scale
};

/// A parameter of type real.
Parameter real(std::string name, Limits limits);
/// A parameter of type integer.
Parameter integer(std::string name, Limits limits);
/// A parameter of type odd.
Parameter odd(std::string name, Limits limits);

/// One of `choices`; the first is the default.
Parameter category(std::string name, std::vector<std::string> choices, std::string help);

/// Throws Error(pipeline_invalid) if `value` is not allowed for the parameter; `shown_name` is its
/// name for the user.
void check_value(const Parameter& parameter, double value, std::string_view shown_name);

/// As check_value for both ends; also checks low <= high.
void check_range(const Parameter& parameter, double low, double high, std::string_view shown_name);

/// "odd integer, 3 to 2001"; "one of luma, red".
std::string allowed_values(const Parameter& parameter);

/// Parses a value: a number, on, off, true or false, or a choice. Throws as check_value.
double parse_value(const Parameter& parameter, std::string_view text, std::string_view shown_name);

/// The value in the form that parse_value reads: integers without a fraction, reals in their
/// shortest form.
std::string value_text(ParameterType type, const std::vector<std::string>& choices, double value);
/// The same for the parameter's own values.
std::string value_text(const Parameter& parameter, double value);

}  // namespace ocrtune
