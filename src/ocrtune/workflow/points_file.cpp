#include "ocrtune/workflow/points_file.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"

namespace ocrtune::workflow {
namespace {

constexpr std::uint64_t kFileLimit = 64'000'000;

[[noreturn]] void wrong(const std::string& why) { throw Error(Errc::invalid_argument, why); }

/// The value that the Python design would use for `value`.
double converted(ParameterType type, double value) {
  if (type != ParameterType::integer && type != ParameterType::odd) return value;
  const double whole = std::trunc(value);
  return type == ParameterType::odd && std::fmod(whole, 2.0) == 0 ? whole + 1 : whole;
}

/// The number that a point's entry stands for. `notes` tells where another one is used.
double used_value(const nlohmann::json& value, const std::string& name, const std::string& where,
                  const Parameter& parameter, std::vector<std::string>& notes) {
  if (parameter.type == ParameterType::category) {
    if (!value.is_string())
      wrong(fmt::format("{}: `{}` must be {}", where, name, allowed_values(parameter)));
    return parse_value(parameter, value.get<std::string>(), name);
  }
  if (!value.is_number() && !value.is_boolean())
    wrong(fmt::format("{}: `{}` must be a number", where, name));
  const double given = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>();
  const double used = converted(parameter.type, given);
  if (used != given)
    notes.push_back(fmt::format("{}: {} {} taken as {}", where, name, given, used));
  return used;
}

Point read_point(const nlohmann::json& entry, const std::string& where, const Pipeline& pipeline,
                 std::vector<std::string>& notes) {
  if (!entry.is_object()) wrong(where + ": a point is an object {\"parameter\": number, …}");
  Point point;
  for (const auto& [name, value] : entry.items()) {
    try {
      const Parameter parameter = pipeline.parameter_of(name);
      point.values.emplace_back(name, used_value(value, name, where, parameter, notes));
    } catch (const Error& error) {
      if (error.code() == Errc::invalid_argument) throw;
      wrong(fmt::format("{}: {}", where, error.what()));
    }
  }
  try {
    (void)pipeline.at(point);
  } catch (const Error& error) {
    wrong(fmt::format("{}: {}", where, error.what()));
  }
  return point;
}

}  // namespace

std::vector<Point> parse_points(std::string_view text, std::string_view source,
                                const Pipeline& pipeline, std::vector<std::string>& notes) {
  nlohmann::json list;
  try {
    list = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    wrong(fmt::format("{}: is not JSON (at byte {})", source, error.byte));
  } catch (const nlohmann::json::exception&) {
    wrong(fmt::format("{}: is not JSON: a number in it is too large", source));
  }
  if (!list.is_array() || list.empty())
    wrong(fmt::format("{}: expected a list of at least one point", source));
  std::vector<Point> points;
  for (const nlohmann::json& entry : list) {
    points.push_back(
        read_point(entry, fmt::format("{}: point {}", source, points.size() + 1), pipeline, notes));
  }
  return points;
}

std::vector<Point> read_points(const std::filesystem::path& file, const Pipeline& pipeline,
                               std::vector<std::string>& notes) {
  return parse_points(read_text(file, kFileLimit, Errc::invalid_argument), shown(file), pipeline,
                      notes);
}

}  // namespace ocrtune::workflow
