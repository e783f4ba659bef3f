#include "ocrtune/stages/parameter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

Parameter make(ParameterType type, std::string name, Limits limits) {
  return {.name = std::move(name),
          .type = type,
          .low = limits.low,
          .high = limits.high,
          .initial = limits.initial,
          .min = limits.min,
          .max = limits.max,
          .unit = std::move(limits.unit),
          .help = std::move(limits.help),
          .log = limits.log};
}

bool allowed(const Parameter& parameter, double value) {
  if (!(value >= parameter.min && value <= parameter.max)) return false;
  if (parameter.type == ParameterType::real) return true;
  if (value != std::floor(value)) return false;
  return parameter.type != ParameterType::odd || std::fmod(value, 2.0) != 0.0;
}

[[noreturn]] void refuse(const Parameter& parameter, std::string_view value,
                         std::string_view shown_name) {
  throw Error(Errc::pipeline_invalid,
              tr("{} = {}: allowed: {}{}", shown_name, value, allowed_values(parameter),
                 did_you_mean(value, parameter.choices)));
}

}  // namespace

std::string_view type_name(ParameterType type) {
  switch (type) {
    case ParameterType::real:
      return tr_noop("real");
    case ParameterType::integer:
      return tr_noop("integer");
    case ParameterType::odd:
      return tr_noop("odd integer");
    case ParameterType::boolean:
      return tr_noop("boolean");
    case ParameterType::category:
      return tr_noop("category");
  }
  return "";
}

Parameter real(std::string name, Limits limits) {
  return make(ParameterType::real, std::move(name), std::move(limits));
}

Parameter integer(std::string name, Limits limits) {
  return make(ParameterType::integer, std::move(name), std::move(limits));
}

Parameter odd(std::string name, Limits limits) {
  return make(ParameterType::odd, std::move(name), std::move(limits));
}

Parameter category(std::string name, std::vector<std::string> choices, std::string help) {
  const auto last = static_cast<double>(choices.size() - 1);
  return {.name = std::move(name),
          .type = ParameterType::category,
          .high = last,
          .max = last,
          .unit = "",
          .help = std::move(help),
          .choices = std::move(choices)};
}

void check_value(const Parameter& parameter, double value, std::string_view shown_name) {
  if (!allowed(parameter, value)) refuse(parameter, fmt::format("{}", value), shown_name);
}

void check_range(const Parameter& parameter, double low, double high, std::string_view shown_name) {
  check_value(parameter, low, shown_name);
  check_value(parameter, high, shown_name);
  if (low <= high) return;
  throw Error(
      Errc::pipeline_invalid,
      tr("{}: the range {} to {} is empty; the lower end comes first", shown_name, low, high));
}

std::string allowed_values(const Parameter& parameter) {
  if (parameter.type == ParameterType::boolean) return tr("true or false");
  if (parameter.type == ParameterType::category) return tr("one of {}", joined(parameter.choices));
  return tr("{}, {} to {}", translated(type_name(parameter.type)), parameter.min, parameter.max);
}

double parse_value(const Parameter& parameter, std::string_view text, std::string_view shown_name) {
  double value = 0;
  if (parameter.type == ParameterType::category) {
    const auto found = std::ranges::find(parameter.choices, text);
    if (found == parameter.choices.end()) refuse(parameter, quotable(text, 60), shown_name);
    return static_cast<double>(found - parameter.choices.begin());
  }
  if (parameter.type == ParameterType::boolean) {
    const std::string word = lower_case(text);
    if (word == "on" || word == "true") return 1;
    if (word == "off" || word == "false") return 0;
  }
  if (!parse_number(text, value)) refuse(parameter, quotable(text, 60), shown_name);
  check_value(parameter, value, shown_name);
  return value;
}

std::string value_text(ParameterType type, const std::vector<std::string>& choices, double value) {
  if (type == ParameterType::boolean) return value != 0 ? "true" : "false";
  if (type == ParameterType::category) return choices.at(static_cast<std::size_t>(value));
  return fmt::format("{}", value + 0.0);  // makes -0 a plain 0
}

std::string value_text(const Parameter& parameter, double value) {
  return value_text(parameter.type, parameter.choices, value);
}

}  // namespace ocrtune
