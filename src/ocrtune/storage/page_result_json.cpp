#include "ocrtune/storage/page_result_json.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using Json = nlohmann::json;

/// JSON has no infinity, which a worst value may be.
Json number_json(double value) {
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  return value;
}

double number_of(const Json& value) {
  if (!value.is_string()) return value.get<double>();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return value.get_ref<const std::string&>() == "-inf" ? -kInfinity : kInfinity;
}

Json steps_json(const std::vector<StepTiming>& steps) {
  Json list = Json::array();
  for (const StepTiming& step : steps)
    list.push_back(Json::array({step.name, step.ms, step.cached, or_null(step.measured)}));
  return list;
}

/// A task of an earlier version has none.
std::optional<double> measured_of(const Json& step) {
  const bool has = step.size() > 3 && !step[3].is_null();
  return has ? std::optional(step[3].get<double>()) : std::nullopt;
}

template <typename Read>
auto parsed(const std::string& text, Read read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception&) {
    throw Error(Errc::study_error, tr("is damaged: a task's text can't be read"));
  }
}

}  // namespace

std::string page_result_text(const PageResult& result) {
  Json scores = Json::object();
  for (const Score score : all_scores()) {
    if (const std::optional<double> value = result.scores.find(score))
      scores[std::string(score_name(score))] = number_json(*value);
  }
  const PageTimings& times = result.timings;
  return Json{{"scores", std::move(scores)},
              {"failure", result.failure},
              {"started_us", times.started_us},
              {"ms", Json::array({times.total_ms, times.preprocess_ms, times.ocr_ms})},
              {"steps", steps_json(times.steps)}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

PageResult parse_page_result(const std::string& text) {
  return parsed(text, [](const Json& value) {
    PageResult result;
    const Json& scores = value.at("scores");
    for (const Score score : all_scores()) {
      const auto found = scores.find(std::string(score_name(score)));
      if (found != scores.end()) result.scores.set(score, number_of(*found));
    }
    result.failure = value.at("failure").get<std::string>();
    PageTimings& times = result.timings;
    times.started_us = value.at("started_us").get<std::int64_t>();
    const Json& ms = value.at("ms");
    times.total_ms = ms.at(0).get<double>();
    times.preprocess_ms = ms.at(1).get<double>();
    times.ocr_ms = ms.at(2).get<double>();
    for (const Json& step : value.at("steps")) {
      times.steps.push_back({.name = step.at(0).get<std::string>(),
                             .ms = step.at(1).get<double>(),
                             .cached = step.at(2).get<bool>(),
                             .measured = measured_of(step)});
    }
    return result;
  });
}

std::string point_text(const Point& point) {
  Json list = Json::array();
  for (const auto& [name, value] : point.values) list.push_back(Json::array({name, value}));
  return list.dump();
}

Point parse_point(const std::string& text) {
  return parsed(text, [](const Json& value) {
    Point point;
    for (const Json& item : value)
      point.values.emplace_back(item.at(0).get<std::string>(), item.at(1).get<double>());
    return point;
  });
}

}  // namespace ocrtune
