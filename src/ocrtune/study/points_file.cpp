#include "ocrtune/study/points_file.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::uint64_t kFileLimit = 64'000'000;

[[noreturn]] void wrong(const std::string& why) { throw Error(Errc::invalid_argument, why); }

/// The number for an entry of a point. `notes` gets the changes.
double used_value(const nlohmann::json& value, const std::string& name, const std::string& where,
                  const Parameter& parameter, std::vector<std::string>& notes) {
  if (parameter.type == ParameterType::category) {
    if (!value.is_string())
      wrong(tr("{}: `{}` must be {}", where, name, allowed_values(parameter)));
    return parse_value(parameter, value.get<std::string>(), name);
  }
  if (!value.is_number() && !value.is_boolean())
    wrong(tr("{}: `{}` must be a number", where, name));
  const double given = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>();
  const double used = taken_value(parameter.type, given);
  if (used != given) notes.push_back(tr("{}: {} {} replaced by {}", where, name, given, used));
  return used;
}

Point read_point(const nlohmann::json& entry, const std::string& where, const Pipeline& pipeline,
                 std::vector<std::string>& notes) {
  if (!entry.is_object()) wrong(where + tr(": a point is an object {{\"parameter\": number, …}}"));
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

/// The value in the notation that used_value reads.
nlohmann::json value_json(const Parameter& parameter, double value) {
  if (parameter.type == ParameterType::category) return value_text(parameter, value);
  if (parameter.type == ParameterType::boolean) return value != 0;
  if (parameter.type == ParameterType::real) return value;
  return static_cast<std::int64_t>(value);
}

}  // namespace

double taken_value(ParameterType type, double given) {
  if (type != ParameterType::integer && type != ParameterType::odd) return given;
  const double whole = std::trunc(given);
  return type == ParameterType::odd && std::fmod(whole, 2.0) == 0 ? whole + 1 : whole;
}

std::string points_text(const std::vector<Point>& points, const Pipeline& pipeline) {
  std::string text;
  for (const Point& point : points) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : point.values)
      object[name] = value_json(pipeline.parameter_of(name), value);
    text += (text.empty() ? "[" : ",\n ") + object.dump();
  }
  return (text.empty() ? "[" : text) + "]\n";
}

std::vector<Point> parse_points(std::string_view text, std::string_view source,
                                const Pipeline& pipeline, std::vector<std::string>& notes) {
  nlohmann::json list;
  try {
    list = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    wrong(tr("{}: is not JSON (at byte {})", source, error.byte));
  } catch (const nlohmann::json::exception&) {
    wrong(tr("{}: is not JSON: a number in it is too large", source));
  }
  if (!list.is_array() || list.empty())
    wrong(tr("{}: expected a list of at least one point", source));
  std::vector<Point> points;
  for (const nlohmann::json& entry : list) {
    points.push_back(
        read_point(entry, tr("{}: point {}", source, points.size() + 1), pipeline, notes));
  }
  return points;
}

std::vector<Point> read_points(const std::filesystem::path& file, const Pipeline& pipeline,
                               std::vector<std::string>& notes) {
  return parse_points(read_text(file, kFileLimit, Errc::invalid_argument), shown(file), pipeline,
                      notes);
}

}  // namespace ocrtune
