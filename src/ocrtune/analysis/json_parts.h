#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/devices/devices.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// {"mean", "low", "high"}.
nlohmann::json interval_json(const Interval& interval);

/// The type of a parameter in JSON: "real", "integer", "odd", "boolean", "category".
std::string_view type_word(ParameterType type);

/// A number for each parameter of the point, or the name of its category.
nlohmann::json point_json(const Space& space, const Point& point);

/// A text by the tag of each language; `text` is called in that language.
nlohmann::json in_each_language(const std::function<std::string()>& text);

/// Declaration of a score: score of study-data.schema.json.
nlohmann::json score_json(Score score);

/// A list of {"name", "description", "memory_bytes", "is_processor", "has_code"}; texts from
/// drivers are sanitized for display.
nlohmann::json devices_json(const std::vector<DeviceListing>& devices);

}  // namespace ocrtune
