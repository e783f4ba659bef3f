#include "ocrtune/stages/parameter.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"

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
          .help = std::move(limits.help)};
}

bool allowed(const Parameter& parameter, double value) {
  if (!(value >= parameter.min && value <= parameter.max)) return false;
  if (parameter.type == ParameterType::real) return true;
  if (value != std::floor(value)) return false;
  return parameter.type != ParameterType::odd || std::fmod(value, 2.0) != 0.0;
}

}  // namespace

std::string_view type_name(ParameterType type) {
  switch (type) {
    case ParameterType::real:
      return "real";
    case ParameterType::integer:
      return "integer";
    case ParameterType::odd:
      return "odd integer";
    case ParameterType::boolean:
      return "boolean";
    case ParameterType::category:
      return "category";
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

void check_value(const Parameter& parameter, double value, std::string_view shown_name) {
  if (allowed(parameter, value)) return;
  throw Error(ExitStatus::pipeline_invalid,
              fmt::format("{} = {}: allowed: {}", shown_name, value, allowed_values(parameter)));
}

void check_range(const Parameter& parameter, double low, double high, std::string_view shown_name) {
  check_value(parameter, low, shown_name);
  check_value(parameter, high, shown_name);
  if (low <= high) return;
  throw Error(ExitStatus::pipeline_invalid,
              fmt::format("{}: the range {} to {} is empty; the lower end comes first", shown_name,
                          low, high));
}

std::string allowed_values(const Parameter& parameter) {
  if (parameter.type == ParameterType::boolean) return "true or false";
  return fmt::format("{}, {} to {}", type_name(parameter.type), parameter.min, parameter.max);
}

std::string value_text(ParameterType type, double value) {
  if (type == ParameterType::boolean) return value != 0 ? "true" : "false";
  return fmt::format("{}", value + 0.0);  // makes -0 a plain 0
}

}  // namespace ocrtune
